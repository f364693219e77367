"""Factor once, solve triangles."""

import numpy as np
from scipy.linalg import cho_factor, cho_solve, cholesky, solve_triangular


def _log_normal(deviations, covariance):
    L = cholesky(covariance, lower=True)
    white = solve_triangular(L, deviations.T, lower=True)
    k = len(covariance)
    return -0.5 * k * np.log(2 * np.pi) - np.log(np.diag(L)).sum() - 0.5 * np.square(white).sum(axis=0)


def sample(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.multivariate_normal(np.zeros(q), np.eye(q), size=n)
    E = rng.multivariate_normal(np.zeros(d), noise_variance * np.eye(d), size=n, method="cholesky")
    return (W @ Z.T).T + mean + E, Z


def log_joint(X, Z, W, mean, noise_variance):
    d, q = W.shape
    return _log_normal(Z, np.eye(q)) + _log_normal(X - Z @ W.T - mean, noise_variance * np.eye(d))


def log_marginal_likelihood(X, W, mean, noise_variance):
    return _log_normal(X - mean, W @ W.T + noise_variance * np.eye(len(mean)))


def latent_posterior(X, W, mean, noise_variance):
    factor = cho_factor(W.T @ W + noise_variance * np.eye(W.shape[1]))
    return cho_solve(factor, W.T @ (X - mean).T).T, noise_variance * cho_solve(factor, np.eye(W.shape[1]))


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    d, q = W.shape
    Z = rng.multivariate_normal(np.zeros(q), np.eye(q), size=n_samples)
    out = []
    for x in X:
        logs = -0.5 * (
            np.square(x - mean - Z @ W.T).sum(axis=1) / noise_variance + d * np.log(2 * np.pi * noise_variance)
        )
        out.append(np.logaddexp.reduce(logs) - np.log(n_samples))
    return np.array(out)


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    L = cholesky(q_covariance, lower=True)
    out = []
    for x, m in zip(X, q_means):
        Z = m + rng.multivariate_normal(np.zeros(len(m)), np.eye(len(m)), size=n_samples) @ L.T
        logs = log_joint(np.repeat(x[None], n_samples, axis=0), Z, W, mean, noise_variance) - _log_normal(
            Z - m, q_covariance
        )
        out.append(np.logaddexp.reduce(logs) - np.log(n_samples))
    return np.array(out)


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    d, q = W.shape
    L = np.linalg.cholesky(q_covariance)
    WL = W @ L
    result = log_joint(X, q_means, W, mean, noise_variance)
    result = result - 0.5 * np.sum(L**2) - 0.5 * np.sum(WL**2) / noise_variance
    return result + 0.5 * q * np.log(2 * np.pi * np.e) + np.sum(np.log(np.diagonal(L)))
