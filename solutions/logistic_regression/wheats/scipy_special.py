import numpy as np
from scipy.special import expit, log_expit, logit
from sklearn.linear_model import LogisticRegression


def sigmoid(z):
    return expit(z)


def log_odds(p):
    return logit(p)


def predict_proba(X, theta):
    return expit(X.dot(theta))


def log_likelihood(X, y, theta):
    z = X.dot(theta)
    return np.sum(y * log_expit(z) + (1 - y) * log_expit(-z))


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision * np.dot(theta, theta) / 2


def gradient(X, y, theta, prior_precision):
    return X.T.dot(y - expit(X.dot(theta))) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = np.empty(n_steps + 1)
    for t in range(n_steps + 1):
        trace[t] = log_posterior(X, y, theta, prior_precision)
        if t < n_steps:
            theta = theta + step_size * gradient(X, y, theta, prior_precision)
    return theta, trace


def fit(X, y, prior_precision):
    model = LogisticRegression(C=1 / prior_precision, fit_intercept=False, tol=1e-8, max_iter=10_000)
    return model.fit(X, y).coef_[0]


def predict(X, theta):
    return (expit(X.dot(theta)) >= 0.5).astype(int)
