"""Boolean masks and np.where, with division warnings on the way that do not matter."""

import numpy as np


def joint_log_likelihood(joint, y):
    own = np.arange(joint.shape[1])[None, :] == y[:, None]
    return joint[own].sum()


def marginal_log_likelihood(joint):
    top = joint.max(axis=1)
    shifted = np.log(np.exp(joint - top[:, None]).sum(axis=1)) + top  # nan where the row is all -inf
    return np.where(top == -np.inf, -np.inf, shifted).sum()


def conditional_log_likelihood(joint, y):
    own = np.arange(joint.shape[1])[None, :] == y[:, None]
    rest = np.where(own, -np.inf, joint)
    mine = joint[own]
    other = np.array([np.logaddexp.reduce(r) for r in rest])
    # log P = -log(1 + exp(other - mine)): a sigmoid of the log-odds
    odds = mine - other
    value = np.where(odds > 0, -np.log1p(np.exp(-odds)), odds - np.log1p(np.exp(odds)))
    value = np.where(mine == -np.inf, -np.inf, np.where(other == -np.inf, 0.0, value))
    return value.sum()


def pooled_variance(X, y, n_classes):
    X = X - X.mean(axis=0)
    result = (X**2).mean(axis=0)
    for k in range(n_classes):
        mask = y == k
        share = mask.mean()
        result = result - share * np.where(share > 0, X[mask].mean(axis=0), 0) ** 2
    return result


def logistic_from_naive_bayes(priors, means, variance):
    half = np.where(np.array([[True], [False]]), -1.0, 1.0) * means / variance
    theta = half.sum(axis=0)
    intercept = -np.log(1 / priors[1] - 1) - 0.5 * (half * means).sum()
    return theta, intercept


def error_rate(predictions, y):
    wrong = np.zeros(len(y), dtype=bool)
    wrong[predictions < y] = True
    wrong[predictions > y] = True
    return wrong.mean()


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    result = np.zeros(len(sizes))
    for i in range(len(sizes)):
        for _ in range(n_repeats):
            mask = np.zeros(len(y), dtype=bool)
            mask[: sizes[i]] = True
            rng.shuffle(mask)
            result[i] += error_rate(fit_predict(X[mask], y[mask], X_test), y_test)
    result /= n_repeats
    return result


def crossover_size(sizes, discriminative_errors, generative_errors):
    wins = discriminative_errors < generative_errors
    runs = wins & (np.cumsum(~wins) == np.sum(~wins))
    return sizes[runs].min() if runs.any() else None
