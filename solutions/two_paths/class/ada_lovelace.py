# STAT homework: two paths
# Ada Lovelace
import numpy as np


def joint_log_likelihood(joint, y):
    total = 0
    for i in range(len(y)):
        total += joint[i][y[i]]
    return total


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
    theta = []
    b = np.log(priors[1]) - np.log(priors[0])
    for mu0, mu1, v in zip(means[0], means[1], variance):
        theta.append((mu1 - mu0) / v)
        b += (mu0 ** 2 - mu1 ** 2) / (2 * v)
    return theta, b


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
    answer = None
    for i in range(len(sizes) - 1, -1, -1):
        if discriminative_errors[i] < generative_errors[i]:
            answer = sizes[i]
        else:
            break
    return answer
