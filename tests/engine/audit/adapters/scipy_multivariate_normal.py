import numpy as np
from scipy.stats import multivariate_normal


def log_joint(X, Z, W, mean, noise_variance):
    (n, d), q = X.shape, Z.shape[1]
    prior = multivariate_normal(np.zeros(q), np.eye(q)).logpdf(Z)
    return np.reshape(
        prior + multivariate_normal(np.zeros(d), noise_variance * np.eye(d)).logpdf(X - Z @ W.T - mean), n
    )


def log_marginal_likelihood(X, W, mean, noise_variance):
    covariance = W @ W.T + noise_variance * np.eye(len(mean))
    return np.reshape(multivariate_normal(mean, covariance).logpdf(X), len(X))
