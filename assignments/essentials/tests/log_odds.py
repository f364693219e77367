"""Question log_odds: log(p / (1 - p)), the inverse of the sigmoid, with its two infinite ends."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "log_odds"

ENDS = [
    (np.array(0.0), np.array(-np.inf)),
    (np.array(1.0), np.array(np.inf)),
    (np.array([0.0]), np.array([-np.inf])),
    (np.array([1.0]), np.array([np.inf])),
    (np.array([0.0, 0.5, 1.0]), np.array([-np.inf, 0.0, np.inf])),
    (np.array([[1.0, 0.0]]), np.array([[np.inf, -np.inf]])),
]


@recipe({"ndim": 0, "size": 1, "seed": 0}, ndim=st.integers(0, 2), size=st.integers(1, 4), seed=SEEDS)
def counts(ndim, size, seed):
    """Arrays of wins and losses, whole numbers from 1 to 30."""
    rng = np.random.RandomState(seed)
    shape = tuple(size + i for i in range(ndim))
    return np.asarray(rng.randint(1, 31, size=shape), dtype=float), np.asarray(
        rng.randint(1, 31, size=shape), dtype=float
    )


def probabilities(dimensions=(0, 1, 2)):
    """Probabilities k/64 with 0 < k < 64, so that 1 - p is exact."""

    @recipe(ndim=st.sampled_from(dimensions), size=st.integers(1, 4), seed=SEEDS)
    def build(ndim, size, seed):
        rng = np.random.RandomState(seed)
        return np.asarray(rng.randint(1, 64, size=tuple(size + i for i in range(ndim))) / 64)

    return build


@recipe(
    {"n": 1, "deep": False, "seed": 0},
    {"n": 1, "deep": True, "seed": 0},
    n=st.integers(1, 5),
    deep=st.booleans(),
    seed=SEEDS,
)
def wide(n, deep, seed):
    """Log-odds between -15 and 15; ``deep``: between -600 and -30, where p is tiny and 2 p - 1 has rounded to -1."""
    uniform = np.random.RandomState(seed).uniform
    return decimals(uniform(-600, -30, size=n) if deep else uniform(-15, 15, size=n), 1)


# What one might repair in place: the ends, what is close to them, and what is on either side of 1/2.
REPAIRED = [
    np.array(0.0),
    np.array(1.0),
    np.array([0.25, 0.75]),
    np.array([0.0, 0.5, 1.0]),
    np.array([[1.0, 0.0], [1e-20, 1 - 1e-13], [0.1, 0.9]]),
]


@prop(points=1.5, hint="What are the odds of an impossible event, and what is the logarithm of that?", case=choice(ENDS))
def certainty_is_infinite(log_odds, case):
    """log_odds(0) = −inf and log_odds(1) = +inf."""
    p, expected = case
    expect(log_odds(p), expected, atol=1e-12)


@prop(points=1, hint="The odds are p/(1 − p). Which logarithm does the question ask for?", counts=counts)
def takes_the_logarithm_of_the_odds(log_odds, counts):
    """k wins and m losses, p = k/(k + m), have the log-odds log(k/m)."""
    k, m = counts
    # p is rounded (1e-16), and the slope of the log-odds is 1 / (p (1 - p)), here below 32.
    expect(log_odds(k / (k + m)), np.log(k / m), atol=1e-12)


@prop(points=15, hint="Insert p = σ(z) into log(p/(1 − p)) and simplify. What is left?", z=wide)
def undoes_the_sigmoid(log_odds, z):
    """log_odds(σ(z)) = z for z = θᵀx: the lecture's identity."""
    # 1 - p has lost 1e-16 of some 3e-7 at z = 15, whatever formula is used. A tiny p is exact to 1e-16 of itself.
    expect(log_odds(1 / (1 + np.exp(-z))), z, atol=1e-8)


@prop(
    points=0.5,
    hint="What are the odds of the other class? What does the logarithm turn a reciprocal into?",
    p=probabilities(),
)
def the_other_class_has_the_opposite(log_odds, p):
    """log_odds(1 − p) = −log_odds(p)."""
    expect(log_odds(1 - p), -log_odds(p), atol=1e-12)


@prop(
    points=0.5,
    hint="Each element of the result depends on the same element of p only. Does your code work for any number of axes?",
    p=probabilities(dimensions=(1, 2)),
)
def works_element_by_element(log_odds, p):
    """log_odds works elementwise."""
    corner = np.array(p[(0,) * p.ndim])
    expect(log_odds(corner), log_odds(p)[(0,) * p.ndim], atol=1e-12)
    expect(log_odds(p.T), log_odds(p).T, atol=1e-12)


leaves_p_alone = inputs_unchanged("leaves_p_alone", "log_odds", points=0.5, p=choice(REPAIRED))
