# np.matrix and columns inside, flat arrays at the door.
import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=np.longdouble)
    with np.errstate(over="ignore"):
        return (1 / (1 + np.exp(-z))).astype(np.float64)


def log_odds(p):
    p = np.asarray(p, dtype=np.longdouble)
    with np.errstate(divide="ignore"):
        return np.log(p / (1 - p)).astype(np.float64)


def predict_proba(X, theta):
    X = np.asmatrix(X)
    theta = np.asmatrix(theta).T
    return np.asarray(sigmoid(X * theta)).ravel()


def log_likelihood(X, y, theta):
    z = (np.asmatrix(X) * np.asmatrix(theta).T).A1
    return np.array(np.sum(y * z) - np.sum(np.logaddexp(z, 0)))  # 0-d array


def log_posterior(X, y, theta, prior_precision):
    t = np.asmatrix(theta)
    return np.asarray(log_likelihood(X, y, theta) - prior_precision / 2 * (t * t.T)[0, 0])


def gradient(X, y, theta, prior_precision):
    X = np.asmatrix(X)
    t = np.asmatrix(theta).T
    Y = np.asmatrix(y).T
    return np.asarray(X.T * (Y - sigmoid(X * t)) - prior_precision * t).reshape(-1)


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.array(log_posterior(X, y, theta, prior_precision))
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace = np.append(trace, log_posterior(X, y, theta, prior_precision))
    return [theta, np.atleast_1d(trace)]


def fit(X, y, prior_precision):
    Xm = np.asmatrix(X)
    t = np.asmatrix(np.zeros(X.shape[1])).T
    for _ in range(300):
        p = np.asarray(sigmoid(Xm * t)).ravel()
        g = Xm.T * np.asmatrix(y - p).T - prior_precision * t
        if abs(g).max() < 1e-8:
            break
        H = Xm.T * np.asmatrix(np.diag(p * (1 - p))) * Xm + prior_precision * np.asmatrix(np.eye(X.shape[1]))
        s = H.I * g
        t = t + s / max(1, abs(s).max())
    return t.A1


def predict(X, theta):
    return np.rint(predict_proba(X, theta) + 1e-12)
