"""Whole arrays, einsum and nothing else."""

import numpy as np

ln2pi = np.log(2 * np.pi)


def sample(n, W, mean, noise_variance, rng):
    noise = rng.standard_normal((n, W.shape[0]))
    z = rng.standard_normal((n, W.shape[1]))
    return np.einsum("dq,nq->nd", W, z) + mean + noise_variance**0.5 * noise, z


def log_joint(X, Z, W, mean, noise_variance):
    d, q = W.shape
    r = X - np.einsum("dq,nq->nd", W, Z) - mean[None]
    return (
        -np.einsum("nd,nd->n", r, r) / (2 * noise_variance)
        - np.einsum("nq,nq->n", Z, Z) / 2
        - d / 2 * np.log(noise_variance)
        - (d + q) / 2 * ln2pi
    )


def log_marginal_likelihood(X, W, mean, noise_variance):
    d = len(mean)
    C = np.einsum("dq,eq->de", W, W)
    C[np.diag_indices(d)] += noise_variance
    sign, logdet = np.linalg.slogdet(C)
    r = X - mean
    return -(np.einsum("nd,de,ne->n", r, np.linalg.inv(C), r, optimize=True) + logdet + d * ln2pi) / 2


def latent_posterior(X, W, mean, noise_variance):
    M = np.einsum("dq,dp->qp", W, W) + noise_variance * np.eye(W.shape[1])
    Minv = np.linalg.inv(M)
    return np.einsum("qp,dp,nd->nq", Minv, W, X - mean), noise_variance * Minv


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    d, q = W.shape
    m = np.einsum("dq,sq->sd", W, rng.standard_normal((n_samples, q))) + mean
    diff = X[:, None] - m[None]
    a = -np.einsum("nsd,nsd->ns", diff, diff) / (2 * noise_variance)
    top = a.max(1, keepdims=True)
    return (
        np.log(np.einsum("ns->n", np.exp(a - top)) / n_samples) + top[:, 0] - d / 2 * np.log(2 * np.pi * noise_variance)
    )


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    n, q = q_means.shape
    d = len(mean)
    L = np.linalg.cholesky(q_covariance)
    u = rng.standard_normal((n, n_samples, q))
    z = np.einsum("pq,nsq->nsp", L, u) + q_means[:, None]
    r = X[:, None] - np.einsum("dq,nsq->nsd", W, z) - mean
    logs = (np.einsum("nsq,nsq->ns", u, u) - np.einsum("nsq,nsq->ns", z, z)) / 2
    logs += np.log(np.einsum("qq->q", L)).sum() - np.einsum("nsd,nsd->ns", r, r) / (2 * noise_variance)
    top = logs.max(1)
    return np.log(np.exp(logs - top[:, None]).mean(1)) + top - d / 2 * np.log(2 * np.pi * noise_variance)


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    q = W.shape[1]
    at_mean = log_joint(X, q_means, W, mean, noise_variance)
    traces = np.einsum("qq", q_covariance) + np.einsum("dq,qp,dp", W, q_covariance, W) / noise_variance
    return at_mean - traces / 2 + (q * (1 + ln2pi) + np.linalg.slogdet(q_covariance).logabsdet) / 2
