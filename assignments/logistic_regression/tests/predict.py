"""Question predict: 1 where class 1 is at least as probable as class 0."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, expect, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "predict"


def examples(rows=6):
    """``(X, theta)`` in eighths, which floating point multiplies and adds exactly, n != d except 1 by 1."""

    @recipe(
        {"n": 1, "d": 1, "seed": 1},
        {"n": 1, "d": 1, "seed": 2},
        {"n": 3, "d": 1, "seed": 3},
        n=st.integers(1, rows),
        d=st.integers(1, 4),
        seed=SEEDS,
    )
    def build(n, d, seed):
        rng = np.random.RandomState(seed)
        d = d + 1 if n == d > 1 else d
        return np.round(rng.normal(size=(n, d)) * 12) / 8 + 0.0, np.round(rng.normal(size=d) * 8) / 8 + 0.0

    return build


@recipe({"n": 1, "d": 1, "seed": 0}, {"n": 2, "d": 1, "seed": 0}, n=st.integers(1, 4), d=st.integers(1, 4), seed=SEEDS)
def on_the_line(n, d, seed):
    """``(X, theta)`` whose every row is orthogonal to theta, exactly; or theta is 0."""
    rng = np.random.RandomState(seed)
    d = d + 1 if n == d > 1 else d
    theta = rng.randint(-3, 4, size=d) / 2
    X = np.zeros((n, d))
    for row in X:
        if d > 1:
            i, j = rng.permutation(d)[:2]
            row[i], row[j] = theta[j], -theta[i]
        if not theta.any():
            row[:] = rng.randint(-3, 4, size=d)
    return X + 0.0, theta


# Rows in the thousands, one weight: sigmoid has rounded to 0 or 1, or its exp has overflowed.
FAR = [(np.array([[x]]), np.array([t])) for x, t in [(1000.0, 10.0), (-1000.0, 10.0), (-800.0, 1.0), (800.0, 1.0)]]
FAR += [(np.array([[0.0, 500.0], [900.0, 0.0], [-40.0, 1.0]]), np.array([1.0, -2.0]))]
# Close to a tie, and none: P(Y = 1 | x) is 0.5 ± 2.5e-7, 0.5 ± 2.5e-8, 0.5 - 2.5e-9 and 0.5 ± 2.5e-12. Products and sums
# are exact in any order, and a sigmoid that is right to 1e-12 is on the right side of 1/2.
CLOSE = [
    (np.array([[1e-6], [-1e-6]]), np.array([1.0])),
    (np.array([[-1.0, 0.0], [0.0, 2.0]]), np.array([1e-7, 1e-7])),
    (np.array([[1.0, 1.0]]), np.array([1.0, -1.00000001])),
    (np.array([[-1e-11], [1e-11]]), np.array([1.0])),
]
# What one might repair in place: zeros, huge and tiny numbers.
REPAIRED = [
    (np.array([[1.5, -0.5]]), np.array([-2.0, 3.0])),
    (np.array([[0.0], [-1e-11]]), np.array([1.0])),
    (np.array([[2.0, 0.5], [0.0, 0.0], [-0.5, 1.0]]), np.array([0.0, 0.0])),
    (np.array([[1e4, 0.0, -2.0], [-1e4, 0.5, 0.0]]), np.array([-1e3, 1e3, 0.0])),
]


@prop(
    points=2,
    hint="What is P(Y = 1 | x) on the line, and which label does the question give to a tie?",
    data=on_the_line,
)
def a_tie_is_class_1(predict, data):
    """The label is 1 where θᵀx = 0."""
    X, theta = data
    expect(predict(X, theta), np.ones(len(X)))


@prop(points=2, hint="On which side of the line is P(Y = 1 | x) above ½?", data=examples())
def the_line_separates_the_labels(predict, data):
    """The label is 1 where θᵀx ≥ 0, else 0."""
    X, theta = data
    expect(predict(X, theta), (X @ theta >= 0).astype(float))


@prop(
    points=1,
    hint="A longer θ makes the model more certain. Does it move any example across the line?",
    data=examples(),
)
def being_surer_changes_no_label(predict, data):
    """predict(X, 4θ) = predict(X, θ) = predict(X, θ/4)."""
    X, theta = data
    expect(predict(X, 4 * theta), predict(X, theta))
    expect(predict(X, theta / 4), predict(X, theta))


@prop(
    points=1,
    hint="What is the label of an example far from the line, and of one close to it? Do you compare with a probability that may overflow, or with a tolerance?",
    data=choice(FAR + CLOSE),
)
def far_and_close_examples_are_clear(predict, data):
    """The label is right where |θᵀx| is in the thousands, and where it is 1e-11."""
    X, theta = data
    expect(predict(X, theta), (X @ theta >= 0).astype(float))


leaves_its_arguments_alone = inputs_unchanged("leaves_its_arguments_alone", "predict", points=1, data=choice(REPAIRED))
