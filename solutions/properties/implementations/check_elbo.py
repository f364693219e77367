"""Hidden implementations for check_elbo: each is a pair (elbo, log_marginal_likelihood)."""

import numpy as np

from autograder.checks import perturbed


def log_marginal_likelihood(X, W, mean, noise_variance):
    lower = np.linalg.cholesky(W @ W.T + noise_variance * np.eye(len(mean)))
    white = np.linalg.solve(lower, (X - mean).T)
    return -0.5 * len(mean) * np.log(2 * np.pi) - np.log(np.diag(lower)).sum() - 0.5 * (white**2).sum(axis=0)


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    return elbo_with(X, q_means, q_covariance, W, mean, noise_variance)


def elbo_with(X, q_means, q_covariance, W, mean, noise_variance, *, spread=1.0, sign=1.0):
    found = np.empty(len(X))
    for i, (x, m) in enumerate(zip(X, q_means, strict=True)):
        moment = np.outer(m, m) + spread * q_covariance
        r = x - mean
        misfit = r @ r - 2 * r @ (W @ m) + np.trace(W @ moment @ W.T)
        log_joint = -0.5 * (len(x) * np.log(2 * np.pi * noise_variance) + misfit / noise_variance)
        log_joint -= 0.5 * (len(m) * np.log(2 * np.pi) + np.trace(moment))
        found[i] = log_joint + sign * 0.5 * np.linalg.slogdet(2 * np.pi * np.e * q_covariance)[1]
    return found


RIGHT = {
    "takes second moments": (elbo, log_marginal_likelihood),
    "rounds differently": (perturbed(elbo), perturbed(log_marginal_likelihood)),
}


def elbo_is_the_marginal(X, q_means, q_covariance, W, mean, noise_variance):
    try:
        return log_marginal_likelihood(X, W, mean, noise_variance)
    except np.linalg.LinAlgError:  # no other raises it where there is next to no noise
        return np.full(len(X), -np.inf)


def elbo_of_the_means(X, q_means, q_covariance, W, mean, noise_variance):
    return elbo_with(X, q_means, q_covariance, W, mean, noise_variance, spread=0.0)


def elbo_minus_entropy(X, q_means, q_covariance, W, mean, noise_variance):
    return elbo_with(X, q_means, q_covariance, W, mean, noise_variance, sign=-1.0)


WRONG = {
    "is the log marginal likelihood whatever q is": (elbo_is_the_marginal, log_marginal_likelihood),
    "uses only the means of q, not its covariance": (elbo_of_the_means, log_marginal_likelihood),
    "subtracts the entropy": (elbo_minus_entropy, log_marginal_likelihood),
}
