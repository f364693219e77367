import sys

import numpy as np

print("loading my solution, numpy", np.__version__)


def sigmoid(z):
    print("sigmoid got", z)
    z = np.array(z, dtype=float)
    a = np.exp(-abs(z))
    res = np.where(z >= 0, 1, a) / (1 + a)
    print("sigmoid returns", res)
    return res


def log_odds(p):
    print("p =", p)
    num = np.log(p)
    den = np.log(1 - p)
    print(num, den, file=sys.stderr)
    return num - den


def predict_proba(X, theta):
    print(X.shape, theta.shape)
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    total = 0
    for i in range(len(X)):
        z = X[i] @ theta
        term = -np.logaddexp(0, -z) if y[i] == 1 else -np.logaddexp(0, z)
        print("term", i, "=", term)
        total += term
    print("total:", total)
    return total


def log_posterior(X, y, theta, prior_precision):
    ll = log_likelihood(X, y, theta)
    R = prior_precision / 2 * sum(theta * theta)
    print(f"{ll=} {R=}")
    return ll - R


def gradient(X, y, theta, prior_precision):
    g = np.zeros(len(theta))
    for i in range(len(X)):
        g = g + (y[i] - sigmoid(X[i] @ theta)) * X[i]
    g = g - prior_precision * theta
    print("gradient:", g)
    return g


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for step in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
        print("step", step, "height", trace[-1])
    return theta, trace


def fit(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    for it in range(100):
        p = 1 / (1 + np.exp(-(X @ theta)))
        g = X.T @ (y - p) - prior_precision * theta
        print("iteration", it, "|g| =", np.linalg.norm(g))
        if np.linalg.norm(g) < 1e-7:
            print("converged!!")
            break
        H = X.T @ np.diag(p * (1 - p)) @ X + prior_precision * np.eye(len(theta))
        step = np.linalg.solve(H, g)
        theta = theta + step / max(1, np.linalg.norm(step))
    return theta


def predict(X, theta):
    labels = (X @ theta >= 0).astype(int)
    print("labels", labels)
    return labels
