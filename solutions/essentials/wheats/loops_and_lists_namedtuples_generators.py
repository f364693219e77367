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


"""Named tuples, generators and itertools."""
import itertools
import math
from collections import Counter, defaultdict, namedtuple

import numpy as np

Parameters = namedtuple("Parameters", "means variances")
Draws = namedtuple("Draws", ["X", "y"])


def class_priors(y, n_classes):
    seen = Counter(y.tolist())
    return tuple(seen[k] / len(y) for k in range(n_classes))


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    members = defaultdict(list)
    for row, label in zip(X.tolist(), y.tolist()):
        members[label].append(row)
    try:
        groups = [members[k] if k in members else [][0] for k in range(n_classes)]
    except IndexError as error:
        raise ValueError("a class has no members") from error
    means = [[math.fsum(c) / len(c) for c in zip(*g)] for g in groups]
    variances = [
        [max(math.fsum((x - m) ** 2 for x in c) / len(c), variance_floor) for c, m in zip(zip(*g), mean)]
        for g, mean in zip(groups, means)
    ]
    return Parameters(np.array(means), np.array(variances))


def gaussian_log_density(x, mean, variance):
    log = np.vectorize(lambda a, m, v: -(math.log(2 * math.pi * v) + (a - m) * (a - m) / v) / 2, otypes=[float])
    return log(x, mean, variance)


def class_log_likelihood(X, means, variances):
    constants = [-0.5 * math.fsum(math.log(2 * math.pi * v) for v in row) for row in variances]
    cells = (
        c - 0.5 * math.fsum((x - m) ** 2 / v for x, m, v in zip(row, mean, var))
        for row, (mean, var, c) in itertools.product(X.tolist(), zip(means.tolist(), variances.tolist(), constants))
    )
    return np.fromiter(cells, dtype=float).reshape(len(X), len(means))


def joint_log_prob(X, priors, means, variances):
    log_priors = [math.log(p) if p else float("-inf") for p in priors]
    return [[a + b for a, b in zip(row, log_priors)] for row in class_log_likelihood(X, means, variances)]


def log_evidence(joint):
    def rows():
        for row in np.asarray(joint).tolist():
            top = max(row)
            yield top if top == -math.inf else top + math.log(math.fsum(math.exp(a - top) for a in row))

    return list(rows())


def posterior(X, priors, means, variances):
    def normalised(row):
        top = max(row)
        weights = [math.exp(a - top) for a in row]
        total = sum(weights)
        return [w / total for w in weights]

    return [normalised(row) for row in joint_log_prob(X, priors, means, variances)]


def predict_bayes(X, priors, means, variances):
    return [max(range(len(row)), key=row.__getitem__) for row in joint_log_prob(X, priors, means, variances)]


def sample(n, priors, means, variances, rng):
    classes = [k for k, p in enumerate(priors) if p > 0]
    thresholds = list(itertools.accumulate(priors[k] for k in classes))
    y = [next((k for k, t in zip(classes, thresholds) if u < t), classes[-1]) for u in rng.random(n).tolist()]
    X = [list(map(rng.normal, means[k], np.sqrt(variances[k]))) for k in y]
    return Draws(X, y)
