"""Question fit: the MAP estimate by any method, judged by what makes it one: the gradient is zero there."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, expect, expect_between, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "fit"

SMALL = 1e-4
"""The largest component of the gradient that the question allows."""


def standardised(rng, n, d):
    """n draws of d features with mean 0 and standard deviation 1 in each column, as exactly as floats can.

    An answer that standardises once more is right, so rounded columns would not do. Whole numbers, one square root and
    one division give the same bits on every machine.
    """
    return scaled(np.round(rng.normal(size=(n, d)) * 100).astype(np.int64))


def scaled(X):
    """The standardised columns of whole numbers."""
    n = len(X)
    centred = n * X - X.sum(axis=0)
    return centred / np.sqrt((centred**2).sum(axis=0) / n)


# kind 0: noisy labels; 1: lines separate them; 2: one label does not occur.
@recipe(
    {"n": 4, "d": 1, "k": 2, "kind": 0, "seed": 0},
    {"n": 5, "d": 1, "k": 3, "kind": 1, "seed": 1},
    {"n": 4, "d": 2, "k": 3, "kind": 2, "seed": 2},
    n=st.integers(4, 9),
    d=st.integers(1, 3),
    k=st.integers(2, 4),
    kind=st.integers(0, 2),
    seed=SEEDS,
)
def training_data(n, d, k, kind, seed):
    """``(X, y, K, prior_precision)``: standardised X (n, d), labels y, a precision from 0.2 to 10; n, d and K differ."""
    rng = np.random.RandomState(seed)
    d = d + 1 if d == k else d
    while n in (d, k):
        n += 1
    X = standardised(rng, n, d)
    noisy = rng.randint(0, k, size=n)
    by_rank = np.argsort(np.argsort(X[:, 0])) * k // n
    y = {0: noisy, 1: by_rank, 2: (seed + noisy % (k - 1)) % k}[kind].astype(np.int64)
    return X, y, k, [0.2, 0.5, 1.0, 3.0, 10.0][seed % 5]


# In the last two, an optimiser that stops when the value hardly changes leaves a gradient of 1e-3.
@recipe(
    {"n": 60, "seed": 1},
    {"n": 200, "seed": 402},
    {"n": 200, "seed": 446},
    n=st.sampled_from([60, 200]),
    seed=SEEDS,
)
def larger_training_data(n, seed):
    """As above with 60 or 200 examples of 3 classes, where a step that suits few examples overshoots."""
    rng = np.random.RandomState(seed)
    X = standardised(rng, n, 2)
    scores = X @ np.array([[1.0, -1.0], [0.0, 1.0], [-1.0, 0.0]]).T + rng.normal(size=(n, 3))
    return X, np.argmax(scores, axis=1).astype(np.int64), 3, 1.0


def slope(X, y, Theta, prior_precision):
    """The gradient of the log-posterior; Theta may be anything, so exp must not overflow."""
    scores = X @ Theta.T
    P = np.exp(scores - scores.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    return (np.equal.outer(y, np.arange(len(Theta))) - P).T @ X - prior_precision * Theta


def reach(Theta, prior_precision):
    """How far an answer may lie from the MAP estimate, in each weight.

    The log-posterior curves by at least prior_precision in every direction, so a gradient whose components are at most
    SMALL leaves at most the root of their number times SMALL / prior_precision to go.
    """
    return np.sqrt(Theta.size) * SMALL / prior_precision + 1e-9


@prop(
    points=4,
    hint="Evaluate your gradient at the Theta that you return. How small is it, and when does your method stop?",
    cases=12,
    data=training_data,
)
def the_gradient_vanishes(fit, data):
    """Every component of the gradient is within ±1e-4 at the result."""
    X, y, n_classes, precision = data
    expect_between(slope(X, y, fit(*data), precision), -SMALL, SMALL, what="gradient at Theta")


@prop(
    points=1,
    hint="The prior penalises every class alike, the first and the last one, too. Does your fit treat one of them differently?",
    cases=8,
    data=training_data,
)
def the_classes_balance(fit, data):
    """The weights of all classes add up to 0, within tolerance: no class is a reference for the others."""
    X, _, n_classes, precision = data
    # The likelihood does not change along this direction, so what the gradient lacks there is the prior's.
    slack = n_classes * SMALL / precision + 1e-9
    expect_between(fit(*data).sum(axis=0), -slack, slack, what="sum of Theta over the classes")


@prop(
    points=1,
    hint="Few examples may already work. The gradient is a sum over examples: what does a fixed step do when there are more of them?",
    cases=5,
    data=larger_training_data,
)
def converges_on_many_examples(fit, data):
    """Converges with 60 and 200 examples, too: the gradient is within ±1e-4."""
    X, y, n_classes, precision = data
    expect_between(slope(X, y, fit(*data), precision), -SMALL, SMALL, what="gradient at Theta")


# kind 0: lines separate the classes, and the prior is weak; 1: the prior is strong; 2: the prior is weaker still, and
# features have outliers, so that with seeds 67 and 398 Newton's method in full steps from 0 runs away.
@recipe(
    {"n": 8, "d": 2, "kind": 0, "seed": 1},
    {"n": 8, "d": 2, "kind": 1, "seed": 2},
    {"n": 9, "d": 2, "kind": 2, "seed": 67},
    {"n": 9, "d": 2, "kind": 2, "seed": 398},
    n=st.integers(5, 8),
    d=st.integers(1, 2),
    kind=st.integers(0, 2),
    seed=SEEDS,
)
def uneven_trade(n, d, kind, seed):
    """``(X, y, K, prior_precision)`` of 3 classes, or 5 if kind is 2: precisions 0.05, 100 and 0.02."""
    rng = np.random.RandomState(seed)
    if kind == 2:  # noqa: PLR2004
        X = scaled(np.round(rng.standard_cauchy(size=(n, d)) * 100).astype(np.int64))
        return X, rng.randint(0, 5, size=n).astype(np.int64), 5, 0.02
    X = standardised(rng, n, d)
    y = rng.randint(0, 3, size=n) if kind else np.argsort(np.argsort(X[:, 0])) * 3 // n
    return X, y.astype(np.int64), 3, 100.0 if kind else 0.05


@prop(
    points=1,
    hint="Does your method still converge when the prior is very weak or very strong? For which precisions is your step size suitable?",
    cases=6,
    data=uneven_trade,
)
def converges_under_weak_and_strong_priors(fit, data):
    """Converges for precisions of 0.02, 0.05 and 100: the gradient is within ±1e-4."""
    X, y, n_classes, precision = data
    expect_between(slope(X, y, fit(*data), precision), -SMALL, SMALL, what="gradient at Theta")


@prop(
    points=1,
    hint="Does anything in your fit prefer a class, or depend on which labels occur?",
    cases=6,
    data=training_data,
)
def renaming_classes_renames_the_rows(fit, data):
    """With label k as K − 1 − k, the rows of Theta are reversed, within tolerance."""
    X, y, n_classes, precision = data
    Theta = fit(*data)
    renamed = fit(X, n_classes - 1 - y, n_classes, precision)
    expect(renamed[::-1], Theta, atol=2 * reach(Theta, precision), rtol=0)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone", "fit", points=1, cases=5, data=training_data
)
