from collections import namedtuple

import numpy as np
from scipy.special import logsumexp

Model = namedtuple("Model", ["W", "mean", "noise_variance"])


class LinearGaussian(Model):
    """The generative model, as an object."""

    def centre(self, Z):
        return Z @ self.W.T + self.mean

    def log_px_given_z(self, X, Z):
        d = len(self.mean)
        return -((X - self.centre(Z)) ** 2).sum(-1) / (2 * self.noise_variance) - d / 2 * np.log(2 * np.pi * self.noise_variance)

    def posterior(self, X):
        precision = np.eye(self.W.shape[1]) + self.W.T @ self.W / self.noise_variance
        S = np.linalg.inv(precision)
        return (X - self.mean) @ self.W @ S / self.noise_variance, S


def standard_normal_log_density(Z):
    return -(Z ** 2).sum(-1) / 2 - Z.shape[-1] / 2 * np.log(2 * np.pi)


def sample(n, *parameters_and_rng):
    *parameters, rng = parameters_and_rng
    model = LinearGaussian(*parameters)
    Z = rng.standard_normal((n, model.W.shape[1]))
    return rng.normal(model.centre(Z), np.sqrt(model.noise_variance)), Z


def log_joint(X, Z, *parameters):
    return standard_normal_log_density(Z) + LinearGaussian(*parameters).log_px_given_z(X, Z)


def latent_posterior(X, *parameters):
    return LinearGaussian(*parameters).posterior(X)


def log_marginal_likelihood(X, *parameters):
    m, S = latent_posterior(X, *parameters)
    return log_joint(X, m, *parameters) + (len(S) * np.log(2 * np.pi) + np.linalg.slogdet(S)[1]) / 2


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    model = LinearGaussian(W, mean, noise_variance)
    draws = rng.standard_normal((n_samples, 1, W.shape[1]))
    return logsumexp(model.log_px_given_z(X, draws), axis=0) - np.log(n_samples)


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    values, vectors = np.linalg.eigh(q_covariance)
    eps = rng.normal(size=(n_samples, 1, len(values)))
    z = q_means + (eps * np.sqrt(values)) @ vectors.T
    residual = X - mean - z @ W.T
    log_w = -0.5 * np.sum(z**2, axis=-1) + 0.5 * np.sum(eps**2, axis=-1) + 0.5 * np.sum(np.log(values))
    log_w = log_w - 0.5 * np.sum(residual**2, axis=-1) / noise_variance
    log_w = log_w - 0.5 * X.shape[1] * np.log(2 * np.pi * noise_variance)
    best = np.max(log_w, axis=0)
    return best + np.log(np.mean(np.exp(log_w - best), axis=0))


def elbo(X, q_means, q_covariance, *parameters):
    # log p(x) minus KL(q || posterior)
    m, S = latent_posterior(X, *parameters)
    K = np.linalg.inv(S)
    gap = q_means - m
    kl = np.trace(K @ q_covariance) - len(S) + np.einsum("ni,ij,nj->n", gap, K, gap)
    kl = kl + np.linalg.slogdet(S)[1] - np.linalg.slogdet(q_covariance)[1]
    return log_marginal_likelihood(X, *parameters) - kl / 2
