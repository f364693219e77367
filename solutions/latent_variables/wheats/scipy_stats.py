"""Let scipy know the densities."""

import numpy as np
from scipy import stats
from scipy.special import logsumexp


def sample(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = stats.norm.rvs(size=(n, q), random_state=rng)
    X = stats.norm.rvs(loc=Z @ W.T + mean, scale=np.sqrt(noise_variance), size=(n, d), random_state=rng)
    return X, Z


def log_joint(X, Z, W, mean, noise_variance):
    return stats.norm.logpdf(Z).sum(axis=-1) + stats.norm.logpdf(X, Z @ W.T + mean, np.sqrt(noise_variance)).sum(
        axis=-1
    )


def log_marginal_likelihood(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.identity(len(mean))
    return np.atleast_1d(stats.multivariate_normal(mean, C).logpdf(X)).reshape(len(X))


def latent_posterior(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.identity(len(mean))
    gain = np.linalg.solve(C, W).T
    return (X - mean) @ gain.T, np.identity(W.shape[1]) - gain @ W


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    Z = stats.norm.rvs(size=(n_samples, W.shape[1]), random_state=rng)
    centres = Z @ W.T + mean
    logs = stats.norm.logpdf(X[None], centres[:, None], np.sqrt(noise_variance)).sum(axis=2)
    return logsumexp(logs, axis=0, b=1 / n_samples)


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    logs = np.empty((n_samples, len(X)))
    for i, (x, m) in enumerate(zip(X, q_means)):
        guess = stats.multivariate_normal(m, q_covariance)
        Z = guess.rvs(size=n_samples, random_state=rng).reshape(n_samples, len(m))
        log_p = stats.norm.logpdf(Z).sum(axis=1)
        log_p = log_p + stats.norm.logpdf(x, Z @ W.T + mean, np.sqrt(noise_variance)).sum(axis=1)
        logs[:, i] = log_p - guess.logpdf(Z)
    return logsumexp(logs, axis=0, b=1 / n_samples)


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    entropy = stats.multivariate_normal(np.zeros(len(q_covariance)), q_covariance).entropy()
    inner = log_joint(X, q_means, W, mean, noise_variance)
    inner = inner - 0.5 * np.trace(q_covariance @ (np.identity(len(q_covariance)) + W.T @ W / noise_variance))
    return inner + entropy
