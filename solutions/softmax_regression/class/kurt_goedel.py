"""In-place arithmetic on copies of its own; line search along the gradient with curvature from the last step."""

import numpy as np


def log_softmax(scores):
    out = np.array(scores, copy=True)
    out -= out.max(axis=1, keepdims=True)
    norm = np.exp(out)
    norm = norm.sum(axis=1, keepdims=True)
    np.log(norm, out=norm)
    out -= norm
    return out


def predict_proba(X, Theta):
    out = log_softmax(X.dot(Theta.T))
    np.exp(out, out=out)
    return out


def log_posterior(X, y, Theta, prior_precision):
    logs = log_softmax(X.dot(Theta.T))
    squares = Theta.copy()
    squares *= squares
    return logs[np.arange(y.size), y].sum() - prior_precision * squares.sum() / 2


def gradient(X, y, Theta, prior_precision):
    residuals = predict_proba(X, Theta)
    np.negative(residuals, out=residuals)
    residuals[np.arange(y.size), y] += 1
    out = residuals.T.dot(X)
    out -= prior_precision * Theta
    return out


def fit(X, y, n_classes, prior_precision):
    # Steps of Barzilai and Borwein, capped by the safe one when the log-posterior falls.
    safe = 1 / (np.linalg.norm(X) ** 2 / 2 + prior_precision)
    Theta = np.zeros((n_classes, X.shape[1]))
    slope, step = gradient(X, y, Theta, prior_precision), safe
    height = log_posterior(X, y, Theta, prior_precision)
    for _ in range(20000):
        if np.abs(slope).max() < 2e-5:
            break
        moved = Theta + step * slope
        risen = log_posterior(X, y, moved, prior_precision)
        if risen < height:
            moved = Theta + safe * slope
            risen = log_posterior(X, y, moved, prior_precision)
        new = gradient(X, y, moved, prior_precision)
        s, g = moved - Theta, slope - new
        bend = (s * g).sum()
        step = (s * s).sum() / bend if bend > 0 else safe
        Theta, slope, height = moved, new, risen
    return Theta


def predict(X, Theta:
    return log_softmax(X.dot(Theta.T)).argmax(1)
