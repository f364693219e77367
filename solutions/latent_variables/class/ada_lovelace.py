import numpy as np


def sample(n, W, mean, noise_variance, rng):
    """Draw n examples and the hidden vectors behind them."""
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    X = Z @ W.T + mean + rng.normal(0, np.sqrt(noise_variance), size=(n, d))
    return X, Z


def log_joint(X, Z, W, mean, noise_variance):
    """log p(x, z) for every row."""
    d, q = W.shape
    R = X - (Z @ W.T + mean)
    log_pz = -0.5 * q * np.log(2 * np.pi) - 0.5 * np.sum(Z ** 2, axis=1)
    log_px = -0.5 * d * np.log(2 * np.pi * noise_variance) - 0.5 * np.sum(R ** 2, axis=1) / noise_variance
    return log_pz + log_px


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
    Z = rng.normal(size=(n_samples, W.shape[1]))
    out = np.zeros(len(X))
    for i, x in enumerate(X):
        logs = -0.5 * np.sum((x - mean - Z @ W.T) ** 2, axis=1) / noise_variance
        logs -= 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)
        out[i] = logs.max() + np.log(np.mean(np.exp(logs - logs.max())))
    return out


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    L = np.linalg.cholesky(q_covariance)
    k = len(L)
    out = []
    for x, m in zip(X, q_means):
        u = rng.normal(size=(n_samples, k))
        z = m + u @ L.T
        log_q = -0.5 * (u**2).sum(axis=1) - 0.5 * k * np.log(2 * np.pi) - np.log(np.diag(L)).sum()
        r = x - mean - z @ W.T
        log_p = -0.5 * (z**2).sum(axis=1) - 0.5 * k * np.log(2 * np.pi)
        log_p = log_p - 0.5 * (r**2).sum(axis=1) / noise_variance - 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)
        w = log_p - log_q
        out.append(w.max() + np.log(np.mean(np.exp(w - w.max()))))
    return np.array(out)


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    """Evidence lower bound in closed form."""
    d, q = W.shape
    R = X - mean - q_means @ W.T
    e_log_pz = -0.5 * (q * np.log(2 * np.pi) + np.sum(q_means ** 2, axis=1) + np.trace(q_covariance))
    e_log_px = -0.5 * (d * np.log(2 * np.pi * noise_variance) + (np.sum(R ** 2, axis=1) + np.trace(W @ q_covariance @ W.T)) / noise_variance)
    entropy = 0.5 * (q * np.log(2 * np.pi * np.e) + np.linalg.slogdet(q_covariance)[1])
    return e_log_pz + e_log_px + entropy
