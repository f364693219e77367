"""Composite strategies, examples written down beside the drawn ones, and one helper that raises."""

import numpy as np
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st


class Wrong(AssertionError):
    pass


def demand(holds, *about):
    if not np.all(holds):
        raise Wrong(*about)


def near(a, b, within=1e-6):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    demand(np.shape(a) == np.shape(b), "shapes")
    with np.errstate(invalid="ignore"):
        demand((a == b) | (np.abs(a - b) <= within), a, b)


@st.composite
def data(draw, least=1):
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    k, d = draw(st.integers(2, 3)), draw(st.integers(1, 3))
    y = np.concatenate([np.full(least + 1 + j, j) for j in range(k)])
    return rng, rng.normal(size=(len(y), d)) + y[:, None], rng.permutation(y), k


ten = settings(max_examples=10)


def check_log_odds(sigmoid, log_odds):
    @given(st.floats(-18, 18), st.floats(-18, 18))
    @example(-8.5, 8.5)
    def there_and_back(one, other):
        near(log_odds(sigmoid(np.array([[one, other]]))), [[one, other]])
        near(log_odds(sigmoid(one)), one)

    @ten
    @given(st.floats(0, 900))
    @example(0.0)
    @example(np.inf)
    @example(800.0)
    def both_sides(z):
        near(sigmoid(z) + sigmoid(-z), 1, 1e-9)
        demand(sigmoid(z) >= 0.5 - 1e-12, z)
        demand(z < 50 or sigmoid(-z) < 1e-9, z)

    there_and_back()
    both_sides()
    near(log_odds(np.array([0.0, 0.25, 1.0])), [-np.inf, -np.log(3), np.inf], 1e-9)


def check_gradient(log_posterior, gradient):
    @ten
    @given(data(), st.floats(0.1, 4))
    def climbs(drawn, precision):
        rng, X, y, _ = drawn
        y, theta, step = y % 2, rng.normal(size=X.shape[1]), 1e-5 * rng.normal(size=X.shape[1])
        assume(np.max(np.abs(step)) > 1e-6)
        rise = log_posterior(X, y, theta + step, precision) - log_posterior(X, y, theta - step, precision)
        near(1e5 * rise, 2e5 * step @ gradient(X, y, theta, precision), 1e-4)
        for lam in (0.0, precision):
            p = 1 / (1 + np.exp(-X @ theta))
            near(gradient(X, y, theta, lam), X.T @ (y - p) - lam * theta, 1e-7)
            likelihood = np.sum(np.log(np.where(y == 1, p, 1 - p)))
            near(log_posterior(X, y, theta, lam), likelihood - lam / 2 * theta @ theta, 1e-7)

    climbs()


def check_estimates(estimate_parameters):
    @ten
    @given(data(), st.sampled_from([1e-9, 0.3, 2.0]), st.sampled_from([0.0, 1e6]))
    def holds(drawn, floor, shift):
        _, X, y, k = drawn
        means, variances = estimate_parameters(X + shift, y, k, floor)
        near(means, [np.mean(X[y == j], axis=0) + shift for j in range(k)], 1e-6)
        near(variances, [np.maximum(np.var(X[y == j], axis=0), floor) for j in range(k)], 1e-6)
        for gone in range(k):
            try:
                estimate_parameters(X[y != gone], y[y != gone], k)
            except ValueError:
                continue
            raise Wrong(gone)

    holds()


def check_posterior(posterior, joint_log_prob):
    @given(data(), st.sampled_from([1.0, 30.0, 3000.0]), st.booleans())
    def holds(drawn, far, impossible):
        rng, X, _, k = drawn
        X = X * far
        priors = np.append(0.0, rng.dirichlet(np.ones(k - 1))) if impossible else rng.dirichlet(np.ones(k))
        means, variances = rng.normal(size=(k, X.shape[1])), rng.uniform(0.3, 3, size=(k, X.shape[1]))
        with np.errstate(divide="ignore"):
            joint = np.log(priors) - 0.5 * np.sum(
                np.log(2 * np.pi * variances) + (X[:, None] - means) ** 2 / variances, axis=2
            )
        found = joint_log_prob(X, priors, means, variances)
        demand((found == joint) | (np.abs(found - joint) <= 1e-9 * np.abs(joint) + 1e-9), found, joint)
        weights = np.exp(joint - joint.max(axis=1, keepdims=True))
        shares = posterior(X, priors, means, variances)
        near(shares, weights / weights.sum(axis=1, keepdims=True), 1e-6)
        demand(not impossible or np.all(shares[:, 0] == 0), shares)

    holds()


def check_sampler(sample):
    priors, means = np.array([0.6, 0.1, 0.3]), np.array([[0.0, 5.0], [1.0, -5.0], [-2.0, 0.0]])
    variances, n = np.array([[4.0, 0.5], [0.1, 9.0], [2.0, 0.2]]), 12_000
    rng = np.random.default_rng(12)
    X, y = sample(n, priors, means, variances, rng)
    again, _ = sample(n, priors, means, variances, np.random.default_rng(12))
    later, _ = sample(n, priors, means, variances, rng)
    demand(X == again, "the same state")
    demand(np.any(X != later), "the next one")
    for k in range(3):
        rows = (X[y == k] - means[k]) / np.sqrt(variances[k])
        within = 6.5 / np.sqrt(max(len(rows), 1))
        near(np.mean(y == k), priors[k], 6.5 * 0.5 / np.sqrt(n))
        near(rows.mean(axis=0), [0, 0], within)
        near(rows.T @ rows / len(rows), np.eye(2), 1.5 * within)
        near(np.mean((y[1:] == k) & (y[:-1] == k)), priors[k] ** 2, 6.5 / np.sqrt(n))
    rest = (X - means[y]) / np.sqrt(variances[y])
    near(np.mean(rest[1:] * rest[:-1], axis=0), [0, 0], 6.5 / np.sqrt(n))


def check_elbo(elbo, log_marginal_likelihood):
    @ten
    @given(st.integers(0, 10**6), st.floats(0.3, 2))
    def gap_is_the_divergence(seed, noise):
        rng = np.random.default_rng(seed)
        W, mean, X = rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=(4, 3))
        precision = np.eye(2) + W.T @ W / noise
        best, spread = (X - mean) @ W @ np.linalg.inv(precision) / noise, np.linalg.inv(precision)
        top = log_marginal_likelihood(X, W, mean, noise)
        near(elbo(X, best, spread, W, mean, noise), top)
        A, shift = rng.normal(size=(2, 2)), rng.normal(size=(4, 2))
        S = A @ A.T + 0.2 * np.eye(2)
        divergence = 0.5 * (
            np.trace(precision @ S) - 2 - np.log(np.linalg.det(precision @ S)) + np.sum(shift @ precision * shift, axis=1)
        )
        near(elbo(X, best + shift, S, W, mean, noise), top - divergence, 1e-5)

    gap_is_the_divergence()
