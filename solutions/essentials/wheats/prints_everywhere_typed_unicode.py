from __future__ import annotations
import sys

import numpy as np

print("loading my solution, numpy", np.__version__)


def sigmoid(z):
    print("sigmoid got", z)
    z = np.array(z, dtype=float)
    a = np.exp(-abs(z))
    res = np.where(z >= 0, 1, a) / (1 + a)
    print("sigmoid returns", res)
    return res


def log_odds(p):
    print("p =", p)
    num = np.log(p)
    den = np.log(1 - p)
    print(num, den, file=sys.stderr)
    return num - den


def predict_proba(X, theta):
    print(X.shape, theta.shape)
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    total = 0
    for i in range(len(X)):
        z = X[i] @ theta
        term = -np.logaddexp(0, -z) if y[i] == 1 else -np.logaddexp(0, z)
        print("term", i, "=", term)
        total += term
    print("total:", total)
    return total


def log_posterior(X, y, theta, prior_precision):
    ll = log_likelihood(X, y, theta)
    R = prior_precision / 2 * sum(theta * theta)
    print(f"{ll=} {R=}")
    return ll - R


def gradient(X, y, theta, prior_precision):
    g = np.zeros(len(theta))
    for i in range(len(X)):
        g = g + (y[i] - sigmoid(X[i] @ theta)) * X[i]
    g = g - prior_precision * theta
    print("gradient:", g)
    return g


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for step in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
        print("step", step, "height", trace[-1])
    return theta, trace


def fit(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    for it in range(100):
        p = 1 / (1 + np.exp(-(X @ theta)))
        g = X.T @ (y - p) - prior_precision * theta
        print("iteration", it, "|g| =", np.linalg.norm(g))
        if np.linalg.norm(g) < 1e-7:
            print("converged!!")
            break
        H = X.T @ np.diag(p * (1 - p)) @ X + prior_precision * np.eye(len(theta))
        step = np.linalg.solve(H, g)
        theta = theta + step / max(1, np.linalg.norm(step))
    return theta


def predict(X, theta):
    labels = (X @ theta >= 0).astype(int)
    print("labels", labels)
    return labels


"""Type hints, Greek letters, closures and caches."""


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


def predict_bayes(X: Matrix, priors: Vector, means: Matrix, variances: Matrix) -> npt.NDArray[np.int64]:
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
