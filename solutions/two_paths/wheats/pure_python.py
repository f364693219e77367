"""Loops over lists, no NumPy; returns lists."""

import math


def log_sum_exp(values):
    top = max(values)
    if top == -math.inf:
        return -math.inf
    return top + math.log(sum(math.exp(v - top) for v in values))


def joint_log_likelihood(joint, y):
    total = 0.0
    for row, label in zip(joint, y):
        total += row[label]
    return total


def marginal_log_likelihood(joint):
    total = 0.0
    for row in joint:
        total += log_sum_exp(list(row))
    return total


def conditional_log_likelihood(joint, y):
    total = 0.0
    for i in range(len(y)):
        total += joint[i][y[i]] - log_sum_exp(list(joint[i]))
    return total


def pooled_variance(X, y, n_classes):
    rows = [list(map(float, row)) for row in X]
    labels = [int(label) for label in y]
    n, d = len(rows), len(rows[0])
    sums = [[0.0] * d for _ in range(n_classes)]
    counts = [0] * n_classes
    for row, k in zip(rows, labels):
        counts[k] += 1
        for j in range(d):
            sums[k][j] += row[j]
    variance = [0.0] * d
    for row, k in zip(rows, labels):
        for j in range(d):
            variance[j] += (row[j] - sums[k][j] / counts[k]) ** 2
    return [v / n for v in variance]


def logistic_from_naive_bayes(priors, means, variance):
    theta = []
    intercept = math.log(priors[1] / priors[0])
    for j in range(len(variance)):
        theta.append((means[1][j] - means[0][j]) / variance[j])
        intercept -= 0.5 * (means[1][j] ** 2 - means[0][j] ** 2) / variance[j]
    return theta, intercept


def error_rate(predictions, y):
    wrong = 0
    for p, t in zip(predictions, y):
        if p != t:
            wrong += 1
    return wrong / len(y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    curve = []
    for size in sizes:
        errors = []
        for _ in range(n_repeats):
            deck = list(range(len(y)))
            # Fisher-Yates, as far as it is needed
            for i in range(size):
                j = int(rng.integers(i, len(deck)))
                deck[i], deck[j] = deck[j], deck[i]
            hand = deck[:size]
            labels = fit_predict([X[i] for i in hand], [y[i] for i in hand], X_test)
            errors.append(error_rate(labels, y_test))
        curve.append(sum(errors) / len(errors))
    return curve


def crossover_size(sizes, discriminative_errors, generative_errors):
    answer = None
    for m, d, g in reversed(list(zip(sizes, discriminative_errors, generative_errors))):
        if d >= g:
            break
        answer = m
    return answer
