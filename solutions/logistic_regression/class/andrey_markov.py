# mean log-likelihood, so that it does not depend on n
import numpy as np

def sigmoid(z):
    # exp(700) still fits into a float64
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700)))


def log_odds(p):
    with np.errstate(divide="ignore"):
        odds = p / (1 - p)
        return np.log(odds)


def predict_proba(X, theta):
    probabilities = []
    for x in X:
        z = sum(x[j] * theta[j] for j in range(len(theta)))
        probabilities.append(float(sigmoid(np.array(z))))
    return probabilities


def log_likelihood(X, y, theta):
    z = X @ theta
    return np.mean(y * z - np.logaddexp(0, z))


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision / 2 * np.sum(theta**2)


def gradient(X, y, theta, prior_precision):
    error = (y - predict_proba(X, theta)).reshape(-1, 1)
    return np.sum(error * X, axis=0) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
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
    return np.where(np.asarray(predict_proba(X, theta)) >= 0.5, 1, 0)
