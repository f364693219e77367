"""map, lambda, recursion and generators; longdouble where it matters."""

import math
from functools import reduce

import numpy as np

pick = lambda joint, y: map(lambda pair: pair[0][pair[1]], zip(joint.tolist(), y.tolist()))
add_logs = lambda a, b: max(a, b) + math.log1p(math.exp(-abs(a - b))) if min(a, b) > -math.inf else max(a, b)
evidence = lambda row: reduce(add_logs, row)

joint_log_likelihood = lambda joint, y: (
    math.fsum(pick(joint, y)) if -math.inf not in list(pick(joint, y)) else -math.inf
)


def marginal_log_likelihood(joint):
    return sum(map(evidence, joint.tolist()))


def conditional_log_likelihood(joint, y):
    return sum(a - evidence(row) for a, row in zip(pick(joint, y), joint.tolist()))


def pooled_variance(X, y, n_classes):
    X = X.astype(np.longdouble)

    def squares(k):
        if k == n_classes:
            return 0
        rows = X[y == k]
        centre = rows.sum(axis=0) / max(len(rows), 1)
        return ((rows - centre) ** 2).sum(axis=0) + squares(k + 1)

    return squares(0) / len(y)


def logistic_from_naive_bayes(priors, means, variance):
    weights = [(b - a) / v for a, b, v in zip(*means.tolist(), variance.tolist())]
    middle = [(a + b) / 2 for a, b in zip(*means.tolist())]
    return weights, math.log(priors[1] / priors[0]) - math.fsum(w * m for w, m in zip(weights, middle))


def error_rate(predictions, y):
    return sum(map(lambda a, b: int(a != b), predictions, y)) / len(y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    def draws(m):
        for _ in range(n_repeats):
            yield sorted(rng.choice(range(len(y)), m, replace=False))

    def trial(rows):
        return error_rate(fit_predict(X[rows], y[rows], X_test), y_test)

    return [sum(map(trial, draws(m))) / n_repeats for m in sizes]


def crossover_size(sizes, discriminative_errors, generative_errors):
    def walk(i):
        if i < 0 or discriminative_errors[i] >= generative_errors[i]:
            return i + 1
        return walk(i - 1)

    first = walk(len(sizes) - 1)
    return sizes[first] if first < len(sizes) else None
