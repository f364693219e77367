"""Filtering: features come in one by one, each updates what is known of z, and p(x) is the product of predictions."""

import numpy as np


def filtered(X, W, mean, noise_variance):
    """Means (n, q), covariance (q, q) and log p(x) (n,) after all features."""
    n, q = len(X), W.shape[1]
    m, S = np.zeros((n, q)), np.eye(q)
    log_p = np.zeros(n)
    for j in range(len(mean)):
        w = W[j]
        Sw = S @ w
        variance = w @ Sw + noise_variance
        surprise = X[:, j] - mean[j] - m @ w
        log_p += -0.5 * np.log(2 * np.pi * variance) - 0.5 * surprise**2 / variance
        m = m + np.outer(surprise, Sw / variance)
        S = S - np.outer(Sw, Sw) / variance
    return m, S, log_p


def sample(n, W, mean, noise_variance, rng):
    Z = rng.normal(size=(n, W.shape[1]))
    columns = [rng.normal(Z @ W[j] + mean[j], np.sqrt(noise_variance)) for j in range(len(mean))]
    return np.column_stack(columns), Z


def log_joint(X, Z, W, mean, noise_variance):
    total = np.zeros(len(X))
    for k in range(Z.shape[1]):
        total -= 0.5 * (Z[:, k] ** 2 + np.log(2 * np.pi))
    for j in range(X.shape[1]):
        total -= 0.5 * ((X[:, j] - mean[j] - Z @ W[j]) ** 2 / noise_variance + np.log(2 * np.pi * noise_variance))
    return total


def log_marginal_likelihood(X, W, mean, noise_variance):
    return filtered(X, W, mean, noise_variance)[2]


def latent_posterior(X, W, mean, noise_variance):
    return filtered(X, W, mean, noise_variance)[:2]


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    zs = (rng.normal(size=W.shape[1]) for _ in range(n_samples))
    logs = np.array(
        [
            log_joint(X, np.tile(z, (len(X), 1)), W, mean, noise_variance) + 0.5 * (z @ z + len(z) * np.log(2 * np.pi))
            for z in zs
        ]
    )
    scale = logs.max(axis=0)
    return np.log(np.mean(np.exp(logs - scale), axis=0)) + scale


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    # q, too, one hidden number at a time: each given those before.
    n, q = q_means.shape
    log_w = np.empty((n_samples, n))
    for s in range(n_samples):
        Z = np.zeros((n, q))
        log_q = np.zeros(n)
        for k in range(q):
            gain = np.linalg.solve(q_covariance[:k, :k], q_covariance[:k, k]) if k else np.zeros(0)
            variance = q_covariance[k, k] - gain @ q_covariance[:k, k]
            centre = q_means[:, k] + (Z[:, :k] - q_means[:, :k]) @ gain
            Z[:, k] = rng.normal(centre, np.sqrt(variance))
            log_q += -0.5 * np.log(2 * np.pi * variance) - 0.5 * (Z[:, k] - centre) ** 2 / variance
        log_w[s] = log_joint(X, Z, W, mean, noise_variance) - log_q
    scale = log_w.max(axis=0)
    return np.log(np.mean(np.exp(log_w - scale), axis=0)) + scale


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    q = len(q_covariance)
    total = log_joint(X, q_means, W, mean, noise_variance)
    for w in W:
        total -= 0.5 * (w @ q_covariance @ w) / noise_variance
    for k in range(q):
        total -= 0.5 * q_covariance[k, k]
    # The entropy by the chain rule: each hidden number given those before.
    rest = np.array(q_covariance)
    for k in range(q):
        total += 0.5 * np.log(2 * np.pi * np.e * rest[k, k])
        rest = rest - np.outer(rest[:, k], rest[k]) / rest[k, k]
    return total
