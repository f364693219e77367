"""Everything in one expression, indices spelled out."""

import numpy as np

sigmoid = lambda z: np.exp(-np.logaddexp(0, -z))  # noqa: E731


def log_odds(p):
    return np.log(p) - np.log1p(-p)


def predict_proba(X, theta):
    return sigmoid(np.einsum("ij,j->i", X, theta))


def log_likelihood(X, y, theta):
    return np.einsum("i->", -np.logaddexp(0, np.einsum("i,ij,j->i", 1.0 - 2 * y, X, theta)))


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.einsum("j,j", theta, theta)


def gradient(X, y, theta, prior_precision):
    return np.einsum("i,ij->j", y - predict_proba(X, theta), X) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    thetas = [np.zeros(X.shape[1])]
    for _ in range(n_steps):
        thetas.append(thetas[-1] + step_size * gradient(X, y, thetas[-1], prior_precision))
    return thetas[-1], np.array([log_posterior(X, y, t, prior_precision) for t in thetas])


def fit(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    for _ in range(200):
        p = predict_proba(X, theta)
        H = np.einsum("i,ij,ik->jk", p * (1 - p), X, X) + prior_precision * np.eye(len(theta))
        g = gradient(X, y, theta, prior_precision)
        if abs(g).max() < 1e-7:
            return theta
        direction = np.linalg.inv(H) @ g
        t = 1.0
        while (
            log_posterior(X, y, theta + t * direction, prior_precision) < log_posterior(X, y, theta, prior_precision)
            and t > 1e-8
        ):
            t *= 0.5
        theta = theta + t * direction
    return theta


def predict(X, theta):
    return np.greater_equal(np.einsum("ij,j->i", X, theta), 0)
