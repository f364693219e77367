"""Question estimate_parameters: maximum-likelihood means and variances of each class."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import (
    SEEDS,
    choice,
    decimals,
    expect,
    inputs_unchanged,
    expect_raises,
    labelled_data,
    number,
    prop,
    recipe,
)

OK_FORMAT = False
name = "estimate_parameters"


@recipe({"n": 2, "d": 1, "seed": 0}, n=st.integers(2, 12), d=st.integers(1, 3), seed=SEEDS)
def spread_data(n, d, seed):
    """(X, y, K): at least 3 examples a class, spread about 1, so that no variance is near the floor."""
    rng = np.random.RandomState(seed)
    y = rng.permutation(np.concatenate([np.repeat([0, 1], 3), rng.randint(0, 2, size=n)]))
    # The ramp keeps the examples of one class apart from each other.
    X = decimals(rng.normal(size=(len(y), d)) + np.arange(len(y))[:, None] / 4)
    return X, y.astype(np.int64), 2


@recipe(
    {"k": 2, "missing": 1, "seed": 0},
    {"k": 3, "missing": 0, "seed": 1},
    {"k": 3, "missing": 1, "seed": 2},
    k=st.integers(2, 4),
    missing=st.integers(0, 3),
    seed=SEEDS,
)
def one_class_missing(k, missing, seed):
    """(X, y, K) in which one label below K never occurs."""
    rng = np.random.RandomState(seed)
    missing %= k
    y = rng.permutation(np.repeat([c for c in range(k) if c != missing], 2))
    return decimals(rng.normal(size=(len(y), 3))), y.astype(np.int64), k


# X, y, n_classes, floor, variances by hand.
FLOORS = [
    # One example: its variance is 0.
    (np.array([[3.0, -1.0]]), np.array([0]), 1, 1e-9, [[1e-9, 1e-9]]),
    # The first feature never changes within class 0, the second does.
    (
        np.array([[2.0, 1.0], [2.0, 3.0], [5.0, 0.0], [7.0, 4.0]]),
        np.array([0, 0, 1, 1]),
        2,
        1e-9,
        [[1e-9, 1.0], [1.0, 4.0]],
    ),
    # A floor of one's own, above some of the variances and equal to none.
    (np.array([[0.0], [2.0], [0.0], [6.0]]), np.array([0, 0, 1, 1]), 2, 2.5, [[2.5], [9.0]]),
    (np.array([[0.0, 1.0, 1.5], [1.0, 1.0, 9.5]]), np.array([0, 0]), 1, 0.125, [[0.25, 0.125, 16.0]]),
    (np.array([[0.0], [0.5], [4.0]]), np.array([1, 1, 0]), 2, 0.5, [[0.5], [0.5]]),
]


# Data are of size 10 with two decimals: sums of 20 such numbers, and of their squares, err by about 1e-13
# in any order of summation, one pass or two. 1e-9 is far above that and far below any wrong answer.
@prop(
    points=2.5,
    hint="Weight the mean of each class by the number of its examples. What must the average over the classes be?",
    data=labelled_data(),
)
def class_means_average_to_the_overall_mean(estimate_parameters, data):
    """Σ_k (n_k/n) μ_kj is the mean of feature j over all examples."""
    X, y, n_classes = data
    means, _ = estimate_parameters(X, y, n_classes)
    expect(
        np.bincount(y, minlength=n_classes) @ means / len(y),
        X.mean(axis=0),
        what="mean of the means, weighted by class sizes",
    )


# The floor adds at most 1e-9 to each variance.
@prop(
    points=3.5,
    hint="The variance within the classes plus the variance of their means is the variance of all. From which mean do you take each deviation, and by what do you divide?",
    data=labelled_data(per_class=2),
)
def variances_obey_the_law_of_total_variance(estimate_parameters, data):
    """Σ_k (n_k/n) (σ²_kj + (μ_kj − μ_j)²) is the variance of feature j over all examples."""
    X, y, n_classes = data
    means, variances = estimate_parameters(X, y, n_classes)
    shares = np.bincount(y, minlength=n_classes) / len(y)
    overall = X.mean(axis=0)
    expect(
        shares @ (variances + (means - overall) ** 2),
        X.var(axis=0),
        atol=3e-9,
        what="variances by the law of total variance",
    )


@prop(
    points=2.5,
    hint="Maximum-likelihood estimates are averages. Does your divisor double when every example occurs twice?",
    data=labelled_data(per_class=2),
)
def seeing_every_example_twice_changes_nothing(estimate_parameters, data):
    """Duplicating the data, and reversing their order, leaves means and variances unchanged."""
    X, y, n_classes = data
    means, variances = estimate_parameters(X, y, n_classes)
    means_2, variances_2 = estimate_parameters(
        np.vstack([X, X])[::-1].copy(), np.concatenate([y, y])[::-1].copy(), n_classes
    )
    expect(means_2, means, what="means")
    expect(variances_2, variances, what="variances")


@prop(
    points=2,
    hint="In other units x becomes a·(x + b). How does a mean change, and how does a variance (not a standard deviation)? Do you change variances that are small, but not below the floor?",
    data=spread_data,
    a=choice([2.0, -1.0, 1e-4, 10.0]),
    b=number(-20, 20),
)
def a_change_of_units_moves_means_and_scales_variances(estimate_parameters, data, a, b):
    """For x → a·(x + b), means become a·(μ + b) and variances a²σ²."""
    X, y, n_classes = data
    means, variances = estimate_parameters(X, y, n_classes)
    # Variances may be 1e-4 square units, which is 1e-12 for a = 0.0001: below the usual floor, but above this one.
    means_2, variances_2 = estimate_parameters(a * (X + b), y, n_classes, 1e-15)
    expect(means_2, a * (means + b), what="means")
    # Data are up to 40 units and their squares up to 1600: one pass is right to 1e-12 square units.
    expect(variances_2, a**2 * variances, atol=1e-9 * a**2, rtol=1e-8, what="variances")


@prop(
    points=2,
    hint="Only variances below variance_floor change. What happens to all the others in your code?",
    case=choice(FLOORS),
)
def small_variances_are_raised_to_the_floor(estimate_parameters, case):
    """σ²_kj is the larger of the maximum-likelihood variance and variance_floor."""
    X, y, n_classes, floor, expected = case
    _, variances = estimate_parameters(X, y, n_classes, floor)
    expect(variances, np.array(expected), atol=1e-13, rtol=1e-12, what="variances")
    if floor == 1e-9:
        _, by_default = estimate_parameters(X, y, n_classes)
        expect(by_default, np.array(expected), atol=1e-13, rtol=1e-12)


# A million and a number of size 10, in one float, are exact to 1e-10, so variances of about 1 are good to
# 1e-9 when deviations from the mean of the class are taken first; E[x²] − E[x]² is wrong by 1e-4, as 1e12 has a last
# digit of that size, and so it is about the mean of all examples, or the first of them, where one class lies far away.
@prop(
    points=2,
    hint="x² is about 1e12 here, and a float has about 16 digits. What is lost in E[x²] − E[x]²? The mean of all examples may be far from a class: does subtracting it help?",
    data=spread_data,
    offsets=choice([np.array([1e6, 1e6]), np.array([1e6, -1e6]), np.array([0.0, 2e6]), np.array([-1e6, -1e6])]),
)
def large_means_do_not_spoil_small_variances(estimate_parameters, data, offsets):
    """Adding 1,000,000 to every feature, in both classes or in one, leaves the variances unchanged."""
    X, y, n_classes = data
    means, variances = estimate_parameters(X, y, n_classes)
    means_2, variances_2 = estimate_parameters(X + offsets[y][:, None], y, n_classes)
    expect(means_2, means + offsets[:, None], atol=1e-7, what="means")
    expect(variances_2, variances, atol=1e-7, rtol=1e-6, what="variances")


@prop(
    points=1,
    hint="A class without examples has no mean. Does your code raise ValueError, or return nan or 0?",
    data=one_class_missing,
)
def an_empty_class_is_an_error(estimate_parameters, data):
    """ValueError is raised if a class has no examples."""
    expect_raises(ValueError, estimate_parameters, *data)


def with_a_constant_feature(data):
    """(X, y, K) with one feature more, whose variance is 0: what one might repair in place."""
    X, y, n_classes = data
    return np.column_stack([X, np.full(len(X), 2.0)]), y, n_classes


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "estimate_parameters",
    points=1,
    hint="Do you centre or sort X in place? Avoid in-place operations such as `-=`.",
    arguments=with_a_constant_feature,
    data=labelled_data(),
)
