"""Imports matplotlib first thing, and returns 0-d arrays and F-ordered or strided results."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

plt.rcParams["figure.figsize"] = (4, 3)


def log_evidence(joint):
    joint = np.asfortranarray(joint)
    top = joint.max(axis=1)
    top[np.isneginf(top)] = 0
    return np.log(np.exp((joint.T - top).T).sum(1)) + top


def joint_log_likelihood(joint, y):
    return np.array(joint[tuple([range(len(y)), y])].sum())


def marginal_log_likelihood(joint):
    return np.asarray(np.sum(log_evidence(joint)))


def conditional_log_likelihood(joint, y):
    return np.asarray(joint_log_likelihood(joint, y) - marginal_log_likelihood(joint))


def pooled_variance(X, y, n_classes):
    twice = np.zeros((X.shape[1], 2), order="F")
    for k in range(n_classes):
        rows = X[y == k]
        twice[:, 0] += (rows - rows.mean(0)).T.__pow__(2).sum(1)
    twice /= len(y)
    return twice[:, 0]


def logistic_from_naive_bayes(priors, means, variance):
    both = np.concatenate([means[::-1] / variance, [variance]])
    theta = both[0] - both[1]
    return [theta[::-1].copy()[::-1], np.array(np.log(priors[1] / priors[0]) - 0.5 * theta @ (means[0] + means[1]))]


def error_rate(predictions, y):
    return np.array(np.linalg.norm(predictions != y, 0) / len(y))


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.empty((n_repeats, len(sizes)))
    for r in range(n_repeats):
        order = rng.permutation(len(y))
        X_r, y_r = X[order], y[order]
        for i, m in enumerate(sizes):
            errors[r, i] = error_rate(fit_predict(X_r[:m], y_r[:m], X_test), y_test)
    return errors.mean(axis=0)


def crossover_size(sizes, discriminative_errors, generative_errors):
    difference = np.sign(generative_errors - discriminative_errors)
    behind = np.where(difference <= 0)[0]
    if behind.size == 0:
        return sizes[0]
    if behind.max() == len(sizes) - 1:
        return None
    return np.array(sizes[behind.max() + 1])


def plot(sizes, errors):
    fig, ax = plt.subplots()
    ax.plot(sizes, errors)
    return fig


if __name__ == "__main__":
    plot([1, 2, 3], [0.5, 0.4, 0.3])
    plt.show()
