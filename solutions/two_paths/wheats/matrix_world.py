"""np.matrix, one-hot matrices and linear algebra."""

import numpy as np


def _one_hot(y, K):
    return np.asmatrix(np.eye(K)[y])


def joint_log_likelihood(joint, y):
    return np.asmatrix(joint)[np.arange(len(y)), y].sum()


def marginal_log_likelihood(joint):
    J = np.asmatrix(joint)
    top = np.maximum(J.max(axis=1), np.finfo(float).min)
    return (top + np.log(np.exp(J - top) @ np.ones((J.shape[1], 1)))).sum()


def conditional_log_likelihood(joint, y):
    J = np.asmatrix(joint)
    J = J - J.max(axis=1)
    evidence = np.log(np.exp(J) @ np.ones((J.shape[1], 1)))
    return np.asarray(J - evidence)[np.arange(len(y)), y].sum()


def pooled_variance(X, y, n_classes):
    """Residuals of the least-squares fit of X on the class indicators."""
    X = np.asmatrix(X)
    H = _one_hot(y, n_classes)
    residual = X - H @ np.linalg.lstsq(H, X, rcond=None)[0]
    return np.asarray(np.diag(residual.T @ residual)) / len(y)


def logistic_from_naive_bayes(priors, means, variance):
    precision = np.asmatrix(np.diag(1 / variance))
    M = np.asmatrix(means)
    theta = (M[1] - M[0]) @ precision
    squares = M @ precision @ M.T
    return theta.A1, np.log(priors[1]) - squares[1, 1] / 2 - (np.log(priors[0]) - squares[0, 0] / 2)


def error_rate(predictions, y):
    return 1 - np.trace(np.asmatrix(predictions)[0].T == np.asmatrix(y)[0]) / len(y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.asmatrix(np.zeros((len(sizes), n_repeats)))
    for (i, r), _ in np.ndenumerate(errors):
        rows = rng.permutation(len(y))[: sizes[i]]
        errors[i, r] = error_rate(fit_predict(X[rows], y[rows], X_test), y_test)
    return np.asarray(errors.mean(axis=1)).ravel()


def crossover_size(sizes, discriminative_errors, generative_errors):
    n = len(sizes)
    later = np.triu(np.ones((n, n)))
    lost = later @ (discriminative_errors >= generative_errors)
    return sizes[np.argmin(lost)] if lost.min() == 0 else None
