"""A linear model with a hidden z: every quantity that a deep generative model approximates, exactly.

For each example, q latent variables z are drawn and never shown; d visible numbers x come from them by a linear map and
some noise:

    z ~ N(0, I_q),    x = W z + mean + e,    e ~ N(0, noise_variance * I_d).

This is probabilistic principal component analysis. Deep models replace W z + mean by a neural network, and then
the marginal likelihood p(x) and the posterior p(z | x) cannot be computed. Here both have a formula.

Conventions, for every function:

- ``X`` is a float array of shape (n, d), one example per row; ``Z`` has shape (n, q), one hidden vector per row.
- ``W`` has shape (d, q), ``mean`` has shape (d,), and ``noise_variance`` is a number > 0: a variance, not a
  standard deviation. Usually q is smaller than d, but it need not be.
- All logarithms are natural. Densities keep all their constants, log(2 pi) included.
- Arguments are never changed. Randomness comes only from the argument ``rng``.
- Any correct method is welcome: loops or whole arrays, helpers of your own.
"""

from __future__ import annotations

import numpy as np

def sample(
    n: int,
    W: np.ndarray,
    mean: np.ndarray,
    noise_variance: float,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw n independent examples, and keep the z that made each.

    For each example first z ~ N(0, I_q), then x = W z + mean + e with e ~ N(0, noise_variance * I_d): every example
    has a z of its own, and every entry of x has noise of its own.

    Args:
        n: how many examples, at least 1.
        W: shape (d, q).
        mean: shape (d,).
        noise_variance: a number > 0; the standard deviation of the noise is its square root.
        rng: the only source of randomness. The same state of rng gives the same examples.

    Returns:
        A tuple (X, Z) of shapes (n, d) and (n, q): row i of Z is the hidden vector behind row i of X.

    """
    raise NotImplementedError


def log_joint(
    X: np.ndarray,
    Z: np.ndarray,
    W: np.ndarray,
    mean: np.ndarray,
    noise_variance: float,
) -> np.ndarray:
    """The log-density of each example together with its hidden vector.

    The formula is log p(x_i, z_i) = log p(z_i) + log p(x_i | z_i): the log-density N(z_i; 0, I_q) plus the
    log-density N(x_i; W z_i + mean, noise_variance * I_d).

    Args:
        X: shape (n, d).
        Z: shape (n, q); row i belongs to row i of X.
        W: shape (d, q).
        mean: shape (d,).
        noise_variance: a number > 0.

    Returns:
        Shape (n,). Finite even where the density itself is too small for a float: many standard deviations away,
        or in hundreds of dimensions.

    """
    raise NotImplementedError


def log_marginal_likelihood(X: np.ndarray, W: np.ndarray, mean: np.ndarray, noise_variance: float) -> np.ndarray:
    """The log-density of each example, with z integrated out.

    The formula is log p(x_i) = log of the integral of p(x_i, z) dz. A linear map of a Gaussian plus a Gaussian is a
    Gaussian, so that p(x) = N(x; mean, W W^T + noise_variance * I_d).

    Args:
        X: shape (n, d). The result is right for d = 500, where the determinant of the covariance may be too small or
            too large for a float while its logarithm is an ordinary number.
        W: shape (d, q).
        mean: shape (d,).
        noise_variance: a number > 0.

    Returns:
        Shape (n,).

    """
    raise NotImplementedError


def latent_posterior(
    X: np.ndarray,
    W: np.ndarray,
    mean: np.ndarray,
    noise_variance: float,
) -> tuple[np.ndarray, np.ndarray]:
    """What an example says about its hidden vector: the posterior p(z | x).

    By Bayes' rule p(z | x) is proportional to p(x | z) p(z). As a function of z the logarithm is quadratic, so
    the posterior is a Gaussian N(z; m, S). Its mean m depends on x; its covariance S does not.

    Args:
        X: shape (n, d).
        W: shape (d, q).
        mean: shape (d,).
        noise_variance: a number > 0.

    Returns:
        A tuple (means, covariance) of shapes (n, q) and (q, q): the posterior of row i is
        N(means[i], covariance).

    """
    raise NotImplementedError


def monte_carlo_log_marginal(
    X: np.ndarray,
    W: np.ndarray,
    mean: np.ndarray,
    noise_variance: float,
    n_samples: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """An estimate of log p(x) for when the integral cannot be done: average over draws of z from the prior.

    p(x) is the mean of p(x | z) over z ~ N(0, I_q). The estimate is log( (1/S) sum_s p(x_i | z_s) ) with S =
    n_samples draws z_1, ..., z_S. The same draws may serve all examples, or each may have its own.

    Args:
        X: shape (n, d).
        W: shape (d, q).
        mean: shape (d,).
        noise_variance: a number > 0.
        n_samples: S, how many draws of z are averaged, at least 1.
        rng: the only source of randomness. The same state of rng gives the same estimate.

    Returns:
        Shape (n,). Finite even where every single p(x_i | z_s) is too small for a float.

    """
    raise NotImplementedError


def importance_log_marginal(
    X: np.ndarray,
    q_means: np.ndarray,
    q_covariance: np.ndarray,
    W: np.ndarray,
    mean: np.ndarray,
    noise_variance: float,
    n_samples: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """A better estimate of log p(x): draw z where a guess q at the posterior says that it matters.

    p(x) is the mean of p(x, z) / q(z) over z ~ q. For row i the guess is q_i(z) = N(z; q_means[i], q_covariance), and the
    estimate is log( (1/S) sum_s p(x_i, z_s) / q_i(z_s) ) with S = n_samples draws z_1, ..., z_S from q_i.

    Args:
        X: shape (n, d).
        q_means: shape (n, q); row i is the mean of the guess for row i of X.
        q_covariance: shape (q, q), symmetric with positive eigenvalues; the same for all examples.
        W: shape (d, q).
        mean: shape (d,).
        noise_variance: a number > 0.
        n_samples: S, how many draws of z are averaged, at least 1.
        rng: the only source of randomness. The same state of rng gives the same estimate.

    Returns:
        Shape (n,). Finite even where every single p(x_i, z_s) is too small for a float. When the guess is the posterior,
        it is log p(x_i) for every draw.

    """
    raise NotImplementedError


def elbo(
    X: np.ndarray,
    q_means: np.ndarray,
    q_covariance: np.ndarray,
    W: np.ndarray,
    mean: np.ndarray,
    noise_variance: float,
) -> np.ndarray:
    """The evidence lower bound: how much of log p(x) a guess at the posterior accounts for.

    For the guess q(z) = N(z; q_means[i], q_covariance) it is E_q[log p(x_i, z)] + entropy of q, where the entropy is
    -E_q[log q(z)]. Both expectations have a formula here; nothing is sampled.

    Args:
        X: shape (n, d).
        q_means: shape (n, q); row i is the mean of the guess for row i of X.
        q_covariance: shape (q, q), symmetric with positive eigenvalues; the same for all examples. Its determinant
            may be too small for a float (100 latent variables, each known to 1e-3).
        W: shape (d, q).
        mean: shape (d,).
        noise_variance: a number > 0.

    Returns:
        Shape (n,). Never above log p(x_i), and equal to it when the guess is the posterior.

    """
    raise NotImplementedError
