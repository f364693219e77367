# alan turing - everything by hand, step by step
import math

import numpy as np

def sigmoid(z):
    z = np.asarray(z, dtype=float)
    out = []
    for v in z.flatten():
        if v > 0:
            out.append(1 / (1 + math.exp(-v)))
        else:
            ev = math.exp(v)
            out.append(ev / (1 + ev))
    return np.array(out).reshape(z.shape)


def log_odds(p):
    p = np.asarray(p, dtype=float)
    result = np.zeros(p.shape)
    for index in np.ndindex(p.shape):
        if p[index] == 0:
            result[index] = -math.inf
        elif p[index] == 1:
            result[index] = math.inf
        else:
            result[index] = math.log(p[index] / (1 - p[index]))
    return result


def predict_proba(X, theta):
    probabilities = []
    for x in X:
        z = sum(x[j] * theta[j] for j in range(len(theta)))
        probabilities.append(float(sigmoid(np.array(z))))
    return probabilities


def log_likelihood(X, y, theta):
    total = 0.0
    for x_i, y_i in zip(X, y):
        z = float(np.dot(x_i, theta))
        if y_i == 0:
            z = -z  # P(Y=0|x) = sigmoid(-z)
        if z > -30:
            total -= math.log1p(math.exp(-z))
        else:
            total += z  # log(1 + e^-z) = -z up to 1e-13 out here
    return total


def log_posterior(X, y, theta, prior_precision):
    R = 0
    for t in theta:
        R += prior_precision * t * t / 2
    return log_likelihood(X, y, theta) - R


def gradient(X, y, theta, prior_precision):
    n, d = X.shape
    p = predict_proba(X, theta)
    g = np.zeros(d)
    for j in range(d):
        for i in range(n):
            g[j] += (y[i] - p[i]) * X[i, j]
        g[j] -= prior_precision * theta[j]
    return g


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    n, d = X.shape
    theta = np.zeros(d)
    history = [log_posterior(X, y, theta, prior_precision)]
    t = 0
    while t < n_steps:
        theta += step_size * np.asarray(gradient(X, y, theta, prior_precision))
        history += [log_posterior(X, y, theta, prior_precision)]
        t += 1
    return theta, np.array(history)


def fit(X, y, prior_precision):
    # the slope changes at most L per unit of theta, so 1/L is a safe step
    L = np.sum(X**2) / 4 + prior_precision
    theta = np.zeros(X.shape[1])
    for _ in range(20000):
        g = gradient(X, y, theta, prior_precision)
        if np.abs(g).max() < 1e-5:
            break
        theta = theta + g / L
    return theta


def predict(X, theta):
    return [1 if np.dot(x, theta) >= 0 else 0 for x in X]
