"""A perceptron with a prior."""

import sys
import warnings

import numpy as np

print("softmax regression, version 2 (final)")


def log_softmax(scores):
    print("scores", scores.shape, "from", scores.min(), "to", scores.max())
    with np.errstate(over="warn"):
        naive = np.log(np.exp(scores).sum(axis=1))
    if not np.isfinite(naive).all():
        warnings.warn("the naive normaliser is not finite")
    m = scores.max(axis=1)
    out = np.empty_like(scores)
    for i in range(len(scores)):
        out[i] = scores[i] - m[i] - np.log(np.exp(scores[i] - m[i]).sum())
    return out


def predict_proba(X, Theta):
    print("probabilities of", len(X), "examples", file=sys.stderr)
    return np.exp(log_softmax(X @ Theta.T))


def log_posterior(X, y, Theta, prior_precision):
    if prior_precision == 0:
        warnings.warn("no prior")
    total = 0.0
    for row, label in zip(log_softmax(X @ Theta.T), y):
        total += row[label]
    print("log-likelihood", total)
    return total - 0.5 * prior_precision * (Theta * Theta).sum()


def gradient(X, y, Theta, prior_precision):
    guesses = np.eye(len(Theta))[np.argmax(X @ Theta.T, axis=1)]
    return (np.eye(len(Theta))[y] - guesses).T @ X - prior_precision * Theta


def fit(X, y, n_classes, prior_precision):
    Theta = np.zeros((n_classes, X.shape[1]))
    Y = np.eye(n_classes)[y]
    # A fixed curvature that bounds the true one (Böhning): (I - 11'/K)/2 for the classes, X'X for the features.
    between = (np.eye(n_classes) - 1 / n_classes) / 2
    H = np.kron(between, X.T @ X) + prior_precision * np.eye(n_classes * X.shape[1])
    K = np.linalg.inv(H)
    for step in range(20000):
        s = X @ Theta.T
        P = np.exp(s - s.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        g = (Y - P).T @ X - prior_precision * Theta
        if np.max(np.abs(g)) < 1e-5:
            print("done after", step, "steps")
            break
        Theta = Theta + (K @ g.ravel()).reshape(Theta.shape)
    return Theta


def predict(X, Theta):
    print("predicting")
    return np.argmax(np.dot(X, np.transpose(Theta)), axis=1)
