"""Type hints, helper functions and names from the blackboard."""

from __future__ import annotations

from functools import partial
from math import log, pi
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float64]
τ: float = 2 * pi


def Σ(values: Matrix, axis: int = -1) -> Matrix:
    return np.add.reduce(values, axis=axis)


def log_𝒩(residual: Matrix, σ2: float) -> Matrix:
    k = residual.shape[-1]
    return -k / 2 * log(τ * σ2) - Σ(residual * residual) / (2 * σ2)


log_prior = partial(log_𝒩, σ2=1.0)


def sample(n: int, W: Matrix, mean: Matrix, noise_variance: float, rng: np.random.Generator) -> tuple[Matrix, Matrix]:
    μ, σ = mean, noise_variance**0.5
    d, q = W.shape
    z = rng.normal(0.0, 1.0, (n, q))
    ε = rng.normal(0.0, σ, (n, d))
    return μ + z @ W.transpose() + ε, z


def log_joint(X: Matrix, Z: Matrix, W: Matrix, mean: Matrix, noise_variance: float) -> Matrix:
    return log_prior(Z) + log_𝒩(X - (mean + Z @ W.transpose()), noise_variance)


def Λ(W: Matrix, σ2: float) -> Matrix:
    """Posterior precision."""
    return np.eye(W.shape[1]) + W.T @ W / σ2


def log_marginal_likelihood(X: Matrix, W: Matrix, mean: Matrix, noise_variance: float) -> Matrix:
    σ2, δ = noise_variance, X - mean
    λ, V = np.linalg.eigh(W.T @ W)
    λ = np.clip(λ, 0, None)
    projected = δ @ W @ V
    quadratic = Σ(δ * δ) / σ2 - Σ(projected**2 / (σ2 * (σ2 + λ)))
    logdet = len(mean) * log(σ2) + np.log1p(λ / σ2).sum()
    return -(len(mean) * log(τ) + logdet + quadratic) / 2


def latent_posterior(X: Matrix, W: Matrix, mean: Matrix, noise_variance: float) -> tuple[Matrix, Matrix]:
    S = np.linalg.inv(Λ(W, noise_variance))
    return (X - mean) @ (S @ W.T).T / noise_variance, S


def monte_carlo_log_marginal(
    X: Matrix, W: Matrix, mean: Matrix, noise_variance: float, n_samples: int, rng: np.random.Generator
) -> Matrix:
    _, q = W.shape

    def estimate(x: Matrix) -> float:
        ℓ = log_𝒩(x - mean - rng.normal(size=(n_samples, q)) @ W.T, noise_variance)
        ℓmax = ℓ.max()
        return ℓmax + log(np.exp(ℓ - ℓmax).sum()) - log(n_samples)

    return np.array([estimate(x) for x in X])


def importance_log_marginal(
    X: Matrix,
    q_means: Matrix,
    q_covariance: Matrix,
    W: Matrix,
    mean: Matrix,
    noise_variance: float,
    n_samples: int,
    rng: np.random.Generator,
) -> Matrix:
    L = np.linalg.cholesky(q_covariance)

    def estimate(x: Matrix, m: Matrix) -> float:
        ε = rng.normal(size=(n_samples, len(m)))
        z = m + ε @ L.T
        log_q = log_prior(ε) - np.log(np.diagonal(L)).sum()
        ω = log_prior(z) + log_𝒩(x - mean - z @ W.T, noise_variance) - log_q
        return float(np.logaddexp.reduce(ω)) - log(n_samples)

    return np.array([estimate(x, m) for x, m in zip(X, q_means)])


def elbo(X: Matrix, q_means: Matrix, q_covariance: Matrix, W: Matrix, mean: Matrix, noise_variance: float) -> Matrix:
    """−KL(q ‖ prior) + E_q[log p(x|z)]."""
    q = W.shape[1]
    kl = (np.trace(q_covariance) + Σ(q_means**2) - q - np.linalg.slogdet(q_covariance)[1]) / 2
    reconstruction = log_𝒩(X - mean - q_means @ W.T, noise_variance)
    reconstruction = reconstruction - np.trace(W.T @ W @ q_covariance) / (2 * noise_variance)
    return reconstruction - kl
