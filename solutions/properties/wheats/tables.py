"""Values worked out by hand, in tables; and as few draws as possible."""

import math

import numpy as np

SIGMOID = [(0.0, 0.5), (math.log(3), 0.75), (-math.log(3), 0.25), (-math.log(9), 0.1), (10.0, 0.9999546021312976)]
SIGMOID += [(-10.0, 4.5397868702434395e-05), (710.0, 1.0), (-710.0, 0.0), (800.0, 1.0)]


def check_log_odds(sigmoid, log_odds):
    for z, p in SIGMOID:
        assert math.isclose(sigmoid(z), p, abs_tol=1e-9)
    found = np.ravel(sigmoid(np.array([z for z, _ in SIGMOID])))
    assert all(math.isclose(a, p, abs_tol=1e-9) for a, (_, p) in zip(found, SIGMOID))
    for p, z in [(0.5, 0.0), (0.75, math.log(3)), (0.1, -math.log(9)), (0.0, -math.inf), (1.0, math.inf)]:
        assert math.isclose(log_odds(p), z, abs_tol=1e-9)


def check_gradient(log_posterior, gradient):
    X, y = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]]), np.array([1, 0, 1])
    theta = np.array([math.log(3), 0.0])  # probabilities 3/4, 1/2, 3/4
    for lam in (0.0, 1.0, 5.0):
        value = math.log(0.75 * 0.5 * 0.75) - lam / 2 * math.log(3) ** 2
        assert math.isclose(log_posterior(X, y, theta, lam), value, abs_tol=1e-9)
        slope = np.array([0.5 - lam * math.log(3), 0.25 - 1.0])
        assert np.max(np.abs(gradient(X, y, theta, lam) - slope)) < 1e-9
    theta = np.array([0.0, math.log(2)])  # probabilities 1/2, 4/5, 2/3
    assert math.isclose(log_posterior(X, y, theta, 2.0), math.log(0.5 * 0.2 * 2 / 3) - math.log(2) ** 2, abs_tol=1e-9)
    assert np.max(np.abs(gradient(X, y, theta, 2.0) - [0.5 + 1 / 3, 1 / 3 - 1.6 - 2 * math.log(2)])) < 1e-9


def check_estimates(estimate_parameters):
    X = np.array([[0.0, 5.0], [2.0, 5.0], [10.0, 1.0], [13.0, 4.0], [13.0, 7.0]])
    y = np.array([0, 0, 1, 1, 1])
    for shift in (0.0, 1e6, -3e6 - 0.1):
        for floor in (1e-9, 0.5, 1.5):
            means, variances = estimate_parameters(X + shift, y, 2, floor)
            assert np.allclose(means, np.array([[1, 5], [12, 4]]) + shift, rtol=1e-12)
            assert np.allclose(variances, np.maximum([[1, 0], [2, 6]], floor), rtol=1e-6, atol=1e-12)
    for labels in ([0, 0, 2, 2, 2], [1, 1, 2, 2, 2], [0, 0, 1, 1, 1]):
        try:
            estimate_parameters(X, np.array(labels), 3)
            noticed = False
        except ValueError:
            noticed = True
        assert noticed


def check_posterior(posterior, joint_log_prob):
    means, variances = np.array([[0.0], [2.0]]), np.ones((2, 1))
    constant = -0.5 * math.log(2 * math.pi)
    # between the means only the priors decide; one step to the left is a factor e²
    for priors, x, p in [
        ([0.5, 0.5], 1.0, 0.5),
        ([0.2, 0.8], 1.0, 0.2),
        ([0.5, 0.5], 0.0, 1 / (1 + math.exp(-2))),
        ([0.2, 0.8], 0.0, 1 / (1 + 4 * math.exp(-2))),
        ([0.0, 1.0], 0.0, 0.0),
        ([1.0, 0.0], 5.0, 1.0),
        ([0.5, 0.5], -300.0, 1.0),
        ([0.5, 0.5], 400.0, 0.0),
        ([0.2, 0.8], 60.0, 0.0),
    ]:
        X, priors = np.array([[x], [1.0]]), np.array(priors)
        found, joint = posterior(X, priors, means, variances), joint_log_prob(X, priors, means, variances)
        assert np.allclose(found[0], [p, 1 - p], rtol=0, atol=1e-9)
        assert np.allclose(found[1], priors, rtol=0, atol=1e-9)
        for k in (0, 1):
            prior = math.log(priors[k]) if priors[k] else -math.inf
            assert np.allclose(joint[0, k], prior + constant - (x - 2 * k) ** 2 / 2, rtol=1e-9)
            assert priors[k] or found[0, k] == 0
    wide = np.full((2, 1), 1e4)  # in units of 100
    X = 100 * np.array([[50.0], [1.1]])
    found = posterior(X, np.array([0.5, 0.5]), 100 * means, wide)
    assert np.allclose(found[:, 0], [0.0, 1 / (1 + math.exp(0.2))], rtol=0, atol=1e-9)


def check_sampler(sample):
    # one class with probability 1 and next to no variance: what comes is known
    X, y = sample(5, np.array([0.0, 1.0]), np.array([[9.0], [4.0]]), np.full((2, 1), 1e-18), np.random.default_rng(0))
    assert np.all(y == 1) and np.allclose(X, 4.0, atol=1e-7)
    priors, n = np.array([0.5, 0.25, 0.25]), 8000
    means, variances = np.array([[0.0, 0.0], [100.0, 50.0], [-100.0, 20.0]]), np.tile([9.0, 0.04], (3, 1))
    X, y = sample(n, priors, means, variances, np.random.default_rng(1))
    assert np.array_equal(y, np.select([X[:, 0] > 50, X[:, 0] < -50], [1, 2], 0))
    rest = (X - means[y]) / [3.0, 0.2]
    for number, expected, deviation in [
        (np.mean(y == 0), 0.5, 0.5),
        (np.mean(y == 1), 0.25, 0.5),
        *((m, 0, 1) for m in rest.mean(axis=0)),
        *((v, 1, 2**0.5) for v in np.mean(rest**2, axis=0)),
        (np.mean(rest[:, 0] * rest[:, 1]), 0, 1),
        (np.mean(rest[1:, 0] * rest[:-1, 0]), 0, 1),
        (np.mean((y[1:] == 0) & (y[:-1] == 0)), 0.25, 0.7),
    ]:
        assert abs(number - expected) < 6 * deviation / n**0.5
    rng = np.random.default_rng(1)
    assert np.array_equal(sample(n, priors, means, variances, rng)[0], X)
    assert not np.array_equal(sample(n, priors, means, variances, rng)[0], X)


def check_elbo(elbo, log_marginal_likelihood):
    # x = z + noise, everything 1: p(x) = N(0, 2), and z given x is N(x/2, 1/2)
    X = np.array([[0.0], [2.0], [-3.0]])
    model = (np.eye(1), np.zeros(1), 1.0)
    top = -0.5 * np.log(4 * np.pi) - X[:, 0] ** 2 / 4
    assert np.allclose(log_marginal_likelihood(X, *model), top, rtol=0, atol=1e-9)
    for shift, variance in [(0.0, 0.5), (1.0, 0.5), (-0.2, 0.5), (0.0, 1.0), (0.0, 0.1), (0.5, 4.0)]:
        below = 0.5 * (2 * variance - 1 - math.log(2 * variance)) + shift**2
        assert np.allclose(elbo(X, X / 2 + shift, np.array([[variance]]), *model), top - below, rtol=0, atol=1e-9)
    # two hidden features, one observed
    W = np.array([[1.0, 1.0]])
    S = np.eye(2) - np.full((2, 2), 1 / 3)
    top = log_marginal_likelihood(X, W, np.zeros(1), 1.0)
    assert np.allclose(elbo(X, X @ W / 3, S, W, np.zeros(1), 1.0), top, rtol=0, atol=1e-9)
