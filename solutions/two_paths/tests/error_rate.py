"""Question error_rate: the proportion of wrong labels."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, expect, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "error_rate"


@recipe(
    {"right": 1, "wrong": 0, "k": 2, "seed": 0},
    {"right": 0, "wrong": 1, "k": 2, "seed": 1},
    {"right": 1, "wrong": 1, "k": 2, "seed": 2},
    {"right": 2, "wrong": 1, "k": 3, "seed": 3},
    right=st.integers(0, 6),
    wrong=st.integers(1, 6),
    k=st.integers(2, 5),
    seed=SEEDS,
)
def marked_labels(right, wrong, k, seed):
    """(predictions, y, share): labels of which ``wrong`` out of right + wrong differ, in no order."""
    rng = np.random.RandomState(seed)
    y = rng.randint(0, k, size=right + wrong)
    # Any step of 1, ..., K-1 leads to another label.
    step = np.concatenate([np.zeros(right, dtype=np.int64), rng.randint(1, k, size=wrong)])
    predictions = (y + rng.permutation(step)) % k
    return predictions.astype(np.int64), y.astype(np.int64), wrong / (right + wrong)


@prop(points=2, hint="How many of the labels are wrong, out of how many?", data=marked_labels)
def counts_the_wrong_labels(error_rate, data):
    """With w wrong labels out of n, the value is w/n."""
    predictions, y, share = data
    expect(error_rate(predictions, y), share)


@prop(
    points=1,
    hint="Labels are names: class 3 instead of class 0 is one wrong label. Do you use the size of the difference?",
    data=marked_labels,
    factor=choice([2, 5]),
)
def renumbering_the_classes_changes_nothing(error_rate, data, factor):
    """Renumbering the classes changes nothing."""
    predictions, y, _ = data
    expect(error_rate(predictions * factor, y * factor), error_rate(predictions, y))


@prop(points=1, hint="A prediction is wrong in either direction. Does your comparison see both?", data=marked_labels)
def both_directions_count(error_rate, data):
    """Swapping predictions and labels changes nothing."""
    predictions, y, _ = data
    expect(error_rate(y, predictions), error_rate(predictions, y))


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone", "error_rate", points=1, arguments=lambda data: data[:2], data=marked_labels
)


# BEGIN SOLUTION
@recipe({"n": 1000, "k": 3, "seed": 0}, n=st.integers(1, 40), k=st.integers(1, 5), seed=SEEDS)
def guesses(n, k, seed):
    """(predictions, y): two lists of random labels."""
    rng = np.random.RandomState(seed)
    return rng.randint(0, k, size=n).astype(np.int64), rng.randint(0, k, size=n).astype(np.int64)


@prop(
    points=1,
    hidden=True,
    hint="Count by hand for three labels, one of them wrong. What does your code return?",
    data=guesses,
)
def equals_the_definition(error_rate, data, reference):
    """The value is the proportion of predictions that differ from the label."""
    expect(error_rate(*data), reference.error_rate(*data))


# END SOLUTION
