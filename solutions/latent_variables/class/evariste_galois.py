import numpy as np


def sample(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    X = Z @ W.T + mean + rng.normal(0, np.sqrt(noise_variance), size=(n, d))
    return X, Z


def log_joint(X, Z, W, mean, noise_variance)
    d, q = W.shape
    R = X - (Z @ W.T + mean)
    log_pz = -0.5 * q * np.log(2 * np.pi) - 0.5 * np.sum(Z ** 2, axis=1)
    log_px = -0.5 * d * np.log(2 * np.pi * noise_variance) - 0.5 * np.sum(R ** 2, axis=1) / noise_variance
    return log_pz + log_px


def log_marginal_likelihood(X, W, mean, noise_variance):
    d = len(mean)
    C = W @ W.T + noise_variance * np.eye(d)
    R = X - mean
    sol = np.linalg.solve(C, R.T).T
    return -0.5 * (d * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + np.sum(R * sol, axis=1))


def latent_posterior(X, W, mean, noise_variance):
    M = W.T @ W + noise_variance * np.eye(W.shape[1])
    Minv = np.linalg.inv(M)
    return (X - mean) @ W @ Minv, noise_variance * Minv


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    Z = rng.normal(size=(n_samples, W.shape[1]))
    out = np.zeros(len(X))
    for i, x in enumerate(X):
        logs = -0.5 * np.sum((x - mean - Z @ W.T) ** 2, axis=1) / noise_variance
        logs -= 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)
        out[i] = logs.max() + np.log(np.mean(np.exp(logs - logs.max())))
    return out


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    L = np.linalg.cholesky(q_covariance)
    out = np.zeros(len(X))
    for i, x in enumerate(X):
        U = rng.normal(size=(n_samples, len(L)))
        Z = q_means[i] + U @ L.T
        logs = -0.5 * np.sum((x - mean - Z @ W.T) ** 2, axis=1) / noise_variance - 0.5 * len(x) * np.log(2 * np.pi * noise_variance)
        logs += 0.5 * np.sum(U ** 2 - Z ** 2, axis=1) + np.log(np.diag(L)).sum()
        out[i] = logs.max() + np.log(np.mean(np.exp(logs - logs.max())))
    return out


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    d, q = W.shape
    R = X - mean - q_means @ W.T
    e_log_pz = -0.5 * (q * np.log(2 * np.pi) + np.sum(q_means ** 2, axis=1) + np.trace(q_covariance))
    e_log_px = -0.5 * (d * np.log(2 * np.pi * noise_variance) + (np.sum(R ** 2, axis=1) + np.trace(W @ q_covariance @ W.T)) / noise_variance)
    entropy = 0.5 * (q * np.log(2 * np.pi * np.e) + np.linalg.slogdet(q_covariance)[1])
    return e_log_pz + e_log_px + entropy
