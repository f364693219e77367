"""Two paths to P(Y | X): which one, and when?

A discriminative model learns P(Y | X) directly; a generative model learns P(X | Y) and P(Y), and gets P(Y | X) by
Bayes' rule. This module holds what you need to compare the two: what each of them maximises, the line that
both of them draw, and the number of training examples at which one overtakes the other.

Conventions, for every function:

- ``X`` is a float array of shape (n, d), rows are examples; ``y`` is an int array of shape (n,) with labels
  0, ..., K-1.
- ``joint`` is a float array of shape (n, K) with ``joint[i, k]`` = log P(x_i, y = k). An impossible pair has
  the entry -inf.
- All logarithms are natural. The logarithm of an impossible event's probability is -inf, never nan.
- Arguments are never changed. Randomness comes only from the argument ``rng``.
- Any correct method is welcome: loops or whole arrays, helpers of your own.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def joint_log_likelihood(joint: np.ndarray, y: np.ndarray) -> float:
    """The log-likelihood of examples and labels together: what the generative path maximises.

    The formula is sum_i log P(x_i, y_i).

    Args:
        joint: shape (n, K), joint[i, k] = log P(x_i, y = k).
        y: labels, shape (n,).

    Returns:
        A number. It is -inf if one of the pairs (x_i, y_i) is impossible; an impossible pair of x_i with
        another label changes nothing.

    """
    raise NotImplementedError


def marginal_log_likelihood(joint: np.ndarray) -> float:
    """The log-likelihood of the examples alone, whatever their labels.

    The formula is sum_i log P(x_i), with P(x_i) = sum_k P(x_i, y = k).

    Args:
        joint: shape (n, K), joint[i, k] = log P(x_i, y = k). Entries may be as low as -1e5, where exp gives 0,
            and may be -inf.

    Returns:
        A number. It is -inf if no class can produce one of the examples.

    """
    raise NotImplementedError


def conditional_log_likelihood(joint: np.ndarray, y: np.ndarray) -> float:
    """The log-likelihood of the labels, given the examples: what the discriminative path maximises.

    The formula is sum_i log P(y_i | x_i), with P(y | x) = P(x, y) / P(x).

    Args:
        joint: shape (n, K), joint[i, k] = log P(x_i, y = k). Entries may be as low as -1e5, where exp gives 0,
            and may be -inf, though not all of a row.
        y: labels, shape (n,).

    Returns:
        A number, at most 0. It is -inf if one of the labels is impossible for its example.

    """
    raise NotImplementedError


def pooled_variance(X: np.ndarray, y: np.ndarray, n_classes: int) -> np.ndarray:
    """The maximum-likelihood variance of each feature when all classes share it.

    It is the mean, over all n examples, of the squared deviation from the example's own class mean:
    (1/n) sum_i (x_ij - m_j)^2, where m is the mean of the examples that have the label y_i.

    Args:
        X: shape (n, d). The result stays accurate when the mean of a feature is 1e6 times its spread.
        y: labels, shape (n,).
        n_classes: K; labels are 0, ..., K-1.

    Returns:
        Shape (d,). A label that never occurs adds nothing.

    """
    raise NotImplementedError


def logistic_from_naive_bayes(
    priors: np.ndarray,
    means: np.ndarray,
    variance: np.ndarray,
) -> tuple[np.ndarray, float]:
    """The logistic regression that a Gaussian naive Bayes model with two classes already is.

    When both classes share the variance of each feature, the log-odds of the model,
    log P(y = 1 | x) - log P(y = 0 | x), are exactly theta . x + intercept.

    Args:
        priors: shape (2,), P(y = 0) and P(y = 1), both positive.
        means: shape (2, d), means[k, j] = mean of feature j in class k.
        variance: shape (d,), variance of each feature, the same in both classes.

    Returns:
        theta of shape (d,), and the intercept, a number.

    """
    raise NotImplementedError


def error_rate(predictions: np.ndarray, y: np.ndarray) -> float:
    """The proportion of wrong labels.

    Args:
        predictions: predicted labels, shape (n,).
        y: true labels, shape (n,).

    Returns:
        A number in [0, 1]: 0 when every label is right.

    """
    raise NotImplementedError


def learning_curve(
    X: np.ndarray,
    y: np.ndarray,
    X_test: np.ndarray,
    y_test: np.ndarray,
    sizes: np.ndarray,
    n_repeats: int,
    rng: np.random.Generator,
    fit_predict: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray],
) -> np.ndarray:
    """The mean test error of a classifier for each number of training examples.

    For each size m: draw m of the n training examples at random without replacement, call ``fit_predict`` with
    them, and record the proportion of wrong labels on the test set. Repeat n_repeats times, with a new subset each
    time, and take the mean. Every subset of m examples is equally likely; it may hold one class only.

    Args:
        X: training examples to draw from, shape (n, d).
        y: their labels, shape (n,).
        X_test: test examples, shape (t, d).
        y_test: their labels, shape (t,).
        sizes: training sizes, shape (s,), each in 1, ..., n, in any order.
        n_repeats: how many subsets to draw for each size, at least 1.
        rng: the only source of randomness: the same state gives the same result.
        fit_predict: ``fit_predict(X_train, y_train, X_test)`` trains on the first two, and returns labels of
            shape (t,) for the third.

    Returns:
        Shape (s,): the mean test error for each size, in the order of ``sizes``.

    """
    raise NotImplementedError


def crossover_size(
    sizes: np.ndarray,
    discriminative_errors: np.ndarray,
    generative_errors: np.ndarray,
) -> int | None:
    """The training size from which the discriminative model is better, and stays better.

    It is the smallest size with a discriminative error that is strictly lower than the generative one at that
    size and at every larger size.

    Args:
        sizes: training sizes, increasing, shape (s,).
        discriminative_errors: one error for each size, shape (s,).
        generative_errors: one error for each size, shape (s,).

    Returns:
        One of the sizes, or None if the discriminative error is not lower at the largest size.

    """
    raise NotImplementedError
