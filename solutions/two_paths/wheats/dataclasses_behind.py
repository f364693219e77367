"""Small classes behind the functions; results are namedtuples where several are asked for."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass, field
from typing import Iterator

import numpy as np

Line = namedtuple("Line", ["theta", "intercept"])


@dataclass(frozen=True)
class Joint:
    table: np.ndarray

    @property
    def evidence(self) -> np.ndarray:
        top = np.nan_to_num(self.table.max(axis=1), neginf=0.0)
        with np.errstate(divide="ignore"):
            return top + np.log(np.exp(self.table - top[:, None]).sum(axis=1))

    def of(self, y: np.ndarray) -> np.ndarray:
        return np.array([self.table[i, label] for i, label in enumerate(y)])


@dataclass
class Pool:
    n_classes: int
    groups: dict[int, list[np.ndarray]] = field(default_factory=dict)

    def add(self, x: np.ndarray, label: int) -> Pool:
        self.groups.setdefault(int(label), []).append(x)
        return self

    def variance(self) -> np.ndarray:
        centred = [np.array(rows) - np.mean(rows, axis=0) for rows in self.groups.values()]
        return np.square(np.concatenate(centred)).mean(axis=0)


@dataclass
class Study:
    X: np.ndarray
    y: np.ndarray
    rng: np.random.Generator

    def subsets(self, size: int, n_repeats: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for _ in range(n_repeats):
            rows = self.rng.choice(self.y.size, size, replace=False, shuffle=False)
            yield self.X[rows], self.y[rows]


def joint_log_likelihood(joint, y):
    return np.sum(Joint(joint).of(y))


def marginal_log_likelihood(joint):
    return np.sum(Joint(joint).evidence)


def conditional_log_likelihood(joint, y):
    model = Joint(joint)
    return np.sum(model.of(y) - model.evidence)


def pooled_variance(X, y, n_classes):
    pool = Pool(n_classes)
    for x, label in zip(X, y):
        pool.add(x, label)
    return pool.variance()


def logistic_from_naive_bayes(priors, means, variance):
    precision = np.diag(1 / variance)
    quadratic = [m @ precision @ m for m in means]
    constant = [np.log(p) - q / 2 for p, q in zip(priors, quadratic)]
    return Line(theta=precision @ (means[1] - means[0]), intercept=constant[1] - constant[0])


def error_rate(predictions, y):
    return float((np.asarray(predictions) != np.asarray(y)).sum()) / float(len(y))


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    study = Study(X, y, rng)
    return [
        np.mean([error_rate(fit_predict(A, b, X_test), y_test) for A, b in study.subsets(int(m), n_repeats)])
        for m in sizes
    ]


def crossover_size(sizes, discriminative_errors, generative_errors):
    size = None
    for m, d, g in zip(sizes, discriminative_errors, generative_errors):
        if not d < g:
            size = None
        elif size is None:
            size = m
    return size
