"""Typed, functional, with the lecture's letters."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

import numpy as np

ℝ = np.ndarray


def σ(z: ℝ) -> ℝ:
    """1 / (1 + e^-z), through the larger of two exponentials."""
    m = np.maximum(0, z)
    with np.errstate(invalid="ignore"):
        return np.where(np.isposinf(z), 1.0, np.exp(z - m) / (np.exp(-m) + np.exp(z - m)))


sigmoid = σ


def log_odds(p: ℝ) -> ℝ:
    q = 1 - p
    return np.log(p) - np.log(q)


def predict_proba(X: ℝ, theta: ℝ) -> ℝ:
    return σ(X @ theta)


def ℓ(X: ℝ, y: ℝ) -> Callable[[ℝ], float]:
    """The log-likelihood as a function of θ alone."""
    s = np.array([-1.0, 1.0])[y]
    return lambda θ: -np.logaddexp(0, -s * (X @ θ)).sum()


def log_likelihood(X: ℝ, y: ℝ, theta: ℝ) -> float:
    return ℓ(X, y)(theta)


def R(λ: float, θ: ℝ) -> float:
    return λ / 2 * np.vdot(θ, θ)


def log_posterior(X: ℝ, y: ℝ, theta: ℝ, prior_precision: float) -> float:
    return ℓ(X, y)(theta) - R(prior_precision, theta)


def ᐁ(X: ℝ, y: ℝ, λ: float) -> Callable[[ℝ], ℝ]:
    def at(θ: ℝ) -> ℝ:
        return X.T @ (y - σ(X @ θ)) - λ * θ

    return at


def gradient(X: ℝ, y: ℝ, theta: ℝ, prior_precision: float) -> ℝ:
    return ᐁ(X, y, prior_precision)(theta)


def iterate(f: Callable[[ℝ], ℝ], θ: ℝ) -> Iterator[ℝ]:
    while True:
        yield θ
        θ = f(θ)


def gradient_ascent(X: ℝ, y: ℝ, prior_precision: float, step_size: float, n_steps: int) -> tuple[ℝ, ℝ]:
    uphill = ᐁ(X, y, prior_precision)
    path = list(islice(iterate(lambda θ: θ + step_size * uphill(θ), np.zeros(X.shape[1])), n_steps + 1))
    f = partial(log_posterior, X, y, prior_precision=prior_precision)
    return path[-1], np.fromiter(map(f, path), dtype=float)


def fit(X: ℝ, y: ℝ, prior_precision: float) -> ℝ:
    uphill = ᐁ(X, y, prior_precision)

    def newton(θ: ℝ) -> ℝ:
        p = σ(X @ θ)
        Δ = np.linalg.solve(X.T @ (X * (p * (1 - p))[:, None]) + prior_precision * np.eye(θ.size), uphill(θ))
        return θ + Δ / max(1.0, np.abs(Δ).max())

    return next(θ for θ in iterate(newton, np.zeros(X.shape[1])) if np.abs(uphill(θ)).max() < 1e-8)


def predict(X: ℝ, theta: ℝ) -> ℝ:
    return (predict_proba(X, theta) >= 1 / 2).astype(np.float64)
