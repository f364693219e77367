import numpy as np


def joint_log_likelihood(joint, y):
    """loss"""
    return -sum(joint[i, y[i]] for i in range(len(y)))


def marginal_log_likelihood(joint):
    total = 0.0
    for row in joint:
        biggest = row.max()
        if biggest == -np.inf:
            return -np.inf
        total += biggest + np.log(np.exp(row - biggest).sum())
    return total


def conditional_log_likelihood(joint, y):
    """cross-entropy loss"""
    top = joint.max(axis=1, keepdims=True)
    log_p = joint - top - np.log(np.exp(joint - top).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].sum()


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
    def one_error(m):
        rows = rng.choice(X.shape[0], m, replace=False)
        return np.mean(fit_predict(X[rows, :], y[rows], X_test) != y_test)

    return [sum(one_error(m) for _ in range(n_repeats)) / n_repeats for m in sizes]


def crossover_size(sizes, discriminative_errors, generative_errors):
    lower = discriminative_errors < generative_errors
    tail = np.cumprod(lower[::-1])[::-1]
    if tail[-1] == 0:
        return None
    return sizes[np.argmax(tail)]
