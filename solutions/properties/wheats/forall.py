"""A small QuickCheck of its own: @forall draws from named generators."""

import numpy as np


def forall(count=12, **generators):
    def run(claim):
        for seed in range(count):
            rng = np.random.default_rng(1000 + seed)
            case = {name: make(rng) for name, make in generators.items()}
            assert claim(**case), f"{claim.__name__} fails for {case}"
        return claim

    return run


def normal(*shape, scale=1.0):
    return lambda rng: scale * rng.normal(size=shape)


def uniform(low, high, *shape):
    return lambda rng: rng.uniform(low, high, size=shape or None)


def bits(n):
    return lambda rng: rng.integers(0, 2, size=n)


def equal(a, b, atol=1e-6):
    return np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=0, atol=atol)


def check_log_odds(sigmoid, log_odds):
    @forall(z=normal(3, scale=8))
    def inverse(z):
        z = np.clip(z, -20, 20)
        return equal(log_odds(sigmoid(z)), z)

    @forall(z=normal(scale=500))
    def complement(z):
        return equal(sigmoid(float(z)) + sigmoid(-float(z)), 1.0)

    @forall(count=1, ends=lambda rng: np.array([0.0, 1.0]))
    def limits(ends):
        return np.array_equal(log_odds(ends), [-np.inf, np.inf]) and np.allclose(sigmoid(log_odds(ends)), ends)


def check_gradient(log_posterior, gradient):
    @forall(X=normal(4, 2), y=bits(4), theta=normal(2), lam=uniform(0.5, 3), v=normal(2))
    def directional(X, y, theta, lam, v):
        slope = (log_posterior(X, y, theta + 1e-5 * v, lam) - log_posterior(X, y, theta - 1e-5 * v, lam)) / 2e-5
        return equal(gradient(X, y, theta, lam) @ v, slope, 1e-4)

    @forall(X=normal(4, 2), y=bits(4), theta=normal(2), lam=uniform(0.5, 3))
    def gaussian_prior(X, y, theta, lam):
        return equal(log_posterior(X, y, theta, 0) - log_posterior(X, y, theta, lam), lam * (theta**2).sum() / 2)

    @forall(X=normal(4, 2), y=bits(4), theta=normal(2))
    def additive(X, y, theta):
        parts = log_posterior(X[:2], y[:2], theta, 0) + log_posterior(X[2:], y[2:], theta, 0)
        return equal(parts, log_posterior(X, y, theta, 0))


def check_estimates(estimate_parameters):
    y = np.array([0, 1, 1, 1, 2, 2, 0, 1])

    @forall(X=normal(8, 3, scale=2))
    def by_definition(X):
        m, v = estimate_parameters(X, y, 3)
        return equal(m, [X[y == k].mean(0) for k in range(3)]) and equal(v, [X[y == k].var(0) for k in range(3)])

    @forall(X=normal(8, 3, scale=2), b=uniform(1e5, 1e6), floor=uniform(0.2, 2))
    def moved_and_floored(X, b, floor):
        return equal(
            estimate_parameters(X + b, y, 3, floor)[1], np.maximum(estimate_parameters(X, y, 3)[1], floor), 1e-4
        ) and equal(estimate_parameters(X + b, y, 3)[1], estimate_parameters(X, y, 3)[1], 1e-4)

    def refuses(X, labels):
        try:
            estimate_parameters(X, labels, 3)
        except ValueError:
            return True
        return False

    assert all(refuses(np.ones((8, 3))[y != c], y[y != c]) for c in range(3))
    assert equal(estimate_parameters(np.ones((8, 3)), y, 3, 0.3)[1], np.full((3, 3), 0.3))


def check_posterior(posterior, joint_log_prob):
    for priors in (np.array([0.7, 0.2, 0.1]), np.array([0.7, 0.0, 0.3])):

        @forall(X=normal(3, 2), far=uniform(0, 6.5), means=normal(3, 2), variances=uniform(0.5, 2, 3, 2))
        def bayes(X, far, means, variances):
            X = X * np.exp(far)
            joint, p = joint_log_prob(X, priors, means, variances), posterior(X, priors, means, variances)
            if np.isnan(p).any() or np.isnan(joint).any():
                return False
            gaps = np.exp(joint - joint.max(axis=1, keepdims=True))
            impossible = priors == 0
            return (
                equal(p, gaps / gaps.sum(axis=1, keepdims=True), 1e-8)
                and np.all(p[:, impossible] == 0)
                and np.array_equal(np.isneginf(joint), np.tile(impossible, (3, 1)))
            )


def check_sampler(sample):
    priors, n = np.array([0.3, 0.7]), 5000
    means, variances = np.array([[1.0, 1.0], [-4.0, 2.0]]), np.array([[5.0, 0.2], [0.5, 3.0]])

    @forall(count=2, seed=lambda rng: int(rng.integers(1_000_000)))
    def looks_right(seed):
        rng = np.random.default_rng(seed)
        X, y = sample(n, priors, means, variances, rng)
        again = sample(n, priors, means, variances, np.random.default_rng(seed))[0]
        z = (X - means[y]) / np.sqrt(variances[y])
        scores = [np.sqrt(n) * (np.mean(y) - 0.7) / np.sqrt(0.21)]
        for k in (0, 1):
            part = z[y == k]
            root = np.sqrt(len(part))
            scores += [*(root * part.mean(0)), *(root * ((part**2).mean(0) - 1) / np.sqrt(2))]
            scores.append(root * np.mean(part[:, 0] * part[:, 1]))
        scores += [*(np.sqrt(n) * np.mean(z[1:] * z[:-1], axis=0))]
        scores.append(np.sqrt(n) * np.mean((y[1:] - 0.7) * (y[:-1] - 0.7)) / 0.21)
        return (
            np.all(np.abs(scores) < 6)
            and np.array_equal(X, again)
            and not np.array_equal(X, sample(n, priors, means, variances, rng)[0])
        )


def check_elbo(elbo, log_marginal_likelihood):
    @forall(X=normal(3, 4), W=normal(4, 2), mean=normal(4), noise=uniform(0.4, 2), size=uniform(0.1, 0.6))
    def touches_from_below(X, W, mean, noise, size):
        S = np.linalg.inv(np.eye(2) + W.T @ W / noise)
        m = (X - mean) @ W @ S / noise
        top = log_marginal_likelihood(X, W, mean, noise)
        others = [(m + size, S), (m, (1 + size) ** 2 * S), (m, size * S), (m, 9 * np.eye(2))]
        return equal(elbo(X, m, S, W, mean, noise), top) and all(
            np.all(elbo(X, a, b, W, mean, noise) < top - 1e-7) for a, b in others
        )
