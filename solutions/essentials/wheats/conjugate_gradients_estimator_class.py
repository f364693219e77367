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


"""A class in the style of scikit-learn; the functions are thin wrappers around it."""
import numpy as np


class GaussianNaiveBayes:
    def __init__(self, n_classes=None, variance_floor=1e-9):
        self.n_classes = n_classes
        self.variance_floor = variance_floor

    def fit(self, X, y):
        K, d = self.n_classes, X.shape[1]
        self.count_ = np.zeros(K)
        np.add.at(self.count_, y, 1)
        if self.count_.min() == 0:
            raise ValueError(f"label {int(self.count_.argmin())} does not occur")
        self.theta_ = np.zeros((K, d))
        np.add.at(self.theta_, y, X)
        self.theta_ /= self.count_[:, None]
        self.var_ = np.zeros((K, d))
        np.add.at(self.var_, y, (X - self.theta_[y]) ** 2)
        self.var_ /= self.count_[:, None]
        self.var_ = np.where(self.var_ < self.variance_floor, self.variance_floor, self.var_)
        return self

    def set(self, priors, means, variances):
        self.class_prior_, self.theta_, self.var_ = priors, means, variances
        return self

    def log_likelihood(self, X):
        out = np.empty((X.shape[0], self.theta_.shape[0]), order="F")
        for k in range(self.theta_.shape[0]):
            out[:, k] = -0.5 * np.sum(np.log(2.0 * np.pi * self.var_[k]))
            out[:, k] -= 0.5 * np.sum((X - self.theta_[k]) ** 2 / self.var_[k], axis=1)
        return out

    def _joint_log_likelihood(self, X):
        with np.errstate(divide="ignore"):
            return self.log_likelihood(X) + np.log(self.class_prior_)

    def predict_log_proba(self, X):
        jll = self._joint_log_likelihood(X)
        return jll - log_evidence(jll).reshape(-1, 1)

    def predict_proba(self, X):
        return np.exp(self.predict_log_proba(X))

    def predict_bayes(self, X):
        return np.arange(len(self.class_prior_))[self._joint_log_likelihood(X).argmax(axis=1)]


def class_priors(y, n_classes):
    count = np.zeros(n_classes)
    np.add.at(count, y, 1.0)
    return count / count.sum()


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    model = GaussianNaiveBayes(n_classes, variance_floor).fit(X, y)
    return model.theta_, model.var_


def gaussian_log_density(x, mean, variance):
    sd = np.sqrt(variance)
    z = (np.asarray(x) - mean) / sd
    return -z * z / 2 - np.log(sd) - np.log(2 * np.pi) / 2


def class_log_likelihood(X, means, variances):
    return GaussianNaiveBayes().set(None, means, variances).log_likelihood(X)


def joint_log_prob(X, priors, means, variances):
    return GaussianNaiveBayes().set(priors, means, variances)._joint_log_likelihood(X)


def log_evidence(joint):
    a_max = np.amax(joint, axis=1)
    a_max[~np.isfinite(a_max)] = 0
    with np.errstate(divide="ignore"):
        return np.log(np.sum(np.exp(joint.T - a_max), axis=0)) + a_max


def posterior(X, priors, means, variances):
    return GaussianNaiveBayes().set(priors, means, variances).predict_proba(X)


def predict_bayes(X, priors, means, variances):
    return GaussianNaiveBayes().set(priors, means, variances).predict_bayes(X)


def sample(n, priors, means, variances, rng):
    edges = np.cumsum(priors)
    edges[-1] = 1.0
    y = np.array([int(np.argmax(u < edges)) for u in rng.uniform(size=n)])
    X = np.empty((n, means.shape[1]))
    for k in range(len(priors)):
        here = y == k
        X[here] = rng.normal(means[k], np.sqrt(variances[k]), size=(here.sum(), means.shape[1]))
    return X, y
