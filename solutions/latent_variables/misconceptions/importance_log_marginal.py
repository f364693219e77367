"""Known wrong answers to importance_log_marginal."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="you average the logarithms of the weights; the logarithm of their average is asked for",
    hint="p(x) is a mean of weights. What you compute is an estimate of the ELBO: by Jensen's inequality it is too small.",
    by_row=(False, True),
)
def mean_of_logarithms(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return (log_joint(X, Z, W, mean, noise_variance) - log_q).mean(axis=0)


@misconception(
    says="you do not divide by q(z): draws from q must be weighted by p(x, z) / q(z)",
    hint="The integral of p(x, z) is a mean over q of something. Multiply and divide by q(z): of what?",
    by_row=(False, True),
)
def forgets_q(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    return _log_mean(log_joint(X, Z, W, mean, noise_variance))


@misconception(
    says="your weights lack the prior: the numerator is p(x, z), not p(x | z)",
    hint="log p(x, z) has two terms. Which of them is missing in your numerator?",
    by_row=(False, True),
)
def forgets_the_prior(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return _log_mean(_isotropic_log_density(X - mean - Z @ W.T, noise_variance) - log_q)


@misconception(
    says="you multiply by q(z) where you should divide by it",
    hint="A z that q draws too often must count less. Which sign does log q(z) get?",
    by_row=(False, True),
)
def multiplies_by_q(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) + log_q)


@misconception(
    says="you draw z from the prior, and divide by q as if it came from q",
    hint="The density that you divide by must be the one that you draw from. Where do q_means and q_covariance enter your draws?",
)
def draws_from_the_prior(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    Z = rng.normal(size=(n_samples, *q_means.shape))
    off = Z - q_means
    square = (off * np.linalg.solve(q_covariance, off[..., None])[..., 0]).sum(axis=-1)
    log_q = -0.5 * (square + len(W.T) * np.log(2 * np.pi) + np.linalg.slogdet(q_covariance)[1])
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="you ignore q: this is the Monte Carlo estimate with draws from the prior",
    hint="Where do q_means and q_covariance occur in your code?",
)
def still_monte_carlo(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    return monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng)


@misconception(
    says="you multiply standard normal draws by the covariance itself; use a square root of it",
    hint="If u has variance 1, what is the variance of s·u? For a matrix, look up the Cholesky factor.",
    of_u=(1, 2),
)
def covariance_for_its_root(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, of_u=0):
    # of_u: 1 where q(z) is computed from u as if u were multiplied by the root, 2 where rows have draws of their own, too.
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if of_u > 1
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ q_covariance
    off = draws @ np.linalg.cholesky(q_covariance).T if of_u else Z - q_means
    square = (off * np.linalg.solve(q_covariance, off[..., None])[..., 0]).sum(axis=-1)
    log_q = -0.5 * (square + len(W.T) * np.log(2 * np.pi) + np.linalg.slogdet(q_covariance)[1])
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="you draw and divide by the diagonal of q_covariance only; latent variables may be correlated",
    hint="Two latent variables that always rise together are not two independent ones. What does the rest of the matrix do?",
    by_row=(False, True),
)
def diagonal_only(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    variances = np.diag(q_covariance)
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws * np.sqrt(variances)
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.log(variances).sum()
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="you multiply by the Cholesky factor from the wrong side: your draws have the covariance LᵀL, not LLᵀ",
    hint="Each draw is a row. If one column vector becomes L u, what becomes of a row?",
    by_row=(False, True),
)
def factor_transposed(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance)
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="you draw around 0, not around q_means",
    hint="Where is the guess for row i centred?",
    by_row=(False, True),
)
def forgets_the_means(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="your log q(z) lacks the log-determinant",
    hint="A narrow q is high at its centre. Which term of a Gaussian's log-density says so?",
    by_row=(False, True),
)
def no_determinant(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - _isotropic_log_density(draws, 1.0))


@misconception(
    says="your log q(z) has the whole log-determinant where half of it belongs",
    hint="The density divides by the square root of the determinant.",
    by_row=(False, True),
)
def whole_determinant(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - np.linalg.slogdet(q_covariance)[1]
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="you add up the weights and do not divide by n_samples",
    hint="Twice as many samples must not double the estimate of p(x).",
    by_row=(False, True),
)
def sum_for_mean(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    logs = log_joint(X, Z, W, mean, noise_variance) - log_q
    return _log_mean(logs) + np.log(n_samples)


@misconception(
    says="you compute the weights themselves: far away they are all 0, and the result is −inf",
    hint="exp(a) underflows below a = -745. What can you take out of the sum before exp, and add after the logarithm?",
    by_row=(False, True),
)
def underflow(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    logs = log_joint(X, Z, W, mean, noise_variance) - log_q
    return np.log(np.exp(logs).mean(axis=0))


@misconception(
    says="you subtract one maximum for all rows: rows much less likely than the best one underflow",
    hint="Each row needs a maximum of its own. Over which axis do you take it?",
    by_row=(False, True),
)
def one_maximum(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    logs = log_joint(X, Z, W, mean, noise_variance) - log_q
    return logs.max() + np.log(np.exp(logs - logs.max()).mean(axis=0))


@misconception(
    says="you return the largest weight; the estimate is their mean",
    hint="The maximum is what you take out of the sum for stability. What is left to be averaged?",
    by_row=(False, True),
)
def largest_weight(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return (log_joint(X, Z, W, mean, noise_variance) - log_q).max(axis=0)


@misconception(
    says="you always draw the same number of samples, such as 1000; the caller says how many",
    hint="Where does n_samples occur in your code?",
    samples=(1000, 100, 10000),
)
def a_thousand_samples(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, samples=1000):
    draws = rng.normal(size=(samples, *q_means.shape))
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="your function makes its own generator with a fixed seed; it should draw from rng",
    hint="Call it twice with the same rng: the two estimates should differ.",
)
def generator_of_its_own(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    draws = np.random.default_rng(0).normal(size=(n_samples, *q_means.shape))
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="you use noise_variance as a standard deviation",
    hint="noise_variance is σ² already.",
    by_row=(False, True),
)
def variance_squared(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return _log_mean(log_joint(X, Z, W, mean, noise_variance**2) - log_q)


@misconception(
    says="you subtract the mean from the caller's X: after the call it is centred",
    hint="`X -= mean` changes the array that you were given. What makes a new one?",
    by_row=(False, True),
)
def centres_in_place(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    X -= mean
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return _log_mean(log_joint(X, Z, W, 0 * mean, noise_variance) - log_q)


@misconception(
    says="you take the logarithm of the determinant, which underflows for many narrow latent variables",
    hint="A determinant is a product of as many factors as there are latent variables. Can its logarithm be had without it?",
    by_row=(False, True),
)
def logarithm_of_det(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.log(np.linalg.det(q_covariance))
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="your log q(z) has a quarter of log det S; the density has half of it",
    hint="q(z) has the square root of det S in its denominator. Is yours the determinant of S, or of its Cholesky factor?",
    by_row=(False, True),
)
def half_the_log_determinant(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.25 * np.linalg.slogdet(q_covariance)[1]
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="you draw around the first row of q_means for every example; each has a guess of its own",
    hint="Row i of the result uses row i of X, and of which other argument?",
    by_row=(False, True),
)
def first_mean_for_all_rows(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=False):
    draws = (
        rng.normal(size=(len(X), n_samples, len(W.T))).swapaxes(0, 1)
        if by_row
        else rng.normal(size=(n_samples, *q_means.shape))
    )
    Z = q_means[0] + draws @ np.linalg.cholesky(q_covariance).T
    log_q = _isotropic_log_density(draws, 1.0) - 0.5 * np.linalg.slogdet(q_covariance)[1]
    return _log_mean(log_joint(X, Z, W, mean, noise_variance) - log_q)


@misconception(
    says="you multiply by the Cholesky factor from the wrong side: your draws have the covariance LᵀL, and you divide by the density of N(m, LLᵀ)",
    hint="Each draw is a row. If one column vector becomes L u, what becomes of a row?",
    by_row=(1, 2),
)
def draws_with_the_factor_transposed(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=0):
    size = [(n_samples, *q_means.shape), (len(X), n_samples, len(W.T)), (n_samples, 1, len(W.T))][by_row]
    draws = rng.normal(size=size).swapaxes(0, by_row % 2)
    off = draws @ np.linalg.cholesky(q_covariance)
    square = (off * np.linalg.solve(q_covariance, off[..., None])[..., 0]).sum(axis=-1)
    log_q = -0.5 * (square + len(W.T) * np.log(2 * np.pi) + np.linalg.slogdet(q_covariance)[1])
    return _log_mean(log_joint(X, q_means + off, W, mean, noise_variance) - log_q)


@misconception(
    says="you draw each latent variable by itself, from the diagonal of q_covariance, and divide by the density of correlated ones",
    hint="The density that you divide by must be the one that you draw from. What is the correlation of your draws?",
    by_row=(1, 2),
)
def draws_with_the_diagonal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=0):
    size = [(n_samples, *q_means.shape), (len(X), n_samples, len(W.T)), (n_samples, 1, len(W.T))][by_row]
    draws = rng.normal(size=size).swapaxes(0, by_row % 2)
    off = draws * np.sqrt(np.diag(q_covariance))
    square = (off * np.linalg.solve(q_covariance, off[..., None])[..., 0]).sum(axis=-1)
    log_q = -0.5 * (square + len(W.T) * np.log(2 * np.pi) + np.linalg.slogdet(q_covariance)[1])
    return _log_mean(log_joint(X, q_means + off, W, mean, noise_variance) - log_q)


@misconception(
    says="you multiply by the eigenvectors from the wrong side: your draws do not have the covariance q_covariance",
    hint="With S = VDVᵀ a column vector u becomes V D^½ u. Each of your draws is a row: what becomes of it?",
    how=tuple(range(1, 8)),
)
def draws_with_the_eigenvectors_transposed(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, how=0):
    # how: with D^½V where D^½Vᵀ belongs, or VD^½; from eigh or from svd, which sorts the other way; row by row or not.
    values, V = np.linalg.eigh(q_covariance)
    if how & 2:
        V, values, _ = np.linalg.svd(q_covariance)
    root = V * np.sqrt(values) if how & 1 else np.sqrt(values)[:, None] * V
    by_row = how // 4
    size = [(n_samples, *q_means.shape), (len(X), n_samples, len(W.T)), (n_samples, 1, len(W.T))][by_row]
    draws = rng.normal(size=size).swapaxes(0, by_row % 2)
    off = draws @ root
    square = (off * np.linalg.solve(q_covariance, off[..., None])[..., 0]).sum(axis=-1)
    log_q = -0.5 * (square + len(W.T) * np.log(2 * np.pi) + np.linalg.slogdet(q_covariance)[1])
    return _log_mean(log_joint(X, q_means + off, W, mean, noise_variance) - log_q)


@misconception(
    says="you divide the weights by their sum (self-normalised): that average does not estimate p(x)",
    hint="p(x) is the mean of the weights themselves. What is left of their size once they sum to 1?",
    by_row=(1, 2),
)
def normalises_the_weights(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng, by_row=0):
    size = [(n_samples, *q_means.shape), (len(X), n_samples, len(W.T)), (n_samples, 1, len(W.T))][by_row]
    draws = rng.normal(size=size).swapaxes(0, by_row % 2)
    off = draws @ np.linalg.cholesky(q_covariance).T
    square = (off * np.linalg.solve(q_covariance, off[..., None])[..., 0]).sum(axis=-1)
    log_q = -0.5 * (square + len(W.T) * np.log(2 * np.pi) + np.linalg.slogdet(q_covariance)[1])
    logs = log_joint(X, q_means + off, W, mean, noise_variance) - log_q
    weights = np.exp(logs - logs.max(axis=0))
    return (weights / weights.sum(axis=0) * logs).sum(axis=0)
