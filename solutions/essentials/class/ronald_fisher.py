"""Essentials: the lecture in an hour.

Write the functions below; README.md describes them.
"""


import numpy as np


# BEGIN SOLUTION
def predict_proba(X, theta):
    """The probability of class 1 for every example, P(Y = 1 | x_i) = sigmoid(theta . x_i).

    Args:
        X: examples, float array of shape (n, d).
        theta: weights, float array of shape (d,).

    Returns:
        Array of shape (n,), values in [0, 1]. Its log-odds are the straight line X theta.

    """
    return sigmoid(X @ theta)


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
    # log sigmoid(z) = -log(1 + exp(-z)), and 1 - sigmoid(z) = sigmoid(-z).
    signed = np.where(np.asarray(y) == 1, 1.0, -1.0) * (X @ theta)
    return float(-np.sum(np.logaddexp(0.0, -signed)))


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
        A number.

    """
    return float(log_likelihood(X, y, theta) - 0.5 * prior_precision * np.sum(np.square(theta)))


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
    return X.T @ (y - predict_proba(X, theta)) - prior_precision * np.asarray(theta, dtype=np.float64)


def gaussian_log_density(x, mean, variance):
    """The log of the normal density, elementwise:

        log N(x; mean, variance) = -1/2 log(2 pi variance) - (x - mean)^2 / (2 variance)

    It stays finite where the density itself is too small for a float, 10,000 standard deviations out
    and beyond.

    Args:
        x: where to evaluate it, a number or an array.
        mean: a number or an array.
        variance: sigma squared, > 0, a number or an array. The three broadcast against each other by
            NumPy's rules.

    Returns:
        The log-density, in the broadcast shape of the three arguments (0-d for three numbers).

    """
    x, mean, variance = np.asarray(x), np.asarray(mean), np.asarray(variance)
    return -0.5 * (np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance)


def class_log_likelihood(X, means, variances):
    """log P(x | y = k) for every example and every class: the naive Bayes assumption.

    Features are independent given the class, so that the density of x is a product over features, and
    its log a sum:

        log P(x | y = k) = sum_j log N(x_j; means[k, j], variances[k, j])

    Args:
        X: examples, float (n, d).
        means: (K, d).
        variances: (K, d), > 0.

    Returns:
        (n, K): entry [i, k] is log P(x_i | y = k). Finite in thousands of dimensions too.

    """
    return gaussian_log_density(X[:, None, :], means, variances).sum(axis=2)


def joint_log_prob(X, priors, means, variances):
    """log P(x, y = k) = log P(x | y = k) + log P(y = k), for every example and every class.

    Args:
        X: examples, float (n, d).
        priors: (K,), non-negative, sum to 1. A prior may be 0.
        means: (K, d).
        variances: (K, d), > 0.

    Returns:
        (n, K): entry [i, k] is log P(x_i, y = k); -inf in the column of a class whose prior is 0.

    """
    with np.errstate(divide="ignore"):
        return class_log_likelihood(X, means, variances) + np.log(priors)


def posterior(X, priors, means, variances):
    """P(y = k | x) by Bayes' rule, for every example and every class:

        P(y = k | x) = P(x | y = k) P(y = k) / P(x)

    Args:
        X: examples, float (n, d).
        priors: (K,), non-negative, sum to 1. A prior may be 0.
        means: (K, d).
        variances: (K, d), > 0.

    Returns:
        (n, K): probabilities; each row sums to 1, in 2,000 dimensions and far from every class too.

    """
    joint = joint_log_prob(X, priors, means, variances)
    weights = np.exp(joint - joint.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)
# END SOLUTION


def sigmoid(z):
    """The logistic function, sigmoid(z) = 1 / (1 + exp(-z)), of every element of z.

    It turns log-odds, which may be any real number, into a probability.

    Args:
        z: array of floats of any shape, 0-d included; values may be huge, or +inf or -inf.

    Returns:
        Array of the shape of z. Every value lies in [0, 1] and is within 1e-12 of the exact one, for
        every z: exp(-z) overflows for z < -709, the result must not become nan.

    """
    # BEGIN SOLUTION
    z = np.asarray(z, dtype=np.float64)
    small = np.exp(-np.abs(z))  # in [0, 1]: cannot overflow
    return np.where(z >= 0, 1.0, small) / (1.0 + small)
    # END SOLUTION


def log_odds(p):
    """The log-odds of a probability, log(p / (1 - p)), of every element of p: the inverse of the sigmoid.

    Args:
        p: array of probabilities in [0, 1], of any shape, 0-d included.

    Returns:
        Array of the shape of p. Where p is 0 it is -inf, where p is 1 it is +inf; never nan.

    """
    # BEGIN SOLUTION
    p = np.asarray(p, dtype=np.float64)
    with np.errstate(divide="ignore"):
        return np.log(p) - np.log1p(-p)
    # END SOLUTION


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    """Climb the log-posterior from theta = 0 by exactly n_steps steps of gradient ascent:

        theta <- theta + step_size * gradient(X, y, theta, prior_precision).

    Args:
        X: examples, float array of shape (n, d).
        y: labels 0 or 1, integer array of shape (n,).
        prior_precision: a number >= 0.
        step_size: a number >= 0, the same at every step.
        n_steps: number of steps, an integer >= 0.

    Returns:
        A tuple (theta, trace). theta, of shape (d,), is where the last step ended. trace, of shape
        (n_steps + 1,), holds the log-posterior at the start and after each step: trace[t] belongs to
        the theta after t steps.

    """
    # BEGIN SOLUTION
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)
    # END SOLUTION


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    """The maximum-likelihood mean and variance of each feature in each class.

    With n_k the number of examples of class k,

        means[k, j]     = 1/n_k  sum_{i: y_i = k}  x_ij
        variances[k, j] = 1/n_k  sum_{i: y_i = k} (x_ij - means[k, j])^2

    Maximum likelihood divides by n_k, not by n_k - 1. A variance below `variance_floor` (a feature that
    never changes within a class, or a class with a single example) becomes `variance_floor`; the others
    stay as they are. The result is accurate even when a mean is a million times larger than the spread
    around it.

    Args:
        X: examples, float (n, d).
        y: labels 0..K-1, int (n,).
        n_classes: the number of classes K.
        variance_floor: the smallest variance to return, > 0.

    Returns:
        A tuple (means, variances), both (K, d).

    Raises:
        ValueError: a class 0..K-1 has no examples, so that it has no mean.

    """
    # BEGIN SOLUTION
    d = X.shape[1]
    means, variances = np.empty((n_classes, d)), np.empty((n_classes, d))
    for k in range(n_classes):
        members = X[y == k]
        if len(members) == 0:
            raise ValueError(f"class {k} has no examples")
        means[k] = members.mean(axis=0)
        # Deviations first, squares second: E[x^2] - E[x]^2 would cancel where the mean is large.
        variances[k] = np.mean((members - means[k]) ** 2, axis=0)
    return means, np.maximum(variances, variance_floor)
    # END SOLUTION


def predict_bayes(X, priors, means, variances):
    """The most probable class: argmax_k P(x | y = k) P(y = k).

    P(x) is the same for every class, so the evidence is not needed.

    Args:
        X: examples, float (n, d).
        priors: (K,), non-negative, sum to 1. A prior may be 0.
        means: (K, d).
        variances: (K, d), > 0.

    Returns:
        Labels, int (n,). Where several classes share the highest value, the smallest label.

    """
    # BEGIN SOLUTION
    return np.argmax(joint_log_prob(X, priors, means, variances), axis=1)
    # END SOLUTION


def estimate_parameters(X, y, n_classes, variance_floor=1e-09):
    if len(np.unique(y)) < n_classes:
        raise ValueError('a class has no examples')
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([np.var(X[y == k], axis=0, ddof=1 if np.sum(y == k) > 1 else 0) for k in range(n_classes)])
    return (means, np.maximum(variances, variance_floor))
