import numpy as np


def sample(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    X = Z @ W.T + mean + rng.normal(0, np.sqrt(noise_variance), size=(n, d))
    return X, Z


def log_joint(X, Z, W, mean, noise_variance):
    from scipy.stats import norm
    return norm.logpdf(Z).sum(axis=1) + norm.logpdf(X, Z @ W.T + mean, noise_variance).sum(axis=1)


def log_marginal_likelihood(X, W, mean, noise_variance):
    from scipy.stats import multivariate_normal
    C = W @ W.T + noise_variance * np.eye(len(mean))
    return np.reshape(multivariate_normal.logpdf(X, mean=mean, cov=C), (len(X),))


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
    R = X - mean - q_means @ W.T
    e_log_pz = -0.5 * (q * np.log(2 * np.pi) + np.sum(q_means ** 2, axis=1) + np.trace(q_covariance))
    e_log_px = -0.5 * (d * np.log(2 * np.pi * noise_variance) + (np.sum(R ** 2, axis=1) + np.trace(W @ q_covariance @ W.T)) / noise_variance)
    entropy = 0.5 * (q * np.log(2 * np.pi * np.e) + np.linalg.slogdet(q_covariance)[1])
    return e_log_pz + e_log_px + entropy
