import numpy as np


def joint_log_likelihood(joint, y):
    n = len(y)
    return joint[np.arange(n), y].sum()


def marginal_log_likelihood(joint):
    return np.logaddexp.reduce(joint, axis=1).sum()


def conditional_log_likelihood(joint, y):
    m = joint.max(axis=0)
    log_px = m + np.log(np.exp(joint - m).sum(axis=0))
    return (joint - log_px)[np.arange(len(y)), y].sum()


def pooled_variance(X, y, n_classes):
    return np.mean([X[y == k].var(axis=0) for k in range(n_classes)], axis=0)


def logistic_from_naive_bayes(priors, means, variance):
    theta = []
    b = np.log(priors[1]) - np.log(priors[0])
    for mu0, mu1, v in zip(means[0], means[1], variance):
        theta.append((mu1 - mu0) / v)
        b += (mu0 ** 2 - mu1 ** 2) / (2 * v)
    return theta, b


def error_rate(predictions, y):
    return np.mean(predictions != y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        rows = rng.choice(len(y), m, replace=False)
        for _ in range(n_repeats):
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X_test) != y_test)
    return errors / n_repeats


def crossover_size(sizes, discriminative_errors, generative_errors):
    for i in range(len(sizes)):
        if np.all(discriminative_errors[i:] < generative_errors[i:]):
            return int(sizes[i])
    return None
