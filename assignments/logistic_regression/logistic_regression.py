"""Logistic regression: the discriminative path from data to P(Y | X).

The model of this assignment says that the probability of class 1 is the sigmoid of a linear function,

    P(Y = 1 | x) = sigmoid(theta . x),        sigmoid(z) = 1 / (1 + exp(-z)),

and you will write all of it, from that formula to a classifier that learns from data. Each function below
is one question; the handout (README.md) explains the mathematics.

Conventions, for every function:

- ``X`` is a float array of shape (n, d): one example per row, one feature per column. ``y`` is an integer
  array of shape (n,) holding the labels 0 and 1. ``theta`` is a float array of shape (d,).
- There is no hidden intercept. If you want one, append a column of ones to ``X``.
- Never change an array that was passed in: make a new one.
- Return anything that ``numpy.asarray`` turns into the stated shape: arrays, lists, plain numbers.
  Mind the shape: (n, 1) is not (n,).
- All logarithms are natural. NumPy's warnings do not count against you; wrong values do.
- Loops or vectorised code, your own helper functions, any method that gets there: only results are graded.
"""

import numpy as np


def sigmoid(z):
    """The logistic function, sigmoid(z) = 1 / (1 + exp(-z)), of every element of z.

    It turns log-odds, which may be any real number, into a probability.

    Args:
        z: array of floats of any shape, 0-d included; values may be huge, or +inf or -inf.

    Returns:
        Array of the shape of z. Every value lies in [0, 1] and is within 1e-12 of the exact one, for
        every z: exp(-z) overflows for z < -709, but the result must not become nan.

    """
    raise NotImplementedError


def log_odds(p):
    """The log-odds of a probability, log(p / (1 - p)), of every element of p: the inverse of the sigmoid.

    Args:
        p: array of probabilities in [0, 1], of any shape, 0-d included.

    Returns:
        Array of the shape of p. Where p is 0 it is -inf, where p is 1 it is +inf; never nan.

    """
    raise NotImplementedError


def predict_proba(X, theta):
    """The probability of class 1 for every example, P(Y = 1 | x_i) = sigmoid(theta . x_i).

    Args:
        X: examples, float array of shape (n, d).
        theta: weights, float array of shape (d,).

    Returns:
        Array of shape (n,), values in [0, 1]. Its log-odds are X theta.

    """
    raise NotImplementedError


def log_likelihood(X, y, theta):
    """The conditional log-likelihood of the labels given the examples, a sum over all examples:

        sum_i [ y_i log sigmoid(theta . x_i) + (1 - y_i) log(1 - sigmoid(theta . x_i)) ].

    Args:
        X: examples, float array of shape (n, d).
        y: labels 0 or 1, integer array of shape (n,).
        theta: weights, float array of shape (d,).

    Returns:
        A number, at most 0. It is finite and accurate for |theta . x_i| up to 10,000, where the sigmoid
        itself has long been rounded to 0 or 1: simplify log(sigmoid(z)) on paper first.

    """
    raise NotImplementedError


def log_posterior(X, y, theta, prior_precision):
    """The log-likelihood minus the penalty of a Gaussian prior: what MAP estimation maximises.

        log_likelihood(X, y, theta) - R(theta),      R(theta) = (prior_precision / 2) sum_j theta_j^2.

    The prior is N(0, 1 / prior_precision) on every weight, none excepted; the constant of its density is
    left out. With prior_precision = 0 there is no prior, and this is the log-likelihood.

    Args:
        X: examples, float array of shape (n, d).
        y: labels 0 or 1, integer array of shape (n,).
        theta: weights, float array of shape (d,).
        prior_precision: a number >= 0.

    Returns:
        A number. Like the log-likelihood it is finite and accurate for |theta . x_i| up to 10,000.

    """
    raise NotImplementedError


def gradient(X, y, theta, prior_precision):
    """The gradient of the log-posterior with respect to theta: a sum over examples, not a mean.

        X^T (y - p) - prior_precision * theta,      p_i = sigmoid(theta . x_i).

    It points uphill: a small step along it makes the log-posterior larger.

    Args:
        X: examples, float array of shape (n, d).
        y: labels 0 or 1, integer array of shape (n,).
        theta: weights, float array of shape (d,).
        prior_precision: a number >= 0.

    Returns:
        Array of shape (d,).

    """
    raise NotImplementedError


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    """Maximise the log-posterior from theta = 0 by exactly n_steps steps of gradient ascent:

        theta <- theta + step_size * gradient(X, y, theta, prior_precision).

    Args:
        X: examples, float array of shape (n, d).
        y: labels 0 or 1, integer array of shape (n,).
        prior_precision: a number >= 0.
        step_size: a number >= 0, the same at every step.
        n_steps: number of steps, an integer >= 0.

    Returns:
        A tuple (theta, trace). theta, of shape (d,), is the one after the last step. trace, of shape
        (n_steps + 1,), holds the log-posterior at the start and after each step: trace[t] belongs to
        the theta after t steps.

    """
    raise NotImplementedError


def fit(X, y, prior_precision):
    """The MAP estimate: the theta that maximises the log-posterior, found by any method you like.

    The log-posterior is concave, so the maximum is where the gradient is zero. Yours counts as found
    when no component of gradient(X, y, theta, prior_precision) is larger than 1e-4 in absolute value.

    Args:
        X: examples, float array of shape (n, d); features are standardised (mean 0, standard deviation 1).
        y: labels 0 or 1, integer array of shape (n,); they may all be the same, and a line may separate them.
        prior_precision: a number > 0.

    Returns:
        Array of shape (d,).

    """
    raise NotImplementedError


def predict(X, theta):
    """The label of every example: 1 where P(Y = 1 | x_i) >= 1/2, else 0; a tie is 1.

    Args:
        X: examples, float array of shape (n, d).
        theta: weights, float array of shape (d,).

    Returns:
        Integer array of shape (n,) holding 0s and 1s.

    """
    raise NotImplementedError
