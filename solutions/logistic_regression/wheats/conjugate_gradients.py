"""fit by nonlinear conjugate gradients with a backtracking line search, written by hand."""

import math
from typing import Callable

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


@np.vectorize
def _scalar_sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def sigmoid(z: Matrix) -> Matrix:
    return _scalar_sigmoid(z)


def log_odds(p: Matrix) -> Matrix:
    return np.vectorize(
        lambda q: -math.inf if q <= 0 else math.inf if q >= 1 else math.log(q) - math.log1p(-q), otypes=[float]
    )(p)


def predict_proba(X: Matrix, theta: Vector) -> Vector:
    return sigmoid(X @ theta)


def log_likelihood(X: Matrix, y: NDArray[np.int64], theta: Vector) -> float:
    z = X @ theta
    return math.fsum(-max(-s, 0.0) - math.log1p(math.exp(-abs(s))) for s in np.where(y > 0, z, -z))


def log_posterior(X: Matrix, y: NDArray[np.int64], theta: Vector, prior_precision: float) -> float:
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * math.fsum(t * t for t in theta)


def gradient(X: Matrix, y: NDArray[np.int64], theta: Vector, prior_precision: float) -> Vector:
    return X.transpose() @ (y - predict_proba(X, theta)) - prior_precision * theta


def gradient_ascent(
    X: Matrix, y: NDArray[np.int64], prior_precision: float, step_size: float, n_steps: int
) -> tuple[Vector, list[float]]:
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace += [log_posterior(X, y, theta, prior_precision)]
    return theta, trace


def _climb(f: Callable[[Vector], float], df: Callable[[Vector], Vector], x: Vector) -> Vector:
    g = df(x)
    direction = g
    for _ in range(3000):
        if np.abs(g).max() < 1e-5:
            break
        if direction @ g <= 0:
            direction = g
        t = 1.0
        while f(x + t * direction) < f(x) + 1e-4 * t * (g @ direction) and t > 1e-12:
            t *= 0.5
        x = x + t * direction
        new = df(x)
        beta = max(0.0, new @ (new - g) / (g @ g))
        direction, g = new + beta * direction, new
    return x


def fit(X: Matrix, y: NDArray[np.int64], prior_precision: float) -> Vector:
    return _climb(
        lambda theta: log_posterior(X, y, theta, prior_precision),
        lambda theta: gradient(X, y, theta, prior_precision),
        np.zeros(X.shape[1]),
    )


def predict(X: Matrix, theta: Vector) -> NDArray[np.int64]:
    return np.array([round(p + 1e-12) for p in predict_proba(X, theta)])
