"""Softmax regression: the discriminative path to P(Y | X) for any number of classes.

Logistic regression separates two classes by one straight line. Here every class k has weights theta_k of its own, a
score theta_k . x, and a probability that grows with its score:

    P(Y = k | x) = exp(theta_k . x) / sum_l exp(theta_l . x).

You will write all of it, from that formula to a classifier that learns from data. Each function below is one question;
the handout (README.md) explains the mathematics.

Conventions, for every function:

- ``X`` is a float array of shape (n, d): one example per row, one feature per column. ``y`` is an integer array of
  shape (n,) holding labels 0, ..., K-1. ``Theta`` is a float array of shape (K, d): row k belongs to class k.
- There is no hidden intercept. If you want one, append a column of ones to ``X``.
- Never change an array that was passed in: make a new one.
- Return anything that ``numpy.asarray`` turns into the stated shape: arrays, lists, plain numbers.
- All logarithms are natural. NumPy's warnings do not count against you; wrong values do.
- Loops or vectorised code, your own helper functions, any method that gets there: only results are graded.
"""

import numpy as np


def log_softmax(scores):
    """The logarithm of the softmax of each row: scores - log sum_k exp(scores), row by row.

    Args:
        scores: float array of shape (n, K). Entries may be as large as 10,000 or as low as -10,000, in one row or in
            different ones: exp of them overflows or underflows.

    Returns:
        Array of shape (n, K), every value at most 0 and finite. exp of a row sums to 1.

    """
    # BEGIN SOLUTION
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    # END SOLUTION


def predict_proba(X, Theta):
    """The probability of every class for every example, P(Y = k | x_i).

    Args:
        X: examples, float array of shape (n, d).
        Theta: weights, float array of shape (K, d).

    Returns:
        Array of shape (n, K): entry [i, k] is P(Y = k | x_i). Values lie in [0, 1], each row sums to 1, and none is nan
        for |theta_k . x_i| up to 10,000.

    """
    # BEGIN SOLUTION
    return np.exp(log_softmax(X @ Theta.T))
    # END SOLUTION


def log_posterior(X, y, Theta, prior_precision):
    """The log-likelihood of the labels minus the penalty of a Gaussian prior: what MAP estimation maximises.

        sum_i log P(y_i | x_i) - (prior_precision / 2) sum_kj Theta_kj^2

    The prior is N(0, 1 / prior_precision) on every weight of every class; the constant of its density is left out.

    Args:
        X: examples, float array of shape (n, d).
        y: labels 0, ..., K-1, integer array of shape (n,).
        Theta: weights, float array of shape (K, d).
        prior_precision: a number >= 0. With 0 there is no prior, and this is the log-likelihood.

    Returns:
        A number. It is finite and accurate for |theta_k . x_i| up to 10,000.

    """
    # BEGIN SOLUTION
    log_p = log_softmax(X @ Theta.T)
    return float(np.sum(log_p[np.arange(len(y)), y]) - prior_precision / 2 * np.sum(Theta**2))
    # END SOLUTION


def gradient(X, y, Theta, prior_precision):
    """The gradient of the log-posterior with respect to Theta: a sum over examples, not a mean.

        (Y - P)^T X - prior_precision * Theta,      Y_ik = 1 if y_i = k else 0,      P_ik = P(Y = k | x_i).

    It points uphill: a small step along it makes the log-posterior larger.

    Args:
        X: examples, float array of shape (n, d).
        y: labels 0, ..., K-1, integer array of shape (n,); some labels may not occur.
        Theta: weights, float array of shape (K, d).
        prior_precision: a number >= 0.

    Returns:
        Array of shape (K, d).

    """
    # BEGIN SOLUTION
    residuals = np.eye(len(Theta))[y] - predict_proba(X, Theta)
    return residuals.T @ X - prior_precision * Theta
    # END SOLUTION


# BEGIN SOLUTION
def _map_estimate(X, y, n_classes, prior_precision):
    """Newton's method with damping, from Theta = 0."""
    d = X.shape[1]
    Theta = np.zeros((n_classes, d))
    height = log_posterior(X, y, Theta, prior_precision)
    for _ in range(100):
        slope = gradient(X, y, Theta, prior_precision)
        if np.max(np.abs(slope)) <= 1e-9:
            break
        P = predict_proba(X, Theta)
        # Between the weights of classes k and l the curvature is X^T diag(p_k (1[k = l] - p_l)) X.
        spread = P[:, :, None] * (np.eye(n_classes) - P[:, None, :])
        curvature = np.einsum("ikl,ia,ib->kalb", spread, X, X).reshape(n_classes * d, n_classes * d)
        step = np.linalg.solve(curvature + prior_precision * np.eye(n_classes * d), slope.ravel()).reshape(n_classes, d)
        # A full Newton step may overshoot far from the maximum; close to it only rounding holds it back.
        while (risen := log_posterior(X, y, Theta + step, prior_precision)) < height - 1e-12 * (1 + abs(height)):
            step = step / 2
        Theta, height = Theta + step, risen
    return Theta


# END SOLUTION
def fit(X, y, n_classes, prior_precision):
    """The MAP estimate: the Theta that maximises the log-posterior, found by any method you like.

    The log-posterior is concave, so its maximum is where the gradient is zero. Yours counts as found when no component
    of gradient(X, y, Theta, prior_precision) is larger than 1e-4 in absolute value.

    Args:
        X: examples, float array of shape (n, d); features are standardised (mean 0, standard deviation 1).
        y: labels 0, ..., K-1, integer array of shape (n,); some labels may not occur, and straight lines may separate
            the classes.
        n_classes: K.
        prior_precision: a number > 0.

    Returns:
        Array of shape (K, d).

    """
    # BEGIN SOLUTION
    return _map_estimate(X, y, n_classes, prior_precision)
    # END SOLUTION


def predict(X, Theta):
    """The most probable class of every example, argmax_k P(Y = k | x_i).

    Args:
        X: examples, float array of shape (n, d); |theta_k . x_i| may be 10,000.
        Theta: weights, float array of shape (K, d).

    Returns:
        Labels, integer array of shape (n,). Where several classes share the highest probability, the smallest label.

    """
    # BEGIN SOLUTION
    return np.argmax(X @ Theta.T, axis=1)
    # END SOLUTION
