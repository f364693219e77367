import numpy as np


def joint_log_likelihood(joint, y):
    picked = np.take_along_axis(joint, y.reshape(-1, 1), axis=1)
    return float(picked.sum())


def marginal_log_likelihood(joint):
    total = 0.0
    for row in joint:
        biggest = row.max()
        if biggest == -np.inf:
            return -np.inf
        total += biggest + np.log(np.exp(row - biggest).sum())
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
    errs = []
    for m in sizes:
        e = 0
        for _ in range(n_repeats):
            idx = rng.integers(0, len(X), size=m)
            e += np.mean(fit_predict(X[idx], y[idx], X_test) != y_test)
        errs.append(e / n_repeats)
    return errs


def crossover_size(sizes, discriminative_errors, generative_errors):
    for i, m in enumerate(sizes):
        if discriminative_errors[i] < generative_errors[i]:
            return m
    return None
