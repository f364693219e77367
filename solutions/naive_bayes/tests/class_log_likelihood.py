"""Question class_log_likelihood: log P(x | y = k), a sum over features."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import (
    SEEDS,
    choice,
    decimals,
    expect,
    inputs_unchanged,
    gaussian_classes,
    number,
    prop,
    recipe,
)

from autograder.checks.models import with_an_impossible_class

OK_FORMAT = False
name = "class_log_likelihood"


@recipe({"n": 1, "k": 1, "seed": 0}, {"n": 1, "k": 2, "seed": 1}, n=st.integers(1, 4), k=st.integers(1, 3), seed=SEEDS)
def one_feature(n, k, seed):
    """(X, means, variances) with d = 1."""
    rng = np.random.RandomState(seed)
    n = n + 1 if n == k > 1 else n
    return (
        decimals(rng.normal(size=(n, 1)) * 3),
        decimals(rng.normal(size=(k, 1)) * 2),
        decimals(rng.uniform(0.2, 4, size=(k, 1))),
    )


@prop(
    points=1,
    hint="With one feature, entry [i, k] is a single log N(x_i; μ_k, σ²_k). Which part of it differs from yours?",
    data=one_feature,
)
def one_feature_by_the_formula(class_log_likelihood, data):
    """For d = 1, log P(x | y = k) = −½ log(2πσ²_k) − (x − μ_k)²/(2σ²_k)."""
    X, means, variances = data
    m, v = means[:, 0], variances[:, 0]
    expect(class_log_likelihood(X, means, variances), -0.5 * np.log(2 * np.pi * v) - (X - m) ** 2 / (2 * v))


# Sums of 5 terms below 1e3: 1e-12 in any order, expanded squares included.
@prop(
    points=2,
    hint="The densities of independent features are multiplied. What does the logarithm turn a product into, and over which axis?",
    data=gaussian_classes(),
)
def features_add_up(class_log_likelihood, data):
    """log P(x | y = k) = Σ_j log P(x_j | y = k), one feature at a time."""
    X, _, means, variances = data
    one_at_a_time = sum(class_log_likelihood(X[:, [j]], means[:, [j]], variances[:, [j]]) for j in range(X.shape[1]))
    expect(class_log_likelihood(X, means, variances), one_at_a_time)


@prop(
    points=1,
    hint="Column k belongs to class k, row i to example i. Does the order of the features matter in your code?",
    data=gaussian_classes(),
)
def classes_and_features_in_another_order(class_log_likelihood, data):
    """Reversing the classes reverses the columns, reversing the examples the rows; reversing the features changes nothing."""
    X, _, means, variances = data
    back = class_log_likelihood(X[::-1, ::-1].copy(), means[::-1, ::-1].copy(), variances[::-1, ::-1].copy())
    expect(back[::-1, ::-1], class_log_likelihood(X, means, variances))


# X + b is below 1e2; an expanded square loses 1e-16 · (1e2)²/0.2 at worst, about 1e-11, in any unit.
@prop(
    points=2,
    hint="Stretching an axis by a factor a divides the density by |a|, once per feature. Do you use the variance, not the standard deviation, in both places? And do you use it as it is, however small?",
    data=gaussian_classes(),
    a=choice([2.0, -1.0, 1e-6, -4e4]),
    b=number(-10, 10),
)
def a_change_of_units_shifts_by_the_log_of_the_scale(class_log_likelihood, data, a, b):
    """For x → a·(x + b), log P(x | y = k) decreases by d·log|a|."""
    X, _, means, variances = data
    moved = class_log_likelihood(a * (X + b), a * (means + b), a**2 * variances)
    expect(moved, class_log_likelihood(X, means, variances) - X.shape[1] * np.log(abs(a)), atol=1e-8)


@prop(
    points=1,
    cases=6,
    hint="A product of 2,000 densities underflows to 0 or overflows. Which operation on logarithms replaces it?",
    data=gaussian_classes(classes=2, rows=2, features=2),
)
def two_thousand_features(class_log_likelihood, data):
    """A feature repeated 2,000 times counts 2,000 times, without underflow."""
    X, _, means, variances = (a[..., :1] for a in data)
    tiled = [np.tile(a, (1, 2000)) for a in (X, means, variances)]
    # Sums up to 1e5 of 2,000 terms, added one after the other, err by 1e-9 at worst.
    expect(class_log_likelihood(*tiled), 2000 * class_log_likelihood(X, means, variances), atol=1e-7)


@prop(
    points=1,
    hint="The logarithm of a density that underflowed is −inf. Can you take the logarithm on paper first?",
    data=gaussian_classes(classes=2, rows=2, features=3),
    deviations=choice([40.0, -300.0, 1e4]),
)
def far_from_every_class(class_log_likelihood, data, deviations):
    """t standard deviations from the mean in each of d features, log P(x | y = k) is d·t²/2 below its maximum."""
    _, _, means, variances = data
    far = class_log_likelihood(means + deviations * np.sqrt(variances), means, variances)
    near = class_log_likelihood(means, means, variances)
    expect(np.diag(far), np.diag(near) - means.shape[1] * deviations**2 / 2)


def with_a_narrow_class(data):
    """(X, means, variances) with one class more, whose variances are tiny: what one might repair in place."""
    X, _, means, variances = with_an_impossible_class(*data)
    return X, means, variances


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "class_log_likelihood",
    points=1,
    arguments=with_a_narrow_class,
    data=gaussian_classes(),
)


# BEGIN SOLUTION
@prop(
    points=3,
    hidden=True,
    hint="Work out one example, two classes and two features by hand. Which entry differs?",
    data=gaussian_classes(classes=4, rows=6, features=5),
)
def equals_the_definition(class_log_likelihood, data, reference):
    """log P(x | y = k) = Σ_j log N(x_j; μ_kj, σ²_kj)."""
    X, _, means, variances = data
    expect(class_log_likelihood(X, means, variances), reference.class_log_likelihood(X, means, variances))


# END SOLUTION
