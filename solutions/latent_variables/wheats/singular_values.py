"""Turn the hidden and the visible axes until W is diagonal."""

import numpy as np


def _axes(W):
    U, s, Vt = np.linalg.svd(W, full_matrices=False)
    return U, s, Vt


def sample(n, W, mean, noise_variance, rng):
    Z = np.stack([rng.normal(size=W.shape[1]) for _ in range(n)])
    U, s, Vt = _axes(W)
    noise = rng.normal(scale=np.sqrt(noise_variance), size=(len(mean), n))
    return (U * s @ Vt @ Z.T + mean[:, None] + noise).T, Z


def log_joint(X, Z, W, mean, noise_variance):
    d, q = W.shape
    R = X - mean - Z @ W.T
    return (
        -0.5 * np.log(2 * np.pi) * (d + q)
        - 0.5 * d * np.log(noise_variance)
        - 0.5 * np.sum(np.hstack([Z, R / np.sqrt(noise_variance)]) ** 2, axis=1)
    )


def log_marginal_likelihood(X, W, mean, noise_variance):
    U, s, _ = _axes(W)
    R = X - mean
    inside = R @ U
    outside = R - inside @ U.T
    variances = s**2 + noise_variance
    rest = len(mean) - len(s)
    return -0.5 * (
        np.sum(inside**2 / variances, axis=1)
        + np.sum(outside**2, axis=1) / noise_variance
        + np.sum(np.log(2 * np.pi * variances))
        + rest * np.log(2 * np.pi * noise_variance)
    )


def latent_posterior(X, W, mean, noise_variance):
    U, s, Vt = _axes(W)
    means = ((X - mean) @ U) * (s / (s**2 + noise_variance)) @ Vt
    covariance = np.eye(W.shape[1]) - Vt.T * (s**2 / (s**2 + noise_variance)) @ Vt
    return means, covariance


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    # One sample after the other, with a running maximum: no array of n_samples is kept.
    top = np.full(len(X), -np.inf)
    total = np.zeros(len(X))
    for _ in range(n_samples):
        centre = W @ rng.normal(size=W.shape[1]) + mean
        log_p = -0.5 * np.sum((X - centre) ** 2, axis=1) / noise_variance
        new_top = np.maximum(top, log_p)
        total = total * np.exp(top - new_top) + np.exp(log_p - new_top)
        top = new_top
    return top + np.log(total / n_samples) - 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    # A running maximum again; the root of the covariance by its singular values.
    U, s, _ = np.linalg.svd(q_covariance)
    root = U * np.sqrt(s)
    top, total = np.full(len(X), -np.inf), np.zeros(len(X))
    for _ in range(n_samples):
        u = rng.normal(size=q_means.shape)
        log_w = log_joint(X, q_means + u @ root.T, W, mean, noise_variance)
        log_w = log_w + 0.5 * np.sum(u**2, axis=1) + 0.5 * len(s) * np.log(2 * np.pi) + 0.5 * np.sum(np.log(s))
        new_top = np.maximum(top, log_w)
        total = total * np.exp(top - new_top) + np.exp(log_w - new_top)
        top = new_top
    return top + np.log(total / n_samples)


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    _, s, Vt = _axes(W)
    eigenvalues = np.linalg.svd(q_covariance, compute_uv=False)
    spread = np.sum(s**2 * np.diag(Vt @ q_covariance @ Vt.T)) / noise_variance
    entropy = np.sum(np.log(eigenvalues)) / 2 + len(q_covariance) * (np.log(2 * np.pi) + 1) / 2
    return log_joint(X, q_means, W, mean, noise_variance) - (spread + np.sum(eigenvalues)) / 2 + entropy
