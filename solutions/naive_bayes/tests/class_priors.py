"""Question class_priors: the proportion of each label."""

import numpy as np

from autograder.checks import choice, expect, inputs_unchanged, labels, prop

OK_FORMAT = False
name = "class_priors"

# y, n_classes, and the answer worked out by hand.
BY_HAND = [
    (np.array([0]), 1, [1.0]),
    (np.array([1, 0, 1, 1]), 2, [1 / 4, 3 / 4]),
    (np.array([2, 1, 2, 0, 2]), 3, [1 / 5, 1 / 5, 3 / 5]),
    (np.array([1, 1, 0]), 2, [1 / 3, 2 / 3]),
]

# Some class below n_classes never occurs: the last, the first, one between, all but one.
UNSEEN = [
    (np.array([0, 0]), 2, [1.0, 0.0]),
    (np.array([1]), 2, [0.0, 1.0]),
    (np.array([2, 0, 2]), 3, [1 / 3, 0.0, 2 / 3]),
    (np.array([1, 0, 1, 1]), 5, [1 / 4, 3 / 4, 0.0, 0.0, 0.0]),
    (np.array([3, 3]), 4, [0.0, 0.0, 0.0, 1.0]),
]


# Tolerance 1e-12: counts and one division, in whatever order; sums of a few shares such as n * (1/n).
@prop(
    points=2,
    hint="Count the examples of each class by hand. By what do you divide?",
    case=choice(BY_HAND),
)
def small_cases_by_hand(class_priors, case):
    """P(Y = k) is the number of examples with label k, divided by n."""
    y, n_classes, expected = case
    expect(class_priors(y, n_classes), np.array(expected), atol=1e-12)


@prop(points=1, hint="Every example has exactly one label. What do all proportions add up to?", data=labels())
def shares_sum_to_1(class_priors, data):
    """The priors sum to 1: Σ_k P(Y = k) = 1."""
    y, n_classes = data
    expect(np.sum(class_priors(y, n_classes)), 1.0, atol=1e-12, what="sum of the priors")


@prop(
    points=1,
    hint="Does your result have n_classes entries, whichever labels occur in y, and do they still sum to 1?",
    case=choice(UNSEEN),
)
def unseen_classes_have_prior_0(class_priors, case):
    """A class that does not occur in y has prior 0; the others keep theirs."""
    y, n_classes, expected = case
    priors, expected = class_priors(y, n_classes), np.array(expected)
    expect(priors, expected, atol=1e-12)
    # 0 examples divided by n are exactly 0, and so is 1 minus the other shares here: 1/3 + 2/3 and the like are 1.
    absent = expected == 0
    expect(priors[absent], expected[absent], atol=0, what="priors of the classes without examples")


@prop(
    points=1,
    hint="Renaming class 0 to K−1, class 1 to K−2, … moves each prior to the new place of its class. Is entry k about label k?",
    data=labels(),
)
def renaming_classes_moves_their_priors(class_priors, data):
    """Renaming label k to K−1−k reverses the priors."""
    y, n_classes = data
    expect(class_priors(n_classes - 1 - y, n_classes), class_priors(y, n_classes)[::-1], atol=1e-12)


@prop(
    points=1,
    hint="Does a proportion change when every example occurs twice, or when the order changes?",
    data=labels(),
)
def duplicates_and_order_do_not_matter(class_priors, data):
    """Duplicating all examples, in reverse order, leaves the priors unchanged."""
    y, n_classes = data
    twice = np.concatenate([y, y])[::-1].copy()
    expect(class_priors(twice, n_classes), class_priors(y, n_classes), atol=1e-12)


leaves_y_alone = inputs_unchanged(
    "leaves_y_alone",
    "class_priors",
    points=1,
    hint="Do you sort or rename the labels in place? Work on a copy of y.",
    data=labels(),
)


# BEGIN SOLUTION
@prop(
    points=1,
    hidden=True,
    hint="Choose some labels of your own and count by hand. Which class gets another prior from you?",
    data=labels(classes=7, rows=30),
)
def equals_the_shares(class_priors, data, reference):
    """P(Y = k) = n_k/n for every class."""
    y, n_classes = data
    expect(class_priors(y, n_classes), reference.class_priors(y, n_classes), atol=1e-12)


# END SOLUTION
