"""Implementations for check_elbo: each is a pair (elbo, log_marginal_likelihood)."""

import numpy as np

from autograder.checks import perturbed

# --- right ones ---


def log_marginal_likelihood(X, W, mean, noise_variance):
    covariance = W @ W.T + noise_variance * np.eye(len(mean))
    deviations = X - mean
    squares = np.sum(deviations * np.linalg.solve(covariance, deviations.T).T, axis=1)
    return -0.5 * (len(mean) * np.log(2 * np.pi) + np.linalg.slogdet(covariance)[1] + squares)


def expected_log_joint(X, q_means, q_covariance, W, mean, noise_variance):
    d, q = W.shape
    misfit = np.sum((X - mean - q_means @ W.T) ** 2, axis=1) + np.trace(W.T @ W @ q_covariance)
    likelihood = -0.5 * (d * np.log(2 * np.pi * noise_variance) + misfit / noise_variance)
    prior = -0.5 * (q * np.log(2 * np.pi) + np.sum(q_means**2, axis=1) + np.trace(q_covariance))
    return likelihood + prior


def entropy(q_covariance):
    q = len(q_covariance)
    return 0.5 * (q * (1 + np.log(2 * np.pi)) + np.linalg.slogdet(q_covariance)[1])


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    return expected_log_joint(X, q_means, q_covariance, W, mean, noise_variance) + entropy(q_covariance)


def elbo_with_divergence(X, q_means, q_covariance, W, mean, noise_variance):
    d, q = W.shape
    misfit = ((X - mean - q_means @ W.T) ** 2).sum(axis=1) + np.sum((W @ q_covariance) * W)
    likelihood = -0.5 * d * np.log(2 * np.pi * noise_variance) - misfit / (2 * noise_variance)
    eigenvalues = np.linalg.eigvalsh(q_covariance)
    divergence = 0.5 * (np.sum(eigenvalues - np.log(eigenvalues) - 1) + (q_means**2).sum(axis=1))
    return likelihood - divergence


RIGHT = {
    "adds the entropy to the expected log joint": (elbo, log_marginal_likelihood),
    "subtracts a divergence from the expected log-likelihood": (elbo_with_divergence, log_marginal_likelihood),
    "differs in the last digit": (perturbed(elbo), perturbed(log_marginal_likelihood)),
}

# --- wrong ones ---


def elbo_without_entropy(X, q_means, q_covariance, W, mean, noise_variance):
    return expected_log_joint(X, q_means, q_covariance, W, mean, noise_variance)


def elbo_without_prior(X, q_means, q_covariance, W, mean, noise_variance):
    d, _ = W.shape
    misfit = np.sum((X - mean - q_means @ W.T) ** 2, axis=1) + np.trace(W.T @ W @ q_covariance)
    return -0.5 * (d * np.log(2 * np.pi * noise_variance) + misfit / noise_variance)


WRONG = {
    "leaves out the entropy": (elbo_without_entropy, log_marginal_likelihood),
    "leaves out the divergence from the prior": (elbo_without_prior, log_marginal_likelihood),
}
