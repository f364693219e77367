"""Checked by hand, twice. One object holds the model; the functions ask it."""
import numpy as np


class Trajectory:
    """A Gaussian in every class and feature."""

    def __init__(self, means, variances, priors=None):
        self.means = np.array(means, dtype=float)
        self.variances = np.array(variances, dtype=float)
        self.log_priors = None
        if priors is not None:
            self.log_priors = np.full(len(priors), -np.inf)
            possible = np.asarray(priors) > 0
            self.log_priors[possible] = np.log(np.asarray(priors)[possible])

    @staticmethod
    def density(x, mean, variance):
        miss = np.asarray(x, dtype=float) - mean
        return -0.5 * (np.log(2 * np.pi) + np.log(variance) + miss * miss / variance)

    def likelihood(self, X):
        out = np.zeros((X.shape[0], self.means.shape[0]))
        for feature in range(X.shape[1]):
            out += self.density(X[:, [feature]], self.means[:, feature], self.variances[:, feature])
        return out

    def joint(self, X):
        return self.likelihood(X) + self.log_priors

    @property
    def dimension(self):
        return self.means.shape[1]


def class_priors(y, n_classes):
    return np.histogram(y, bins=n_classes, range=(-0.5, n_classes - 0.5))[0] / len(y)


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    order = np.argsort(y, kind="stable")
    borders = np.searchsorted(y[order], np.arange(n_classes + 1))
    if np.any(np.diff(borders) == 0):
        raise ValueError("a class has no examples: " + str(np.diff(borders)))
    parts = [X[order][a:b] for a, b in zip(borders[:-1], borders[1:])]
    means = [part.mean(axis=0) for part in parts]
    variances = [np.mean((part - mean) ** 2, axis=0) for part, mean in zip(parts, means)]
    return np.array(means), np.maximum(variances, variance_floor)


def gaussian_log_density(x, mean, variance):
    return Trajectory.density(x, mean, variance)


def class_log_likelihood(X, means, variances):
    return Trajectory(means, variances).likelihood(X)


def joint_log_prob(X, priors, means, variances):
    return Trajectory(means, variances, priors).joint(X)


def log_evidence(joint):
    highest = joint.max(axis=1)
    out = np.full(len(joint), -np.inf)
    for i in np.flatnonzero(highest > -np.inf):
        out[i] = highest[i] + np.log(np.exp(joint[i] - highest[i]).sum())
    return out


def posterior(X, priors, means, variances):
    joint = Trajectory(means, variances, priors).joint(X)
    joint -= joint.max(axis=1, keepdims=True)
    return np.exp(joint) / np.exp(joint).sum(axis=1, keepdims=True)


def predict(X, priors, means, variances):
    return Trajectory(means, variances, priors).joint(X).argmax(axis=1)


def sample(n, priors, means, variances, rng):
    model = Trajectory(means, variances)
    y = rng.choice(len(priors), n, True, priors)
    return model.means[y] + rng.standard_normal((n, model.dimension)) * np.sqrt(model.variances)[y], y
