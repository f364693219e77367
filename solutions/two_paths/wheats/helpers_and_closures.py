"""Type hints, closures, unicode names, functools."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, reduce
from itertools import accumulate
from operator import add
from typing import Optional

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Classifier = Callable[[Matrix, NDArray[np.int64], Matrix], NDArray[np.int64]]


def per_row(ƒ: Callable[[Vector], float]) -> Callable[[Matrix], Vector]:
    def on_matrix(rows: Matrix) -> Vector:
        return np.fromiter((ƒ(row) for row in rows), dtype=float, count=len(rows))

    return on_matrix


Σexp = per_row(partial(reduce, np.logaddexp))


def own(joint: Matrix, y: NDArray[np.int64]) -> Vector:
    n, K = joint.shape
    return joint.ravel()[np.arange(n) * K + y]


def joint_log_likelihood(joint: Matrix, y: NDArray[np.int64]) -> float:
    return reduce(add, own(joint, y))


def marginal_log_likelihood(joint: Matrix) -> float:
    return reduce(add, Σexp(joint))


def conditional_log_likelihood(joint: Matrix, y: NDArray[np.int64]) -> float:
    return reduce(add, own(joint, y) - Σexp(joint))


def pooled_variance(X: Matrix, y: NDArray[np.int64], n_classes: int) -> Vector:
    def deviations() -> Iterable[Matrix]:
        for k in sorted(set(y.tolist())):
            Xₖ = X[np.flatnonzero(y == k), :]
            μₖ = Xₖ.mean(axis=0, keepdims=True)
            yield Xₖ - μₖ

    δ = np.vstack(list(deviations()))
    return (δ * δ).sum(axis=0) / δ.shape[0]


def logistic_from_naive_bayes(priors: Vector, means: Matrix, variance: Vector) -> tuple[Vector, float]:
    μ0, μ1 = means
    ℓ = lambda x, μ, π: np.log(π) - np.sum((x - μ) ** 2 / variance) / 2
    θ = (μ1 - μ0) / variance
    β = ℓ(0, μ1, priors[1]) - ℓ(0, μ0, priors[0])
    return θ, β


def error_rate(predictions: NDArray[np.int64], y: NDArray[np.int64]) -> float:
    return np.average([ŷ != t for ŷ, t in zip(predictions, y)])


def learning_curve(
    X: Matrix,
    y: NDArray[np.int64],
    X_test: Matrix,
    y_test: NDArray[np.int64],
    sizes: NDArray[np.int64],
    n_repeats: int,
    rng: np.random.Generator,
    fit_predict: Classifier,
) -> Vector:
    def trial(m: int) -> float:
        chosen = np.argsort(rng.random(len(y)))[:m]
        return error_rate(fit_predict(X_test=X_test, X_train=X[chosen], y_train=y[chosen]), y_test)

    curve = np.empty(len(sizes))
    for position, m in enumerate(sizes):
        curve[position] = sum(trial(m) for _ in range(n_repeats)) / n_repeats
    return curve


def crossover_size(sizes: NDArray[np.int64], discriminative_errors: Vector, generative_errors: Vector) -> Optional[int]:
    wins = (discriminative_errors < generative_errors).tolist()
    from_here_on = list(accumulate(reversed(wins), lambda so_far, win: so_far and win))[::-1]
    return int(sizes[from_here_on.index(True)]) if True in from_here_on else None
