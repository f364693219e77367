"""Question predict_proba: P(Y = k | x) for every class."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, expect_between, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "predict_proba"


@recipe(
    {"n": 1, "d": 1, "k": 2, "seed": 1},
    {"n": 1, "d": 2, "k": 3, "seed": 2},
    {"n": 3, "d": 1, "k": 2, "seed": 3},
    n=st.integers(1, 6),
    d=st.integers(1, 4),
    k=st.integers(2, 4),
    seed=SEEDS,
)
def weighted(n, d, k, seed):
    """``(X, Theta)``: X (n, d) and weights (K, d); n, d and K differ, except that n and d may both be 1."""
    rng = np.random.RandomState(seed)
    while d == k or n in (d, k) and n > 1:
        d, n = (d + 1, n) if d == k else (d, n + 1)
    return decimals(rng.normal(size=(n, d)), 1), decimals(rng.normal(size=(k, d)), 1)


# X, Theta, and probabilities: the class with the largest score has all, or shares evenly with those that equal it.
FAR = [
    (np.array([[1000.0]]), np.array([[0.0], [1.0]]), np.array([[0.0, 1.0]])),
    (np.array([[1.0], [-1.0]]), np.array([[1e4], [0.0], [-1e4]]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])),
    (np.array([[100.0, 50.0]]), np.array([[50.0, 100.0], [100.0, 0.0], [0.0, 0.0]]), np.array([[0.5, 0.5, 0.0]])),
    (np.array([[-100.0]]), np.array([[50.0], [50.0], [50.0], [99.0]]), np.array([[1 / 3, 1 / 3, 1 / 3, 0.0]])),
]

# What one might repair in place: huge features and weights, and zeros.
REPAIRED = [
    (np.array([[1.5, -0.5, 2.0]]), np.array([[-2.0, 3.0, 0.5], [1.0, -1.0, 0.0]])),
    (np.array([[0.0], [2.5], [-1.0]]), np.array([[0.0], [0.0]])),
    (np.array([[1e4, 0.0], [-1e4, 0.5], [0.0, 0.0]]), np.array([[-1e3, 1e3], [1.0, 0.0]])),
]


@prop(points=2, hint="Over which axis do you normalise? One row belongs to one example.", data=weighted)
def each_row_is_a_distribution(predict_proba, data):
    """Every row holds numbers from 0 to 1 and sums to 1."""
    P = predict_proba(*data)
    expect_between(P, 0, 1)
    expect(P.sum(axis=1), np.ones(len(P)), what="sums of the rows")


@prop(
    points=3,
    hint="Divide numerator and denominator of P(Y = 1) by exp(θ₁ᵀx). What are the weights of that logistic regression?",
    data=weighted,
)
def two_classes_are_logistic_regression(predict_proba, data):
    """For K = 2, P(Y = 1 | x) = σ((θ₁ − θ₀)ᵀx)."""
    X, Theta = data
    z = X @ (Theta[1] - Theta[0])
    expect(predict_proba(X, Theta[:2])[:, 1], 1 / (1 + np.exp(-z)), what="second column")


@prop(
    points=2,
    hint="In the ratio of two probabilities the denominators cancel. What is left of its logarithm?",
    data=weighted,
)
def log_odds_of_any_two_classes_are_linear(predict_proba, data):
    """log(P(Y = k | x) / P(Y = 0 | x)) = (θ_k − θ₀)ᵀx."""
    X, Theta = data
    P = predict_proba(X, Theta)
    # Where an entry is 0 its logarithm is not finite, and differs: no right answer has one, as scores are below 30.
    with np.errstate(all="ignore"):
        log_odds = np.log(P) - np.log(P[:, :1])
    expect(log_odds, X @ (Theta - Theta[0]).T, what="log-odds against class 0")


@prop(points=2, hint="What do all scores gain if every θ_k gains v? Does that change a probability?", data=weighted)
def a_vector_added_to_all_classes_changes_nothing(predict_proba, data):
    """Adding one vector to the weights of every class changes nothing."""
    X, Theta = data
    expect(predict_proba(X, Theta + np.arange(1.0, X.shape[1] + 1)), predict_proba(X, Theta))


@prop(points=1, hint="If all weights are 0, what tells the classes apart?", data=weighted)
def without_weights_all_classes_are_alike(predict_proba, data):
    """For Theta = 0 every probability is 1/K."""
    X, Theta = data
    expect(predict_proba(X, np.zeros_like(Theta)), np.full((len(X), len(Theta)), 1 / len(Theta)))


@prop(points=1, hint="Column k belongs to row k of Theta. Does yours follow when the rows are reversed?", data=weighted)
def renaming_classes_renames_the_columns(predict_proba, data):
    """Reversing the rows of Theta reverses the columns; reversing the examples reverses the rows."""
    X, Theta = data
    expect(predict_proba(X[::-1].copy(), Theta[::-1].copy())[::-1, ::-1], predict_proba(X, Theta))


@prop(
    points=2,
    hint="Do you see nan? exp(1000) is inf, and inf/inf is nan. Can you use log_softmax here?",
    case=choice(FAR),
)
def scores_of_ten_thousand(predict_proba, case):
    """Probabilities are right where scores are in the thousands."""
    X, Theta, expected = case
    expect(predict_proba(X, Theta), expected)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone", "predict_proba", points=1, data=choice(REPAIRED)
)
