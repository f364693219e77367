"""In-place arithmetic on copies of its own, closures and a cache."""

from functools import lru_cache

import numpy as np


@lru_cache(maxsize=None)
def identity(k):
    eye = np.zeros((k, k))
    eye.flat[:: k + 1] = 1.0
    return eye


def normal_logpdf(variance):
    constant = 0.5 * np.log(2 * np.pi * variance)

    def evaluate(residuals):
        out = np.array(residuals, copy=True)
        np.square(out, out=out)
        out /= -2 * variance
        out -= constant
        return out.sum(axis=-1)

    return evaluate


def sample(n, W, mean, noise_variance, rng):
    Z = np.empty((n, W.shape[1]))
    rng.standard_normal(out=Z)
    X = np.empty((n, len(mean)))
    rng.standard_normal(out=X)
    X *= np.sqrt(noise_variance)
    X += mean
    X += Z @ W.T
    return X, Z


def log_joint(X, Z, W, mean, noise_variance):
    R = X.copy()
    R -= mean
    R -= Z.dot(W.T)
    out = normal_logpdf(noise_variance)(R)
    out += normal_logpdf(1.0)(Z)
    return out


def latent_posterior(X, W, mean, noise_variance):
    R = np.array(X)
    R -= mean
    M = W.T @ W
    M += noise_variance * identity(W.shape[1])
    means, *_ = np.linalg.lstsq(M, W.T @ R.T, rcond=None)
    return means.T, noise_variance * np.linalg.inv(M)


def log_marginal_likelihood(X, W, mean, noise_variance):
    # Bayes' rule at z = 0.
    means, covariance = latent_posterior(X, W, mean, noise_variance)
    precision = identity(W.shape[1]) + W.T @ W / noise_variance
    log_q = -0.5 * np.einsum("nq,qp,np->n", means, precision, means)
    log_q += 0.5 * (np.linalg.slogdet(precision)[1] - W.shape[1] * np.log(2 * np.pi))
    return log_joint(X, np.zeros((len(X), W.shape[1])), W, mean, noise_variance) - log_q


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    density = normal_logpdf(noise_variance)
    logs = np.full((n_samples, len(X)), np.nan)
    for s in range(n_samples):
        logs[s] = density(X - (W @ rng.standard_normal(W.shape[1]) + mean))
    shift = logs.max(axis=0)
    logs -= shift
    np.exp(logs, out=logs)
    out = logs.mean(axis=0)
    np.log(out, out=out)
    out += shift
    return out


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    root = np.linalg.cholesky(np.array(q_covariance, copy=True))
    standard = normal_logpdf(1.0)
    logs = np.full((n_samples, len(X)), np.nan)
    for s in range(n_samples):
        u = rng.standard_normal(q_means.shape)
        z = u @ root.T
        z += q_means
        logs[s] = log_joint(X, z, W, mean, noise_variance)
        logs[s] -= standard(u)
    logs += np.log(root.diagonal()).sum()
    shift = logs.max(axis=0)
    logs -= shift
    np.exp(logs, out=logs)
    out = logs.mean(axis=0)
    np.log(out, out=out)
    out += shift
    return out


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    S = q_covariance.copy()
    out = log_joint(X, q_means, W, mean, noise_variance)
    out -= 0.5 * (S.trace() + (W.T.dot(W) * S).sum() / noise_variance)
    S *= 2 * np.pi * np.e
    out += 0.5 * np.linalg.slogdet(S)[1]
    return out
