"""Question fit: the MAP estimate by any method, judged by what makes it one: the gradient is zero there."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, decimals, expect, expect_between, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "fit"

SMALL = 1e-4
"""The largest component of the gradient that the question allows."""


def standardised(rng, n, d):
    """n draws of d features with mean 0 and standard deviation 1 in each column, as exactly as floats can.

    An answer that standardises once more is right, so rounded columns would not do. Whole numbers, one square root and
    one division give the same bits on every machine.
    """
    X = np.round(rng.normal(size=(n, d)) * 100).astype(np.int64)
    centred = n * X - X.sum(axis=0)
    return centred / np.sqrt((centred**2).sum(axis=0) / n)


# kind 0: noisy labels of both classes; 1: a line separates them; 3: the first feature says nothing. Labels of one class
# would say nothing: standardised features sum to 0, so θ = 0 is the maximum, and some solvers refuse them.
@recipe(
    {"n": 3, "d": 1, "kind": 0, "seed": 0},
    {"n": 4, "d": 2, "kind": 3, "seed": 0},
    {"n": 4, "d": 1, "kind": 1, "seed": 1},
    # Methods that ignore how the log-posterior curves, or how its weights curve together, are slow here.
    {"n": 8, "d": 3, "kind": 0, "seed": 5286},
    {"n": 9, "d": 2, "kind": 1, "seed": 5386},
    n=st.integers(3, 9),
    d=st.integers(1, 3),
    kind=st.integers(0, 1),
    seed=SEEDS,
)
def training_data(n, d, kind, seed):
    """``(X, y, prior_precision)``: standardised X (n, d), labels y, a precision from 0.2 to 10."""
    if kind == 3:  # its component of the gradient is 0 from the start
        X = np.array([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]])
        return X, (X[:, 1] > 0).astype(np.int64), 1.0
    rng = np.random.RandomState(seed)
    d = d + 1 if n == d else d
    X = standardised(rng, n, d)
    y = (X[:, 0] > 0 if kind else rng.uniform(size=n) < 0.5).astype(np.int64)
    y[0] = 1 - y[1] if y.min() == y.max() else y[0]
    return X, y, [0.2, 0.5, 1.0, 3.0, 10.0][seed % 5]


# With the last two, a step of the gradient over the precision, halved while it overshoots, goes to and fro for long.
@recipe(
    {"n": 60, "precision": 1.0, "seed": 1},
    {"n": 60, "precision": 0.001, "seed": 2},
    {"n": 300, "precision": 1.0, "seed": 3},
    {"n": 300, "precision": 1.0, "seed": 4},
    {"n": 60, "precision": 1.0, "seed": 373},
    {"n": 60, "precision": 1.0, "seed": 9970},
    n=st.sampled_from([60, 300]),
    precision=st.just(1.0),
    seed=SEEDS,
)
def larger_training_data(n, precision, seed):
    """As above with 60 or 300 examples, where a step that suits few examples overshoots.

    Labels are noisy: the likelihood alone has a clear maximum, and the smallest prior makes no method slow.
    """
    rng = np.random.RandomState(seed)
    X = standardised(rng, n, 2)
    y = (X[:, 0] - X[:, 1] + rng.normal(size=n) > 0).astype(np.int64)
    return X, y, precision


def slope(X, y, theta, prior_precision):
    """The gradient of the log-posterior; theta may be anything, so exp must not overflow."""
    small = np.exp(-np.abs(X @ theta))
    p = np.where(X @ theta >= 0, 1, small) / (1 + small)
    return X.T @ (y - p) - prior_precision * theta


def reach(d, prior_precision):
    """How far an answer may lie from the MAP estimate, in each weight.

    The log-posterior curves by at least prior_precision in every direction, so a gradient whose d
    components are at most SMALL leaves at most sqrt(d) SMALL / prior_precision to go.
    """
    return np.sqrt(d) * SMALL / prior_precision + 1e-9


@prop(
    points=4,
    hint="Evaluate your gradient at the θ that you return. How small is it, and when does your method stop?",
    cases=16,
    data=training_data,
)
def the_gradient_vanishes(fit, data):
    """Every component of the gradient is within ±1e-4 at the result."""
    X, y, precision = data
    expect_between(slope(X, y, fit(X, y, precision), precision), -SMALL, SMALL, what="gradient at theta")


@prop(
    points=1,
    hint="Few examples may already work. The gradient is a sum over examples: what does a fixed step do when there are more of them?",
    cases=6,
    data=larger_training_data,
)
def converges_on_many_examples(fit, data):
    """Converges with 60 and 300 examples, too: the gradient is within ±1e-4."""
    X, y, precision = data
    expect_between(slope(X, y, fit(X, y, precision), precision), -SMALL, SMALL, what="gradient at theta")


@prop(
    points=1,
    hint="Swapping the classes negates the log-odds and changes nothing else. Does anything in your fit prefer a class?",
    cases=9,
    data=training_data,
)
def exchanging_the_labels_negates_theta(fit, data):
    """Swapping the classes negates θ, within tolerance."""
    X, y, precision = data
    theta = fit(X, y, precision)
    if np.abs(slope(X, y, np.zeros(X.shape[1]), precision)).max() > SMALL:  # 0 has no direction to turn
        expect_between(np.abs(theta).max(), 1e-6, 1e6, what="largest weight")
    expect(fit(X, 1 - y, precision), -theta, atol=2 * reach(X.shape[1], precision), rtol=0)


@prop(
    points=1,
    hint="Twice the data against twice the precision is the same trade-off. Is your log-likelihood a sum, and is the prior counted once?",
    cases=9,
    data=training_data,
)
def twice_the_data_balance_twice_the_prior(fit, data):
    """Duplicating every example and doubling the precision gives the same θ."""
    X, y, precision = data
    twice = fit(np.vstack([X, X]), np.concatenate([y, y]), 2 * precision)
    expect(twice, fit(X, y, precision), atol=1.5 * reach(X.shape[1], precision), rtol=0)


@recipe(
    {"n": 8, "d": 2, "strong": False, "seed": 1},
    {"n": 8, "d": 2, "strong": True, "seed": 2},
    {"n": 6, "d": 1, "strong": False, "seed": 3},
    n=st.integers(4, 8),
    d=st.integers(1, 3),
    strong=st.booleans(),
    seed=SEEDS,
)
def uneven_trade(n, d, strong, seed):
    """Separable data under a weak prior (0.05), or any under a strong one (100)."""
    rng = np.random.RandomState(seed)
    X = standardised(rng, n, d)
    y = (X[:, 0] > 0) if not strong else (rng.uniform(size=n) < 0.5)
    return X, y.astype(np.int64), 100.0 if strong else 0.05


@prop(
    points=2,
    hint="Does your method still converge when the prior is very weak or very strong? For which precisions is your step size suitable?",
    cases=8,
    data=uneven_trade,
)
def converges_under_weak_and_strong_priors(fit, data):
    """Converges for precisions of 0.05 and 100: the gradient is within ±1e-4."""
    X, y, precision = data
    expect_between(slope(X, y, fit(X, y, precision), precision), -SMALL, SMALL, what="gradient at theta")


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone", "fit", points=1, cases=5, data=training_data
)


# BEGIN SOLUTION
@prop(
    points=2,
    hidden=True,
    hint="The log-posterior has one maximum. Which function do you maximise: a sum or a mean, with which penalty?",
    cases=11,
    data=training_data,
)
def finds_the_map_estimate(fit, data, reference):
    """The result is the MAP estimate, within the tolerance that a gradient of 1e-4 leaves."""
    X, y, precision = data
    expect(fit(X, y, precision), reference.fit(X, y, precision), atol=reach(X.shape[1], precision), rtol=0)


# END SOLUTION
