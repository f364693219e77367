"""Question sample: n draws of x and of the hidden z behind each."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import (
    SEEDS,
    decimals,
    expect,
    expect_between,
    expect_different,
    inputs_unchanged,
    prop,
    recipe,
)

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
    {"n": 2, "d": 1, "q": 2, "noise_variance": 1e-6, "seed": 4},
    n=st.integers(1, 5),
    d=st.integers(1, 3),
    q=st.integers(1, 3),
    noise_variance=st.just(1e-6),
    seed=SEEDS,
)
def almost_no_noise(n, d, q, noise_variance, seed):
    """A few draws with noise of standard deviation 0.001."""
    return build(n, d, q, noise_variance, seed)


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
# Correlations are held to N = 1000 draws: one of N independent pairs is beyond 0.25 with probability at most
# 2 exp(-(N - 1) * 0.25**2 / 2) = 6e-14. Those of the noise with the noise 1 to 500 examples later: two sets of 250 and
# more independent pairs each, beyond 0.8 with probability below 1e-20 (their density is that of (1 - r^2)^124).
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
    expect(X, Z @ W.T + mean, atol=1e-2, rtol=0, what="X")


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
    """Each entry of z has mean 0 and variance 1, and is uncorrelated with the others."""
    n, W, mean, noise_variance, seed = model
    _, Z = sample(n, W, mean, noise_variance, np.random.default_rng(seed))
    expect_between((Z**2).mean(axis=0), LOW, HIGH, what="mean square of Z")
    expect_between(Z.mean(axis=0), -FAR, FAR, what="mean of Z")
    for k in range(1, Z.shape[1]):
        expect_between(correlation(Z[:, k], Z[:, k - 1]), -0.25, 0.25, what="correlation of two columns of Z")


def correlation(a, b):
    """Correlation of two columns with mean 0; 0 if one of them is all 0."""
    size = np.sqrt((a @ a) * (b @ b))
    return a @ b / size if size else 0.0


@prop(
    points=2,
    hint="How many random numbers do you draw for the noise of n examples with d features each?",
    cases=8,
    model=many,
)
def noise_is_independent(sample, model):
    """The noise is uncorrelated with z, between features, and between examples."""
    n, W, mean, noise_variance, seed = model
    X, Z = sample(n, W, mean, noise_variance, np.random.default_rng(seed))
    noise = X - Z @ W.T - mean
    expect_between(
        correlation(noise[1:, 0], noise[:-1, 0]), -0.25, 0.25, what="correlation of the noise of neighbouring rows"
    )
    expect_between(correlation(noise[:, 0], Z[:, 0]), -0.25, 0.25, what="correlation of the noise with Z")
    for j in range(1, noise.shape[1]):
        expect_between(
            correlation(noise[:, j], noise[:, j - 1]), -0.25, 0.25, what="correlation of the noise of two features"
        )
    # Rejected for certain: noise, or examples, that come again after up to 500 others.
    later = [correlation(noise[lag:, 0], noise[:-lag, 0]) for lag in range(1, 501)]
    expect_between(later, -0.8, 0.8, what="correlation of the noise with that 1, 2, ... examples later")


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


leaves_the_model_alone = inputs_unchanged(
    "leaves_the_model_alone",
    "sample",
    points=1,
    arguments=lambda model: (*model[:-1], np.random.default_rng(model[-1])),
    hint="W and mean belong to the caller. Do you write into them?",
    model=almost_no_noise,
)
