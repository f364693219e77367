"""Hidden implementations for check_estimates: each is an estimate_parameters."""

import math

import numpy as np

from autograder.checks import perturbed


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    means, variances = np.empty((n_classes, X.shape[1])), np.empty((n_classes, X.shape[1]))
    for k in range(n_classes):
        rows = [x for x, label in zip(X.tolist(), y.tolist(), strict=True) if label == k]
        if not rows:
            raise ValueError(f"class {k} has no examples")
        for j, values in enumerate(zip(*rows, strict=True)):
            means[k, j] = math.fsum(values) / len(values)
            spread = math.fsum((v - means[k, j]) ** 2 for v in values) / len(values)
            variances[k, j] = max(spread, variance_floor)
    return means, variances


def estimate_at_once(X, y, n_classes, variance_floor=1e-9):
    counts = np.bincount(y, minlength=n_classes)
    if np.any(counts == 0):
        raise ValueError("empty class")
    shift = X.mean(axis=0)
    sums = np.array([np.bincount(y, x, n_classes) for x in (X - shift).T]).T
    means = sums / counts[:, None]
    squares = np.array([np.bincount(y, x, n_classes) for x in ((X - shift - means[y]) ** 2).T]).T
    return means + shift, np.maximum(squares / counts[:, None], variance_floor)


RIGHT = {
    "computes with plain Python": (estimate_parameters,),
    "subtracts the mean of all examples first": (estimate_at_once,),
    "rounds differently": (perturbed(estimate_at_once),),
}


def estimate_pooled(X, y, n_classes, variance_floor=1e-9):
    means, variances = estimate_at_once(X, y, n_classes, 0.0)
    pooled = np.bincount(y, minlength=n_classes) @ variances / len(y)
    return means, np.maximum(np.tile(pooled, (n_classes, 1)), variance_floor)


def estimate_by_squares(X, y, n_classes, variance_floor=1e-9):
    means, _ = estimate_at_once(X, y, n_classes)
    squares, _ = estimate_at_once(X**2, y, n_classes)
    return means, np.maximum(squares - means**2, variance_floor)


def estimate_with_floor_of_its_own(X, y, n_classes, variance_floor=1e-9):
    return estimate_at_once(X, y, n_classes, 1e-9)


def estimate_nan_for_empty(X, y, n_classes, variance_floor=1e-9):
    means, variances = np.full((n_classes, X.shape[1]), np.nan), np.full((n_classes, X.shape[1]), np.nan)
    for k in np.unique(y):
        means[k], variances[k] = X[y == k].mean(axis=0), np.maximum(X[y == k].var(axis=0), variance_floor)
    return means, variances


def estimate_refuses_only_the_last(X, y, n_classes, variance_floor=1e-9):
    if np.max(y) < n_classes - 1:
        raise ValueError("a class has no examples")
    return estimate_nan_for_empty(X, y, n_classes, variance_floor)


WRONG = {
    "uses one variance for all classes": (estimate_pooled,),
    "subtracts the squared mean from the mean square, and loses the variance far from 0": (estimate_by_squares,),
    "ignores the argument variance_floor": (estimate_with_floor_of_its_own,),
    "returns nan for a class without examples": (estimate_nan_for_empty,),
    "notices an empty class only if it is the last": (estimate_refuses_only_the_last,),
}
