"""matplotlib at the top, pandas inside, a demo at the bottom."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

plt.rcParams["figure.figsize"] = (6, 4)


def _frame(values):
    return pd.DataFrame(np.array(values))


def sample(n, W, mean, noise_variance, rng):
    z = _frame(rng.normal(size=(n, W.shape[1])))
    x = z.dot(_frame(W).T) + pd.Series(mean) + _frame(rng.normal(size=(n, len(mean)))) * noise_variance**0.5
    return x, z


def log_joint(X, Z, W, mean, noise_variance):
    x, z = _frame(X), _frame(Z)
    r = x - z.dot(_frame(W).T) - pd.Series(np.array(mean))
    log_x = (-(r**2) / (2 * noise_variance) - 0.5 * np.log(2 * np.pi * noise_variance)).sum(axis="columns")
    log_z = (-(z**2) / 2 - 0.5 * np.log(2 * np.pi)).sum(axis="columns")
    return log_x + log_z


def log_marginal_likelihood(X, W, mean, noise_variance):
    C = _frame(W).dot(_frame(W).T) + noise_variance * np.eye(len(W))
    r = _frame(X) - np.array(mean)
    solved = np.linalg.solve(C.to_numpy(), r.T.to_numpy()).T
    return -0.5 * ((r * solved).sum(axis=1) + np.linalg.slogdet(C.to_numpy())[1] + len(W) * np.log(2 * np.pi))


def latent_posterior(X, W, mean, noise_variance):
    w = _frame(W)
    S = np.linalg.inv((w.T.dot(w) / noise_variance + np.eye(w.shape[1])).to_numpy())
    return (_frame(X) - np.array(mean)).dot(w).dot(S) / noise_variance, pd.DataFrame(S)


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    centres = rng.normal(size=(n_samples, W.shape[1])) @ W.T + mean
    table = pd.DataFrame({i: -0.5 * ((x - centres) ** 2).sum(axis=1) / noise_variance for i, x in enumerate(X)})
    best = table.max()
    return best + np.log(np.exp(table - best).mean()) - 0.5 * len(mean) * np.log(2 * np.pi * noise_variance)


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    L = np.linalg.cholesky(np.array(q_covariance))
    table = pd.DataFrame(index=range(n_samples))
    for i, (x, m) in enumerate(zip(np.array(X), np.array(q_means))):
        u = _frame(rng.normal(size=(n_samples, len(m))))
        z = u.dot(_frame(L).T) + pd.Series(m)
        log_q = -0.5 * (u**2 + np.log(2 * np.pi)).sum(axis=1) - np.log(np.diag(L)).sum()
        table[i] = log_joint(_frame(np.tile(x, (n_samples, 1))), z, W, mean, noise_variance) - log_q
    best = table.max()
    return best + np.log(np.exp(table - best).mean())


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    S, q = np.array(q_covariance), len(q_covariance)
    inner = log_joint(X, q_means, W, mean, noise_variance)
    inner -= (np.trace(S) + np.trace(W @ S @ W.T) / noise_variance) / 2
    return inner + (q * np.log(2 * np.pi * np.e) + np.linalg.slogdet(S)[1]) / 2


if __name__ == "__main__":
    generator = np.random.default_rng(1)
    points, _ = sample(500, np.array([[2.0], [1.0]]), np.zeros(2), 0.1, generator)
    plt.scatter(points[0], points[1])
    plt.savefig("points.png")
