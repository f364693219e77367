"""Question monte_carlo_log_marginal: log of the mean of p(x | z_s) over draws z_s from the prior."""

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

from autograder.checks.models import NOISE, different_sides, log_normal, with_zeros

OK_FORMAT = False
name = "monte_carlo_log_marginal"


@recipe(
    {"n": 1, "d": 1, "q": 1, "noise_variance": 0.25, "n_samples": 1, "seed": 1},
    {"n": 1, "d": 1, "q": 2, "noise_variance": 4.0, "n_samples": 3, "seed": 2},
    n=st.integers(1, 3),
    d=st.integers(1, 3),
    q=st.integers(1, 3),
    noise_variance=NOISE,
    n_samples=st.integers(1, 7),
    seed=SEEDS,
)
def model(n, d, q, noise_variance, n_samples, seed):
    """(X, W, mean, noise_variance, n_samples, seed); sides differ, so that a transposed answer shows."""
    rng = np.random.RandomState(seed)
    n, d = different_sides(n, d, q)
    X, W = decimals(rng.normal(size=(n, d)) * 3, 1), decimals(rng.normal(size=(d, q)) + 0.5, 1)
    return X, W, decimals(rng.normal(size=d) * 3, 1), noise_variance, n_samples, seed


@prop(
    points=1,
    hint="With W = 0 every p(x | z_s) is the same number. What is the mean of S equal numbers?",
    model=model,
)
def equal_terms_have_an_exact_mean(monte_carlo_log_marginal, model):
    """For W = 0 it is exactly log N(x; mean, noise_variance I), whatever is drawn."""
    # In small units, too, where noise_variance is 1e-12 of what it was.
    for unit in (1.0, 1e-6):
        X, W, mean, noise_variance, n_samples, seed = model
        X, W, mean, noise_variance = unit * X, np.zeros_like(W), unit * mean, unit**2 * noise_variance
        values = monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, np.random.default_rng(seed))
        expect(values, log_normal(X, mean, noise_variance).sum(axis=1))


@prop(
    points=2,
    hint="exp(−5000) is 0, and its logarithm −inf. Which value can you factor out before exp, and is it one per row?",
    model=model,
)
def far_rows(monte_carlo_log_marginal, model):
    """It stays exact for rows 0, 100 and 10,000 away from the mean, all in one call."""
    _, W, mean, noise_variance, n_samples, seed = model
    X = mean + np.array([[0.0], [100.0], [10000.0]])
    values = monte_carlo_log_marginal(X, np.zeros_like(W), mean, noise_variance, n_samples, np.random.default_rng(seed))
    expect(values, log_normal(X, mean, noise_variance).sum(axis=1))


@prop(
    points=1,
    hint="Does every random number come from rng? np.random.normal and np.random.seed do not use it.",
    model=model,
)
def same_state_same_estimate(monte_carlo_log_marginal, model):
    """Two generators in the same state give the same estimate."""
    X, W, mean, noise_variance, n_samples, seed = model
    values = monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, np.random.default_rng(seed))
    again = monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, np.random.default_rng(seed))
    expect(again, values, atol=0, rtol=0)


@recipe({"seed": 1}, seed=SEEDS)
def unit_model(seed):
    """x = z + e with both variances 1, at x = 0."""
    return np.zeros((1, 1)), np.ones((1, 1)), np.zeros(1), 1.0, seed


@prop(
    points=1,
    hint="How many z does one call draw, and does every call draw new ones?",
    cases=2,
    model=unit_model,
)
def a_single_sample_varies(monte_carlo_log_marginal, model):
    """For n_samples = 1 it is log p(x | z) for a single z: sixty calls differ by more than 0.4, and for n_samples = 2, too."""
    X, W, mean, noise_variance, seed = model
    rngs = [np.random.default_rng(1000 * seed + i) for i in range(60)]
    for n_samples in (1, 2):
        values = [monte_carlo_log_marginal(X, W, mean, noise_variance, n_samples, rng)[0] for rng in rngs]
        expect_between(np.ptp(values), 0.4, np.inf, what="largest minus smallest value")
    # The values are c - z^2 / 2, and no interval of length 0.4 holds z^2 / 2 with a probability above 0.629, that of
    # [0, 0.4]: all sixty lie in one with probability below 60 * 0.629**59 = 8e-11. The mean of 100 samples has the
    # standard deviation 0.04, so that sixty of them lie within 0.2 or so. For n_samples = 2 no
    # such interval has a probability above 0.6, and it is 0.629 again for a pair of z and -z. Standardised draws are 1 and
    # -1 then, and all calls give the same.


@recipe(
    {"x": 0, "w": 10, "noise_variance": 0.5, "seed": 1},
    {"x": 20, "w": 15, "noise_variance": 0.5, "seed": 2},
    x=st.integers(-30, 30),
    w=st.integers(10, 20),
    noise_variance=st.sampled_from([0.5, 1.0]),
    seed=SEEDS,
)
def one_by_one(x, w, noise_variance, seed):
    """The model with d = q = 1 as (x, w, mean, noise_variance, seed)."""
    return x / 10 + 1.0, w / 10, 1.0, noise_variance, seed


def tolerance(relative_variance, largest, n_samples):
    """The t with P(the mean of the draws is beyond (1 -+ t) times the truth) <= 2 exp(-25) = 3e-11.

    Bernstein's inequality, for terms in [0, largest] * truth with variance relative_variance * truth^2:
    n_samples t^2 = 2 * 25 * (relative_variance + largest t / 3).
    """
    a, b = 25 * largest / (3 * n_samples), 50 * relative_variance / n_samples
    return a + np.sqrt(a * a + b)


@prop(
    points=3,
    hint="Where does each z come from? Do you average densities or their logarithms, and when do you take the logarithm?",
    cases=6,
    model=one_by_one,
)
def many_samples_come_close(monte_carlo_log_marginal, model):
    """For d = q = 1 and 3,000 samples it is close to log N(x; mean, w² + noise_variance)."""
    x, w, mean, noise_variance, seed = model
    X, W, n_samples = np.array([[x]]), np.array([[w]]), 3000
    value = monte_carlo_log_marginal(X, W, np.array([mean]), noise_variance, n_samples, np.random.default_rng(seed))
    truth = log_normal(x, mean, w * w + noise_variance)
    # p(x | z)^2 = N(x; wz + mean, noise_variance / 2) / sqrt(4 pi noise_variance): so its mean is known, too.
    square = log_normal(x, mean, w * w + noise_variance / 2) - 0.5 * np.log(4 * np.pi * noise_variance)
    largest = log_normal(0, 0, noise_variance) - truth
    t = tolerance(np.exp(square - 2 * truth) - 1, np.exp(largest), n_samples)
    # At most 6 cases: a right answer fails with probability below 2e-10.
    expect_between(value, truth + np.log(1 - t), truth + np.log(1 + t))


def called_with(X, W, mean, noise_variance, n_samples, seed, zeros):
    """The arguments of one call; with zeros in X, W and the mean."""
    X, W, mean = with_zeros(X, W, mean) if zeros else (X, W, mean)
    return X, W, mean, noise_variance, n_samples, np.random.default_rng(seed)


leaves_the_arguments_alone = inputs_unchanged(
    "leaves_the_arguments_alone",
    "monte_carlo_log_marginal",
    points=1,
    arguments=lambda model, zeros: called_with(*model, zeros),
    hint="Does `X -= mean` or the like change the caller's X? Avoid in-place operations.",
    model=model,
    zeros=choice([True, False]),
)


@prop(
    points=1,
    hint="Does your estimate depend on rng at all?",
    model=model,
)
def another_state_another_estimate(monte_carlo_log_marginal, model):
    """A second call with the same generator gives another estimate."""
    X, W, mean, noise_variance, n_samples, seed = model
    rng = np.random.default_rng(seed)
    # A weight of 0 would make the estimate exact, and so the same.
    loud = np.where(W == 0, 1.0, W)
    values = monte_carlo_log_marginal(X, loud, mean, noise_variance, n_samples, rng)
    expect_different(monte_carlo_log_marginal(X, loud, mean, noise_variance, n_samples, rng), values)
