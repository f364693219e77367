# Planck
import numpy as np

def sigmoid(z):
    # exp(700) still fits into a float64
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700)))


def log_odds(p):
    return np.log(p) - np.log(1 - p)


def predict_proba(X, theta):
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    # log(sigmoid(z)) = -log(1 + e^-z), and for y = 0 the sign of z flips
    z = X @ theta
    return -np.sum(np.logaddexp(0, np.where(y == 1, -z, z)))


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision / 2 * np.sum(theta**2)


def gradient(X, y, theta, prior_precision):
    return X.T @ (y - predict_proba(X, theta)) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.zeros(n_steps + 1)
    for t in range(n_steps):
        trace[t] = log_posterior(X, y, theta, prior_precision)
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    trace[n_steps] = log_posterior(X, y, theta, prior_precision)
    return theta, trace


def fit(X, y, prior_precision):
    # Newton's method, never more than distance 1 at a time so that it cannot run away
    d = X.shape[1]
    theta = np.zeros(d)
    for _ in range(100):
        p = 1 / (1 + np.exp(-(X @ theta)))
        g = X.T @ (y - p) - prior_precision * theta
        if np.max(np.abs(g)) < 1e-8:
            break
        H = X.T @ (X * (p * (1 - p))[:, None]) + prior_precision * np.eye(d)
        step = np.linalg.solve(H, g)
        theta = theta + step / max(1, np.linalg.norm(step))
    return theta


def predict(X, theta):
    labels = []
    for x in X:
        score = np.dot(x, theta)
        if score > 0:
            labels.append(1)
        elif score < 0:
            labels.append(0)
        else:
            print("this can not happen!!")
            exit(1)
    return np.array(labels)
