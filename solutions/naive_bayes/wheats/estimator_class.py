"""A class in the style of scikit-learn; the functions are thin wrappers around it."""
import numpy as np


class GaussianNaiveBayes:
    def __init__(self, n_classes=None, variance_floor=1e-9):
        self.n_classes = n_classes
        self.variance_floor = variance_floor

    def fit(self, X, y):
        K, d = self.n_classes, X.shape[1]
        self.count_ = np.zeros(K)
        np.add.at(self.count_, y, 1)
        if self.count_.min() == 0:
            raise ValueError(f"label {int(self.count_.argmin())} does not occur")
        self.theta_ = np.zeros((K, d))
        np.add.at(self.theta_, y, X)
        self.theta_ /= self.count_[:, None]
        self.var_ = np.zeros((K, d))
        np.add.at(self.var_, y, (X - self.theta_[y]) ** 2)
        self.var_ /= self.count_[:, None]
        self.var_ = np.where(self.var_ < self.variance_floor, self.variance_floor, self.var_)
        return self

    def set(self, priors, means, variances):
        self.class_prior_, self.theta_, self.var_ = priors, means, variances
        return self

    def log_likelihood(self, X):
        out = np.empty((X.shape[0], self.theta_.shape[0]), order="F")
        for k in range(self.theta_.shape[0]):
            out[:, k] = -0.5 * np.sum(np.log(2.0 * np.pi * self.var_[k]))
            out[:, k] -= 0.5 * np.sum((X - self.theta_[k]) ** 2 / self.var_[k], axis=1)
        return out

    def _joint_log_likelihood(self, X):
        with np.errstate(divide="ignore"):
            return self.log_likelihood(X) + np.log(self.class_prior_)

    def predict_log_proba(self, X):
        jll = self._joint_log_likelihood(X)
        return jll - log_evidence(jll).reshape(-1, 1)

    def predict_proba(self, X):
        return np.exp(self.predict_log_proba(X))

    def predict(self, X):
        return np.arange(len(self.class_prior_))[self._joint_log_likelihood(X).argmax(axis=1)]


def class_priors(y, n_classes):
    count = np.zeros(n_classes)
    np.add.at(count, y, 1.0)
    return count / count.sum()


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    model = GaussianNaiveBayes(n_classes, variance_floor).fit(X, y)
    return model.theta_, model.var_


def gaussian_log_density(x, mean, variance):
    sd = np.sqrt(variance)
    z = (np.asarray(x) - mean) / sd
    return -z * z / 2 - np.log(sd) - np.log(2 * np.pi) / 2


def class_log_likelihood(X, means, variances):
    return GaussianNaiveBayes().set(None, means, variances).log_likelihood(X)


def joint_log_prob(X, priors, means, variances):
    return GaussianNaiveBayes().set(priors, means, variances)._joint_log_likelihood(X)


def log_evidence(joint):
    a_max = np.amax(joint, axis=1)
    a_max[~np.isfinite(a_max)] = 0
    with np.errstate(divide="ignore"):
        return np.log(np.sum(np.exp(joint.T - a_max), axis=0)) + a_max


def posterior(X, priors, means, variances):
    return GaussianNaiveBayes().set(priors, means, variances).predict_proba(X)


def predict(X, priors, means, variances):
    return GaussianNaiveBayes().set(priors, means, variances).predict(X)


def sample(n, priors, means, variances, rng):
    edges = np.cumsum(priors)
    edges[-1] = 1.0
    y = np.array([int(np.argmax(u < edges)) for u in rng.uniform(size=n)])
    X = np.empty((n, means.shape[1]))
    for k in range(len(priors)):
        here = y == k
        X[here] = rng.normal(means[k], np.sqrt(variances[k]), size=(here.sum(), means.shape[1]))
    return X, y
