import matplotlib.pyplot as plt
import numpy as np


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
    S = np.array(q_covariance)
    base = np.array(log_joint(X, q_means, W, mean, noise_variance))
    hessian = np.eye(len(S)) + W.T @ W / noise_variance
    eigenvalues = np.linalg.eigvalsh(S)
    return base - 0.5 * np.trace(hessian @ S) + 0.5 * np.sum(1 + np.log(2 * np.pi * eigenvalues))


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    from scipy.special import logsumexp
    from scipy.stats import norm
    Z = rng.standard_normal((n_samples, W.shape[1]))
    logs = norm.logpdf(X[:, None, :], (Z @ W.T + mean)[None], np.sqrt(noise_variance)).sum(axis=2)
    return logsumexp(logs, axis=1) - np.log(n_samples)


def latent_posterior(X, W, mean, noise_variance):
    C = W @ W.T + noise_variance * np.eye(len(mean))
    K = W.T @ np.linalg.inv(C)
    return (K @ (X - mean).T).T, np.eye(W.shape[1]) - K @ W


def log_marginal_likelihood(X, W, mean, noise_variance):
    lam, V = np.linalg.eigh(W @ W.T)
    lam = np.maximum(lam, 0) + noise_variance
    Y = (X - mean) @ V
    return -0.5 * np.sum(np.log(2 * np.pi * lam) + Y ** 2 / lam, axis=1)


def log_joint(X, Z, W, mean, noise_variance):
    from scipy.stats import norm
    log_pz = norm.logpdf(Z).sum(axis=1)
    log_px = norm.logpdf(X, loc=Z @ W.T + mean, scale=noise_variance ** 0.5).sum(axis=1)
    return log_px + log_pz


def sample(n, W, mean, noise_variance, rng):
    d, q = W.shape
    Z = rng.normal(size=(n, q))
    X = Z @ W.T + mean + rng.normal(0, np.sqrt(noise_variance), size=(n, d))
    return X, Z


if __name__ == "__main__":
    X, _ = sample(200, np.ones((2, 1)), np.zeros(2), 0.1, np.random.default_rng(0))
    plt.plot(X[:, 0], X[:, 1], ".")
    plt.show()
