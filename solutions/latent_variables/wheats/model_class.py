"""A dataclass does the work, and a named tuple carries Gaussians; the functions only open the door."""

from collections import namedtuple
from dataclasses import dataclass, field

import numpy as np

Gaussian = namedtuple("Gaussian", "means covariance")


@dataclass
class PPCA:
    W: np.ndarray
    mean: np.ndarray
    noise_variance: float
    d: int = field(init=False)
    q: int = field(init=False)

    def __post_init__(self):
        self.W = np.array(self.W, dtype=float)
        self.mean = np.array(self.mean, dtype=float)
        self.d, self.q = self.W.shape

    @property
    def precision(self):
        return np.eye(self.q) + self.W.T.dot(self.W) / self.noise_variance

    def decode(self, Z):
        return np.dot(Z, self.W.T) + self.mean

    def draw(self, n, rng):
        Z = rng.standard_normal(size=(n, self.q))
        return rng.normal(self.decode(Z), np.sqrt(self.noise_variance)), Z

    def log_likelihood(self, X, Z):
        squares = np.linalg.norm(X - self.decode(Z), axis=-1) ** 2
        return -squares / 2 / self.noise_variance - self.d / 2 * np.log(2 * np.pi * self.noise_variance)

    def log_prior(self, Z):
        return -(np.linalg.norm(Z, axis=-1) ** 2) / 2 - self.q / 2 * np.log(2 * np.pi)

    def posterior(self, X):
        S = np.linalg.inv(self.precision)
        return Gaussian((X - self.mean) @ self.W @ S / self.noise_variance, S)

    def evidence(self, X):
        # Candidate's formula at the posterior mean, where the posterior density is highest.
        posterior = self.posterior(X)
        log_height = -self.q / 2 * np.log(2 * np.pi) + np.linalg.slogdet(self.precision)[1] / 2
        return self.log_likelihood(X, posterior.means) + self.log_prior(posterior.means) - log_height


def sample(n, W, mean, noise_variance, rng):
    return PPCA(W, mean, noise_variance).draw(n, rng)


def log_joint(X, Z, W, mean, noise_variance):
    model = PPCA(W, mean, noise_variance)
    return model.log_prior(Z) + model.log_likelihood(X, Z)


def log_marginal_likelihood(X, W, mean, noise_variance):
    return PPCA(W, mean, noise_variance).evidence(X)


def latent_posterior(X, W, mean, noise_variance):
    return PPCA(W, mean, noise_variance).posterior(X)


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    model = PPCA(W, mean, noise_variance)
    Z = rng.standard_normal(size=(n_samples, 1, model.q))
    log_p = model.log_likelihood(X[np.newaxis], Z)
    return np.logaddexp.reduce(log_p, axis=0) - np.log(n_samples)


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    model = PPCA(W, mean, noise_variance)
    q = Gaussian(np.asarray(q_means), np.asarray(q_covariance))
    root = np.linalg.cholesky(q.covariance)
    draws = rng.standard_normal(size=(n_samples, *q.means.shape))
    Z = q.means + draws @ root.T
    log_q = model.log_prior(draws) - np.linalg.slogdet(q.covariance)[1] / 2
    log_weights = model.log_prior(Z) + model.log_likelihood(X[np.newaxis], Z) - log_q
    return np.logaddexp.reduce(log_weights, axis=0) - np.log(n_samples)


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    model = PPCA(W, mean, noise_variance)
    expected = model.log_likelihood(X, q_means) + model.log_prior(q_means)
    expected -= np.sum(model.precision * q_covariance) / 2
    return expected + (model.q * np.log(2 * np.pi * np.e) + np.linalg.slogdet(q_covariance)[1]) / 2
