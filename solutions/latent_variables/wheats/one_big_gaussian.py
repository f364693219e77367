"""(z, x) is one Gaussian: sample it, slice it, condition it."""

import numpy as np


def joint_gaussian(W, mean, noise_variance):
    d, q = W.shape
    centre = np.concatenate((np.zeros(q), mean))
    covariance = np.block([[np.eye(q), W.T], [W, W @ W.T + noise_variance * np.eye(d)]])
    return centre, covariance


def log_density(points, centre, covariance):
    deviations = points - centre
    _, logdet = np.linalg.slogdet(2 * np.pi * covariance)
    return -0.5 * (logdet + (deviations.T * np.linalg.solve(covariance, deviations.T)).sum(axis=0))


def sample(n, W, mean, noise_variance, rng):
    q = W.shape[1]
    centre, covariance = joint_gaussian(W, mean, noise_variance)
    draws = centre + rng.normal(size=(n, len(centre))) @ np.linalg.cholesky(covariance).T
    return draws[:, q:], draws[:, :q]


def log_joint(X, Z, W, mean, noise_variance):
    # The precision of (z, x) has no inverse in it.
    d, q = W.shape
    precision = np.block(
        [
            [np.eye(q) + W.T @ W / noise_variance, -W.T / noise_variance],
            [-W / noise_variance, np.eye(d) / noise_variance],
        ]
    )
    both = np.column_stack((Z, X - mean))
    return -0.5 * (
        (d + q) * np.log(2 * np.pi) + d * np.log(noise_variance) + np.einsum("ni,ij,nj->n", both, precision, both)
    )


def log_marginal_likelihood(X, W, mean, noise_variance):
    q = W.shape[1]
    centre, covariance = joint_gaussian(W, mean, noise_variance)
    return log_density(X, centre[q:], covariance[q:, q:])


def latent_posterior(X, W, mean, noise_variance):
    q = W.shape[1]
    centre, covariance = joint_gaussian(W, mean, noise_variance)
    zz, zx, xx = covariance[:q, :q], covariance[:q, q:], covariance[q:, q:]
    gain = zx @ np.linalg.inv(xx)
    return (gain @ (X - centre[q:]).T).T, zz - gain @ zx.T


def monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng):
    d = len(mean)
    estimates = None
    Z = rng.normal(size=(n_samples, W.shape[1]))
    for z in Z:
        log_p = -0.5 * (d * np.log(2 * np.pi * noise_variance) + ((X - mean - W @ z) ** 2).sum(1) / noise_variance)
        estimates = log_p if estimates is None else np.logaddexp(estimates, log_p)
    return estimates - np.log(n_samples)


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    q = W.shape[1]
    centre, covariance = joint_gaussian(W, mean, noise_variance)
    estimates = np.full(len(X), -np.inf)
    root = np.linalg.cholesky(q_covariance)
    for _ in range(n_samples):
        draws = rng.normal(size=(len(X), q))
        Z = q_means + draws @ root.T
        log_p = log_density(np.hstack([Z, X]), centre, covariance)
        log_q = log_density(Z - q_means, np.zeros(q), q_covariance)
        estimates = np.logaddexp(estimates, log_p - log_q)
    return estimates - np.log(n_samples)


def elbo(X, q_means, q_covariance, W, mean, noise_variance):
    # log p(x) minus the divergence of q from the posterior.
    means, covariance = latent_posterior(X, W, mean, noise_variance)
    precision = np.eye(W.shape[1]) + W.T @ W / noise_variance
    off = q_means - means
    divergence = 0.5 * (
        np.trace(precision @ q_covariance)
        + (off @ precision * off).sum(axis=1)
        - len(precision)
        - np.linalg.slogdet(precision)[1]
        - np.linalg.slogdet(q_covariance)[1]
    )
    return log_marginal_likelihood(X, W, mean, noise_variance) - divergence
