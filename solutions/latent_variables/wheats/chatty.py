"""Prints what it does, and warns about what it does not like."""

import sys
import warnings

import numpy as np

print("latent variables, version 3 (final) (really)")


def sample(n, W, mean, noise_variance, rng):
    print("sampling", n)
    Z = rng.normal(size=(n, W.shape[1]))
    print("first z:", Z[0])
    X = np.empty((n, len(mean)))
    for i in range(n):
        X[i] = W @ Z[i] + mean
        X[i] += np.sqrt(noise_variance) * rng.normal(size=len(mean))
    print(X[:2], file=sys.stderr)
    return X, Z


def log_joint(X, Z, W, mean, noise_variance):
    print(f"{X.shape=} {Z.shape=} {W.shape=}")
    warnings.warn("is noise_variance really a variance?")
    r = X - mean - Z @ W.T
    out = -0.5 * np.sum(Z**2, axis=1) - 0.5 * Z.shape[1] * np.log(2 * np.pi)
    out += -0.5 * np.sum(r**2, axis=1) / noise_variance - 0.5 * X.shape[1] * np.log(2 * np.pi * noise_variance)
    print("log joint", out)
    return out


def log_marginal_likelihood(X, W, mean, noise_variance):
    C = W @ W.T + np.diag(np.full(X.shape[1], noise_variance))
    print("det:", np.linalg.det(C), "(only to look at)")
    s, ld = np.linalg.slogdet(C)
    if s <= 0:
        warnings.warn("covariance is not positive definite", RuntimeWarning)
    K = np.linalg.inv(C)
    return np.array([-0.5 * (len(mean) * np.log(2 * np.pi) + ld + (x - mean) @ K @ (x - mean)) for x in X])


def latent_posterior(X, W, mean, noise_variance):
    K = np.linalg.inv(W.T @ W + noise_variance * np.eye(W.shape[1]))
    print("posterior covariance", noise_variance * K)
    return np.array([K @ W.T @ (x - mean) for x in X]), noise_variance * K


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    Z = rng.normal(size=(n_samples, W.shape[1]))
    naive = np.log([np.mean(np.exp(-np.sum((x - mean - Z @ W.T) ** 2, axis=1) / 2 / noise_variance)) for x in X])
    print("naive estimate (may be -inf):", naive)
    out = []
    for x in X:
        a = -np.sum((x - mean - Z @ W.T) ** 2, axis=1) / 2 / noise_variance
        out.append(
            np.max(a) + np.log(np.mean(np.exp(a - np.max(a)))) - len(mean) / 2 * np.log(2 * np.pi * noise_variance)
        )
    return out


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    print("importance sampling with", n_samples, "draws")
    out = []
    K = np.linalg.inv(q_covariance)
    for x, m in zip(X, q_means):
        Z = rng.multivariate_normal(m, q_covariance, size=n_samples)
        a = np.array([log_joint(x[None], z[None], W, mean, noise_variance)[0] for z in Z])
        b = [
            -0.5 * (z - m) @ K @ (z - m) - 0.5 * len(m) * np.log(2 * np.pi) - 0.5 * np.linalg.slogdet(q_covariance)[1]
            for z in Z
        ]
        w = a - np.array(b)
        print("weights from", np.min(w), "to", np.max(w))
        out.append(np.max(w) + np.log(np.mean(np.exp(w - np.max(w)))))
    return out


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    print("elbo of", len(X), "rows")
    q = len(q_covariance)
    e = log_joint(X, q_means, W, mean, noise_variance)
    e = e - np.trace(q_covariance) / 2 - np.trace(W @ q_covariance @ W.T) / 2 / noise_variance
    h = q / 2 + q / 2 * np.log(2 * np.pi) + np.linalg.slogdet(q_covariance)[1] / 2
    print("entropy", h)
    return e + h
