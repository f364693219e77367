"""Question predict: the most probable class."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "predict"


@recipe(
    {"n": 1, "d": 1, "k": 2, "seed": 1},
    {"n": 1, "d": 2, "k": 3, "seed": 2},
    n=st.integers(1, 6),
    d=st.integers(1, 4),
    k=st.integers(2, 5),
    seed=SEEDS,
)
def weighted(n, d, k, seed):
    """``(X, Theta)``: X (n, d) and weights (K, d), sides differ; rows of X in which two classes come close are left out."""
    rng = np.random.RandomState(seed)
    while d == k or n in (d, k) and n > 1:
        d, n = (d + 1, n) if d == k else (d, n + 1)
    X, Theta = decimals(rng.normal(size=(4 * n, d)), 1), decimals(rng.normal(size=(k, d)), 1)
    ordered = np.sort(X @ Theta.T, axis=1)
    clear = X[ordered[:, -1] - ordered[:, -2] > 1e-6][:n]
    return (clear if len(clear) else np.sign(Theta[:1] - Theta[-1:])), Theta


# X, Theta and labels worked out by hand.
BY_HAND = [
    (np.array([[2.0], [-2.0]]), np.array([[-1.0], [1.0]]), [1, 0]),
    (np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]]), np.array([[0.0, 0.0], [2.0, -1.0], [-1.0, 2.0]]), [1, 2, 0]),
    # All scores negative: the largest is the one closest to 0.
    (np.array([[1.0, 1.0]]), np.array([[-5.0, 0.0], [-1.0, -2.0], [-4.0, -4.0]]), [1]),
    # Not the longest weights, not the first positive score.
    (np.array([[1.0, 3.0], [3.0, 1.0]]), np.array([[9.0, -3.0], [1.0, 1.0], [0.0, 2.0], [-9.0, 0.0]]), [2, 0]),
    # Scores, and probabilities, that differ little.
    (np.array([[1.0]]), np.array([[0.5], [0.50001], [0.2]]), [1]),
]

# X, Theta and the smallest of the classes that tie, whose scores are equal to the last bit in any order of arithmetic.
TIES = [
    (np.array([[1.0], [-3.0]]), np.array([[0.0], [0.0]]), [0, 0]),
    (np.array([[2.0]]), np.array([[-1.0], [1.0], [1.0]]), [1]),
    (np.array([[0.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), [0]),
    (np.array([[1.0, 2.0]]), np.array([[0.0, 1.0], [4.0, 0.0], [0.0, 2.0]]), [1]),
]

# X, Theta and labels where exp of scores in the thousands overflows or underflows, and scores of tens and of hundreds,
# where sigmoids are 1 and clipped scores are equal.
FAR = [
    (np.array([[1000.0]]), np.array([[1.0], [3.0], [2.0]]), [1]),
    (np.array([[1000.0]]), np.array([[-3.0], [-2.0], [-1.0]]), [2]),
    (np.array([[100.0, -100.0]]), np.array([[9.0, 1.0], [1.0, -90.0], [100.0, 0.0], [99.0, 0.0]]), [2]),
    (np.array([[10.0]]), np.array([[4.0], [5.0]]), [1]),
    (np.array([[-10.0]]), np.array([[5.0], [4.0]]), [1]),
    (np.array([[100.0]]), np.array([[6.0], [6.5]]), [1]),
    # exp overflows in the second row only, for those who do not clip.
    (np.array([[705.0], [720.0]]), np.array([[1.0], [1.005]]), [1, 1]),
]

# Scores that are close, and no tie: their one product is exact to 1e-16 of itself, and so are probabilities.
CLOSE = [
    (np.array([[1.0]]), np.array([[1.0], [1.000003]]), [1]),
    (np.array([[1.0]]), np.array([[1.0], [1.00000001]]), [1]),
    (np.array([[1000.0]]), np.array([[9.0], [9.0000001]]), [1]),
]

# What one might repair in place: huge features and weights, zeros, and ties.
REPAIRED = [
    (np.array([[1.5, -0.5, 2.0]]), np.array([[-2.0, 3.0, 0.5], [1.0, -1.0, 0.0]])),
    (np.array([[0.0], [2.5], [-1.0]]), np.array([[0.0], [0.0]])),
    (np.array([[1e4, 0.0], [-1e4, 0.5], [0.0, 0.0]]), np.array([[-1e3, 1e3], [1.0, 0.0]])),
]


@prop(
    points=3,
    hint="Write down the score θ_kᵀx of each class. Is the index of the largest one that of a class, or that of an example?",
    case=choice(BY_HAND),
)
def small_cases_by_hand(predict, case):
    """The label is the k with the largest θ_kᵀx."""
    X, Theta, expected = case
    expect(predict(X, Theta), expected)


@prop(points=2, hint="Which of several equal values does your argmax return?", case=choice(TIES))
def ties_go_to_the_smallest_label(predict, case):
    """If several classes share the highest probability, the smallest k is predicted."""
    X, Theta, expected = case
    expect(predict(X, Theta), expected)


@prop(
    points=1,
    hint="Do you compare probabilities that are nan, all 0 or all 1, or scores that were clipped or rounded? exp rises with its argument: what can be compared instead?",
    case=choice(FAR + CLOSE),
)
def far_and_close_scores_are_clear(predict, case):
    """The label is right where scores are in the thousands, and where two of them are close."""
    X, Theta, expected = case
    expect(predict(X, Theta), expected)


@prop(
    points=1,
    hint="Labels are row numbers of Theta. Do yours follow when the rows are reversed?",
    data=weighted,
)
def renaming_classes_renames_the_labels(predict, data):
    """Reversing the rows of Theta turns label k into K−1−k; reversing the examples reverses the labels."""
    X, Theta = data
    back = predict(X[::-1].copy(), Theta[::-1].copy())
    expect(len(Theta) - 1 - back[::-1], predict(X, Theta))


@prop(
    points=1,
    hint="Does your label depend on anything but the order of the scores?",
    data=weighted,
)
def neither_scale_nor_shift_of_the_weights_matters(predict, data):
    """Doubling all weights, or adding one vector to all classes, changes no label."""
    X, Theta = data
    labels = predict(X, Theta)
    expect(predict(X, 2 * Theta), labels)
    expect(predict(X, Theta + np.arange(1.0, X.shape[1] + 1)), labels)


leaves_its_arguments_alone = inputs_unchanged("leaves_its_arguments_alone", "predict", points=1, data=choice(REPAIRED))
