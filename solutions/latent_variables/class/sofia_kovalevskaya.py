# only loops, I promise
import math

import numpy as np


def sample(n, W, mean, noise_variance, rng):
    sigma = math.sqrt(noise_variance)
    xs, zs = [], []
    for _ in range(n):
        z = [rng.normal() for _ in range(len(W[0]))]
        x = []
        for j in range(len(mean)):
            centre = mean[j]
            for k in range(len(z)):
                centre += W[j][k] * z[k]
            x.append(centre + sigma * rng.normal())
        xs.append(x)
        zs.append(z)
    return xs, zs


def log_joint(X, Z, W, mean, noise_variance):
    result = []
    for x, z in zip(X, Z):
        total = 0.0
        for value in z:
            total += -0.5 * math.log(2 * math.pi) - value ** 2 / 2
        for j in range(len(x)):
            mu = mean[j] + sum(W[j][k] * z[k] for k in range(len(z)))
            total += -0.5 * math.log(2 * math.pi * noise_variance) - (x[j] - mu) ** 2 / (2 * noise_variance)
        result.append(total)
    return result


def log_marginal_likelihood(X, W, mean, noise_variance):
    # candidate's formula: p(x) = p(x, z) / p(z | x), at the posterior mean
    m, S = latent_posterior(X, W, mean, noise_variance)
    m, S = np.array(m), np.array(S)
    log_q = -0.5 * (len(S) * np.log(2 * np.pi) + np.linalg.slogdet(S)[1])
    return np.array(log_joint(X, m, W, mean, noise_variance)) - log_q


def latent_posterior(X, W, mean, noise_variance):
    Minv = np.linalg.inv(W.T @ W + noise_variance * np.eye(W.shape[1]))
    means = []
    for x in X:
        means.append(list(Minv @ W.T @ (x - mean)))
    return means, (noise_variance * Minv).tolist()


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    def one(x):
        terms = []
        for _ in range(n_samples):
            z = rng.normal(size=W.shape[1])
            r = x - mean - W @ z
            terms.append(-r @ r / (2 * noise_variance))
        top = max(terms)
        return top + math.log(sum(math.exp(t - top) for t in terms) / n_samples)
    return [one(x) - len(mean) / 2 * math.log(2 * math.pi * noise_variance) for x in X]


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
