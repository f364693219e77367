import numpy as np


def joint_log_likelihood(joint, y):
    total = 0
    for i in range(len(y)):
        total += joint[i][y[i]]
    return total


def marginal_log_likelihood(joint):
    return np.logaddexp.reduce(joint, axis=1).sum()


def conditional_log_likelihood(joint, y):
    total = 0.0
    for row, label in zip(joint, y):
        biggest = row.max()
        log_px = biggest + np.log(np.sum(np.exp(row - biggest)))
        total += row[label] - log_px
    return total


def pooled_variance(X, y, n_classes):
    n, d = X.shape
    out = np.zeros(d)
    for k in range(n_classes):
        Xk = X[y == k]
        if len(Xk) > 0:
            out += len(Xk) * Xk.var(axis=0)
    return out / n


def logistic_from_naive_bayes(priors, means, variance):
    m0, m1 = means
    w = (m1 - m0) / variance
    b = np.log(priors[1]) - np.log(priors[0]) - w @ (m0 + m1) / 2
    return w, b


def error_rate(predictions, y):
    return np.mean(predictions != y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    def one_error(m):
        rows = rng.choice(X.shape[0], m, replace=False)
        return np.mean(fit_predict(X[rows, :], y[rows], X_test) != y_test)

    return [sum(one_error(m) for _ in range(n_repeats)) / n_repeats for m in sizes]


def crossover_size(sizes, discriminative_errors, generative_errors):
    i = len(sizes) - 1
    answer = None
    while discriminative_errors[i] < generative_errors[i]:
        answer = sizes[i]
        if i > 0:
            i -= 1
    return answer
