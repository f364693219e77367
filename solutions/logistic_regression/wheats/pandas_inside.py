import numpy as np
import pandas as pd


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    flat = pd.Series(z.ravel())
    small = np.exp(-flat.abs())
    return (small.where(flat < 0, 1.0) / (1 + small)).to_numpy().reshape(z.shape)


def log_odds(p):
    p = np.asarray(p, dtype=float)
    s = pd.Series(p.ravel())
    return (np.log(s) - np.log(1 - s)).to_numpy().reshape(p.shape)


def predict_proba(X, theta):
    df = pd.DataFrame(X)
    return pd.Series(sigmoid(df.dot(theta).to_numpy()), index=df.index)


def log_likelihood(X, y, theta):
    df = pd.DataFrame({"z": np.asarray(X) @ theta, "y": y})
    df["margin"] = df["z"].where(df["y"] == 1, -df["z"])
    return -np.logaddexp(0, -df["margin"]).sum()


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision / 2 * pd.Series(theta).pow(2).sum()


def gradient(X, y, theta, prior_precision):
    residual = pd.Series(y) - predict_proba(X, theta)
    return pd.DataFrame(X).mul(residual, axis=0).sum().to_numpy() - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    history = {0: log_posterior(X, y, theta, prior_precision)}
    for t in range(1, n_steps + 1):
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
        history[t] = log_posterior(X, y, theta, prior_precision)
    return theta, pd.Series(history).values


def fit(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    for _ in range(100):
        z = X @ theta
        p = sigmoid(z)
        g = X.T @ (y - p) - prior_precision * theta
        if np.abs(g).max() < 1e-6:
            break
        # The bound p (1 - p) <= tanh(z / 2) / (2 z) (Jaakkola and Jordan) never overshoots.
        safe = np.where(np.abs(z) < 1e-6, 1e-6, np.abs(z))
        H = (X.T * (np.tanh(safe / 2) / (2 * safe))) @ X + prior_precision * np.eye(len(theta))
        theta = theta + np.linalg.solve(H, g)
    return pd.Series(theta)


def predict(X, theta):
    return pd.DataFrame(X).dot(theta).ge(0).astype(int).tolist()
