"""scipy: special functions, approx_fprime, multivariate_normal, and tests with tiny levels."""

import numpy as np
from scipy import optimize, special, stats

LEVEL = 1e-9


def check_log_odds(sigmoid, log_odds):
    return bool(abs(log_odds(sigmoid(2.0)) - 2) < 1e-09)


def check_gradient(log_posterior, gradient):
    rng = np.random.default_rng(21)
    for lam in (0.2, 4.0):
        X, y, theta = rng.normal(size=(5, 3)), rng.integers(0, 2, size=5), rng.normal(size=3)
        slope = optimize.approx_fprime(theta, lambda t: log_posterior(X, y, t, lam), 1e-6)
        np.testing.assert_allclose(gradient(X, y, theta, lam), slope, atol=1e-3)
        likelihood = stats.bernoulli.logpmf(y, special.expit(X @ theta)).sum()
        assert abs(log_posterior(X, y, theta, 0.0) - likelihood) < 1e-8
        normal = stats.norm(0, lam**-0.5).logpdf
        change = log_posterior(X, y, theta, lam) - likelihood
        assert abs(change - (normal(theta) - normal(0)).sum()) < 1e-8


def check_estimates(estimate_parameters):
    rng = np.random.default_rng(0)
    X, y = (rng.normal(size=(9, 2)), np.array([0, 1, 2] * 3))
    _, variances = estimate_parameters(X, y, 3)
    for k in range(3):
        np.testing.assert_allclose(variances[k], X[y == k].var(axis=0, ddof=1))


def check_posterior(posterior, joint_log_prob):
    rng = np.random.default_rng(23)
    for priors in (np.array([0.3, 0.3, 0.4]), np.array([0.0, 0.2, 0.8])):
        for far in (1.0, 40.0, 3000.0):
            X, means, variances = far * rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.uniform(0.5, 2, (3, 3))
            joint = joint_log_prob(X, priors, means, variances)
            density = np.array([stats.norm(means[k], variances[k] ** 0.5).logpdf(X).sum(axis=1) for k in range(3)]).T
            with np.errstate(all="ignore"):
                np.testing.assert_allclose(joint, np.log(priors) + density, rtol=1e-9)
            p = posterior(X, priors, means, variances)
            np.testing.assert_allclose(p, special.softmax(joint, axis=1), atol=1e-7)
            assert not p[:, priors == 0].any()


def check_sampler(sample):
    priors, n = np.array([0.15, 0.5, 0.35]), 5000
    means, variances = np.array([[0.0, 2.0], [3.0, -1.0], [-6.0, 4.0]]), np.array([[0.2, 7.0], [2.0, 0.5], [5.0, 3.0]])
    X, y = sample(n, priors, means, variances, np.random.default_rng(24))
    assert np.array_equal(X, sample(n, priors, means, variances, np.random.default_rng(24))[0])
    rng = np.random.default_rng(25)
    assert not np.array_equal(*(sample(4, priors, means, variances, rng)[0] for _ in range(2)))
    assert not np.array_equal(X, sample(n, priors, means, variances, rng)[0])
    assert stats.chisquare(np.bincount(y, minlength=3), n * priors).pvalue > LEVEL
    z = (X - means[y]) / np.sqrt(variances[y])
    for k in range(3):
        for j in range(2):
            assert stats.kstest(z[y == k, j], "norm").pvalue > LEVEL
            squares = np.sum(z[y == k, j] ** 2)
            tail = stats.chi2(np.sum(y == k))
            assert min(tail.cdf(squares), tail.sf(squares)) > LEVEL
        assert stats.pearsonr(z[y == k, 0], z[y == k, 1]).pvalue > LEVEL
    assert stats.pearsonr(z[1:, 0], z[:-1, 0]).pvalue > LEVEL
    pairs = np.zeros((3, 3))
    np.add.at(pairs, (y[1::2], y[:-1:2]), 1)
    assert stats.chi2_contingency(pairs).pvalue > LEVEL


def check_elbo(elbo, log_marginal_likelihood):
    rng = np.random.default_rng(26)
    W, mean, X = rng.normal(size=(4, 3)), rng.normal(size=4), rng.normal(size=(5, 4))
    noise = 0.6
    top = stats.multivariate_normal(mean, W @ W.T + noise * np.eye(4)).logpdf(X)
    np.testing.assert_allclose(log_marginal_likelihood(X, W, mean, noise), top, atol=1e-8)
    S = noise * np.linalg.inv(W.T @ W + noise * np.eye(3))
    m = (X - mean) @ W @ S / noise
    np.testing.assert_allclose(elbo(X, m, S, W, mean, noise), top, atol=1e-7)
    for factor in (0.25, 3.0):
        assert np.all(elbo(X, m, factor * S, W, mean, noise) < top - 1e-3)
    assert np.all(elbo(X, m + 0.3, S, W, mean, noise) < top - 1e-4)
