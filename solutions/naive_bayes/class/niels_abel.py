import numpy as np


def class_priors(y, n_classes):
    return np.bincount(y, minlength=n_classes) / len(y)


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
    return -0.5 * np.log(2 * np.pi * variance) - (x - mean) ** 2 / (2 * variance)


def class_log_likelihood(X, means, variances):
    likelihood = np.ones((X.shape[0], means.shape[0]))
    for j in range(X.shape[1]):
        for k in range(means.shape[0]):
            m, v = means[k, j], variances[k, j]
            likelihood[:, k] *= np.exp(-(X[:, j] - m) ** 2 / (2 * v)) / np.sqrt(2 * np.pi * v)
    return np.log(likelihood)


def joint_log_prob(X, priors, means, variances):
    quadratic = (((X[:, None] - means) ** 2) / variances).sum(2)
    constants = np.log(priors) - 0.5 * np.log(2 * np.pi * variances).sum(1)
    return constants - 0.5 * quadratic


def log_evidence(joint):
    m = joint.max(axis=1)
    m = np.where(np.isfinite(m), m, 0.0)
    return m + np.log(np.exp(joint - m[:, None]).sum(axis=1))


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
    X = rng.normal(means[y], np.sqrt(variances[y]))
    return X, y
