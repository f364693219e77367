"""Question pooled_variance: the maximum-likelihood variance that all classes share."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, expect, expect_between, inputs_unchanged, labelled_data, prop, recipe

OK_FORMAT = False
name = "pooled_variance"

# Classes of at least one example each; features of a size near 3: a right answer, the expanded square
# included, is exact to about 1e-14.
data_sets = labelled_data(rows=8)

# Two examples of each class at least: dividing by n - K is finite here, and fails only where the divisor is the question.
data_in_pairs = labelled_data(rows=8, per_class=2)


@recipe(
    {"pairs": 0, "d": 1, "k": 1, "seed": 0},
    {"pairs": 1, "d": 1, "k": 2, "seed": 1},
    pairs=st.integers(0, 4),
    d=st.integers(1, 4),
    k=st.integers(1, 3),
    seed=SEEDS,
)
def pairs_about_a_centre(pairs, d, k, seed):
    """(X, y, K, half): examples in pairs centre - half_p, centre + half_p, where the centre is their class's."""
    rng = np.random.RandomState(seed)
    classes = np.concatenate([np.arange(k), rng.randint(0, k, size=pairs)])
    d = d + 1 if d in (k, 2 * len(classes)) else d
    centre, half = rng.randint(-20, 20, size=(k, d)), rng.randint(1, 9, size=(len(classes), d))
    X = np.concatenate([centre[classes] - half, centre[classes] + half]).astype(np.float64)
    order = rng.permutation(len(X))
    return X[order], np.concatenate([classes, classes])[order].astype(np.int64), k, half.astype(np.float64)


@prop(
    points=2,
    hint="What is the mean of each class here, and how far from it is each example? Does every example count once?",
    data=pairs_about_a_centre,
)
def pairs_at_equal_distance(pooled_variance, data):
    """If examples come in pairs c − a and c + a around the mean c of their class, the variance is the mean of a²."""
    X, y, n_classes, half = data
    expect(pooled_variance(X, y, n_classes), (half**2).mean(axis=0))


@prop(
    points=1,
    hint="From which mean do you take the deviations: that of all examples, or that of the example's own class?",
    data=data_in_pairs,
)
def where_the_classes_lie_does_not_matter(pooled_variance, data):
    """Shifting each class by its own vector changes nothing."""
    X, y, n_classes = data
    shifts = np.arange(1.0, n_classes + 1)[:, np.newaxis] * 5
    expect(pooled_variance(X + shifts[y], y, n_classes), pooled_variance(X, y, n_classes))


@prop(
    points=2,
    hint="Maximum likelihood takes a mean over all n examples. Does your divisor double with the data?",
    data=data_sets,
)
def every_example_twice(pooled_variance, data):
    """Duplicating every example changes nothing."""
    X, y, n_classes = data
    expect(
        pooled_variance(np.vstack([X, X]), np.append(y, y), n_classes),
        pooled_variance(X, y, n_classes),
    )


@prop(
    points=1,
    hint="In which unit is a variance measured, if x is in metres? Do you change variances that are small?",
    data=data_in_pairs,
    factor=choice([10.0, 1e-6, -2.0]),
)
def another_unit(pooled_variance, data, factor):
    """Features multiplied by a have a² times the variance."""
    X, y, n_classes = data
    variance = pooled_variance(X, y, n_classes)
    expect_between(variance, 1e-3, 1e3)  # zero and infinity are the same in every unit
    # Rounding counts in the new unit, too.
    expect(pooled_variance(X * factor, y, n_classes), factor**2 * variance, atol=1e-9 * factor**2)


@prop(
    points=1,
    hint="mean(x²) − mean(x)² is the difference of two huge numbers. What is lost in it?",
    data=data_in_pairs,
)
def accurate_far_from_zero(pooled_variance, data):
    """Adding 1e6 to every feature changes nothing."""
    X, y, n_classes = data
    # Deviations from a mean near 1e6 are exact to 1e-9; the difference of squares is off by 1e-4.
    expect(pooled_variance(X + 1e6, y, n_classes), pooled_variance(X, y, n_classes), atol=1e-7, rtol=1e-7)


def with_a_constant_feature(data):
    """(X, y, K) with one feature more, whose variance is 0: what one might repair in place."""
    X, y, n_classes = data
    return np.column_stack([X, np.full(len(X), 2.0)]), y, n_classes


@prop(
    points=1,
    hint="Each feature has its own variance. Over which axis do you average? What is the variance of a feature that never changes?",
    data=data_in_pairs,
)
def feature_by_feature(pooled_variance, data):
    """The variance of a feature does not depend on the other features; a feature that never changes has variance 0."""
    X, y, n_classes = data
    alone = [pooled_variance(X[:, j : j + 1], y, n_classes)[0] for j in range(X.shape[1])]
    result = pooled_variance(*with_a_constant_feature(data))
    expect(result, [*alone, 0.0])
    # Sums and means of 2s are exact. Deviations of a least-squares fit are 1e-15, and their squares far below 1e-13.
    expect(result[-1], 0.0, atol=1e-13, what="variance of the feature that never changes, which is always 2,")


@prop(
    points=1,
    hint="A class without examples has no mean: 0/0 is nan. What should such a class add to the sum?",
    data=data_in_pairs,
)
def a_label_that_never_occurs(pooled_variance, data):
    """Where one label never occurs, it does not matter which one that is."""
    X, y, n_classes = data
    expect(pooled_variance(X, y + 1, n_classes + 1), pooled_variance(X, y, n_classes + 1))


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone", "pooled_variance", points=1, arguments=with_a_constant_feature, data=data_sets
)


# BEGIN SOLUTION
@prop(
    points=2,
    hidden=True,
    hint="Work out four examples by hand, three of one class and one of another. Which deviation differs?",
    data=data_sets,
)
def equals_the_definition(pooled_variance, data, reference):
    """The value is (1/n) Σ_i (x_i − mean of the class of i)², per feature."""
    expect(pooled_variance(*data), reference.pooled_variance(*data))


# END SOLUTION
