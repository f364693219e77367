import sys

import numpy as np


def joint_log_likelihood(joint, y):
    n = len(y)
    return joint[np.arange(n), y].sum()


def marginal_log_likelihood(joint):
    total = 0.0
    for row in joint:
        m = row.max()
        if np.isinf(m):
            print("impossible example, giving up")
            sys.exit(1)
        total += m + np.log(np.exp(row - m).sum())
    return total


def conditional_log_likelihood(joint, y):
    total = 0.0
    for row, label in zip(joint, y):
        biggest = row.max()
        log_px = biggest + np.log(np.sum(np.exp(row - biggest)))
        total += row[label] - log_px
    return total


def pooled_variance(X, y, n_classes):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return ((X - means[y]) ** 2).mean(axis=0)


def logistic_from_naive_bayes(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    intercept = np.log(priors[1] / priors[0]) - 0.5 * ((means[1] ** 2 - means[0] ** 2) / variance).sum()
    return theta, intercept


def error_rate(predictions, y):
    wrong = 0
    for p, t in zip(predictions, y):
        if p != t:
            wrong += 1
    return wrong / len(y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    curve = []
    for m in sizes:
        errors = []
        for _ in range(n_repeats):
            idx = rng.choice(len(y), size=m, replace=False)
            predictions = fit_predict(X[idx], y[idx], X_test)
            errors.append(np.mean(predictions != y_test))
        curve.append(np.mean(errors))
    return np.array(curve)


def crossover_size(sizes, discriminative_errors, generative_errors):
    for i in range(len(sizes)):
        if np.all(discriminative_errors[i:] < generative_errors[i:]):
            return int(sizes[i])
    return None
