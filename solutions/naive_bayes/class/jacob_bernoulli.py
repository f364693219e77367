import numpy as np


# principle of indifference
def class_priors(y, n_classes):
    # every class is equally likely a priori
    return np.ones(n_classes) / n_classes


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    means = np.zeros((n_classes, X.shape[1]))
    variances = np.zeros((n_classes, X.shape[1]))
    for k in range(n_classes):
        Xk = X[y == k]
        if len(Xk) == 0:
            raise ValueError("class %d has no examples" % k)
        means[k] = Xk.mean(axis=0)
        variances[k] = Xk.var(axis=0)
    return means, np.maximum(variances, variance_floor)


def gaussian_log_density(x, mean, variance):
    sigma = np.sqrt(variance)
    z = (x - mean) / sigma
    return -0.5 * z ** 2 - np.log(sigma) - 0.5 * np.log(2 * np.pi)


def class_log_likelihood(X, means, variances):
    result = []
    for mu, s2 in zip(means, variances):
        constant = -0.5 * np.sum(np.log(2 * np.pi * s2))
        result.append(constant - 0.5 * ((X - mu) ** 2 @ (1 / s2)))
    return np.array(result).T


def joint_log_prob(X, priors, means, variances):
    quadratic = (((X[:, None] - means) ** 2) / variances).sum(2)
    constants = np.log(priors) - 0.5 * np.log(2 * np.pi * variances).sum(1)
    return constants - 0.5 * quadratic


def log_evidence(joint):
    return np.logaddexp.reduce(joint, axis=1)


def posterior(X, priors, means, variances):
    logs = np.log(priors) - 0.5 * (np.log(2 * np.pi * variances).sum(1) + ((X[:, None] - means) ** 2 / variances).sum(2))
    logs = logs - logs.max(axis=1, keepdims=True)
    p = np.exp(logs)
    return p / p.sum(axis=1, keepdims=True)


def predict(X, priors, means, variances):
    scores = np.log(priors) - 0.5 * (np.log(variances).sum(1) + ((X[:, None] - means) ** 2 / variances).sum(2))
    return scores.argmax(axis=1)


def sample(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    X = rng.normal(means[y], variances[y])
    return X, y
