"""Question predict: the class with the highest P(x | y = k) P(y = k)."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, gaussian_classes, prop, recipe

from autograder.checks.models import indistinguishable_classes, with_an_impossible_class

OK_FORMAT = False
name = "predict_bayes"


# X, priors, means, variances, and labels worked out by hand.
BY_HAND = [
    # Equal means: the narrow class wins near the mean, the wide one beyond sqrt(8/3 · log 2) = 1.36.
    (np.array([[0.0], [1.33], [2.0], [-2.0]]), [0.5, 0.5], [[0.0], [0.0]], [[4.0], [1.0]], [1, 1, 0, 0]),
    # The same in a unit that is a million times larger.
    (np.array([[0.0], [1.33e-6], [2e-6]]), [0.5, 0.5], [[0.0], [0.0]], [[4e-12], [1e-12]], [1, 1, 0]),
    # Log-odds of class 1 are 3·(0.8 − 0.5) = 0.9 from three features, and log(0.4/0.6) = −0.41 from the prior.
    (np.array([[0.8, 0.8, 0.8]]), [0.6, 0.4], [[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]], np.ones((2, 3)), [1]),
    # Log-odds of class 1 are 2·(x − 0.5) from the features, 0.2 and 2.6, and log(0.1/0.9) = −2.2 from the prior.
    (np.array([[0.6, 0.6], [1.8, 1.8]]), [0.9, 0.1], [[0.0, 0.0], [1.0, 1.0]], np.ones((2, 2)), [0, 1]),
    # Three narrow classes on a line, halfway points at 1 and 3; a wide one, a tenth as high at its mean, beyond them.
    (
        np.array([[0.5], [1.5], [3.5], [9.0], [-9.0]]),
        [1 / 4, 1 / 4, 1 / 4, 1 / 4],
        [[2.0], [0.0], [4.0], [0.0]],
        [[1.0], [1.0], [1.0], [100.0]],
        [1, 0, 2, 3, 3],
    ),
    # A class with prior 0 is never predicted, not even at its own mean, 60 standard deviations from the others. There the
    # right label is 0, which argmax gives where all densities underflow, too: that is another check's concern.
    (np.array([[0.0], [60.0]]), [1.0, 0.0], [[0.0], [60.0]], [[1.0], [1.0]], [0, 0]),
    (np.array([[-0.5], [60.0]]), [0.5, 0.0, 0.5], [[1.0], [60.0], [-1.0]], [[1.0], [1.0], [1.0]], [2, 0]),
]
BY_HAND = [(X, np.array(p), np.array(m), np.array(v), np.array(labels)) for X, p, m, v, labels in BY_HAND]

# X, priors, means, variances, labels. Classes that tie have equal priors and variances, and means that are equal or
# mirrored about x: both sides come out equal to the last bit in any order of arithmetic, expanded squares included.
TIES = [
    (np.array([[0.0]]), [0.5, 0.5], [[-1.0], [1.0]], [[1.0], [1.0]], [0]),
    (np.array([[0.0], [1.0]]), [0.5, 0.5], [[1.0], [-1.0]], [[4.0], [4.0]], [0, 0]),
    (np.array([[3.0], [-2.0], [0.0]]), [0.5, 0.5], [[2.0], [2.0]], [[1.0], [1.0]], [0, 0, 0]),
    # The last two of three tie, above the first.
    (np.array([[0.0, 1.0]]), [0.5, 0.25, 0.25], [[-8.0, 1.0], [3.0, 1.0], [-3.0, 1.0]], np.ones((3, 2)), [1]),
    # The outer two of three tie, above the middle one.
    (
        np.array([[0.0, 0.0], [0.0, 4.0]]),
        [0.25, 0.5, 0.25],
        [[1.0, 2.0], [9.0, 2.0], [-1.0, 2.0]],
        np.full((3, 2), 4.0),
        [0, 0],
    ),
    (np.array([[0.0]]), [0.25] * 4, [[7.0], [2.0], [-2.0], [2.0]], np.full((4, 1), 2.0), [1]),
]
# No ties: log-odds of class 1 are 2·x, and those of class 2 against class 0 are −2·x, 10,000 and more times what rounding
# takes from logarithms below 3, in any order of arithmetic.
TIES += [
    (np.array([[1e-6], [1e-8]]), [0.5, 0.5], [[-1.0], [1.0]], [[1.0], [1.0]], [1, 1]),
    (np.array([[1e-10], [-1e-10]]), [0.5, 0.5], [[-1.0], [1.0]], [[1.0], [1.0]], [1, 0]),
    (np.array([[-1e-7], [-1e-10]]), [0.25, 0.5, 0.25], [[1.0], [5.0], [-1.0]], [[1.0], [1.0], [1.0]], [2, 2]),
]
TIES = [(X, np.array(p), np.array(m), np.array(v), np.array(labels)) for X, p, m, v, labels in TIES]

# Means of the classes on a line, priors, an x far from all of them, and the class with the highest joint.
OUTLIERS = [
    ([0.0, 1.0], [0.5, 0.5], 60.0, 1),
    ([1.0, 0.0], [0.5, 0.5], 60.0, 0),
    ([0.0, 1.0], [0.1, 0.9], -60.0, 0),
    ([1.0, 0.0], [0.9, 0.1], -60.0, 1),
    ([-2.0, 0.0, 3.0], [0.4, 0.5, 0.1], 1000.0, 2),
    ([3.0, 0.0, -2.0], [0.1, 0.5, 0.4], 1000.0, 0),
    ([0.0, 3.0, -2.0], [0.4, 0.1, 0.5], 1000.0, 1),
    ([4.0, 2.0, 0.0], [0.2, 0.2, 0.6], -1e4, 2),
]


@prop(
    points=2.5,
    hint="Work out log P(x | y = k) + log P(y = k) by hand for each class. Does your normalising constant depend on the variance, and does the prior count once?",
    case=choice(BY_HAND),
)
def small_cases_by_hand(predict_bayes, case):
    """The label is argmax_k P(x | y = k) P(y = k)."""
    X, priors, means, variances, expected = case
    expect(predict_bayes(X, priors, means, variances), expected)


@prop(
    points=2.5,
    hint="If the features carry no information, what is left to decide?",
    data=indistinguishable_classes([1, 3, 6, 10], fewest=2),
)
def equal_classes_leave_it_to_the_prior(predict_bayes, data):
    """Where all classes have the same density, the class with the largest prior is predicted."""
    X, priors, _, _ = data
    expect(predict_bayes(*data), np.full(len(X), np.argmax(priors)))


@prop(
    points=2.5,
    hint="Which of several equal values does your argmax return? Do you compare values, or differences with a tolerance?",
    case=choice(TIES),
)
def ties_go_to_the_smallest_label(predict_bayes, case):
    """If several classes share the highest P(x, y = k), the smallest k is predicted; a class that is only slightly more probable is no tie."""
    X, priors, means, variances, expected = case
    expect(predict_bayes(X, priors, means, variances), expected)


@prop(
    points=2.5,
    hint="In one dimension, with equal variances and priors, the nearest class wins however far out x is. Do your densities underflow to 0, so that all classes look alike?",
    case=choice(OUTLIERS),
)
def far_from_every_class_the_nearest_wins(predict_bayes, case):
    """In one dimension, with equal variances, the nearest class is predicted at 60 and more standard deviations."""
    centres, priors, x, nearest = case
    k = len(centres)
    means = np.column_stack([centres, np.zeros(k)])
    expect(predict_bayes(np.array([[x, 0.5]]), np.array(priors), means, np.ones((k, 2))), [nearest])


@prop(
    points=2.5,
    hint="Labels are row numbers of means, variances and priors. Do yours follow when the rows are reversed?",
    data=gaussian_classes(),
)
def renaming_classes_renames_the_labels(predict_bayes, data):
    """Reversing the classes turns label k into K−1−k; reversing the examples reverses the labels."""
    X, priors, means, variances = data
    back = predict_bayes(X[::-1].copy(), priors[::-1].copy(), means[::-1].copy(), variances[::-1].copy())
    expect(len(priors) - 1 - back[::-1], predict_bayes(X, priors, means, variances))


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "predict_bayes",
    points=2.5,
    arguments=lambda data: with_an_impossible_class(*data),
    data=gaussian_classes(),
)
