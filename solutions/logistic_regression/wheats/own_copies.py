# Works in place, but on copies of its own; preallocates everything.
import numpy as np


def sigmoid(z):
    out = np.array(z, dtype=float)
    np.negative(out, out=out)
    np.minimum(out, 709, out=out)
    np.exp(out, out=out)
    out += 1
    np.divide(1, out, out=out)
    return out


def log_odds(p):
    q = np.array(p, dtype=float)
    q /= 1 - p
    np.log(q, out=q)
    return q


def predict_proba(X, theta):
    z = np.zeros(X.shape[0])
    for j in range(X.shape[1]):
        z += X[:, j] * theta[j]
    return sigmoid(z)


def log_likelihood(X, y, theta):
    m = X @ theta
    m[y == 0] *= -1
    low = m < 0
    out = np.log1p(np.exp(-np.abs(m)))
    out[low] -= m[low]
    out *= -1
    return np.float64(out.sum())


def log_posterior(X, y, theta, prior_precision):
    t = np.copy(theta)
    t *= t
    return log_likelihood(X, y, theta) - prior_precision * t.sum() / 2


def gradient(X, y, theta, prior_precision):
    r = y.astype(float)
    r -= predict_proba(X, theta)
    g = np.asfortranarray(X).T @ r
    g -= prior_precision * theta
    return g


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.empty(n_steps + 1)
    trace[0] = log_posterior(X, y, theta, prior_precision)
    for t in range(n_steps):
        theta += step_size * gradient(X, y, theta, prior_precision)
        trace[t + 1] = log_posterior(X, y, theta, prior_precision)
    return theta, trace[::1]


def fit(X, y, prior_precision):
    # Stochastic at first (shuffled with a generator of its own), exact Newton steps at the end.
    rng = np.random.default_rng(453)
    theta = np.zeros(X.shape[1])
    for i in rng.integers(len(y), size=3 * len(y)):
        theta += 0.05 * (y[i] - predict_proba(X[i : i + 1], theta)[0]) * X[i]
    for _ in range(100):
        p = predict_proba(X, theta)
        A = (X.T * (p * (1 - p))) @ X
        A[np.diag_indices_from(A)] += prior_precision
        factor = np.linalg.cholesky(A)
        g = gradient(X, y, theta, prior_precision)
        step = np.linalg.solve(factor.T, np.linalg.solve(factor, g))
        theta += step / max(1.0, np.abs(step).max())
        if np.abs(g).max() < 1e-9:
            break
    return theta


def predict(X, theta):
    out = np.ones(len(X), dtype=np.int8)
    out[X @ theta < 0] = 0
    return out
