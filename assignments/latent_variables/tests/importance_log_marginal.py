"""Question importance_log_marginal: log of the mean of p(x, z_s) / q(z_s) over draws z_s from a guess q."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import (
    SEEDS,
    choice,
    decimals,
    expect,
    expect_between,
    expect_different,
    inputs_unchanged,
    prop,
    recipe,
)

from autograder.checks.models import NOISE, log_normal, rotation, with_zeros

OK_FORMAT = False
name = "importance_log_marginal"


@recipe(
    {"n": 1, "x": 1, "w": 1, "noise_variance": 4.0, "n_samples": 1, "seed": 1},
    {"n": 3, "x": 20, "w": -15, "noise_variance": 0.5, "n_samples": 2, "seed": 2},
    {"n": 2, "x": -20, "w": 0, "noise_variance": 0.25, "n_samples": 3, "seed": 3},
    n=st.sampled_from([1, 2, 3]),
    x=st.integers(-50, 50),
    w=st.integers(-30, 30),
    noise_variance=NOISE,
    n_samples=st.integers(1, 7),
    seed=SEEDS,
)
def one_by_one(n, x, w, noise_variance, n_samples, seed):
    """The model with d = q = 1 as (x, w, mean, noise_variance, n_samples, seed): x (n,), the rest numbers."""
    n = n + 1 if n == n_samples > 1 else n
    return decimals(x / 10 + np.arange(n)), w / 10, 1.0, noise_variance, n_samples, seed


def exact(x, w, mean, noise_variance):
    """Log-marginal, posterior mean and posterior variance for d = q = 1."""
    total = w * w + noise_variance
    return log_normal(x, mean, total), w * (x - mean) / total, noise_variance / total


def estimate(importance_log_marginal, x, m, variance, w, mean, noise_variance, n_samples, rng):
    """The estimate for the model with d = q = 1 and the guess N(m, variance)."""
    return importance_log_marginal(
        x[:, None],
        m[:, None],
        np.array([[variance]]),
        np.array([[w]]),
        np.array([mean]),
        noise_variance,
        n_samples,
        rng,
    )


# At the posterior every weight p(x, z) / q(z) is p(x), whatever z was drawn: terms below 1e4 that cancel a few digits.
@prop(
    points=2,
    hint="With q = p(z | x), p(x, z) / q(z) is p(x) at every z. Do your weights contain p(x | z), p(z) and q(z), with all their constants?",
    model=one_by_one,
)
def every_draw_from_the_posterior_is_exact(importance_log_marginal, model):
    """For d = q = 1 and the exact posterior it is log N(x; mean, w² + noise_variance), whatever is drawn."""
    # In small units, too, where noise_variance is 1e-12 of what it was: what holds for z stays as it is.
    for unit in (1.0, 1e-6):
        x, w, mean, noise_variance, n_samples, seed = model
        x, w, mean, noise_variance = unit * x, unit * w, unit * mean, unit**2 * noise_variance
        marginal, m, variance = exact(x, w, mean, noise_variance)
        rng = np.random.default_rng(seed)
        expect(estimate(importance_log_marginal, x, m, variance, w, mean, noise_variance, n_samples, rng), marginal)


@recipe(
    {"n": 1, "k": 2, "noise_variance": 0.5, "n_samples": 3, "seed": 1},
    {"n": 4, "k": 2, "noise_variance": 2.0, "n_samples": 1, "seed": 2},
    n=st.sampled_from([1, 4]),
    k=st.integers(2, 3),
    noise_variance=NOISE,
    n_samples=st.sampled_from([1, 5, 6]),
    seed=SEEDS,
)
def side_by_side(n, k, noise_variance, n_samples, seed):
    """k models with d = q = 1 as (X, weights, noise_variance, n_samples, seed): X (n, k), weights (k,)."""
    rng = np.random.RandomState(seed)
    weights = decimals(rng.choice([-1, 1], size=k) * (0.3 + np.arange(k)) + rng.normal(size=k) * 0.1, 1)
    return decimals(rng.normal(size=(n, k)) * 3, 1), weights, noise_variance, n_samples, seed


def turned(X, weights, noise_variance, n_samples, seed):
    """What the function is called with for these models, their hidden axes turned.

    The exact posterior has the covariance of the k models, turned, which is not diagonal.
    """
    _, m, variances = exact(X, weights, 1.0, noise_variance)
    turn = rotation(len(weights))
    covariance = turn.T @ np.diag(variances) @ turn
    # Half the sum with its transpose: what is passed on is symmetric to the last bit.
    q = m @ turn, (covariance + covariance.T) / 2
    mean = np.ones(len(weights))
    return X, *q, np.diag(weights) @ turn, mean, noise_variance, n_samples, np.random.default_rng(seed)


@prop(
    points=2,
    hint="Latent variables may be correlated under q. How do you draw from N(m, S), and do you divide by the density that you draw from?",
    # The determinant of the last one's covariance is 1e-346.
    model=side_by_side.also({"n": 1, "k": 100, "noise_variance": 0.5, "n_samples": 1, "seed": 3}),
)
def several_latent_variables(importance_log_marginal, model):
    """At the exact posterior it is exact for several latent variables, too, correlated ones included."""
    X, weights, noise_variance, _, _ = model
    marginal, _, _ = exact(X, weights, 1.0, noise_variance)
    expect(importance_log_marginal(*turned(*model)), marginal.sum(axis=1))


@prop(
    points=1,
    hint="exp(−5000) is 0, and its logarithm −inf. Which value can you factor out before exp, and is it one per row?",
    model=one_by_one,
)
def far_rows(importance_log_marginal, model):
    """It stays exact for rows 0, 100 and 10,000 away from the mean, one alone or all in one call."""
    _, w, mean, noise_variance, n_samples, seed = model
    x = mean + np.array([0.0, 100.0, 10000.0])
    marginal, m, variance = exact(x, w, mean, noise_variance)
    for some in (slice(1, 2), slice(None)):
        rng = np.random.default_rng(seed)
        values = estimate(importance_log_marginal, x[some], m[some], variance, w, mean, noise_variance, n_samples, rng)
        # Terms of up to 4e8, each right to 1e-16 of itself: 1e-7 in all.
        expect(values, marginal[some], atol=1e-6)


@recipe({"seed": 1}, seed=SEEDS)
def unit_model(seed):
    """x = z + e with both variances 1, at x = 1 + mean, and a guess of twice the posterior's variance."""
    return np.array([2.0]), np.array([0.5]), 1.0, 1.0, 1.0, 1.0, seed


@prop(
    points=1,
    hint="How many z does one call draw, and does every call draw new ones?",
    cases=2,
    model=unit_model,
)
def a_single_sample_varies(importance_log_marginal, model):
    """For n_samples = 1 it is log p(x, z) − log q(z) for a single z: eighty calls differ by more than 0.4."""
    *arguments, seed = model
    rngs = [np.random.default_rng(1000 * seed + i) for i in range(80)]
    values = [estimate(importance_log_marginal, *arguments, 1, rng)[0] for rng in rngs]
    # With u standard normal the values are c - u^2 / 2, and no interval of length 0.4 holds u^2 / 2 with a probability
    # above 0.629, that of [0, 0.4]: all eighty lie in one with probability below 80 * 0.629**79 = 1e-14. The mean of 100
    # samples has the standard deviation 0.04, so that eighty of them lie within 0.2 or so.
    expect_between(np.ptp(values), 0.4, np.inf, what="largest minus smallest value")


def tolerance(relative_variance, largest, n_samples):
    """The t with P(the mean of the weights is beyond (1 -+ t) times the truth) <= 2 exp(-25) = 3e-11.

    Bernstein's inequality, for weights in [0, largest] * truth with variance relative_variance * truth^2:
    n_samples t^2 = 2 * 25 * (relative_variance + largest t / 3).
    """
    a, b = 25 * largest / (3 * n_samples), 50 * relative_variance / n_samples
    return a + np.sqrt(a * a + b)


@recipe(
    {"x": 5, "w": 10, "off": 0, "noise_variance": 4.0, "seed": 1},
    {"x": 20, "w": 15, "off": 1, "noise_variance": 0.25, "seed": 2},
    x=st.integers(-30, 30),
    w=st.integers(10, 20),
    off=st.sampled_from([-1, 0, 1]),
    noise_variance=st.sampled_from([0.25, 1.0, 4.0]),
    seed=SEEDS,
)
def near_the_posterior(x, w, off, noise_variance, seed):
    """The model with d = q = 1 and a guess near its posterior: (x, w, mean, noise_variance, off, seed)."""
    return np.array([x / 10 + 1.0]), w / 10, 1.0, noise_variance, off, seed


@prop(
    points=2,
    hint="Where does each z come from? Do you average weights or their logarithms, and is q_covariance a variance or a standard deviation?",
    cases=6,
    model=near_the_posterior,
)
def many_samples_come_close(importance_log_marginal, model):
    """With a guess twice as wide as the posterior, 3,000 samples come close to log p(x)."""
    x, w, mean, noise_variance, off, seed = model
    marginal, m, variance = exact(x, w, mean, noise_variance)
    guess, n_samples = m + 0.5 * off * np.sqrt(variance), 3000
    rng = np.random.default_rng(seed)
    value = estimate(importance_log_marginal, x, guess, 2 * variance, w, mean, noise_variance, n_samples, rng)
    # With p(z | x) = N(m, v) and q = N(m + o sqrt(v), 2v): the integral of p^2 / q is 2 / sqrt(3) exp(o^2 / 3), and p / q
    # is at most sqrt(2) exp(o^2 / 2).
    o2 = (0.5 * off) ** 2
    t = tolerance(2 / np.sqrt(3) * np.exp(o2 / 3) - 1, np.sqrt(2) * np.exp(o2 / 2), n_samples)
    # 12 cases, the unpublished ones included: a right answer fails with probability below 4e-10; t is 0.06 to 0.09.
    # Rejected for certain: a mean of logarithms (0.15 too low, at least 4 times its standard deviation beyond t).
    expect_between(value, marginal + np.log(1 - t), marginal + np.log(1 + t))


@recipe(
    {"n": 1, "small": 3, "large": 30, "first": True, "third": False, "seed": 1},
    {"n": 2, "small": 4, "large": 30, "first": False, "third": True, "seed": 2},
    {"n": 1, "small": 3, "large": 32, "first": True, "third": True, "seed": 3},
    n=st.integers(1, 2),
    small=st.integers(2, 4),
    large=st.integers(28, 35),
    first=st.booleans(),
    third=st.booleans(),
    seed=SEEDS,
)
def elongated(n, small, large, first, third, seed):
    """2 or 3 models with d = q = 1 as (X, weights, noise_variance, seed): one z is well known, another hardly at all."""
    rng = np.random.RandomState(seed)
    weights = np.array([small, large, 10] if first else [large, small, 10]) / 10
    weights = weights if third else weights[:2]
    return decimals(rng.normal(size=(n, len(weights))) * 3, 1), weights, 0.25, seed


@prop(
    points=1,
    hint="Draw 10,000 times from your guess and compare the covariance of the draws with q_covariance. On which side do you multiply by the square root of the covariance?",
    cases=3,
    model=elongated,
)
def many_correlated_samples_come_close(importance_log_marginal, model):
    """For correlated latent variables and a guess with twice the posterior's covariance, 3,000 samples come close to log p(x)."""
    X, weights, noise_variance, seed = model
    n_samples, q = 3000, len(weights)
    marginal = exact(X, weights, 1.0, noise_variance)[0].sum(axis=1)
    X, means, covariance, *others = turned(X, weights, noise_variance, n_samples, seed)
    values = importance_log_marginal(X, means, 2 * covariance, *others)
    # The integral of p^2 / q is (4/3)^(q/2), and p / q is at most 2^(q/2).
    t = tolerance((4 / 3) ** (q / 2) - 1, 2 ** (q / 2), n_samples)
    # 6 cases of 2 rows, the unpublished ones included: a right answer fails with probability below 1e-9; t is 0.08 or 0.1.
    # Rejected: draws from N(m, T) that are weighted as if they came from N(m, S), where S = 2C and C is the posterior's
    # covariance: their mean weight is 2^(q/2) / sqrt(det(1 + T C^-1 / 2)) instead of 1. With the Cholesky factor or the
    # eigenvectors on the wrong side (the latter shows for q = 3), with the standard deviations of S alone or with a root
    # of the precision it is below 0.72 in all of these models, 7 or more of its standard deviations below 1 - t.
    expect_between(values, marginal + np.log(1 - t), marginal + np.log(1 + t))


@prop(
    points=1,
    hint="Does every random number come from rng, and does a second call draw new ones?",
    model=one_by_one,
)
def draws_with_rng(importance_log_marginal, model):
    """The same state of rng gives the same estimate; a second call with the same generator gives another."""
    x, w, mean, noise_variance, n_samples, seed = model
    _, m, variance = exact(x, w, mean, noise_variance)
    # A guess that is not the posterior: there the weights would all be the same.
    arguments = (x, m + 1, 2 * variance, w, mean, noise_variance, n_samples)
    rng = np.random.default_rng(seed)
    first = estimate(importance_log_marginal, *arguments, rng)
    expect(estimate(importance_log_marginal, *arguments, np.random.default_rng(seed)), first, atol=0, rtol=0)
    expect_different(estimate(importance_log_marginal, *arguments, rng), first)


def with_some_zeros(X, q_means, q_covariance, W, mean, *others):
    """The same arguments with zeros among them, and a diagonal covariance."""
    X, q_means, W, mean = with_zeros(X, q_means, W, mean)
    return X, q_means, np.diag(np.diag(q_covariance)), W, mean, *others


leaves_the_arguments_alone = inputs_unchanged(
    "leaves_the_arguments_alone",
    "importance_log_marginal",
    points=1,
    arguments=lambda model, zeros: with_some_zeros(*turned(*model)) if zeros else turned(*model),
    hint="Does `X -= mean` or the like change the caller's X? Avoid in-place operations.",
    model=side_by_side,
    zeros=choice([True, False]),
)
