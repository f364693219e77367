"""One class hierarchy for everything; the functions asked for are bound methods of one instance."""

import abc

import numpy as np


class LogSpace(abc.ABC):
    @abc.abstractmethod
    def add(self, table, axis): ...


class Stable(LogSpace):
    def add(self, table, axis):
        order = np.sort(table, axis=axis)
        top = np.take(order, [-1], axis=axis)
        top = np.where(top == -np.inf, 0, top)
        with np.errstate(all="ignore"):
            return (np.log(np.sum(np.exp(order - top), axis=axis, keepdims=True)) + top).squeeze(axis=axis)


class TwoPaths:
    def __init__(self, space=None):
        self.space = space or Stable()

    def joint(self, joint, y):
        self._n = len(y)
        return np.float64(np.diagonal(joint[:, y]).sum())

    def marginal(self, joint):
        return np.float64(self.space.add(joint, 1).sum())

    def conditional(self, joint, y):
        return self.joint(joint - self.space.add(joint, 1)[:, None], y)

    def variance(self, X, y, n_classes):
        sums = np.zeros((n_classes, X.shape[1]))
        np.add.at(sums, y, X)
        counts = np.maximum(np.bincount(y, minlength=n_classes), 1)
        return np.mean(np.power(X - (sums / counts[:, None])[y], 2), axis=0)

    def line(self, priors, means, variance):
        weight = [np.divide(m, variance) for m in means]
        bias = [np.log(p) - np.dot(m, w) / 2 for p, m, w in zip(priors, means, weight)]
        return np.subtract(*weight[::-1]), np.subtract(*bias[::-1])

    @staticmethod
    def error(predictions, y):
        return np.float64(np.not_equal(predictions, y).sum(dtype=np.int32)) / np.size(y)

    def curve(self, X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
        table = np.stack([X_row for X_row in X])
        errors = []
        for m in sizes:
            subsets = [rng.choice(len(table), m, False) for _ in range(n_repeats)]
            errors.append([self.error(fit_predict(table[s], y.take(s), X_test), y_test) for s in subsets])
        return np.array(errors, dtype=np.float64).mean(axis=-1)

    @classmethod
    def crossover(cls, sizes, discriminative_errors, generative_errors):
        candidates = [m for m in sizes if np.all(discriminative_errors[sizes >= m] < generative_errors[sizes >= m])]
        return min(candidates, default=None)


_paths = TwoPaths()
joint_log_likelihood = _paths.joint
marginal_log_likelihood = _paths.marginal
conditional_log_likelihood = _paths.conditional
pooled_variance = _paths.variance
logistic_from_naive_bayes = _paths.line
error_rate = _paths.error
learning_curve = _paths.curve
crossover_size = _paths.crossover
