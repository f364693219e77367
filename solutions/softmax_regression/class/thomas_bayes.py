"""Maximum a posteriori."""

import math

import numpy as np


def dot(a, b):
    return sum(s * t for s, t in zip(a, b))


def log_softmax(scores):
    table = []
    for row in scores.tolist():
        top = max(row)
        total = math.log(sum(math.exp(s - top) for s in row))
        table.append([s - top - total for s in row])
    return table


def scores_of(X, Theta):
    return [[dot(x, theta) for theta in Theta] for x in X]


def log_rows(table):
    answers = []
    for row in table:
        top = max(row)
        total = math.log(sum(math.exp(s - top) for s in row))
        answers.append([s - top - total for s in row])
    return answers


def predict_proba(X, Theta):
    return [[math.exp(s) for s in row] for row in log_rows(scores_of(X.tolist(), Theta.tolist()))]


def log_posterior(X, y, Theta, prior_precision):
    rows = log_rows(scores_of(X.tolist(), Theta.tolist()))
    value = 0.0
    for row, label in zip(rows, y.tolist()):
        value += row[label]
    for theta in Theta.tolist():
        for weight in theta:
            value -= prior_precision / 2 * weight * weight
    return value


def slope(X, y, Theta, prior_precision):
    result = [[-prior_precision * weight for weight in theta] for theta in Theta]
    for x, label, row in zip(X, y, log_rows(scores_of(X, Theta))):
        for k, log_p in enumerate(row):
            residual = (1.0 if k == label else 0.0) - math.exp(log_p)
            for j, value in enumerate(x):
                result[k][j] += residual * value
    return result


def gradient(X, y, Theta, prior_precision):
    return slope(X.tolist(), y.tolist(), Theta.tolist(), prior_precision)


def fit(X, y, n_classes, prior_precision):
    X, y = X.tolist(), y.tolist()
    # The slope changes by at most |X|^2 / 2 + precision per unit of Theta. Nesterov's momentum saves steps.
    bound = sum(value * value for x in X for value in x) / 2 + prior_precision
    root = math.sqrt(prior_precision / bound)
    momentum = (1 - root) / (1 + root)
    Theta = [[0.0] * len(X[0]) for _ in range(n_classes)]
    ahead = [list(row) for row in Theta]
    for _ in range(5000):
        rise = slope(X, y, ahead, prior_precision)
        if max(abs(value) for row in rise for value in row) < 2e-5:
            return ahead
        moved = [[w + g / bound for w, g in zip(*rows)] for rows in zip(ahead, rise)]
        ahead = [[w + momentum * (w - v) for w, v in zip(*rows)] for rows in zip(moved, Theta)]
        Theta = moved
    return Theta


def predict(X, Theta):
    return len(Theta) - 1 - np.argmax((X @ Theta.T)[:, ::-1], axis=1)
