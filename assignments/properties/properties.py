"""Properties: state the identities of the lecture, as functions that tell right implementations from wrong ones.

Write the functions below; README.md describes them. A property returns None where what it states holds, and raises
AssertionError where it does not. check_sigmoid is an example and is not graded.
"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st


def check_sigmoid(sigmoid):
    """The example: values lie in [0, 1], P(Y=0) + P(Y=1) = 1, and sigmoid increases."""

    @given(z=st.floats(-1000, 1000), step=st.floats(0.1, 10))
    def holds(z, step):
        assert 0 <= sigmoid(z) <= 1
        assert abs(sigmoid(z) + sigmoid(-z) - 1) < 1e-9
        if abs(z) < 20:  # further out it rounds to 0 or 1, and is constant
            assert sigmoid(z + step) > sigmoid(z)

    holds()


def check_log_odds(sigmoid, log_odds):
    """log_odds undoes sigmoid, P(Y=0) + P(Y=1) = 1, and the limits are right.

    Parameters
    ----------
    sigmoid : function (z); z is a number or an array of any shape
    log_odds : function (p); p in [0, 1] is a number or an array of any shape

    Raises
    ------
    AssertionError
        if one of these statements does not hold; otherwise the property returns None.
    """
    raise NotImplementedError


def check_gradient(log_posterior, gradient):
    """gradient is the gradient of log_posterior, the Gaussian prior included, and both are sums over examples.

    Parameters
    ----------
    log_posterior : function (X, y, theta, prior_precision) that returns a number
    gradient : function (X, y, theta, prior_precision) that returns an array of shape (n_features,)

    Raises
    ------
    AssertionError
        if one of these statements does not hold; otherwise the property returns None.
    """
    raise NotImplementedError


def check_estimates(estimate_parameters):
    """The law of total variance, duplicates, units, the floor, and a class without examples.

    Parameters
    ----------
    estimate_parameters : function (X, y, n_classes, variance_floor=1e-9) that returns means and variances, each of
        shape (n_classes, n_features), and raises ValueError if a class has no examples

    Raises
    ------
    AssertionError
        if one of these statements does not hold; otherwise the property returns None.
    """
    raise NotImplementedError


def check_posterior(posterior, joint_log_prob):
    """Bayes' rule, rows that sum to 1, far from all means as well, and a class with prior 0.

    Parameters
    ----------
    posterior : function (X, priors, means, variances) that returns P(y = k | x), shape (n_samples, n_classes)
    joint_log_prob : function of the same arguments that returns log P(x, y = k), same shape

    Raises
    ------
    AssertionError
        if one of these statements does not hold; otherwise the property returns None.
    """
    raise NotImplementedError


def check_sampler(sample):
    """Proportions of the classes, means and variances, independence, and the use of rng.

    Parameters
    ----------
    sample : function (n, priors, means, variances, rng) that returns X, shape (n, n_features), and y, shape (n,);
        rng is a numpy.random.Generator

    Raises
    ------
    AssertionError
        if one of these statements does not hold; a right sampler is rejected less than once in a million runs.
    """
    raise NotImplementedError


def check_elbo(elbo, log_marginal_likelihood):
    """The evidence lower bound is never above the log marginal likelihood, and equal to it at the posterior only.

    Parameters
    ----------
    elbo : function (X, q_means, q_covariance, W, mean, noise_variance) that returns an array of shape (n_samples,)
    log_marginal_likelihood : function (X, W, mean, noise_variance) that returns an array of the same shape

    Raises
    ------
    AssertionError
        if one of these statements does not hold; otherwise the property returns None.
    """
    raise NotImplementedError
