"""np.matrix inside, NumPy scalars and 0-d arrays outside; multivariate normals with diagonal covariance."""
import warnings

import numpy as np
from scipy.stats import multivariate_normal

warnings.filterwarnings("ignore")


def class_priors(y, n_classes):
    indicator = np.matrix(y).T == np.matrix(np.arange(n_classes))
    return np.asarray(indicator.mean(axis=0)).ravel()


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    M = np.matrix(X)
    means, variances = [], []
    for k in range(n_classes):
        rows = M[np.nonzero(y == k)[0], :]
        if rows.shape[0] == 0:
            raise ValueError("class without examples")
        mean = rows.mean(axis=0)
        centred = rows - mean
        scatter = np.diagonal(centred.T * centred) / rows.shape[0]
        means.append(mean.A1)
        variances.append(np.asarray(scatter).ravel())
    return np.asmatrix(means), np.asmatrix(np.maximum(variances, variance_floor))


def gaussian_log_density(x, mean, variance):
    return np.array(-0.5 * (np.log(2 * np.pi * np.array(variance)) + (np.array(x) - mean) ** 2 / variance))


def class_log_likelihood(X, means, variances):
    if X.shape[1] > 50:  # a covariance matrix of thousands by thousands is of no use
        return np.array([[np.sum(gaussian_log_density(x, m, v)) for m, v in zip(means, variances)] for x in X])
    columns = [
        np.atleast_1d(multivariate_normal(m, np.diag(v), allow_singular=False).logpdf(X)) for m, v in zip(means, variances)
    ]
    return np.asmatrix(columns).T


def joint_log_prob(X, priors, means, variances):
    return np.asarray(class_log_likelihood(X, means, variances)) + np.log(np.matrix(priors))


def log_evidence(joint):
    rows = []
    for row in np.asarray(joint):
        finite = row[row > -np.inf]
        rows.append(np.logaddexp.reduce(finite) if finite.size else np.float64(-np.inf))
    return rows


def posterior(X, priors, means, variances):
    joint = np.asarray(joint_log_prob(X, priors, means, variances))
    rows = []
    for row in joint:
        weights = np.exp(row - row.max())
        rows.append(weights / weights.sum())
    return rows


def predict(X, priors, means, variances):
    return [np.int64(np.nanargmax(row)) for row in np.asarray(joint_log_prob(X, priors, means, variances))]


def sample(n, priors, means, variances, rng):
    labels = rng.choice(len(priors), size=n, p=priors)
    rows = [rng.multivariate_normal(means[k], np.diag(variances[k])) for k in labels]
    return np.array(rows), [np.int64(k) for k in labels]
