"""Two paths, by A. Turing. The numerical part is in logspace.py."""

import numpy as np

from logspace import log_sum_exp


def joint_log_likelihood(joint, y):
    """sum_i log P(x_i, y_i)"""
    return np.sum([row[label] for row, label in zip(joint, y)])


def marginal_log_likelihood(joint):
    return sum(log_sum_exp(row) for row in joint)


def conditional_log_likelihood(joint, y):
    return sum(row[label] - log_sum_exp(row) for row, label in zip(joint, y))


def pooled_variance(X, y, n_classes):
    n, d = X.shape
    out = np.zeros(d)
    for k in range(n_classes):
        Xk = X[y == k]
        if len(Xk) > 0:
            out += len(Xk) * Xk.var(axis=0)
    return out / n


def logistic_from_naive_bayes(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    intercept = np.log(priors[1] / priors[0]) - 0.5 * ((means[1] ** 2 - means[0] ** 2) / variance).sum()
    return theta, intercept


def error_rate(predictions, y):
    return 1 - (np.asarray(predictions) == np.asarray(y)).sum() / len(y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    result = np.zeros(len(sizes))
    for s in range(len(sizes)):
        for r in range(n_repeats):
            perm = rng.permutation(X.shape[0])
            train = perm[:sizes[s]]
            y_hat = fit_predict(X[train], y[train], X_test)
            result[s] += (y_hat != y_test).sum() / len(y_test)
    return result / n_repeats


def crossover_size(sizes, discriminative_errors, generative_errors):
    not_better = [i for i in range(len(sizes)) if not discriminative_errors[i] < generative_errors[i]]
    start = not_better[-1] + 1 if not_better else 0
    return sizes[start] if start < len(sizes) else None
