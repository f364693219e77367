"""Goes class by class, accumulating; solves linear systems; draws by sorting random keys."""

import numpy as np


def joint_log_likelihood(joint, y):
    return sum(joint[y == k, k].sum() for k in range(joint.shape[1]))


def marginal_log_likelihood(joint):
    result = joint[:, 0].copy()
    for k in range(1, joint.shape[1]):
        np.logaddexp(result, joint[:, k], out=result)
    return result.sum()


def conditional_log_likelihood(joint, y):
    result = joint[:, 0].copy()
    for k in range(1, joint.shape[1]):
        result = np.logaddexp(result, joint[:, k])
    return sum((joint[y == k, k] - result[y == k]).sum() for k in range(joint.shape[1]))


def pooled_variance(X, y, n_classes):
    centred = np.empty_like(X)
    for k in np.unique(y):
        centred[y == k] = X[y == k] - np.mean(X[y == k], axis=0)
    return np.linalg.norm(centred, axis=0) ** 2 / len(X)


def logistic_from_naive_bayes(priors, means, variance):
    # as in linear discriminant analysis, with a diagonal covariance
    covariance = np.diag(variance)
    coef = np.linalg.solve(covariance, means.T).T
    intercept = -0.5 * np.diag(means @ coef.T) + np.log(priors)
    return coef[1] - coef[0], intercept[1] - intercept[0]


def error_rate(predictions, y):
    confusion = np.zeros((max(predictions.max(), y.max()) + 1,) * 2, dtype=int)
    np.add.at(confusion, (y, predictions), 1)
    return 1 - np.trace(confusion) / confusion.sum()


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    scores = []
    for m in sizes:
        total = 0.0
        for _ in range(n_repeats):
            # A generator of its own for each repeat, seeded by rng.
            child = np.random.RandomState(rng.integers(2**31))
            rows = np.argpartition(child.uniform(size=len(y)), m - 1)[:m]
            total += np.mean(y_test == fit_predict(X[rows], y[rows], X_test))
        scores.append(1 - total / n_repeats)
    return scores


def crossover_size(sizes, discriminative_errors, generative_errors):
    better = np.less(discriminative_errors, generative_errors)
    if not better[-1]:
        return None
    i = len(better) - 1
    while i > 0 and better[i - 1]:
        i -= 1
    return sizes.item(i)
