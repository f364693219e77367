"""Squares multiplied out: |a - b|^2 = |a|^2 - 2 a.b + |b|^2, on data that are centred first."""

import numpy as np


def _distances(A, B):
    """All squared distances between rows."""
    return (A**2).sum(1)[:, None] - 2 * A @ B.T + (B**2).sum(1)[None, :]


def sample(n, W, mean, noise_variance, rng):
    d, q = W.shape
    draws = rng.normal(size=(n, q + d))
    Z = draws[:, :q]
    X = draws @ np.hstack([W, np.sqrt(noise_variance) * np.eye(d)]).T + mean
    return X, Z


def log_joint(X, Z, W, mean, noise_variance):
    d, q = W.shape
    A = X - mean
    square = (A**2).sum(1) - 2 * ((A @ W) * Z).sum(1) + np.diag(Z @ (W.T @ W) @ Z.T)
    return -0.5 * (q * np.log(2 * np.pi) + (Z * Z).sum(1)) - 0.5 * (
        d * np.log(2 * np.pi * noise_variance) + square / noise_variance
    )


def log_marginal_likelihood(X, W, mean, noise_variance):
    # Woodbury and the determinant lemma.
    d, q = W.shape
    A = X - mean
    M = W.T @ W + noise_variance * np.eye(q)
    P = A @ W
    quadratic = ((A**2).sum(1) - (P * np.linalg.solve(M, P.T).T).sum(1)) / noise_variance
    log_det = (d - q) * np.log(noise_variance) + np.linalg.slogdet(M)[1]
    return -0.5 * (d * np.log(2 * np.pi) + log_det + quadratic)


def latent_posterior(X, W, mean, noise_variance):
    M = W.T @ W + noise_variance * np.eye(W.shape[1])
    return np.linalg.solve(M, (X @ W - mean @ W).T).T, np.linalg.solve(M, noise_variance * np.eye(W.shape[1]))


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    logs = -_distances(X - mean, rng.normal(size=(n_samples, W.shape[1])) @ W.T) / (2 * noise_variance)
    logs -= 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)
    best = np.amax(logs, axis=1)
    return best + np.log(np.mean(np.exp(logs - best.reshape(-1, 1)), axis=1))


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    d, q = W.shape
    values, vectors = np.linalg.eigh(q_covariance)
    root = vectors * np.sqrt(values)
    u = rng.normal(size=(n_samples, q))
    logs = np.empty((len(X), n_samples))
    for i, row in enumerate(X - mean):
        Z = q_means[i] + u @ root.T
        square = _distances(row[None], Z @ W.T)[0]
        logs[i] = -0.5 * (square / noise_variance + d * np.log(2 * np.pi * noise_variance))
        logs[i] += 0.5 * ((u**2).sum(1) - (Z**2).sum(1) + np.log(values).sum())
    best = np.amax(logs, axis=1)
    return best + np.log(np.mean(np.exp(logs - best.reshape(-1, 1)), axis=1))


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    second_moments = q_covariance[None] + q_means[:, :, None] * q_means[:, None, :]
    d, q = W.shape
    A = X - mean
    square = (A**2).sum(1) - 2 * (A @ W * q_means).sum(1) + (second_moments * (W.T @ W)).sum((1, 2))
    log_p = -0.5 * d * np.log(2 * np.pi * noise_variance) - square / (2 * noise_variance)
    log_p = log_p - 0.5 * q * np.log(2 * np.pi) - 0.5 * np.trace(second_moments, axis1=1, axis2=2)
    eigenvalues = np.linalg.eigvalsh(q_covariance)
    return log_p + 0.5 * np.log(2 * np.pi * np.e * eigenvalues).sum()
