"""Implementations for check_estimates: each is an estimate_parameters."""

import numpy as np

from autograder.checks import perturbed

# --- right ones ---


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    classes = [X[y == k] for k in range(n_classes)]
    if any(len(rows) == 0 for rows in classes):
        raise ValueError("a class has no examples")
    means = np.array([rows.mean(axis=0) for rows in classes])
    variances = np.array([rows.var(axis=0) for rows in classes])
    return means, np.maximum(variances, variance_floor)


def estimate_with_indicators(X, y, n_classes, variance_floor=1e-9):
    belongs = (np.asarray(y)[:, None] == np.arange(n_classes)).astype(float)
    counts = belongs.sum(axis=0)[:, None]
    if not counts.all():
        raise ValueError("a class has no examples")
    means = belongs.T @ X / counts
    variances = belongs.T @ (X - means[y]) ** 2 / counts
    return means, np.where(variances < variance_floor, variance_floor, variances)


def estimate_centred(X, y, n_classes, variance_floor=1e-9):
    centre = X.mean(axis=0)
    means, variances = estimate_with_indicators(X - centre, y, n_classes, variance_floor)
    return means + centre, variances


RIGHT = {
    "loops over the classes": (estimate_parameters,),
    "multiplies by indicators": (estimate_with_indicators,),
    "differs in the last digit": (perturbed(estimate_centred),),
}

# --- wrong ones ---


def estimate_by_n_minus_1(X, y, n_classes, variance_floor=1e-9):
    means, variances = estimate_parameters(X, y, n_classes, variance_floor)
    counts = np.bincount(y, minlength=n_classes)[:, None]
    return means, np.maximum(variances * counts / np.maximum(counts - 1, 1), variance_floor)


def estimate_standard_deviations(X, y, n_classes, variance_floor=1e-9):
    means, variances = estimate_parameters(X, y, n_classes, variance_floor)
    return means, np.maximum(np.sqrt(variances), variance_floor)


def estimate_over_all_n(X, y, n_classes, variance_floor=1e-9):
    means, variances = estimate_parameters(X, y, n_classes, 0.0)
    return means, np.maximum(variances * np.bincount(y, minlength=n_classes)[:, None] / len(y), variance_floor)


def estimate_plus_floor(X, y, n_classes, variance_floor=1e-9):
    means, variances = estimate_parameters(X, y, n_classes, 0.0)
    return means, variances + variance_floor


def estimate_without_floor(X, y, n_classes, variance_floor=1e-9):
    return estimate_parameters(X, y, n_classes, 0.0)


def estimate_zeros_for_empty(X, y, n_classes, variance_floor=1e-9):
    means, variances = np.zeros((n_classes, X.shape[1])), np.full((n_classes, X.shape[1]), variance_floor)
    for k in np.unique(y):
        means[k] = X[y == k].mean(axis=0)
        variances[k] = np.maximum(X[y == k].var(axis=0), variance_floor)
    return means, variances


WRONG = {
    "divides by n_k - 1": (estimate_by_n_minus_1,),
    "returns standard deviations": (estimate_standard_deviations,),
    "divides by n where it should divide by n_k": (estimate_over_all_n,),
    "adds the floor to every variance": (estimate_plus_floor,),
    "has no floor": (estimate_without_floor,),
    "returns zeros for a class without examples": (estimate_zeros_for_empty,),
}
