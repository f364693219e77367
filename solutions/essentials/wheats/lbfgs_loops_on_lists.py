import numpy as np
from scipy import optimize, special

__all__ = [
    "sigmoid",
    "log_odds",
    "predict_proba",
    "log_likelihood",
    "log_posterior",
    "gradient",
    "gradient_ascent",
    "fit",
    "predict",
]


def sigmoid(z):
    return np.reciprocal(1 + np.exp(-z))


def log_odds(p):
    return special.xlogy(1.0, p) - special.xlog1py(1.0, -p)


def predict_proba(X, theta):
    return sigmoid((X * theta).sum(axis=1))


def _objective(theta, X, y, precision):
    z = X @ theta
    value = special.xlogy(1, 1).sum() + np.sum(np.logaddexp(0, z) - y * z) + precision / 2 * theta @ theta
    slope = X.T @ (special.expit(z) - y) + precision * theta
    return value, slope


def log_likelihood(X, y, theta):
    return -_objective(theta, X, y, 0)[0]


def log_posterior(X, y, theta, prior_precision):
    return -_objective(theta, X, y, prior_precision)[0]


def gradient(X, y, theta, prior_precision):
    return -_objective(theta, X, y, prior_precision)[1]


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    losses = []
    for _ in range(n_steps):
        loss, slope = _objective(theta, X, y, prior_precision)
        losses.append(loss)
        theta = theta - step_size * slope
    losses.append(_objective(theta, X, y, prior_precision)[0])
    return theta, -np.array(losses)


def fit(X, y, prior_precision):
    return optimize.minimize(
        _objective,
        np.zeros(X.shape[1]),
        args=(X, y, prior_precision),
        jac=True,
        method="L-BFGS-B",
        options={"ftol": 1e-16, "gtol": 1e-7, "maxiter": 1000},
    ).x


def predict(X, theta):
    return (X @ theta >= 0) * 1


"""Plain Python: loops, lists and the math module; every result is a list."""

import math


def class_priors(y, n_classes):
    counts = [0] * n_classes
    for label in y:
        counts[int(label)] += 1
    return [c / len(y) for c in counts]


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    means = []
    variances = []
    for k in range(n_classes):
        rows = []
        for i in range(len(y)):
            if y[i] == k:
                rows.append([float(v) for v in X[i]])
        if not rows:
            raise ValueError("no examples of class " + str(k))
        mean_row = []
        var_row = []
        for j in range(len(rows[0])):
            total = 0.0
            for row in rows:
                total += row[j]
            m = total / len(rows)
            squares = 0.0
            for row in rows:
                squares += (row[j] - m) ** 2
            v = squares / len(rows)
            if v < variance_floor:
                v = variance_floor
            mean_row.append(m)
            var_row.append(v)
        means.append(mean_row)
        variances.append(var_row)
    return means, variances


def one(x, m, v):
    return -0.5 * math.log(2 * math.pi * v) - (x - m) ** 2 / (2 * v)


def gaussian_log_density(x, mean, variance):
    # Broadcasting is the one thing that plain Python has no word for.
    import numpy as np

    x, mean, variance = np.broadcast_arrays(x, mean, variance)
    if x.ndim == 0:
        return one(float(x), float(mean), float(variance))

    def walk(a, b, c):
        if a.ndim == 0:
            return one(float(a), float(b), float(c))
        return [walk(p, q, r) for p, q, r in zip(a, b, c)]

    return [walk(p, q, r) for p, q, r in zip(x, mean, variance)]


def class_log_likelihood(X, means, variances):
    result = []
    for row in X.tolist():
        line = []
        for mean, variance in zip(means.tolist(), variances.tolist()):
            total = 0.0
            for x, m, v in zip(row, mean, variance):
                total += one(x, m, v)
            line.append(total)
        result.append(line)
    return result


def joint_log_prob(X, priors, means, variances):
    result = class_log_likelihood(X, means, variances)
    for line in result:
        for k in range(len(line)):
            if priors[k] == 0:
                line[k] = -math.inf
            else:
                line[k] += math.log(priors[k])
    return result


def log_evidence(joint):
    result = []
    for line in joint:
        top = max(line)
        if top == -math.inf:
            result.append(-math.inf)
            continue
        total = 0.0
        for value in line:
            total += math.exp(value - top)
        result.append(top + math.log(total))
    return result


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    evidence = log_evidence(joint)
    return [[math.exp(v - e) for v in line] for line, e in zip(joint, evidence)]


def predict_bayes(X, priors, means, variances):
    labels = []
    for line in joint_log_prob(X, priors, means, variances):
        best = 0
        for k in range(1, len(line)):
            if line[k] > line[best]:
                best = k
        labels.append(best)
    return labels


def sample(n, priors, means, variances, rng):
    X = []
    y = []
    for _ in range(n):
        u = rng.random()
        k = 0
        reached = priors[0]
        while u >= reached and k < len(priors) - 1:
            k += 1
            reached += priors[k]
        # A prior of 0 at the end must not catch what rounding leaves over.
        while priors[k] == 0:
            k -= 1
        y.append(k)
        X.append([rng.normal(means[k][j], math.sqrt(variances[k][j])) for j in range(len(means[k]))])
    return X, y
