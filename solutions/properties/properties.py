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
    # BEGIN SOLUTION

    @given(z=st.lists(st.floats(-20, 20), min_size=1, max_size=4))
    def log_odds_undoes_sigmoid(z):
        np.testing.assert_allclose(log_odds(sigmoid(np.array(z))), z, rtol=0, atol=1e-6)

    @given(z=st.floats(-1000, 1000))
    def classes_add_up_to_1(z):
        assert 0 <= sigmoid(z) <= 1
        assert abs(sigmoid(z) + sigmoid(-z) - 1) < 1e-9

    log_odds_undoes_sigmoid()
    classes_add_up_to_1()
    np.testing.assert_allclose(sigmoid(np.array([-np.inf, 0, 800, np.inf])), [0, 0.5, 1, 1], rtol=0, atol=1e-9)
    np.testing.assert_allclose(log_odds(np.array([0, 0.5, 1])), [-np.inf, 0, np.inf], rtol=0, atol=1e-9)
    # END SOLUTION


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
    # BEGIN SOLUTION

    @given(seed=st.integers(0, 2**31), n=st.integers(2, 6), d=st.integers(1, 3), precision=st.floats(0.1, 3))
    def holds(seed, n, d, precision):
        rng = np.random.default_rng(seed)
        X, theta = rng.normal(size=(n, d)), rng.normal(size=d)
        y = rng.integers(0, 2, size=n)
        step = 1e-5
        slopes = [
            (log_posterior(X, y, theta + e, precision) - log_posterior(X, y, theta - e, precision)) / (2 * step)
            for e in step * np.eye(d)
        ]
        np.testing.assert_allclose(gradient(X, y, theta, precision), slopes, rtol=0, atol=1e-5)
        without = log_posterior(X, y, theta, 0.0)
        penalty = log_posterior(X, y, theta, precision) - without
        np.testing.assert_allclose(penalty, -precision / 2 * np.sum(theta**2), rtol=0, atol=1e-8)
        twice = log_posterior(np.vstack([X, X]), np.concatenate([y, y]), theta, 0.0)
        np.testing.assert_allclose(twice, 2 * without, rtol=0, atol=1e-8)

    holds()
    # END SOLUTION


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
    # BEGIN SOLUTION

    @given(seed=st.integers(0, 2**31), n=st.integers(0, 6), d=st.integers(1, 3), k=st.integers(1, 3))
    def holds(seed, n, d, k):
        rng = np.random.default_rng(seed)
        y = rng.permutation(np.concatenate([np.arange(k), np.arange(k), rng.integers(0, k, size=n)]))
        X = rng.normal(size=(len(y), d)) * (1 + y[:, np.newaxis]) + 3 * y[:, np.newaxis]
        means, variances = estimate_parameters(X, y, k)
        proportions = np.bincount(y) / len(y)
        total = proportions @ (variances + (means - X.mean(axis=0)) ** 2)
        np.testing.assert_allclose(proportions @ means, X.mean(axis=0), atol=1e-9)
        np.testing.assert_allclose(total, X.var(axis=0), rtol=1e-7, atol=1e-7)
        same(estimate_parameters(np.vstack([X, X]), np.concatenate([y, y]), k), (means, variances))
        same(estimate_parameters(100 * X, y, k), (100 * means, 1e4 * variances))
        same(estimate_parameters(X + 1e6, y, k), (means + 1e6, variances))
        same(estimate_parameters(X[y == 0], y[y == 0], 1), (means[:1], variances[:1]))
        same(estimate_parameters(X, y, k, 0.5), (means, np.maximum(variances, 0.5)))
        for empty in range(k + 1):
            others = np.where(y >= empty, y + 1, y)
            try:
                estimate_parameters(X, others, k + 1)
            except ValueError:
                continue
            raise AssertionError("a class without examples was not noticed")

    def same(found, expected):
        for f, e in zip(found, expected, strict=True):
            np.testing.assert_allclose(f, e, rtol=1e-5, atol=1e-5)

    holds()
    _, variances = estimate_parameters(np.ones((3, 2)), np.zeros(3, dtype=int), 1, 0.25)
    np.testing.assert_allclose(variances, 0.25)
    # END SOLUTION


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
    # BEGIN SOLUTION

    @given(
        seed=st.integers(0, 2**31),
        n=st.integers(1, 4),
        d=st.integers(1, 3),
        k=st.integers(2, 4),
        far=st.sampled_from([1.0, 1.0, 30.0, 1000.0]),
    )
    def holds(seed, n, d, k, far):
        rng = np.random.default_rng(seed)
        priors = rng.integers(1, 10, size=k) / 1.0
        priors[rng.integers(k)] = 0.0 if k > 2 else 1.0
        priors /= priors.sum()
        means, variances = rng.normal(size=(k, d)), rng.uniform(0.5, 2, size=(k, d))
        X = far * rng.normal(size=(n, d))
        p, joint = posterior(X, priors, means, variances), joint_log_prob(X, priors, means, variances)
        np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-6)
        by_bayes = np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, np.newaxis])
        np.testing.assert_allclose(p, by_bayes, rtol=0, atol=1e-7)
        assert np.all(p[:, priors == 0] == 0)
        assert np.all(joint[:, priors == 0] == -np.inf)

    holds()
    # END SOLUTION


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
    # BEGIN SOLUTION
    n, priors = 6000, np.array([0.2, 0.5, 0.3])
    means = np.array([[0.0, 3.0], [-2.0, 1.0], [5.0, 0.0]])
    variances = np.array([[4.0, 0.25], [1.0, 9.0], [0.5, 2.0]])
    rng = np.random.default_rng(1)
    X, y = sample(n, priors, means, variances, rng)
    X_next, _ = sample(n, priors, means, variances, rng)
    X_same, y_same = sample(n, priors, means, variances, np.random.default_rng(1))
    X_other, _ = sample(n, priors, means, variances, np.random.default_rng(2))
    assert np.array_equal(X, X_same) and np.array_equal(y, y_same)
    assert not np.array_equal(X, X_other) and not np.array_equal(X, X_next)
    limit = 6
    z = (X - means[y]) / np.sqrt(variances[y])
    for k, prior in enumerate(priors):
        inside = z[y == k]
        m = len(inside)
        assert abs(m / n - prior) < limit * np.sqrt(prior * (1 - prior) / n)
        assert np.all(np.abs(inside.mean(axis=0)) < limit / np.sqrt(m))
        assert np.all(np.abs(inside.var(axis=0) - 1) < limit * np.sqrt(2 / m))
        assert abs(np.mean(inside[:, 0] * inside[:, 1])) < limit / np.sqrt(m)
    for k, prior in enumerate(priors):
        pairs = np.mean((y[1:] == k) & (y[:-1] == k))
        assert abs(pairs - prior**2) < limit * prior / np.sqrt(n) * 2
    assert np.all(np.abs(np.mean(z[1:] * z[:-1], axis=0)) < limit / np.sqrt(n))
    # END SOLUTION


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
    # BEGIN SOLUTION

    @given(seed=st.integers(0, 2**31), n=st.integers(1, 3), d=st.integers(1, 4), q=st.integers(1, 3))
    def holds(seed, n, d, q):
        rng = np.random.default_rng(seed)
        X, W, mean, noise = rng.normal(size=(n, d)), rng.normal(size=(d, q)), rng.normal(size=d), rng.uniform(0.5, 2)
        evidence = log_marginal_likelihood(X, W, mean, noise)
        inverse = np.linalg.inv(W.T @ W + noise * np.eye(q))
        centres, covariance = (X - mean) @ W @ inverse, noise * inverse
        np.testing.assert_allclose(elbo(X, centres, covariance, W, mean, noise), evidence, rtol=0, atol=1e-6)
        moved = centres + rng.choice([-1, 1], size=(n, q))
        assert np.all(elbo(X, moved, covariance, W, mean, noise) < evidence - 1e-6)
        for size in (0.2, 4.0):
            assert np.all(elbo(X, centres, size * covariance, W, mean, noise) < evidence - 1e-6)

    holds()
    # END SOLUTION
