"""Asserts and ValueErrors on bad input."""

import numbers

import numpy as np


def check_model(W, mean, noise_variance):
    W, mean = np.asarray(W, dtype=float), np.asarray(mean, dtype=float)
    if W.ndim != 2 or mean.ndim != 1:
        raise ValueError(f"W must be (d, q) and mean (d,), got {W.shape} and {mean.shape}")
    if len(mean) != len(W):
        raise ValueError("W and mean disagree about d")
    if not isinstance(noise_variance, numbers.Real):
        raise TypeError("noise_variance must be a number")
    if not noise_variance > 0:
        raise ValueError("noise_variance must be positive")
    return W, mean, float(noise_variance)


def check_data(X, width):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or X.shape[1] != width:
        raise ValueError(f"expected (n, {width}), got {X.shape}")
    assert np.isfinite(X).all()
    return X


def sample(n, W, mean, noise_variance, rng):
    W, mean, s2 = check_model(W, mean, noise_variance)
    if n < 1 or int(n) != n:
        raise ValueError("n must be a whole number above 0")
    assert isinstance(rng, np.random.Generator), "rng must be a Generator"
    Z = rng.standard_normal((n, W.shape[1]))
    X = Z @ W.T + mean + rng.standard_normal((n, W.shape[0])) * np.sqrt(s2)
    assert X.shape == (n, len(mean))
    return X, Z


def log_joint(X, Z, W, mean, noise_variance):
    W, mean, s2 = check_model(W, mean, noise_variance)
    X, Z = check_data(X, W.shape[0]), check_data(Z, W.shape[1])
    if len(X) != len(Z):
        raise ValueError("X and Z must have as many rows")
    prior = -0.5 * np.sum(Z**2 + np.log(2 * np.pi), axis=1)
    return prior - 0.5 * np.sum((X - mean - Z @ W.T) ** 2 / s2 + np.log(2 * np.pi * s2), axis=1)


def log_marginal_likelihood(X, W, mean, noise_variance):
    W, mean, s2 = check_model(W, mean, noise_variance)
    X = check_data(X, W.shape[0])
    C = W @ W.T + s2 * np.eye(len(mean))
    assert np.allclose(C, C.T)
    sign, log_det = np.linalg.slogdet(C)
    assert sign > 0
    R = X - mean
    return -0.5 * (np.sum(np.linalg.solve(C, R.T) * R.T, axis=0) + log_det + len(mean) * np.log(2 * np.pi))


def latent_posterior(X, W, mean, noise_variance):
    W, mean, s2 = check_model(W, mean, noise_variance)
    X = check_data(X, W.shape[0])
    S = np.linalg.inv(np.eye(W.shape[1]) + W.T @ W / s2)
    means = (X - mean) @ W @ S / s2
    assert means.shape == (len(X), W.shape[1])
    return means, S


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    W, mean, s2 = check_model(W, mean, noise_variance)
    X = check_data(X, W.shape[0])
    if n_samples < 1:
        raise ValueError("n_samples must be at least 1")
    centres = rng.standard_normal((n_samples, W.shape[1])) @ W.T + mean
    logs = np.empty((len(X), n_samples))
    for s, c in enumerate(centres):
        logs[:, s] = -0.5 * np.sum((X - c) ** 2, axis=1) / s2
    shift = logs.max(axis=1)
    result = shift + np.log(np.mean(np.exp(logs - shift[:, None]), axis=1)) - 0.5 * len(mean) * np.log(2 * np.pi * s2)
    assert not np.isnan(result).any()
    return result


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    W, mean, s2 = check_model(W, mean, noise_variance)
    X, q_means, S = check_data(X, W.shape[0]), check_data(q_means, W.shape[1]), check_data(q_covariance, W.shape[1])
    if n_samples < 1:
        raise ValueError("n_samples must be at least 1")
    L = np.linalg.cholesky(S)
    logs = np.empty((n_samples, len(X)))
    for s in range(n_samples):
        u = rng.standard_normal(q_means.shape)
        log_q = -0.5 * np.sum(u**2 + np.log(2 * np.pi), axis=1) - np.sum(np.log(np.diag(L)))
        logs[s] = log_joint(X, q_means + u @ L.T, W, mean, s2) - log_q
    shift = logs.max(axis=0)
    result = shift + np.log(np.mean(np.exp(logs - shift), axis=0))
    assert not np.isnan(result).any()
    return result


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    W, mean, s2 = check_model(W, mean, noise_variance)
    X, q_means = check_data(X, W.shape[0]), check_data(q_means, W.shape[1])
    S = check_data(q_covariance, W.shape[1])
    if not np.allclose(S, S.T):
        raise ValueError("q_covariance must be symmetric")
    sign, log_det = np.linalg.slogdet(S)
    if sign <= 0:
        raise ValueError("q_covariance must be positive definite")
    inner = log_joint(X, q_means, W, mean, s2) - 0.5 * np.sum(S * (np.eye(len(S)) + W.T @ W / s2))
    return inner + 0.5 * (len(S) * np.log(2 * np.pi * np.e) + log_det)
