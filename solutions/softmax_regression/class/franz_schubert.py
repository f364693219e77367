"""einsum and nothing else; conjugate gradients inside Newton's method."""

import numpy as np


def log_softmax(scores):
    top = np.maximum.reduce(scores, axis=1)[:, None]
    e = np.exp(scores - top)
    return scores - top - np.log(np.einsum("nk->n", e))[:, None]


def predict_proba(X, Theta):
    return np.exp(log_softmax(np.einsum("nd,kd->nk", X, Theta)))


def log_posterior(X, y, Theta, prior_precision):
    Y = np.equal.outer(y, np.arange(len(Theta))).astype(float)
    log_p = log_softmax(np.einsum("nd,kd->nk", X, Theta))
    return np.einsum("nk,nk", Y, log_p) - prior_precision * np.einsum("kd,kd", Theta, Theta) / 2


def gradient(X, y, Theta, prior_precision):
    Y = np.equal.outer(y, np.arange(len(Theta))).astype(float)
    return np.einsum("nk,nd->kd", Y - predict_proba(X, Theta), X) - prior_precision * Theta
