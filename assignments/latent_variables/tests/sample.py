"""Question sample: n draws of x and of the hidden z behind each."""

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

from autograder.checks.models import with_zeros

OK_FORMAT = False
name = "sample"


def build(n, d, q, noise_variance, seed):
    """(n, W, mean, noise_variance, seed), d != q (except 1 by 1)."""
    rng = np.random.RandomState(seed)
    d = d + 1 if d == q > 1 else d
    return n, decimals(rng.normal(size=(d, q)) * 2, 1), decimals(rng.normal(size=d) * 4, 1), noise_variance, seed


@recipe(
    {"n": 1, "d": 1, "q": 1, "noise_variance": 1e-6, "seed": 2},
    {"n": 1, "d": 2, "q": 1, "noise_variance": 1e-6, "seed": 3},
    {"n": 2, "d": 1, "q": 2, "noise_variance": 1e-12, "seed": 4},
    n=st.integers(1, 5),
    d=st.integers(1, 3),
    q=st.integers(1, 3),
    noise_variance=st.sampled_from([1e-6, 1e-12]),
    seed=SEEDS,
)
def almost_no_noise(n, d, q, noise_variance, seed):
    """A few draws with noise of standard deviation 0.001, or the same in units a thousand times as large."""
    n, W, mean, _, _ = build(n, d, q, noise_variance, seed)
    unit = 1.0 if noise_variance == 1e-6 else 1e-3
    return n, decimals(W * unit, 4), decimals(mean * unit, 4), noise_variance, seed


# A right answer fails in all laws of this file together with probability below 1e-6, published and unpublished cases
# (twice as many as a property says) alike.
#
# Variances are held to MANY = 20,000 draws. For a sum Q of N squared standard normals,
# P(Q/N outside [1 - 2 sqrt(t/N), 1 + 2 sqrt(t/N) + 2t/N]) <= 2 exp(-t) (Laurent & Massart, 2000); t = 20: 4e-9. At most 3
# numbers in each of 4 cases of two properties: 1e-7. A mean of N standard normals is beyond 8 / sqrt(N) with
# probability 1.3e-15.
# Rejected: a variance that is 10 % too large, a mean square of 1.1 +- 0.011, 3.1 standard deviations beyond HIGH = 1.065
# (it passes one case with probability 9e-4, four with 1e-12), or too small (4.1 below LOW = 0.937).
MANY = 20_000
LOW, HIGH = 1 - 2 * np.sqrt(20 / MANY), 1 + 2 * np.sqrt(20 / MANY) + 2 * 20 / MANY
FAR = 8 / np.sqrt(MANY)
# Correlations are held to N = 1000 draws. Given one of two series of normal numbers, or the numbers before, a sum S of
# products is a sum of independent normals with the variance V, the sum of squares of the others: P(|S| > 0.3 V, V > 650)
# <= 2 exp(-0.3**2 * 650 / 2) = 4e-13, and V < 650 has probability exp(-500 (0.65 - 1 - log 0.65)) = 3e-18. At most 51
# correlations in each of 11 cases, either way: 5e-10.
N = 1000


@recipe(
    {"d": 1, "q": 1, "noise_variance": 0.25, "seed": 1},
    {"d": 3, "q": 2, "noise_variance": 4.0, "seed": 2},
    {"d": 2, "q": 1, "noise_variance": 0.04, "seed": 3},
    {"d": 2, "q": 3, "noise_variance": 9.0, "seed": 4},
    d=st.integers(1, 3),
    q=st.integers(1, 2),
    noise_variance=st.sampled_from([0.04, 0.25, 4.0, 9.0]),
    seed=SEEDS,
)
def many(d, q, noise_variance, seed):
    """A thousand draws."""
    return build(N, d, q, noise_variance, seed)


@recipe(
    {"d": 1, "q": 1, "noise_variance": 0.25, "seed": 1},
    {"d": 2, "q": 3, "noise_variance": 4.0, "seed": 2},
    d=st.integers(1, 3),
    q=st.integers(1, 3),
    noise_variance=st.sampled_from([0.04, 0.25, 4.0, 9.0]),
    seed=SEEDS,
)
def several(d, q, noise_variance, seed):
    """Five thousand draws."""
    return build(5000, d, q, noise_variance, seed)


@recipe(
    {"d": 3, "q": 2, "noise_variance": 4.0, "seed": 2},
    {"d": 1, "q": 2, "noise_variance": 0.04, "seed": 3},
    d=st.integers(1, 3),
    q=st.integers(1, 2),
    noise_variance=st.sampled_from([0.04, 0.25, 4.0, 9.0]),
    seed=SEEDS,
)
def very_many(d, q, noise_variance, seed):
    """Twenty thousand draws."""
    return build(MANY, d, q, noise_variance, seed)


@prop(
    points=1,
    hint="Does row i of Z belong to row i of X? Without noise, what is left of x = Wz + mean + ε?",
    model=almost_no_noise,
)
def without_noise_x_is_a_linear_map_of_z(sample, model):
    """With almost no noise, x = Wz + mean for the z that is returned."""
    n, W, mean, noise_variance, seed = model
    X, Z = sample(n, W, mean, noise_variance, np.random.default_rng(seed))
    # 10 standard deviations of the noise: exceeded with probability 2e-23 per number.
    expect(X, Z @ W.T + mean, atol=10 * np.sqrt(noise_variance), rtol=0, what="X")


@prop(
    points=3,
    hint="Subtract Wz + mean from x: what is left is the noise. Is noise_variance a variance or a standard deviation?",
    cases=2,
    model=very_many,
)
def noise_has_its_variance(sample, model):
    """In every feature x − Wz − mean has mean 0 and variance noise_variance."""
    n, W, mean, noise_variance, seed = model
    X, Z = sample(n, W, mean, noise_variance, np.random.default_rng(seed))
    noise = X - Z @ W.T - mean
    expect_between(
        (noise**2).mean(axis=0), LOW * noise_variance, HIGH * noise_variance, what="mean square of X - Z W^T - mean"
    )
    expect_between(
        noise.mean(axis=0),
        -FAR * np.sqrt(noise_variance),
        FAR * np.sqrt(noise_variance),
        what="mean of X - Z W^T - mean",
    )


@prop(
    points=2,
    hint="Every example has its own z from N(0, I). What are the mean and the variance of each entry?",
    cases=2,
    model=very_many,
)
def hidden_numbers_are_standard_normal(sample, model):
    """Each entry of z has mean 0 and variance 1."""
    n, W, mean, noise_variance, seed = model
    _, Z = sample(n, W, mean, noise_variance, np.random.default_rng(seed))
    expect_between((Z**2).mean(axis=0), LOW, HIGH, what="mean square of Z")
    expect_between(Z.mean(axis=0), -FAR, FAR, what="mean of Z")


@prop(
    points=2,
    hint="How many random numbers do you draw for the z and the noise of n examples, and do you use each of them once and as it is?",
    cases=8,
    model=many,
)
def examples_are_independent(sample, model):
    """Every example has a z and noise of its own: their entries are uncorrelated, and none is repeated in another example."""
    n, W, mean, noise_variance, seed = model
    X, Z = sample(n, W, mean, noise_variance, np.random.default_rng(seed))
    noise = (X - Z @ W.T - mean) / np.sqrt(noise_variance)
    drawn = np.column_stack([Z, noise])
    lengths = np.sqrt((drawn**2).sum(axis=0))
    drawn_1 = drawn / np.where(lengths > 0, lengths, 1)
    same = drawn_1.T @ drawn_1
    np.fill_diagonal(same, 0)
    expect_between(same, -0.3, 0.3, what="correlations of the columns of Z and of the noise")
    after = drawn_1[1:].T @ drawn_1[:-1]
    expect_between(after, -0.3, 0.3, what="correlations of the columns of Z and of the noise with the row before")
    # Two of 1000 independent numbers agree to 9 digits, their signs left out, with probability 5e-4: ten pairs never do.
    # Rejected for certain: a z or noise that serves several examples, in whatever order, or comes again with another sign.
    different = [len(set(np.round(np.abs(column), 9).tolist())) for column in drawn.T]
    expect_between(
        different, N - 10, N, what="how many different absolute values each column of Z and of the noise has"
    )
    # The mean of independent draws is near 0, not 0: nearer than 1e-13 with probability 1e-13 * sqrt(2 N / pi) = 3e-12.
    # Rejected: z or noise that was centred over the sample, whose mean is 1e-16 or so.
    means = np.abs(drawn.mean(axis=0))
    expect_between(means, 1e-13, np.inf, what="absolute means of the columns of Z and of the noise")


@prop(
    points=1,
    hint="Does every random number come from rng? np.random.normal and np.random.seed do not use it.",
    model=almost_no_noise,
)
def same_state_same_examples(sample, model):
    """Two generators in the same state give the same examples."""
    n, W, mean, noise_variance, seed = model
    X, Z = sample(n, W, mean, noise_variance, np.random.default_rng(seed))
    X_again, Z_again = sample(n, W, mean, noise_variance, np.random.default_rng(seed))
    expect(X_again, X, atol=0, rtol=0, what="X")
    expect(Z_again, Z, atol=0, rtol=0, what="Z")


@prop(
    points=1,
    hint="Do you create a generator of your own, or set a seed? What does every call return then?",
    model=almost_no_noise,
)
def goes_on_where_rng_stands(sample, model):
    """A second call with the same generator gives other examples."""
    n, W, mean, noise_variance, seed = model
    rng = np.random.default_rng(seed)
    X, Z = sample(n, W, mean, noise_variance, rng)
    X_next, Z_next = sample(n, W, mean, noise_variance, rng)
    expect_different(Z_next, Z)
    expect_different(X_next - Z_next @ W.T, X - Z @ W.T)


def called_with(n, W, mean, noise_variance, seed, zeros):
    """The arguments of one call; with zeros in W and in the mean."""
    W, mean = with_zeros(W, mean) if zeros else (W, mean)
    return n, W, mean, noise_variance, np.random.default_rng(seed)


leaves_the_model_alone = inputs_unchanged(
    "leaves_the_model_alone",
    "sample",
    points=1,
    arguments=lambda model, zeros: called_with(*model, zeros),
    hint="W and mean belong to the caller. Do you write into them?",
    model=almost_no_noise,
    zeros=choice([True, False]),
)
