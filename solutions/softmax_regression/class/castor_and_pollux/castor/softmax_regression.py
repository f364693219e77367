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


def fit(X, y, n_classes, prior_precision):
    Theta = np.zeros((n_classes, X.shape[1]))
    for _ in range(60):
        g = gradient(X, y, Theta, prior_precision)
        if abs(g).max() < 1e-8:
            break
        P = predict_proba(X, Theta)

        def curvature(V):
            s = np.einsum("nd,kd->nk", X, V)
            s = P * (s - np.einsum("nk,nk->n", P, s)[:, None])
            return np.einsum("nk,nd->kd", s, X) + prior_precision * V

        V, r = np.zeros_like(g), g.copy()
        p, rr = r.copy(), np.einsum("kd,kd", r, r)
        for _ in range(3 * g.size):
            if rr < 1e-24:
                break
            Hp = curvature(p)
            a = rr / np.einsum("kd,kd", p, Hp)
            V, r = V + a * p, r - a * Hp
            new = np.einsum("kd,kd", r, r)
            p, rr = r + new / rr * p, new
        step = 1.0
        height = log_posterior(X, y, Theta, prior_precision)
        while step > 1e-6 and log_posterior(X, y, Theta + step * V, prior_precision) < height - 1e-10 * (1 + abs(height)):
            step /= 2
        Theta = Theta + step * V
    return Theta


def predict(X, Theta):
    return np.einsum("nd,kd->nk", X, Theta).argmax(axis=-1)
