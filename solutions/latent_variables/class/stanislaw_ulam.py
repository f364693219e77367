import numpy as np


def sample(n, W, mean, noise_variance, rng):
    """Draw n examples and the hidden vectors behind them."""
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    X = Z @ W.T + mean + rng.normal(0, np.sqrt(noise_variance), size=(n, d))
    return X, Z


def log_joint(X, Z, W, mean, noise_variance):
    """log p(x, z) for every row."""
    from scipy.stats import norm
    log_pz = norm.logpdf(Z).sum(axis=1)
    log_px = norm.logpdf(X, loc=Z @ W.T + mean, scale=noise_variance ** 0.5).sum(axis=1)
    return log_px + log_pz


def log_marginal_likelihood(X, W, mean, noise_variance):
    """log p(x), z integrated out."""
    d = len(mean)
    C = W @ W.T + noise_variance * np.eye(d)
    R = X - mean
    sol = np.linalg.solve(C, R.T).T
    return -0.5 * (d * np.log(2 * np.pi) + np.linalg.slogdet(C)[1] + np.sum(R * sol, axis=1))


def latent_posterior(X, W, mean, noise_variance):
    """p(z | x): means and covariance."""
    M = W.T @ W + noise_variance * np.eye(W.shape[1])
    Minv = np.linalg.inv(M)
    return (X - mean) @ W @ Minv, noise_variance * Minv


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    """Estimate log p(x) with draws from the prior."""
    Z = rng.normal(size=(1000, W.shape[1]))
    out = np.zeros(len(X))
    for i, x in enumerate(X):
        logs = -0.5 * np.sum((x - mean - Z @ W.T) ** 2, axis=1) / noise_variance
        logs -= 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)
        out[i] = logs.max() + np.log(np.mean(np.exp(logs - logs.max())))
    return out


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    values, vectors = np.linalg.eigh(q_covariance)
    eps = rng.normal(size=(n_samples, 1, len(values)))
    z = q_means + (eps * np.sqrt(values)) @ vectors.T
    residual = X - mean - z @ W.T
    log_w = -0.5 * np.sum(z**2, axis=-1) + 0.5 * np.sum(eps**2, axis=-1) + 0.5 * np.sum(np.log(values))
    log_w = log_w - 0.5 * np.sum(residual**2, axis=-1) / noise_variance
    log_w = log_w - 0.5 * X.shape[1] * np.log(2 * np.pi * noise_variance)
    best = np.max(log_w, axis=0)
    return best + np.log(np.mean(np.exp(log_w - best), axis=0))


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    """Evidence lower bound in closed form."""
    d, q = W.shape
    R = X - mean - q_means @ W.T
    e_log_pz = -0.5 * (q * np.log(2 * np.pi) + np.sum(q_means ** 2, axis=1) + np.trace(q_covariance))
    e_log_px = -0.5 * (d * np.log(2 * np.pi * noise_variance) + (np.sum(R ** 2, axis=1) + np.trace(W @ q_covariance @ W.T)) / noise_variance)
    entropy = 0.5 * (q * np.log(2 * np.pi * np.e) + np.linalg.slogdet(q_covariance)[1])
    return e_log_pz + e_log_px + entropy
