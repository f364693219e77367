import numpy as np


def joint_log_likelihood(joint, y):
    """sum_i log P(x_i, y_i)"""
    return np.sum([row[label] for row, label in zip(joint, y)])


def marginal_log_likelihood(joint):
    total = 0.0
    for row in joint:
        biggest = row.max()
        if biggest == -np.inf:
            return -np.inf
        total += biggest + np.log(np.exp(row - biggest).sum())
    return total


def conditional_log_likelihood(joint, y):
    log_px = np.logaddexp.reduce(joint, axis=1)
    return (joint[np.arange(len(y)), y] - log_px).sum()


def pooled_variance(X, y, n_classes)
    counts = np.bincount(y, minlength=n_classes)
    sums = np.zeros((n_classes, X.shape[1]))
    np.add.at(sums, y, X)
    mu = sums / np.maximum(counts, 1)[:, None]
    return np.square(X - mu[y]).sum(0) / counts.sum()


def logistic_from_naive_bayes(priors, means, variance):
    m0, m1 = means
    w = (m1 - m0) / variance
    b = np.log(priors[1]) - np.log(priors[0]) - w @ (m0 + m1) / 2
    return w, b


def error_rate(predictions, y):
    return 1 - (np.asarray(predictions) == np.asarray(y)).sum() / len(y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    result = np.zeros(len(sizes))
    for s in range(len(sizes)):
        for r in range(n_repeats):
            perm = rng.permutation(X.shape[0])
            train = perm[:sizes[s]]
            y_hat = fit_predict(X[train], y[train], X_test)
            result[s] += (y_hat != y_test).sum() / len(y_test)
    return result / n_repeats


def crossover_size(sizes, discriminative_errors, generative_errors):
    not_better = [i for i in range(len(sizes)) if not discriminative_errors[i] < generative_errors[i]]
    start = not_better[-1] + 1 if not_better else 0
    return sizes[start] if start < len(sizes) else None
