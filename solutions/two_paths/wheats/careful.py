"""Checks its arguments, raises ValueError on bad ones, returns Python floats."""

import numpy as np


def _check_joint(joint, y=None):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2:
        raise ValueError(f"joint must be (n, K), got {joint.shape}")
    assert not np.isnan(joint).any(), "joint contains nan"
    if y is not None:
        y = np.asarray(y)
        if y.shape != (joint.shape[0],):
            raise ValueError("y does not fit joint")
        if y.min() < 0 or y.max() >= joint.shape[1]:
            raise ValueError("label out of range")
    return joint, y


def _log_evidence(joint):
    out = np.full(joint.shape[0], -np.inf)
    possible = np.isfinite(joint).any(axis=1)
    rows = joint[possible]
    top = rows.max(axis=1, keepdims=True)
    out[possible] = np.log(np.sum(np.exp(rows - top), axis=1)) + top[:, 0]
    return out


def joint_log_likelihood(joint, y):
    joint, y = _check_joint(joint, y)
    return float(sum(joint[i, y[i]] for i in range(len(y))))


def marginal_log_likelihood(joint):
    joint, _ = _check_joint(joint)
    return float(_log_evidence(joint).sum())


def conditional_log_likelihood(joint, y):
    joint, y = _check_joint(joint, y)
    logs = joint - _log_evidence(joint)[:, np.newaxis]
    value = float(logs[np.arange(y.size), y].sum())
    return min(value, 0.0)


def pooled_variance(X, y, n_classes):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    if X.ndim != 2 or len(X) != len(y):
        raise ValueError("X must be (n, d) and y (n,)")
    if n_classes < 1 or (y >= n_classes).any():
        raise ValueError("labels must be below n_classes")
    # Welford's update, one example at a time
    count = np.zeros(n_classes)
    mean = np.zeros((n_classes, X.shape[1]))
    squares = np.zeros(X.shape[1])
    for x, k in zip(X, y):
        count[k] += 1
        before = x - mean[k]
        mean[k] += before / count[k]
        squares += before * (x - mean[k])
    return squares / len(X)


def logistic_from_naive_bayes(priors, means, variance):
    priors, means, variance = (np.array(a, dtype=float) for a in (priors, means, variance))
    if priors.shape != (2,) or means.shape[0] != 2:
        raise ValueError("two classes, please")
    if not np.isclose(priors.sum(), 1):
        raise ValueError("priors do not sum to 1")
    if (variance <= 0).any():
        raise ValueError("variances must be positive")
    sd = np.sqrt(variance)
    m0, m1 = means / sd
    return (m1 - m0) / sd, float(np.log(priors[1] / (1 - priors[1])) + (m0 @ m0 - m1 @ m1) / 2)


def error_rate(predictions, y):
    predictions, y = np.asarray(predictions), np.asarray(y)
    if predictions.shape != y.shape:
        raise ValueError(f"{predictions.shape} predictions for {y.shape} labels")
    return float(np.mean(predictions != y))


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    if max(sizes) > len(X):
        raise ValueError("not enough examples")
    if n_repeats < 1:
        raise ValueError("n_repeats must be positive")
    if not isinstance(rng, np.random.Generator):
        raise TypeError("rng must be a numpy Generator")
    if not callable(fit_predict):
        raise TypeError("fit_predict must be callable")
    errors = {}
    for m in sizes:
        runs = []
        while len(runs) < n_repeats:
            rows = rng.choice(np.arange(len(X)), size=int(m), replace=False)
            assert len(set(rows)) == m
            runs.append(error_rate(fit_predict(X[rows].copy(), y[rows].copy(), X_test.copy()), y_test))
        errors[int(m)] = float(np.mean(runs))
    return tuple(errors[int(m)] for m in sizes)


def crossover_size(sizes, discriminative_errors, generative_errors):
    if not len(sizes) == len(discriminative_errors) == len(generative_errors):
        raise ValueError("lengths differ")
    table = sorted(zip(sizes, discriminative_errors, generative_errors), reverse=True)
    best = None
    for size, d, g in table:
        if d >= g:
            return best
        best = int(size)
    return best
