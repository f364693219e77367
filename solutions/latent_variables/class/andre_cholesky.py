"""HW latent variables, A. Cholesky"""

import numpy as np


def sample(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.multivariate_normal(np.zeros(q), np.eye(q), n)
    noise = rng.multivariate_normal(np.zeros(d), noise_variance * np.eye(d), n)
    return mean + (W @ Z.T).T + noise, Z


def log_joint(X, Z, W, mean, noise_variance):
    from scipy.stats import norm
    log_pz = norm.logpdf(Z).sum(axis=1)
    log_px = norm.logpdf(X, loc=Z @ W.T + mean, scale=noise_variance ** 0.5).sum(axis=1)
    return log_px + log_pz


def log_marginal_likelihood(X, W, mean, noise_variance):
    d = len(mean)
    L = np.linalg.cholesky(W @ W.T + noise_variance * np.eye(d))
    Y = np.linalg.solve(L, (X - mean).T)
    return -0.5 * d * np.log(2 * np.pi) - np.sum(np.log(np.diag(L))) - 0.5 * np.sum(Y ** 2, axis=0)


def latent_posterior(X, W, mean, noise_variance):
    q = W.shape[1]
    precision = np.eye(q) + W.T @ W / noise_variance
    means = np.linalg.solve(precision, W.T @ (X - mean).T / noise_variance)
    return means.T, np.linalg.solve(precision, np.eye(q))


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    Z = rng.normal(size=(n_samples, W.shape[1]))
    out = np.zeros(len(X))
    for i, x in enumerate(X):
        logs = -0.5 * np.sum((x - mean - Z @ W.T) ** 2, axis=1) / noise_variance
        logs -= 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)
        out[i] = np.logaddexp.reduce(logs) - np.log(n_samples)
    return out


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    # log w = log p(x|z) + log p(z) - log q(z); the 2 pi of z cancel
    n, k = q_means.shape
    precision = np.linalg.inv(q_covariance)
    log_det = np.linalg.slogdet(q_covariance)[1]
    log_w = np.zeros((n, n_samples))
    for i in range(n):
        Z = rng.multivariate_normal(q_means[i], q_covariance, size=n_samples)
        for s in range(n_samples):
            dz, dx = Z[s] - q_means[i], X[i] - mean - W @ Z[s]
            log_w[i, s] = 0.5 * (dz @ precision @ dz + log_det - Z[s] @ Z[s] - dx @ dx / noise_variance)
    log_w -= 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)
    return np.logaddexp.reduce(log_w, axis=1) - np.log(n_samples)


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    d, q = W.shape
    kl = 0.5 * (np.trace(q_covariance) + np.sum(q_means ** 2, axis=1) - q - np.linalg.slogdet(q_covariance)[1])
    R = X - mean - q_means @ W.T
    expected = np.sum(R ** 2, axis=1) + np.sum((W.T @ W) * q_covariance)
    return -0.5 * d * np.log(2 * np.pi * noise_variance) - expected / (2 * noise_variance) - kl
