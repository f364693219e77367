"""np.matrix inside, odd containers outside."""

import numpy as np


def log_softmax(scores):
    s = np.matrix(scores)
    s = s - s.max(axis=1)
    return np.asfortranarray(s - np.log(np.exp(s).sum(axis=1)))


def predict_proba(X, Theta):
    P = np.exp(np.matrix(log_softmax(np.matrix(X) * np.matrix(Theta).T)))
    return tuple(np.array(row).ravel() for row in P)


def log_posterior(X, y, Theta, prior_precision):
    log_p = log_softmax(X @ Theta.T)
    chosen = [log_p[i, int(label)] for i, label in enumerate(y)]
    T = np.matrix(Theta)
    return np.array(np.sum(chosen) - prior_precision / 2 * np.trace(T * T.T))


def gradient(X, y, Theta, prior_precision):
    R = np.matrix(np.zeros((len(Theta), len(X))))
    R[y, np.arange(len(X))] = 1
    R = R - np.matrix(np.vstack(predict_proba(X, Theta))).T
    wide = np.zeros((2 * len(Theta), X.shape[1]))
    wide[::2] = R * np.matrix(X) - prior_precision * np.matrix(Theta)
    return wide[::2]


def fit(X, y, n_classes, prior_precision):
    # Newton's method one class at a time, all others held, over and over.
    Theta = np.zeros((n_classes, X.shape[1]))
    scores = X @ Theta.T
    for sweep in range(4000):
        largest = 0.0
        for k in range(n_classes):
            others = np.delete(scores, k, axis=1)
            top = others.max(axis=1)
            rest = top + np.log(np.exp(others - top[:, None]).sum(axis=1))
            p = 0.5 * (1 + np.tanh((scores[:, k] - rest) / 2))
            g = ((y == k) - p) @ X - prior_precision * Theta[k]
            largest = max(largest, np.abs(g).max())
            # A bound on the curvature keeps every step uphill.
            H = X.T @ X / 4 + prior_precision * np.eye(X.shape[1])
            exact = (X.T * (p * (1 - p))) @ X + prior_precision * np.eye(X.shape[1])
            H = exact if np.abs(g).max() < 0.1 else H
            Theta[k] += np.linalg.solve(H, g)
            scores[:, k] = X @ Theta[k]
        if largest < 1e-6:
            break
    return np.array(Theta, order="F")


def predict(X, Theta):
    return [np.int32(k) for k in np.matrix(X @ Theta.T).argmax(axis=1).A1]
