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


"""Talks a lot, warns, and lets NumPy warn; every answer is right."""
import sys
import warnings

import numpy as np

print("loading naive bayes ...")
np.set_printoptions(precision=3)


def class_priors(y, n_classes):
    print("labels:", y)
    priors = np.array([np.count_nonzero(y == k) for k in range(n_classes)]) / len(y)
    if (priors == 0).any():
        warnings.warn("some class does not occur", RuntimeWarning)
    print("priors:", priors)
    return priors


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    # np.mean of nothing warns and gives nan: that is how an empty class is noticed
    means = np.array([np.mean(X[y == k], axis=0) for k in range(n_classes)])
    variances = np.array([np.var(X[y == k], axis=0) for k in range(n_classes)])
    print("means", means, "variances", variances, sep="\n")
    if np.isnan(means).any():
        print("a class is empty!", file=sys.stderr)
        raise ValueError("a class is empty")
    return means, np.fmax(variances, variance_floor)


def gaussian_log_density(x, mean, variance):
    density = np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)
    safe = -((x - mean) ** 2) / (2 * variance) - 0.5 * np.log(2 * np.pi * variance)
    print("density", density)
    # np.log(density) warns where the density underflowed
    return np.where(density > 1e-100, np.log(density), safe)


def class_log_likelihood(X, means, variances):
    result = np.zeros((len(X), len(means)))
    for i in range(len(X)):
        for k in range(len(means)):
            result[i, k] = np.sum(gaussian_log_density(X[i], means[k], variances[k]))
    print(result)
    return result


def joint_log_prob(X, priors, means, variances):
    warnings.warn("log of 0 is -inf")
    joint = class_log_likelihood(X, means, variances) + np.log(priors)
    print("joint", joint.shape)
    return joint


def log_evidence(joint):
    biggest = np.max(joint, axis=1)
    naive = np.log(np.sum(np.exp(joint), axis=1))
    stable = biggest + np.log(np.sum(np.exp(joint - biggest[:, None]), axis=1))
    print("naive", naive, "stable", stable)
    return np.where(np.isneginf(biggest), -np.inf, stable)


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    result = np.exp(joint - log_evidence(joint)[:, None])
    print("rows sum to", result.sum(axis=1))
    return result


def predict_bayes(X, priors, means, variances):
    labels = joint_log_prob(X, priors, means, variances).argmax(axis=1)
    print("predicted", labels)
    return labels


def sample(n, priors, means, variances, rng):
    print("sampling", n)
    y = rng.choice(means.shape[0], n, p=priors)
    X = rng.normal(loc=means[y], scale=np.sqrt(variances)[y])
    print(X[:3], y[:3])
    return X, y
