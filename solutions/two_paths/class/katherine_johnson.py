import math
from typing import Callable, Optional

import numpy as np


def joint_log_likelihood(joint, y):
    """sum_i log P(x_i, y_i)"""
    return np.sum([row[label] for row, label in zip(joint, y)])


def marginal_log_likelihood(joint):
    return np.logaddexp.reduce(joint, axis=1).sum()


def conditional_log_likelihood(joint, y):
    # P(y|x) = 1 / sum_k exp(joint_k - joint_y), so log P = -logsumexp of the gaps
    answer = 0.0
    for scores, label in zip(joint.tolist(), y.tolist()):
        if scores[label] == -math.inf:
            return -math.inf
        gaps = [s - scores[label] for s in scores]
        top = max(gaps)
        answer -= top + math.log(math.fsum(math.exp(g - top) for g in gaps))
    return answer


def pooled_variance(X, y, n_classes):
    d = X.shape[1]
    result = []
    for j in range(d):
        s = 0.0
        for k in range(n_classes):
            values = X[y == k, j]
            if values.size:
                mu = sum(values) / len(values)
                s += sum((v - mu) ** 2 for v in values)
        result.append(s / len(y))
    return result


def logistic_from_naive_bayes(priors, means, variance):
    m0, m1 = means
    w = (m1 - m0) / variance
    b = np.log(priors[1]) - np.log(priors[0]) - w @ (m0 + m1) / 2
    return w, b


def error_rate(predictions, y):
    wrong = 0
    for p, t in zip(predictions, y):
        if p != t:
            wrong += 1
    return wrong / len(y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.empty((len(sizes), n_repeats))
    for r in range(n_repeats):
        order = rng.permutation(len(X))
        for s, m in enumerate(sizes):
            first = order[:m]
            errors[s, r] = np.mean(fit_predict(X[first], y[first], X_test) != y_test)
    return errors.mean(axis=1)


def crossover_size(sizes, discriminative_errors, generative_errors) -> Optional[int]:
    behind = [m for m, d, g in zip(sizes, discriminative_errors, generative_errors) if d >= g]
    ahead = [m for m in sizes if not behind or m > max(behind)]
    return min(ahead) if ahead else None
