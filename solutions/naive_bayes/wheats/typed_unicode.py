"""Type hints, Greek letters, closures and caches."""
from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, reduce
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Vector: TypeAlias = npt.NDArray[np.float64]
Matrix: TypeAlias = npt.NDArray[np.float64]
τ: Final[float] = 2 * np.pi


@lru_cache(maxsize=None)
def _log_τ() -> float:
    return float(np.log(τ))


def class_priors(y: npt.NDArray[np.int64], n_classes: int) -> Vector:
    π: Vector = np.zeros(n_classes)
    for label in y:
        π[label] += 1
    return π / π.sum()


def estimate_parameters(
    X: Matrix, y: npt.NDArray[np.int64], n_classes: int, variance_floor: float = 1e-9
) -> tuple[Matrix, Matrix]:
    def of_class(k: int) -> tuple[Vector, Vector]:
        Xₖ = X[np.equal(y, k)]
        if not Xₖ.size:
            raise ValueError(f"nₖ = 0 for k = {k}")
        μ = Xₖ.mean(axis=0)
        σ2 = np.linalg.norm(Xₖ - μ, axis=0) ** 2 / len(Xₖ)
        return μ, np.maximum(σ2, variance_floor)

    μs, σ2s = zip(*map(of_class, range(n_classes)))
    return np.array(μs), np.array(σ2s)


def _log_normal(μ: npt.ArrayLike, σ2: npt.ArrayLike) -> Callable[[npt.ArrayLike], npt.NDArray[np.float64]]:
    norm = 0.5 * (_log_τ() + np.log(σ2))

    def log_p(x: npt.ArrayLike) -> npt.NDArray[np.float64]:
        δ = np.subtract(x, μ)
        return np.asarray(-0.5 * δ / σ2 * δ - norm)

    return log_p


def gaussian_log_density(x: npt.ArrayLike, mean: npt.ArrayLike, variance: npt.ArrayLike) -> npt.NDArray[np.float64]:
    return _log_normal(mean, variance)(x)


def class_log_likelihood(X: Matrix, means: Matrix, variances: Matrix) -> Matrix:
    columns = [_log_normal(μ, σ2)(X).sum(axis=1) for μ, σ2 in zip(means, variances)]
    return np.transpose(columns)


def joint_log_prob(X: Matrix, priors: Vector, means: Matrix, variances: Matrix) -> Matrix:
    log_π = np.array([np.log(π) if π > 0 else -np.inf for π in priors])
    return log_π + class_log_likelihood(X, means, variances)


def log_evidence(joint: Matrix) -> Vector:
    return reduce(np.logaddexp, joint.T)


def posterior(X: Matrix, priors: Vector, means: Matrix, variances: Matrix) -> Matrix:
    ℓ = joint_log_prob(X, priors, means, variances)
    return np.exp((ℓ.T - log_evidence(ℓ)).T)


def predict(X: Matrix, priors: Vector, means: Matrix, variances: Matrix) -> npt.NDArray[np.int64]:
    ℓ = joint_log_prob(X, priors, means, variances)
    # the first class that reaches the maximum
    return np.argmax(ℓ == ℓ.max(axis=1, keepdims=True), axis=1)


def sample(
    n: int, priors: Vector, means: Matrix, variances: Matrix, rng: np.random.Generator
) -> tuple[Matrix, npt.NDArray[np.int64]]:
    # Gumbel's trick: the argmax of log π + Gumbel noise has law π
    with np.errstate(divide="ignore"):
        y = np.argmax(np.log(priors) + rng.gumbel(size=(n, len(priors))), axis=1)
    draw = partial(rng.normal, size=(n, means.shape[1]))
    return draw(means[y], np.sqrt(variances)[y]), y
