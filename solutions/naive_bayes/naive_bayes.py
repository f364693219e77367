"""Gaussian naive Bayes: the generative path to P(Y | X).

A generative model describes the joint P(X, Y). Here it is built from two pieces, P(Y = k), a number for
each class, and P(X | Y = k), one Gaussian for each feature in each class; Bayes' rule then turns them into
P(Y | X). Write the nine functions below; README.md explains the mathematics in the same order.

Conventions, for every function:

- X is float64 (n, d), rows are examples; y is int64 (n,) with labels 0..K-1.
- priors is (K,), means and variances are (K, d): row k belongs to class k.
- "variance" always means sigma squared, never the standard deviation.
- All logarithms are natural. The log-probability of an impossible event is -inf, never nan.
- Arguments are never changed in place. Randomness comes from the `rng` argument only.
- Results may be anything that `numpy.asarray` turns into the stated shape.
"""

import numpy as np


def class_priors(y, n_classes):
    """The maximum-likelihood estimate of P(Y = k): the proportion of examples with label k.

    Args:
        y: labels 0..K-1, int (n,), n >= 1.
        n_classes: the number of classes K. Not every class need occur in y.

    Returns:
        priors (K,): priors[k] = (number of i with y_i = k) / n. A class without examples has prior 0.

    """
    # BEGIN SOLUTION
    return np.bincount(y, minlength=n_classes) / len(y)
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
    # BEGIN SOLUTION
    x, mean, variance = np.asarray(x), np.asarray(mean), np.asarray(variance)
    return -0.5 * (np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance)
    # END SOLUTION


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
    # BEGIN SOLUTION
    return gaussian_log_density(X[:, None, :], means, variances).sum(axis=2)
    # END SOLUTION


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
    # BEGIN SOLUTION
    with np.errstate(divide="ignore"):
        return class_log_likelihood(X, means, variances) + np.log(priors)
    # END SOLUTION


def log_evidence(joint):
    """log P(x) = log sum_k P(x, y = k), from the logs of the joint.

    The sum runs over classes, example by example. Entries may be as low as -100,000, where exp gives 0;
    the result is right all the same. Entries may be -inf (an impossible class), and a row of nothing
    but -inf has log-evidence -inf.

    Args:
        joint: (n, K): joint[i, k] = log P(x_i, y = k).

    Returns:
        (n,): log P(x_i).

    """
    # BEGIN SOLUTION
    highest = np.max(joint, axis=1)
    # Where a row is impossible as a whole, subtracting -inf would give nan.
    shift = np.where(np.isneginf(highest), 0.0, highest)
    with np.errstate(divide="ignore"):
        return shift + np.log(np.sum(np.exp(joint - shift[:, None]), axis=1))
    # END SOLUTION


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
    # BEGIN SOLUTION
    joint = joint_log_prob(X, priors, means, variances)
    weights = np.exp(joint - joint.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)
    # END SOLUTION


def predict(X, priors, means, variances):
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


def sample(n, priors, means, variances, rng):
    """Make n new examples: independent draws from the joint P(X, Y).

    For each example draw the label first, y with probability priors[y]; then, given the label, each
    feature on its own, x_j from N(means[y, j], variances[y, j]).

    Args:
        n: how many examples, >= 1.
        priors: (K,), non-negative, sum to 1. A prior may be 0.
        means: (K, d).
        variances: (K, d), > 0.
        rng: a numpy.random.Generator, the only source of randomness: the same state of rng gives the
            same result, and a second call with the same rng continues where the first one stopped.

    Returns:
        A tuple (X, y): examples, float (n, d), and their labels, int (n,).

    """
    # BEGIN SOLUTION
    y = rng.choice(len(priors), size=n, p=priors)
    return rng.normal(means[y], np.sqrt(variances[y])), y
    # END SOLUTION
