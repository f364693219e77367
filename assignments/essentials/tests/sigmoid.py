"""Question sigmoid: 1 / (1 + exp(-z)), exact to 1e-12 for every z."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import (
    SEEDS,
    arrays,
    choice,
    decimals,
    expect,
    expect_between,
    inputs_unchanged,
    prop,
    recipe,
)

OK_FORMAT = False
name = "sigmoid"

# Where naive formulas break: exp overflows beyond 709, 1 + exp(-z) rounds to 1 beyond 36.7.
LARGE = [37.0, -37.0, 36.0, -36.0, 710.0, -710.0, 745.0, -745.0, 1000.0, -1000.0, 1e308, -1e308, np.inf, -np.inf]
extremes = choice([np.array(z) for z in LARGE] + [np.array([1000.0, -1000.0]), np.array([[-np.inf, 36.0, np.inf]])])


@recipe(n=st.integers(1, 5), seed=SEEDS)
def scores(n, seed):
    """Two arrays of scores, one for each class."""
    rng = np.random.RandomState(seed)
    return decimals(rng.uniform(-6, 6, size=n), 1), decimals(rng.uniform(-6, 6, size=n), 1)


@prop(points=1.5, hint="sigmoid(z) is a probability. What does your code compute when exp overflows?", z=extremes)
def stays_between_0_and_1(sigmoid, z):
    """0 ≤ sigmoid(z) ≤ 1, however large z is."""
    expect_between(sigmoid(z), 0, 1)


@prop(
    points=3,
    hint="For which sign of z does exp(−z) become huge? Is there a form that only needs exp(−|z|)?",
    z=extremes,
)
def reaches_its_limits(sigmoid, z):
    """For |z| ≥ 36, sigmoid(z) is 1 (right) or 0 (left), to 1e-12."""
    # sigmoid(-36) = 2.3e-16: the limit is the exact value, up to the accuracy that is asked for.
    expect(sigmoid(z), (z > 0).astype(float), atol=1e-12, rtol=0)


@prop(points=1.5, hint="P(Y = 1) and P(Y = 0) are sigmoid(z) and sigmoid(−z). What must they add up to?", z=arrays())
def two_classes_share_the_probability(sigmoid, z):
    """sigmoid(z) + sigmoid(−z) = 1."""
    # Two values, each allowed to be 1e-12 off.
    expect(sigmoid(z) + sigmoid(-z), np.ones(np.shape(z)), atol=2e-12, rtol=0)


@prop(
    points=3,
    hint="Divide numerator and denominator of e^a/(e^a + e^b) by e^a. Do you get 1/(1 + e^(b−a))?",
    scores=scores,
)
def weighs_two_scores(sigmoid, scores):
    """sigmoid(a − b) = e^a/(e^a + e^b): a softmax over two scores."""
    a, b = scores
    # a - b is off by 1e-15 at most, and the slope of the sigmoid is at most 1/4.
    expect(sigmoid(a - b), np.exp(a) / (np.exp(a) + np.exp(b)), atol=1e-12, rtol=0)


@prop(
    points=1.5,
    hint="Each element of the result depends on the same element of z only. Does your code work for any number of axes?",
    z=arrays(dimensions=(1, 2)),
)
def works_element_by_element(sigmoid, z):
    """sigmoid works elementwise."""
    corner = np.array(z[(0,) * z.ndim])
    expect(sigmoid(corner), sigmoid(z)[(0,) * z.ndim], atol=2e-12, rtol=0)
    expect(sigmoid(z.T), sigmoid(z).T, atol=2e-12, rtol=0)


@recipe(
    {"n": 2, "far": True, "seed": 1},
    {"n": 1, "far": False, "seed": 2},
    n=st.integers(1, 3),
    far=st.booleans(),
    seed=SEEDS,
)
def near_and_far(n, far, seed):
    """An array with both signs; ``far``: what one might repair in place, 0, ±inf and |z| so large that exp overflows."""
    z = decimals(np.random.RandomState(seed).uniform(1, 9, size=n), 1) * (200 if far else 1)
    return np.concatenate([z, -z, [0.0, np.inf, -np.inf]] if far else [z, -z])


leaves_z_alone = inputs_unchanged("leaves_z_alone", "sigmoid", points=1.5, z=near_and_far)
