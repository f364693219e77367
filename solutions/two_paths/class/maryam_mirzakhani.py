import numpy as np


class PathError(ValueError):
    """Something is wrong with the arguments."""


def check(condition, message):
    if not condition:
        raise PathError(message)


def joint_log_likelihood(joint, y):
    check(joint.ndim == 2, "joint must be a matrix")
    check(len(y) == len(joint), "one label for each row")
    return np.float64(joint[np.arange(len(y)), y].sum())


def marginal_log_likelihood(joint):
    m = joint.max(axis=1, keepdims=True)
    m[np.isneginf(m)] = 0.0
    return float((m[:, 0] + np.log(np.exp(joint - m).sum(axis=1))).sum())


def conditional_log_likelihood(joint, y):
    log_px = np.logaddexp.reduce(joint, axis=1)
    return (joint[np.arange(len(y)), y] - log_px).sum()


def pooled_variance(X, y, n_classes):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return ((X - means[y]) ** 2).mean(axis=0)


def logistic_from_naive_bayes(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    intercept = np.log(priors[1] / priors[0]) - 0.5 * ((means[1] ** 2 - means[0] ** 2) / variance).sum()
    return theta, intercept


def error_rate(predictions, y):
    check(len(predictions) == len(y), "as many predictions as labels")
    return np.array(np.mean(np.not_equal(predictions, y)))


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    check(n_repeats >= 1, "at least one repeat")
    check(max(sizes) <= len(y), "a subset cannot be larger than the set")
    curve = {}
    for m in sizes:
        runs = np.array([0.0] * n_repeats)
        for r in range(n_repeats):
            keys = rng.random(len(y))
            chosen = np.argsort(keys)[: int(m)]
            runs[r] = error_rate(fit_predict(X[chosen], y[chosen], X_test), y_test)
        curve[int(m)] = runs.mean()
    return [curve[int(m)] for m in sizes]


def crossover_size(sizes, discriminative_errors, generative_errors):
    lower = discriminative_errors < generative_errors
    tail = np.cumprod(lower[::-1])[::-1]
    if tail[-1] == 0:
        return None
    return sizes[np.argmax(tail)]
