"""Question pooled_variance: the maximum-likelihood variance that all classes share."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, expect, expect_inputs_unchanged, labelled_data, prop, recipe

OK_FORMAT = False
name = "pooled_variance"

# Classes of at least one example each; features of a size near 3: a right answer, the expanded square
# included, is exact to about 1e-14.
data_sets = labelled_data(rows=8)


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
    hint="What is the mean of each class here, and how far from it is each example? Count every example once.",
    data=pairs_about_a_centre,
)
def pairs_at_equal_distance(pooled_variance, data):
    """If examples lie in pairs at centre - a and centre + a of their class, the variance is the mean of a^2."""
    X, y, n_classes, half = data
    expect(pooled_variance(X, y, n_classes), (half**2).mean(axis=0))


@prop(
    points=2,
    hint="Deviations are from the mean of the example's own class: where that mean lies cannot matter.",
    data=data_sets,
)
def where_the_classes_lie_does_not_matter(pooled_variance, data):
    """Moving all examples of a class by the same vector, another for another class, changes nothing."""
    X, y, n_classes = data
    shifts = np.arange(1.0, n_classes + 1)[:, np.newaxis] * 5
    expect(pooled_variance(X + shifts[y], y, n_classes), pooled_variance(X, y, n_classes))


@prop(
    points=2,
    hint="Maximum likelihood takes a mean over all n examples; doubling the data doubles both sum and count.",
    data=data_sets,
)
def every_example_twice(pooled_variance, data):
    """Writing down every example twice changes nothing."""
    X, y, n_classes = data
    expect(
        pooled_variance(np.vstack([X, X]), np.append(y, y), n_classes),
        pooled_variance(X, y, n_classes),
    )


@prop(
    points=1,
    hint="A variance is measured in the square of the unit.",
    data=data_sets,
    factor=choice([10.0, 0.1, -2.0]),
)
def another_unit(pooled_variance, data, factor):
    """Features multiplied by a have a^2 times the variance."""
    X, y, n_classes = data
    expect(pooled_variance(X * factor, y, n_classes), factor**2 * pooled_variance(X, y, n_classes))


@prop(
    points=1,
    hint="mean(x^2) - mean(x)^2 subtracts two huge numbers. Subtract the mean before you square.",
    data=data_sets,
)
def accurate_far_from_zero(pooled_variance, data):
    """Adding 1e6 to every feature changes nothing."""
    X, y, n_classes = data
    # Deviations from a mean near 1e6 are exact to 1e-9; the difference of squares is off by 1e-4.
    expect(pooled_variance(X + 1e6, y, n_classes), pooled_variance(X, y, n_classes), atol=1e-7, rtol=1e-7)


@prop(
    points=1,
    hint="Every feature has a variance of its own, whatever the other features are.",
    data=data_sets,
)
def feature_by_feature(pooled_variance, data):
    """A feature alone has the variance that it has among the others."""
    X, y, n_classes = data
    alone = [pooled_variance(X[:, j : j + 1], y, n_classes)[0] for j in range(X.shape[1])]
    expect(pooled_variance(X, y, n_classes), alone)


@prop(points=1, hint="Write to new arrays only.", data=data_sets)
def leaves_its_arguments_alone(pooled_variance, data):
    """X and y are as they were before the call."""
    expect_inputs_unchanged(pooled_variance, *data)


# BEGIN SOLUTION
@prop(
    points=2,
    hidden=True,
    hint="Write down four examples, three of one class and one of another, and work the variance out by hand.",
    data=data_sets,
)
def equals_the_definition(pooled_variance, data, reference):
    """The value is (1/n) sum_i (x_i - mean of the class of i)^2."""
    expect(pooled_variance(*data), reference.pooled_variance(*data))


# END SOLUTION
