"""Solution of Andrey Markov: a small package with the module on top."""

import numpy as np

from tools.scoring import error_rate
from tools.search import last_run_of_true


def joint_log_likelihood(joint, y):
    total = 0
    for i in range(len(y)):
        total += joint[i][y[i]]
    return total


def marginal_log_likelihood(joint):
    return np.logaddexp.reduce(joint, axis=1).sum()


def conditional_log_likelihood(joint, y):
    log_px = np.logaddexp.reduce(joint, axis=1)
    return (joint[np.arange(len(y)), y] - log_px).sum()


def pooled_variance(X, y, n_classes):
    counts = np.bincount(y, minlength=n_classes)
    sums = np.zeros((n_classes, X.shape[1]))
    np.add.at(sums, y, X)
    mu = sums / np.maximum(counts, 1)[:, None]
    return np.square(X - mu[y]).sum(0) / counts.sum()


def logistic_from_naive_bayes(priors, means, variance):
    m0, m1 = means
    w = (m1 - m0) / variance
    b = np.log(priors[1]) - np.log(priors[0]) - w @ (m0 + m1) / 2
    return w, b


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    def one_error(m):
        rows = rng.choice(X.shape[0], m, replace=False)
        return np.mean(fit_predict(X[rows, :], y[rows], X_test) != y_test)

    return [sum(one_error(m) for _ in range(n_repeats)) / n_repeats for m in sizes]


def crossover_size(sizes, discriminative_errors, generative_errors):
    start = last_run_of_true(discriminative_errors < generative_errors)
    return None if start is None else sizes[start]
