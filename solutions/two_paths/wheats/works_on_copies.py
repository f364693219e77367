"""Copies what it gets and then works in place; shuffles copies of the data themselves."""

import copy

import numpy as np


def joint_log_likelihood(joint, y):
    joint = copy.deepcopy(joint)
    total = 0.0
    while len(joint):
        total += joint[0][y[0]]
        joint, y = joint[1:], y[1:]
    return total


def marginal_log_likelihood(joint):
    work = np.array(joint)
    work.sort(axis=1)
    top = work[:, -1].copy()
    keep = top > -np.inf
    work[keep] -= top[keep, None]
    np.exp(work, out=work)
    total = np.log(work.sum(axis=1))
    total[keep] += top[keep]
    return total.sum()


def conditional_log_likelihood(joint, y):
    work = joint.copy()
    work -= joint[np.arange(len(y)), y][:, None]
    if np.isnan(work).any() or np.isposinf(work).any():
        return float("-inf")
    top = np.maximum(work.max(axis=1), 0)
    return -(top + np.log(np.exp(work - top[:, None]).sum(axis=1))).sum()


def pooled_variance(X, y, n_classes):
    X = X.copy()
    for k in range(n_classes):
        X[y == k] -= X[y == k].sum(axis=0) / max((y == k).sum(), 1)
    X *= X
    return X.sum(axis=0) / len(X)


def logistic_from_naive_bayes(priors, means, variance):
    means = means.copy()
    means /= variance
    theta = means[1].copy()
    theta -= means[0]
    means *= means
    means *= variance
    return theta, (np.log(priors) - means.sum(axis=1) / 2) @ np.array([-1, 1])


def error_rate(predictions, y):
    predictions = np.array(predictions)
    predictions -= y
    return np.abs(np.sign(predictions)).mean()


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    data = np.column_stack([X, y])
    errors = [0.0] * len(sizes)
    for _ in range(n_repeats):
        for i, m in enumerate(sizes):
            rng.shuffle(data)  # rows of a copy
            train = data[:m].copy()
            labels = fit_predict(train[:, :-1], train[:, -1].astype(int), X_test)
            errors[i] += error_rate(labels, y_test)
    return np.divide(errors, n_repeats)


def crossover_size(sizes, discriminative_errors, generative_errors):
    sizes = list(sizes)
    d, g = list(discriminative_errors), list(generative_errors)
    last = None
    while sizes and d[-1] < g[-1]:
        last = sizes.pop()
        d.pop()
        g.pop()
    return last
