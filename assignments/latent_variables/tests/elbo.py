"""Question elbo: E_q[log p(x, z)] + entropy of q, for q = N(q_means[i], q_covariance)."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, expect_at_most, inputs_unchanged, prop, recipe

from autograder.checks.models import NOISE, different_sides, log_normal, rotation, with_zeros

OK_FORMAT = False
name = "elbo"


@recipe(
    {"n": 1, "d": 1, "q": 1, "noise_variance": 0.25, "seed": 2},
    {"n": 1, "d": 2, "q": 1, "noise_variance": 4.0, "seed": 3},
    {"n": 1, "d": 1, "q": 2, "noise_variance": 2.0, "seed": 4},
    n=st.integers(1, 4),
    d=st.integers(1, 4),
    q=st.integers(1, 3),
    noise_variance=NOISE,
    seed=SEEDS,
)
def model(n, d, q, noise_variance, seed):
    """(X, q_means, q_covariance, W, mean, noise_variance); sides differ, and the covariance is not diagonal."""
    rng = np.random.RandomState(seed)
    n, d = different_sides(n, d, q)
    X, W = decimals(rng.normal(size=(n, d)) * 3, 1), decimals(rng.normal(size=(d, q)) * 2, 1)
    root = decimals(rng.normal(size=(q, q)), 1)
    # Eigenvalues of at least 0.3, so that the logarithm of the determinant is well conditioned.
    covariance = decimals(root @ root.T + 0.3 * np.eye(q))
    return X, decimals(rng.normal(size=(n, q)) * 2, 1), covariance, W, decimals(rng.normal(size=d), 1), noise_variance


@recipe(
    {"n": 1, "x": 1, "w": 1, "m": 0, "variance": 1.0, "noise_variance": 4.0},
    {"n": 1, "x": 20, "w": -15, "m": 10, "variance": 1e-6, "noise_variance": 0.5},
    {"n": 1, "x": -20, "w": 0, "m": 10, "variance": 100.0, "noise_variance": 0.25},
    n=st.sampled_from([1, 2, 3]),
    x=st.integers(-50, 50),
    w=st.integers(-30, 30),
    m=st.integers(-30, 30),
    variance=st.sampled_from([1e-6, 0.1, 0.25, 0.5, 1.0, 2.0, 100.0]),
    noise_variance=NOISE,
)
def one_by_one(n, x, w, m, variance, noise_variance):
    """The model with d = q = 1 as (x, m, variance, w, mean, noise_variance): x and m (n,), the rest numbers."""
    return decimals(x / 10 + np.arange(n)), decimals(m / 10 - np.arange(n)), variance, w / 10, 1.0, noise_variance


# Terms are below 1e4 and add up without cancelling more than a few digits: 1e-9, relative and absolute, is ample.


def exact(x, w, mean, noise_variance):
    """Log-marginal, posterior mean and posterior variance for d = q = 1."""
    total = w * w + noise_variance
    return log_normal(x, mean, total), w * (x - mean) / total, noise_variance / total


def bound(elbo, x, m, variance, w, mean, noise_variance):
    """The elbo of the model with d = q = 1."""
    return elbo(x[:, None], m[:, None], np.array([[variance]]), np.array([[w]]), np.array([mean]), noise_variance)


@prop(
    points=2,
    hint="With q = p(z | x), log p(x, z) − log q(z) is log p(x) for every z. Is the entropy included, with all its constants?",
    model=one_by_one,
)
def is_tight_at_the_posterior(elbo, model):
    """For d = q = 1 and the exact posterior it is log N(x; mean, w² + noise_variance)."""
    x, _, _, w, mean, noise_variance = model
    marginal, m, variance = exact(x, w, mean, noise_variance)
    expect(bound(elbo, x, m, variance, w, mean, noise_variance), marginal)


@prop(
    points=3,
    hint="Compute E_q of each square. E[(x − wz)²] is more than the square at the mean of z: what is missing?",
    model=one_by_one,
)
def gap_is_the_divergence(elbo, model):
    """For d = q = 1 the gap to log p(x) is the Kullback–Leibler divergence of q from the posterior."""
    x, m, variance, w, mean, noise_variance = model
    marginal, best, spread = exact(x, w, mean, noise_variance)
    divergence = 0.5 * (np.log(spread / variance) + (variance + (m - best) ** 2) / spread - 1)
    expect(bound(elbo, x, m, variance, w, mean, noise_variance), marginal - divergence)


@prop(
    points=2,
    hint="It is called a lower bound. If yours is above log p(x), which term is missing, or has the wrong sign?",
    model=one_by_one,
)
def never_exceeds_the_marginal(elbo, model):
    """For d = q = 1 it is never above log p(x), however narrow or wide q is."""
    x, m, variance, w, mean, noise_variance = model
    marginal, _, _ = exact(x, w, mean, noise_variance)
    # Rounding where it touches.
    expect_at_most(bound(elbo, x, m, variance, w, mean, noise_variance), marginal, slack=1e-9)


@recipe(
    {"n": 1, "d": 1, "q": 2, "scale": 1.0, "noise_variance": 2.0, "seed": 1},
    {"n": 1, "d": 2, "q": 100, "scale": 1e-6, "noise_variance": 2.0, "seed": 2},
    n=st.sampled_from([1, 4]),
    d=st.integers(1, 2),
    q=st.sampled_from([80, 90, 1, 3]),
    scale=st.sampled_from([1e-9, 2.0, 1e-8, 0.5]),
    noise_variance=NOISE,
    seed=SEEDS,
)
def unrelated(n, d, q, scale, noise_variance, seed):
    """(X, q_means, variances of q, mean, noise_variance): a guess with independent hidden numbers, for W = 0."""
    rng = np.random.RandomState(seed)
    d = d + 1 if d == q else d
    variances = decimals(rng.randint(1, 5, size=q) * scale, 9)
    X, q_means = decimals(rng.normal(size=(n, d)) * 2, 1), decimals(rng.normal(size=(n, q)), 1)
    return X, q_means, variances, decimals(rng.normal(size=d), 1), noise_variance


@prop(
    points=2,
    hint="What is the entropy of a Gaussian? For 100 narrow dimensions the determinant underflows. How do you get its logarithm?",
    model=unrelated,
)
def only_the_prior_counts_without_w(elbo, model):
    """For W = 0 and a diagonal covariance it is log N(x; mean, noise_variance I) minus the divergence of q from N(0, I)."""
    X, q_means, variances, mean, noise_variance = model
    divergence = 0.5 * (variances + q_means**2 - 1 - np.log(variances)).sum(axis=1)
    values = elbo(X, q_means, np.diag(variances), np.zeros((len(mean), len(variances))), mean, noise_variance)
    expect(values, log_normal(X, mean, noise_variance).sum(axis=1) - divergence)


@prop(
    points=1,
    hint="Latent variables may be correlated under q. Do you use all of q_covariance, or its diagonal only?",
    model=model,
)
def rotating_the_latent_space_changes_nothing(elbo, model):
    """Rotating W, the means of q and the covariance of q alike changes nothing."""
    X, q_means, q_covariance, W, mean, noise_variance = model
    turn = rotation(W.shape[1])
    # Half the sum with its transpose: what is passed on is symmetric to the last bit.
    turned = turn.T @ q_covariance @ turn
    turned = (turned + turned.T) / 2
    values = elbo(X, q_means @ turn, turned, W @ turn, mean, noise_variance)
    expect(values, elbo(X, q_means, q_covariance, W, mean, noise_variance))


@recipe(
    {"n": 1, "k": 2, "noise_variance": 0.5, "seed": 1},
    n=st.sampled_from([1, 4]),
    k=st.integers(2, 3),
    noise_variance=NOISE,
    seed=SEEDS,
)
def side_by_side(n, k, noise_variance, seed):
    """k models with d = q = 1 beside each other: (X, q_means, variances, weights, noise_variance), mean 1."""
    rng = np.random.RandomState(seed)
    X, q_means = decimals(rng.normal(size=(n, k)) * 3, 1), decimals(rng.normal(size=(n, k)) * 2, 1)
    return X, q_means, decimals(rng.uniform(0.1, 3, size=k), 1), decimals(rng.normal(size=k) * 2, 1), noise_variance


@prop(
    points=1,
    hint="E_q|Wz|² contains a trace of W, S and Wᵀ. Do you multiply two sums, or sum products?",
    model=side_by_side,
)
def separate_models_add_up(elbo, model):
    """If W and q_covariance are diagonal, it is the sum of the bounds of one-dimensional models."""
    X, q_means, variances, weights, noise_variance = model
    values = elbo(X, q_means, np.diag(variances), np.diag(weights), np.ones(len(weights)), noise_variance)
    marginal, best, spread = exact(X, weights, 1.0, noise_variance)
    divergence = 0.5 * (np.log(spread / variances) + (variances + (q_means - best) ** 2) / spread - 1)
    expect(values, (marginal - divergence).sum(axis=1))


@prop(
    points=1,
    hint="Row i of the result depends on row i of X and of q_means. Do you keep noise_variance from being small, or add something to it?",
    model=model,
)
def each_row_stands_for_itself(elbo, model):
    """Each value depends on its own row only; shifting X and the mean alike changes nothing; in units 10⁶ times as large, d log 10⁶ is added."""
    X, q_means, q_covariance, W, mean, noise_variance = model
    values = elbo(X, q_means, q_covariance, W, mean, noise_variance)
    by = np.arange(1.0, len(mean) + 1)
    expect(elbo(X[:1] + by, q_means[:1], q_covariance, W, mean + by, noise_variance), values[:1])
    expect(elbo(X[::-1], q_means[::-1], q_covariance, W, mean, noise_variance), values[::-1])
    # noise_variance is 1e-12 of what it was; q is about z, which has no units of x.
    unit = 1e-6
    in_units = elbo(unit * X, q_means, q_covariance, unit * W, unit * mean, unit**2 * noise_variance)
    expect(in_units, values - len(mean) * np.log(unit))


def called_with(X, q_means, q_covariance, W, mean, noise_variance, zeros):
    """The arguments of one call; with zeros among them, and a diagonal covariance."""
    if zeros:
        X, q_means, W, mean = with_zeros(X, q_means, W, mean)
        q_covariance = np.diag(np.diag(q_covariance))
    return X, q_means, q_covariance, W, mean, noise_variance


leaves_the_arguments_alone = inputs_unchanged(
    "leaves_the_arguments_alone",
    "elbo",
    points=1,
    arguments=lambda model, zeros: called_with(*model, zeros),
    hint="Does `X -= mean` or the like change the caller's X? Avoid in-place operations.",
    model=model,
    zeros=choice([True, False]),
)
