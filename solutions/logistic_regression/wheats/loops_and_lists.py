# Nothing but the math module: plain lists and loops.
import math


def _sigmoid(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


def _each(f, values):
    if getattr(values, "ndim", 0) == 0 and not isinstance(values, list):
        return f(float(values))
    return [_each(f, v) for v in values]


def sigmoid(z):
    return _each(_sigmoid, z)


def log_odds(p):
    def one(q):
        if q == 0:
            return -math.inf
        if q == 1:
            return math.inf
        return math.log(q / (1 - q))

    return _each(one, p)


def _dot(a, b):
    total = 0.0
    for i in range(len(a)):
        total += float(a[i]) * float(b[i])
    return total


def predict_proba(X, theta):
    return [_sigmoid(_dot(row, theta)) for row in X]


def log_likelihood(X, y, theta):
    total = 0.0
    for row, label in zip(X, y):
        z = _dot(row, theta)
        if label == 0:
            z = -z
        # log sigmoid(z)
        total += -math.log1p(math.exp(-z)) if z >= 0 else z - math.log1p(math.exp(z))
    return total


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision / 2 * sum(float(t) ** 2 for t in theta)


def gradient(X, y, theta, prior_precision):
    result = [-prior_precision * float(t) for t in theta]
    for row, label in zip(X, y):
        residual = int(label) - _sigmoid(_dot(row, theta))
        for j in range(len(result)):
            result[j] += residual * float(row[j])
    return result


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = [0.0] * len(X[0])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        g = gradient(X, y, theta, prior_precision)
        theta = [t + step_size * s for t, s in zip(theta, g)]
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, trace


def fit(X, y, prior_precision):
    rows = [[float(v) for v in row] for row in X]
    labels = [int(v) for v in y]
    # Steps of 1/L never overshoot: L bounds the curvature.
    step = 1 / (sum(v * v for row in rows for v in row) / 4 + prior_precision)
    theta = [0.0] * len(rows[0])
    for _ in range(20000):
        g = gradient(rows, labels, theta, prior_precision)
        if max(abs(v) for v in g) < 5e-5:
            break
        theta = [t + step * v for t, v in zip(theta, g)]
    return theta


def predict(X, theta):
    return [1 if _dot(row, theta) >= 0 else 0 for row in X]
