"""Whole arrays and einsum, one expression a function where it goes."""

import numpy as np


def joint_log_likelihood(joint, y):
    return np.take_along_axis(joint, y[:, None], axis=1).sum()


def marginal_log_likelihood(joint):
    return np.logaddexp.reduce(joint, axis=1).sum()


def conditional_log_likelihood(joint, y):
    return (np.take_along_axis(joint, y[:, None], axis=1)[:, 0] - np.logaddexp.reduce(joint, axis=-1)).sum()


def pooled_variance(X, y, n_classes):
    member = (y[:, None] == np.arange(n_classes)).astype(float)
    means = np.einsum("nk,nd->kd", member, X) / member.sum(axis=0)[:, None]
    residual = X - means[y]
    return np.einsum("nd,nd->d", residual, residual) / y.size


def logistic_from_naive_bayes(priors, means, variance):
    theta = np.diff(means, axis=0)[0] / variance
    return theta, np.diff(np.log(priors))[0] - 0.5 * np.einsum("j,j->", theta, means.sum(axis=0))


def error_rate(predictions, y):
    return np.count_nonzero(predictions != y) / y.size


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    # One permutation of everything for each repeat; its first m entries serve the size m.
    orders = rng.permuted(np.tile(np.arange(y.size), (n_repeats, 1)), axis=1)
    errors = [[(fit_predict(X[o[:m]], y[o[:m]], X_test) != y_test).mean() for m in sizes] for o in orders]
    return np.mean(errors, axis=0)


def crossover_size(sizes, discriminative_errors, generative_errors):
    keeps_winning = np.logical_and.accumulate((discriminative_errors < generative_errors)[::-1])[::-1]
    return sizes[keeps_winning.argmax()] if keeps_winning.any() else None
