"""Object-oriented: a claim is a class with a method for each statement, and all of them run."""

import numpy as np


class Claim:
    seeds = range(6)

    def __init__(self, *functions):
        self.functions = functions

    def run(self):
        for name in sorted(dir(self)):
            if name.startswith("it_"):
                for seed in self.seeds:
                    getattr(self, name)(np.random.default_rng(seed))

    @staticmethod
    def near(a, b, tolerance=1e-6):
        worst = np.max(np.abs(np.asarray(a) - np.asarray(b)))
        assert np.shape(a) == np.shape(b) and worst <= tolerance, worst


class LogOdds(Claim):
    def it_is_undone(self, rng):
        sigmoid, log_odds = self.functions
        z = rng.uniform(-19, 19, size=(2, 5)) + 0.5
        self.near(log_odds(sigmoid(z)), z)

    def it_is_shared_by_two_classes(self, rng):
        sigmoid, _ = self.functions
        z = 10 ** rng.uniform(-2, 4)
        self.near(sigmoid(z) + sigmoid(-z), 1.0)

    def it_has_limits(self, _):
        sigmoid, log_odds = self.functions
        assert list(np.asarray([log_odds(0.0), log_odds(1.0)])) == [-np.inf, np.inf]
        assert sigmoid(-1e3) < 1e-9 < 1 - 1e-9 < sigmoid(1e3)


class Gradient(Claim):
    def draw(self, rng):
        n = int(rng.integers(2, 6))
        return rng.normal(size=(n, 3)), rng.integers(0, 2, size=n), rng.normal(size=3)

    def it_agrees_with_the_chain_rule(self, rng):
        value, gradient = self.functions
        X, y, theta = self.draw(rng)
        path = rng.normal(size=3)
        slope = (value(X, y, theta + 1e-5 * path, 0.8) - value(X, y, theta - 1e-5 * path, 0.8)) / 2e-5
        self.near(gradient(X, y, theta, 0.8) @ path, slope, 1e-4)

    def it_has_a_quadratic_penalty(self, rng):
        value, _ = self.functions
        X, y, theta = self.draw(rng)
        for lam in (0.1, 10.0):
            self.near(value(X, y, theta, 0.0) - value(X, y, theta, lam), lam * np.sum(theta**2) / 2)

    def it_is_extensive(self, rng):
        value, _ = self.functions
        X, y, theta = self.draw(rng)
        self.near(value(np.tile(X, (4, 1)), np.tile(y, 4), theta, 0.0), 4 * value(X, y, theta, 0.0))


class Estimates(Claim):
    labels = np.array([2, 0, 1, 1, 0, 2, 2, 2, 0])

    def it_needs_its_own_class_only(self, rng):
        (estimate,) = self.functions
        X = rng.normal(size=(9, 2))
        before = estimate(X, self.labels, 3)
        X[self.labels == 1] *= 7
        after = estimate(X, self.labels, 3)
        for b, a in zip(before, after, strict=True):
            self.near(a[[0, 2]], b[[0, 2]])

    def it_does_not_know_how_often(self, rng):
        (estimate,) = self.functions
        X = rng.normal(size=(9, 2))
        for once, thrice in zip(
            estimate(X, self.labels, 3), estimate(np.tile(X, (3, 1)), np.tile(self.labels, 3), 3), strict=True
        ):
            self.near(thrice, once)

    def it_splits_the_variance(self, rng):
        (estimate,) = self.functions
        X = rng.normal(size=(9, 2))
        means, variances = estimate(X, self.labels, 3)
        weights = np.bincount(self.labels) / 9
        self.near(weights @ variances + weights @ means**2 - (weights @ means) ** 2, X.var(axis=0))

    def it_moves_and_scales(self, rng):
        (estimate,) = self.functions
        X = rng.normal(size=(9, 2))
        means, variances = estimate(X, self.labels, 3)
        moved = estimate(-4 * X + 4e6, self.labels, 3)
        self.near(moved[0], -4 * means + 4e6, 1e-5)
        self.near(moved[1], 16 * variances, 1e-4)

    def it_has_a_floor(self, rng):
        (estimate,) = self.functions
        X = rng.normal(size=(9, 2)) * [1.0, 0.0]
        for floor in (0.3, 0.9):
            self.near(estimate(X, self.labels, 3, floor)[1], np.maximum(estimate(X, self.labels, 3)[1], floor))

    def it_refuses_empty_classes(self, rng):
        (estimate,) = self.functions
        for k in range(4):
            labels = self.labels + (self.labels >= k)
            try:
                estimate(rng.normal(size=(9, 2)), labels, 4)
            except ValueError:
                continue
            raise AssertionError(k)


class Posterior(Claim):
    def it_is_bayes_rule(self, rng):
        posterior, joint_log_prob = self.functions
        for priors in (np.array([0.1, 0.2, 0.7]), np.array([0.5, 0.5, 0.0])):
            for far in (1, 50, 5000):
                X, means, variances = far * rng.normal(size=(2, 2)), rng.normal(size=(3, 2)), rng.uniform(1, 2, (3, 2))
                joint = joint_log_prob(X, priors, means, variances)
                p = posterior(X, priors, means, variances)
                self.near(p.sum(axis=1), np.ones(2))
                weights = np.exp(joint - np.max(joint, axis=1)[:, None])
                self.near(p * weights.sum(axis=1)[:, None], weights, 1e-7)
                assert ((p == 0) | (priors > 0)).all() and (np.isneginf(joint) == (priors == 0)).all()


class Sampler(Claim):
    seeds = (5, 6)
    priors, means = np.array([0.6, 0.4]), np.array([[0.0, 1.0], [8.0, -3.0]])
    variances = np.array([[6.0, 0.5], [0.3, 4.0]])

    def it_looks_like_its_parameters(self, rng):
        (sample,) = self.functions
        n = 5000
        X, y = sample(n, self.priors, self.means, self.variances, rng)
        Z = (X - self.means[y]) / np.sqrt(self.variances[y])
        near = lambda mean, expected, scale=1.0: self.near(mean, expected, 6.5 * scale / np.sqrt(n))  # noqa: E731
        near(np.mean(y), 0.4, 0.5)
        near(np.mean(Z, axis=0), np.zeros(2))
        near(np.mean(Z**2, axis=0), np.ones(2), 1.5)
        near(np.mean(Z * (y == 0)[:, None], axis=0), np.zeros(2))
        near(np.mean(Z**2 * (y == 0)[:, None], axis=0), np.full(2, 0.6), 1.5)
        near(np.mean(Z[:, 0] * Z[:, 1]), 0.0)
        near(np.mean(Z[1:] * Z[:-1], axis=0), np.zeros(2))
        near(np.mean((y[1:] - 0.4) * (y[:-1] - 0.4)), 0.0, 0.5)

    def it_uses_rng(self, rng):
        (sample,) = self.functions
        state = rng.bit_generator.state
        first, _ = sample(6, self.priors, self.means, self.variances, rng)
        second, _ = sample(6, self.priors, self.means, self.variances, rng)
        rng.bit_generator.state = state
        again, _ = sample(6, self.priors, self.means, self.variances, rng)
        assert np.array_equal(first, again) and not np.array_equal(first, second)


class Bound(Claim):
    def it_is_tight_at_the_posterior_only(self, rng):
        elbo, evidence = self.functions
        W, mean, X, noise = rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=(4, 3)), 0.9
        S = noise * np.linalg.inv(W.T @ W + noise * np.eye(2))
        m = (X - mean) @ W @ S / noise
        top = evidence(X, W, mean, noise)
        self.near(elbo(X, m, S, W, mean, noise), top)
        for c in (0.3, 2.0, 6.0):
            assert np.all(elbo(X, m, c * S, W, mean, noise) < top - 1e-6)
            assert np.all(elbo(X, m + c, S, W, mean, noise) < top - 1e-6)


def check_log_odds(sigmoid, log_odds):
    LogOdds(sigmoid, log_odds).run()


def check_gradient(log_posterior, gradient):
    Gradient(log_posterior, gradient).run()


def check_estimates(estimate_parameters):
    Estimates(estimate_parameters).run()


def check_posterior(posterior, joint_log_prob):
    Posterior(posterior, joint_log_prob).run()


def check_sampler(sample):
    Sampler(sample).run()


def check_elbo(elbo, log_marginal_likelihood):
    Bound(elbo, log_marginal_likelihood).run()
