"""Question log_joint: log p(x, z) = log p(z) + log p(x | z)."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

from autograder.checks.models import NOISE, different_sides, rotation, with_zeros

OK_FORMAT = False
name = "log_joint"


@recipe(
    {"n": 1, "d": 1, "q": 1, "noise_variance": 0.25, "size": 1, "seed": 2},
    {"n": 1, "d": 2, "q": 1, "noise_variance": 4.0, "size": 1, "seed": 3},
    {"n": 1, "d": 1, "q": 2, "noise_variance": 2.0, "size": 1, "seed": 4},
    {"n": 2, "d": 3, "q": 1, "noise_variance": 0.5, "size": 100, "seed": 5},
    n=st.integers(1, 4),
    d=st.integers(1, 4),
    q=st.integers(1, 3),
    noise_variance=NOISE,
    size=st.sampled_from([1, 1, 10, 1000]),
    seed=SEEDS,
)
def model(n, d, q, noise_variance, size, seed):
    """(E, Z, W, mean, noise_variance): errors E (n, d) of the stated size, and the rest of what makes X."""
    rng = np.random.RandomState(seed)
    n, d = different_sides(n, d, q)
    E, Z = decimals(rng.normal(size=(n, d)) * size, 1), decimals(rng.normal(size=(n, q)) * 2, 1)
    return E, Z, decimals(rng.normal(size=(d, q)) * 2, 1), decimals(rng.normal(size=d) * 3, 1), noise_variance


# Sums of at most a dozen squares, each good to some 1e-15 of itself: the default tolerance of 1e-9, relative and
# absolute, admits any order of summation and any expanded square.


@prop(
    points=3,
    hint="Both exponents are 0 here. What is the logarithm of 1/√(2π · variance), and how many such factors are there?",
    model=model,
)
def value_at_the_mode(log_joint, model):
    """At z = 0, x = mean it is −(q/2) log(2π) − (d/2) log(2π · noise_variance)."""
    E, Z, W, mean, noise_variance = model
    n, d, q = len(E), len(mean), Z.shape[1]
    value = -0.5 * (q * np.log(2 * np.pi) + d * np.log(2 * np.pi * noise_variance))
    expect(log_joint(np.tile(mean, (n, 1)), np.zeros((n, q)), W, mean, noise_variance), np.full(n, value))


@prop(
    points=2,
    hint="Only log p(x | z) changes here. Do you take the logarithm of the Gaussian on paper, or of a density that underflows?",
    model=model,
)
def falls_with_the_distance_of_x(log_joint, model):
    """When x moves away from Wz + mean by e, it decreases by |e|²/(2 · noise_variance)."""
    E, Z, W, mean, noise_variance = model
    centre = Z @ W.T + mean
    fall = log_joint(centre, Z, W, mean, noise_variance) - log_joint(centre + E, Z, W, mean, noise_variance)
    expect(fall, (E**2).sum(axis=1) / (2 * noise_variance))


@prop(
    points=2,
    hint="x follows z here, so p(x | z) does not change. Which factor of p(x, z) is left, and what is its variance?",
    model=model,
)
def falls_with_the_size_of_z(log_joint, model):
    """When z moves away from 0 and x = Wz + mean follows, it decreases by |z|²/2."""
    E, Z, W, mean, noise_variance = model
    start = log_joint(np.tile(mean, (len(Z), 1)), np.zeros_like(Z), W, mean, noise_variance)
    end = log_joint(Z @ W.T + mean, Z, W, mean, noise_variance)
    expect(start - end, (Z**2).sum(axis=1) / 2)


@prop(
    points=2,
    hint="Row i of the result depends on row i of X and row i of Z. Does it depend on any other row?",
    model=model,
)
def each_row_stands_for_itself(log_joint, model):
    """Each value depends on its own row only."""
    E, Z, W, mean, noise_variance = model
    X = E + mean
    values = log_joint(X, Z, W, mean, noise_variance)
    expect(log_joint(X[:1], Z[:1], W, mean, noise_variance), values[:1])
    expect(log_joint(X[::-1], Z[::-1], W, mean, noise_variance), values[::-1])


@prop(
    points=1,
    hint="x enters only through its distance from Wz + mean. Where does the mean enter your formula? Do you keep noise_variance from being small, or add something to it?",
    model=model,
)
def moves_with_the_data(log_joint, model):
    """Adding the same vector to every x and to the mean changes nothing; in units 10⁴ times as large, d log 10⁴ is added."""
    E, Z, W, mean, noise_variance = model
    by = np.arange(1.0, len(mean) + 1)
    # E reaches 1000 standard deviations: the terms are of size 1e7, and so is the rounding that is relative to them.
    values = log_joint(E, Z, W, 0 * by, noise_variance)
    expect(log_joint(E + by, Z, W, by, noise_variance), values)
    # noise_variance is 1e-8 of what it was, down to 2.5e-9. The joint covariance of z and x has that condition number then,
    # and an answer by way of its eigenvalues, right to 1e-16 of the largest, is good to 1e-7 of its terms.
    unit = 1e-4
    in_units = log_joint(E * unit, Z, W * unit, 0 * by, noise_variance * unit**2)
    expect(in_units, values - len(mean) * np.log(unit), atol=1e-5, rtol=1e-5)


@prop(
    points=1,
    hint="p(z) depends on the length of z only, and p(x | z) on Wz only. Does rotating both leave your formula unchanged?",
    model=model,
)
def rotating_the_latent_space_changes_nothing(log_joint, model):
    """Rotating z and the columns of W alike changes nothing."""
    E, Z, W, mean, noise_variance = model
    turn = rotation(Z.shape[1])
    expect(log_joint(E, Z @ turn, W @ turn, mean, noise_variance), log_joint(E, Z, W, mean, noise_variance))


leaves_the_arguments_alone = inputs_unchanged(
    "leaves_the_arguments_alone",
    "log_joint",
    points=1,
    arguments=lambda model, zeros: (*(with_zeros(*model[:-1]) if zeros else model[:-1]), model[-1]),
    hint="Does `X -= mean` or the like change the caller's X? Avoid in-place operations.",
    model=model,
    zeros=choice([True, False]),
)
