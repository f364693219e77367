"""Question log_joint: log p(x, z) = log p(z) + log p(x given z)."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, decimals, expect, expect_inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "log_joint"

NOISE = st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0])


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
    d = d + 1 if d == q > 1 else d
    while n > 1 and n in (d, q):
        n += 1
    E, Z = decimals(rng.normal(size=(n, d)) * size, 1), decimals(rng.normal(size=(n, q)) * 2, 1)
    return E, Z, decimals(rng.normal(size=(d, q)) * 2, 1), decimals(rng.normal(size=d) * 3, 1), noise_variance


# Sums of at most a dozen squares, each good to some 1e-15 of itself: the default tolerance of 1e-9, relative and
# absolute, admits any order of summation and any expanded square.


@prop(
    points=3,
    hint="Here both exponents are 0. What is the logarithm of 1 / sqrt(2 pi variance), and how many such factors are there?",
    model=model,
)
def height_of_the_summit(log_joint, model):
    """At z = 0, x = mean it is -q/2 log(2 pi) - d/2 log(2 pi noise_variance)."""
    E, Z, W, mean, noise_variance = model
    n, d, q = len(E), len(mean), Z.shape[1]
    value = -0.5 * (q * np.log(2 * np.pi) + d * np.log(2 * np.pi * noise_variance))
    expect(log_joint(np.tile(mean, (n, 1)), np.zeros((n, q)), W, mean, noise_variance), np.full(n, value))


@prop(
    points=3,
    hint="Only log p(x given z) changes here. Take the logarithm of the Gaussian formula before you compute: exp(-1000) is 0.",
    model=model,
)
def falls_with_the_distance_of_x(log_joint, model):
    """When x moves away from W z + mean by e, it falls by |e|^2 / (2 noise_variance)."""
    E, Z, W, mean, noise_variance = model
    centre = Z @ W.T + mean
    fall = log_joint(centre, Z, W, mean, noise_variance) - log_joint(centre + E, Z, W, mean, noise_variance)
    expect(fall, (E**2).sum(axis=1) / (2 * noise_variance))


@prop(
    points=3,
    hint="x follows z here, so p(x given z) stays as it is. Which factor of p(x, z) is left, and what is its variance?",
    model=model,
)
def falls_with_the_size_of_z(log_joint, model):
    """When z moves away from 0 and x = W z + mean follows, it falls by |z|^2 / 2."""
    E, Z, W, mean, noise_variance = model
    start = log_joint(np.tile(mean, (len(Z), 1)), np.zeros_like(Z), W, mean, noise_variance)
    end = log_joint(Z @ W.T + mean, Z, W, mean, noise_variance)
    expect(start - end, (Z**2).sum(axis=1) / 2)


@prop(
    points=2,
    hint="Row i of the result depends on row i of X and row i of Z, and on no other row.",
    model=model,
)
def rows_are_on_their_own(log_joint, model):
    """The first row's value is the same without the others; reversed rows give reversed values."""
    E, Z, W, mean, noise_variance = model
    X = E + mean
    values = log_joint(X, Z, W, mean, noise_variance)
    expect(log_joint(X[:1], Z[:1], W, mean, noise_variance), values[:1])
    expect(log_joint(X[::-1], Z[::-1], W, mean, noise_variance), values[::-1])


@prop(
    points=1,
    hint="x counts only as its distance from W z + mean. Where does the mean enter your formula?",
    model=model,
)
def moves_with_the_data(log_joint, model):
    """Adding the same vector to every x and to the mean changes nothing."""
    E, Z, W, mean, noise_variance = model
    by = np.arange(1.0, len(mean) + 1)
    # E reaches 1000 standard deviations: the terms are of size 1e7, and so is the rounding that is relative to them.
    expect(log_joint(E + by, Z, W, by, noise_variance), log_joint(E, Z, W, 0 * by, noise_variance))


@prop(
    points=1,
    hint="p(z) only knows the length of z, and p(x given z) only knows W z: does turning both leave your formula as it is?",
    model=model,
)
def hidden_axes_have_no_names(log_joint, model):
    """Turning z and the columns of W by the same rotation changes nothing."""
    E, Z, W, mean, noise_variance = model
    turn = rotation(Z.shape[1])
    expect(log_joint(E, Z @ turn, W @ turn, mean, noise_variance), log_joint(E, Z, W, mean, noise_variance))


def rotation(q):
    """A rotation of the first two axes whose entries are short decimals; a flip where there is one axis."""
    turn = np.eye(q)
    if q == 1:
        return -turn
    turn[:2, :2] = [[0.6, -0.8], [0.8, 0.6]]
    return turn


@prop(points=1, hint="Write results to new arrays: `X -= mean` changes the caller's X.", model=model)
def leaves_the_arguments_alone(log_joint, model):
    """The arguments are as they were before the call."""
    E, Z, W, mean, noise_variance = model
    expect_inputs_unchanged(log_joint, E, Z, W, mean, noise_variance)
