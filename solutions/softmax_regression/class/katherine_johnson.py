"""pandas inside, dummies for labels, matplotlib at the top, a demo at the bottom."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy.optimize import minimize

plt.rcParams["figure.figsize"] = (6, 4)


def log_softmax(scores):
    table = pd.DataFrame(np.array(scores))
    table = table.sub(table.max(axis=1), axis=0)
    return table.sub(np.log(np.exp(table).sum(axis=1)), axis=0)


def predict_proba(X, Theta):
    return np.exp(log_softmax(pd.DataFrame(X).dot(pd.DataFrame(Theta).T)))


def dummies(y, k):
    return pd.get_dummies(pd.Categorical(y, categories=range(k))).to_numpy(dtype=float)


def log_posterior(X, y, Theta, prior_precision):
    log_p = log_softmax(np.dot(X, Theta.T)).to_numpy()
    return float((log_p * dummies(y, len(Theta))).sum() - prior_precision / 2 * pd.DataFrame(Theta).pow(2).sum().sum())


def gradient(X, y, Theta, prior_precision):
    residuals = dummies(y, len(Theta)) - predict_proba(X, Theta)
    return residuals.T.dot(pd.DataFrame(np.array(X))) - prior_precision * pd.DataFrame(np.array(Theta))


def fit(X, y, n_classes, prior_precision):
    shape, Y = (n_classes, X.shape[1]), dummies(y, n_classes)

    def value(flat):
        s = X @ flat.reshape(shape).T
        s = s - s.max(axis=1, keepdims=True)
        return -(Y * (s - np.log(np.exp(s).sum(axis=1, keepdims=True)))).sum() + prior_precision / 2 * flat @ flat

    def slope(flat):
        s = X @ flat.reshape(shape).T
        P = np.exp(s - s.max(axis=1, keepdims=True))
        return ((P / P.sum(axis=1, keepdims=True) - Y).T @ X).ravel() + prior_precision * flat

    found = minimize(value, np.zeros(shape).ravel(), jac=slope, method="BFGS", options={"gtol": 1e-6, "maxiter": 5000})
    return pd.DataFrame(found.x.reshape(shape))


def predict(X, Theta):
    return pd.DataFrame(np.dot(X, Theta.T)).idxmax(axis=1)


if __name__ == "__main__":
    plt.plot(predict_proba(np.linspace(-3, 3, 50)[:, None], np.array([[-1.0], [0.0], [1.0]])))
    plt.savefig("softmax.png")
