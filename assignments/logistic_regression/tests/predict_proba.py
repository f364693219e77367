"""Question predict_proba: sigmoid(X theta), the model of the lecture."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "predict_proba"


def model(rows=6):
    """``(X, theta)`` of few short numbers: X (n, d) and theta (d,), n != d except 1 by 1."""

    @recipe(
        {"n": 1, "d": 1, "seed": 1},
        {"n": 2, "d": 1, "seed": 2},
        {"n": 1, "d": 3, "seed": 3},
        n=st.integers(1, rows),
        d=st.integers(1, 4),
        seed=SEEDS,
    )
    def build(n, d, seed):
        rng = np.random.RandomState(seed)
        d = d + 1 if n == d > 1 else d
        return decimals(rng.normal(size=(n, d)), 1), decimals(rng.normal(size=d), 1)

    return build


# One row, one weight: theta . x is the product.
FAR = [(np.array([[x]]), np.array([t])) for x, t in [(100.0, 10.0), (-100.0, 10.0), (-100.0, -100.0), (100.0, -100.0)]]
FAR += [(np.array([[800.0, 0.0], [0.0, 400.0], [-500.0, 100.0]]), np.array([1.0, -2.0]))]
# What one might repair in place: huge features and weights, and zeros.
REPAIRED = [
    (np.array([[1.5, -0.5]]), np.array([-2.0, 3.0])),
    (np.array([[0.0], [2.5]]), np.array([0.0])),
    (np.array([[1e4, 0.0, -2.0], [-1e4, 0.5, 0.0]]), np.array([-1e3, 1e3, 0.0])),
    FAR[-1],
]


@prop(
    points=2,
    hint="Do the five steps of the derivation: insert σ into log(p/(1 − p)), common denominator, cancel, log. Where does your p deviate?",
    data=model(),
)
def the_log_odds_are_a_straight_line(predict_proba, data):
    """log(p/(1 − p)) = Xθ for p = predict_proba(X, θ): the lecture's identity."""
    X, theta = data
    p = predict_proba(X, theta)
    # An error of 1e-12 in p is one of 1e-12 / (p (1 - p)) in the log-odds: 2e-7 for the largest |X theta| here, 12.
    expect(np.log(p) - np.log(1 - p), X @ theta, atol=1e-6, what="log(p) - log(1 - p)")


@prop(points=1, hint="What is θᵀx when every feature is 0? There is no hidden intercept.", data=model())
def the_line_passes_through_the_origin(predict_proba, data):
    """P(Y = 1 | x) = ½ at x = 0, and for every x when θ = 0."""
    X, theta = data
    half = np.full(len(X), 0.5)
    expect(predict_proba(np.zeros(X.shape), theta), half, atol=1e-12)
    expect(predict_proba(X, np.zeros(len(theta))), half, atol=1e-12)


@prop(points=1, hint="Does a row alone get the same probability as among others?", data=model())
def judges_row_by_row(predict_proba, data):
    """The probability of an example does not depend on the other rows."""
    X, theta = data
    # Rows may be summed in another order: 1e-12 is far above that.
    expect(predict_proba(X[-1:], theta), predict_proba(X, theta)[-1:], atol=2e-12)


@prop(points=1, hint="Which weight belongs to which feature?", data=model())
def features_in_another_order(predict_proba, data):
    """Reordering features and weights alike changes nothing."""
    X, theta = data
    expect(predict_proba(X[:, ::-1].copy(), theta[::-1].copy()), predict_proba(X, theta), atol=2e-12)


@prop(points=1, hint="P(Y = 0 | x) = 1 − P(Y = 1 | x). What is σ(−z) in terms of σ(z)?", data=model())
def the_opposite_weights_favour_the_other_class(predict_proba, data):
    """predict_proba(X, θ) + predict_proba(X, −θ) = 1."""
    X, theta = data
    expect(predict_proba(X, theta) + predict_proba(X, -theta), np.ones(len(X)), atol=2e-12)


@prop(
    points=1,
    hint="Near the line you may be right already. What does your code compute when exp overflows?",
    data=choice(FAR),
)
def is_sure_far_from_the_line(predict_proba, data):
    """P(Y = 1 | x) is 0 or 1 where |θᵀx| is in the hundreds."""
    X, theta = data
    expect(predict_proba(X, theta), (X @ theta > 0).astype(float), atol=1e-12)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone", "predict_proba", points=1, data=choice(REPAIRED)
)
