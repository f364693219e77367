"""Question log_likelihood: the log-probability of the labels given the examples, right where the sigmoid has rounded."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "log_likelihood"


def labelled(rows=6):
    """``(X, y, theta)`` of few short numbers: X (n, d), labels y (n,), theta (d,), n != d except 1 by 1."""

    @recipe(
        {"n": 1, "d": 1, "seed": 1},
        {"n": 1, "d": 1, "seed": 3},
        {"n": 2, "d": 1, "seed": 4},
        n=st.integers(1, rows),
        d=st.integers(1, 4),
        seed=SEEDS,
    )
    def build(n, d, seed):
        rng = np.random.RandomState(seed)
        d = d + 1 if n == d > 1 else d
        X = decimals(rng.normal(size=(n, d)), 1)
        y = (rng.uniform(size=n) < 0.5).astype(np.int64)
        return X, y, decimals(rng.normal(size=d), 1)

    return build


# (X, y, theta) and the log-likelihood: a label on the wrong side at distance m costs m, on the right side nothing.
FAR = [
    (np.array([[x]]), np.array([label]), np.array([t]), 0.0 if (x * t > 0) == (label == 1) else -abs(x * t))
    for x, t in [(40.0, 1.0), (100.0, 10.0), (100.0, -100.0), (-100.0, 8.0)]
    for label in (0, 1)
]
# The improbable label where a probability is not yet 0 in floating point, but has few bits left: 1 - p at p = 1 - 2e-12
# and 1 - 5e-15, and p = 1e-323. log(1 - p) is off by 1e-5 and more there; log(1 + exp(-z)) is right to 1e-11.
FAR += [
    (np.array([[x]]), np.array([int(x < 0)]), np.array([1.0]), -abs(x))
    for x in (27.0, -27.0, 33.0, -33.0, 744.0, -744.0)
]
FAR += [
    (
        np.array([[10000.0, 0.0], [0.0, 100.0], [50.0, 50.0], [-300.0, 200.0], [-200.0, 300.0]]),
        np.array([0, 0, 1, 1, 0]),
        np.array([1.0, -2.0]),
        -10000.0 - 50.0 - 700.0,
    ),
    # No label is surprising here, but the product of their probabilities, 2^-1100, is too small for a float.
    (np.ones((1100, 1)), np.ones(1100, dtype=np.int64), np.zeros(1), -1100 * np.log(2)),
]

# What one might repair in place: labels of 0, all the same or not, huge features and weights, and zeros.
REPAIRED = [
    (np.array([[1.5, -0.5]]), np.array([0]), np.array([-2.0, 3.0])),
    (np.array([[0.0], [2.5]]), np.array([1, 1]), np.array([0.0])),
    (np.array([[1e4, 0.0, -2.0], [-1e4, 0.5, 0.0]]), np.array([1, 0]), np.array([-1.0, 1e3, 0.0])),
    (np.array([[33.0], [-744.0], [4.0]]), np.array([0, 1, 0]), np.array([1.0])),
]


@prop(points=2, hint="At θ = 0 every label has probability ½. Do you return a sum or a mean?", data=labelled())
def weights_of_zero_give_one_half(log_likelihood, data):
    """At θ = 0 the log-likelihood is −n log 2."""
    X, y, theta = data
    expect(log_likelihood(X, y, np.zeros(len(theta))), -len(y) * np.log(2))


@prop(
    points=2,
    hint="For a single example, exp(log_likelihood) is the probability of its label. What do the probabilities of both labels add up to?",
    data=labelled(),
)
def one_example_has_one_label(log_likelihood, data):
    """For one example, the probabilities of y = 1 and y = 0 sum to 1."""
    X, _, theta = data
    one = log_likelihood(X[:1], np.array([1]), theta)
    zero = log_likelihood(X[:1], np.array([0]), theta)
    expect(np.exp(one) + np.exp(zero), 1.0, what="P(y = 1) + P(y = 0)")


@prop(
    points=2,
    hint="The probabilities of independent examples are multiplied. What does the logarithm turn a product into?",
    data=labelled(rows=7),
)
def adds_over_examples(log_likelihood, data):
    """The log-likelihoods of two parts of the data add up to that of all."""
    X, y, theta = data
    if len(y) > 1:
        parts = log_likelihood(X[:1], y[:1], theta) + log_likelihood(X[1:], y[1:], theta)
        expect(log_likelihood(X, y, theta), parts)
    else:
        expect(log_likelihood(np.vstack([X, X]), np.concatenate([y, y]), theta), 2 * log_likelihood(X, y, theta))


@prop(
    points=2,
    hint="P(Y = 0 | x; θ) = σ(−θᵀx). Do both labels contribute, each with its own term?",
    data=labelled(),
)
def exchanging_the_labels_negates_theta(log_likelihood, data):
    """log_likelihood(X, 1 − y, −θ) = log_likelihood(X, y, θ)."""
    X, y, theta = data
    expect(log_likelihood(X, 1 - y, -theta), log_likelihood(X, y, theta))


@prop(
    points=3,
    hint="Simplify log σ(z) on paper. What remains of it when exp(−z) is huge, and when it is tiny? What of a product of 1,100 factors?",
    data=choice(FAR),
)
def is_accurate_far_from_the_line(log_likelihood, data):
    """Far out, a wrong label contributes −|θᵀx|, a right one 0; 1,100 labels of probability 1/2 contribute log(1/2) each."""
    X, y, theta, expected = data
    # y z - log(1 + e^z) cancels two numbers of 1e4: 1e-12 lost a row.
    expect(log_likelihood(X, y, theta), expected, atol=1e-9)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone", "log_likelihood", points=1, data=choice(REPAIRED)
)


# BEGIN SOLUTION
@recipe(
    {"n": 2, "d": 1, "scale": 1, "seed": 0},
    n=st.integers(1, 20),
    d=st.integers(1, 8),
    scale=st.sampled_from([1, 3, 30]),
    seed=SEEDS,
)
def wider(n, d, scale, seed):
    """As in the public checks, with more rows and with |theta . x| up to hundreds."""
    rng = np.random.RandomState(seed)
    d = d + 1 if n == d else d
    y = (rng.uniform(size=n) < 0.5).astype(np.int64)
    return decimals(rng.normal(size=(n, d)) * scale), y, decimals(rng.normal(size=d) * 2)


@prop(
    points=3,
    hidden=True,
    hint="Work out one row with y = 1 and one with y = 0 by hand. What is their sum?",
    data=wider,
)
def equals_the_definition(log_likelihood, data, reference):
    """Σ_i y_i log σ(θᵀx_i) + (1 − y_i) log(1 − σ(θᵀx_i))."""
    # theta . x is rounded to 1e-13 at 1e3, and so is every term: 20 of them stay far below 1e-9.
    expect(log_likelihood(*data), reference.log_likelihood(*data))


# END SOLUTION
