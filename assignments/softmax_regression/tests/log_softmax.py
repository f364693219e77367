"""Question log_softmax: scores minus the log of the sum of their exponentials, row by row."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "log_softmax"


@recipe(
    {"n": 1, "k": 2, "seed": 1},
    {"n": 2, "k": 1, "seed": 2},
    {"n": 3, "k": 2, "seed": 3},
    n=st.integers(1, 5),
    k=st.integers(1, 5),
    seed=SEEDS,
)
def tables(n, k, seed):
    """Scores (n, K), n != K."""
    rng = np.random.RandomState(seed)
    k = k + 1 if k == n else k
    return decimals(rng.normal(size=(n, k)) * 3, 1)


# Scores, and their log-softmax: where the others are at least 100 lower, the largest has probability 1.
FAR = [
    (np.array([[1000.0, 0.0]]), np.array([[0.0, -1000.0]])),
    (np.array([[-1000.0, 0.0, -300.0]]), np.array([[-1000.0, 0.0, -300.0]])),
    (np.array([[1e4, 1e4], [-1e4, -1e4], [0.0, 0.0]]), np.full((3, 2), -np.log(2))),
    (np.array([[-1e4, 1e4, -1e4]]), np.array([[-2e4, 0.0, -2e4]])),
    (np.array([[800.0, 800.0, 0.0, 800.0]]), -np.log(3) - np.array([[0.0, 0.0, 800.0, 0.0]])),
    (np.array([[1e4, 0.0], [-1e4, -9e3], [2.0, 2.0]]), np.array([[0.0, -1e4], [-1e3, 0.0], [-np.log(2)] * 2])),
    # Probabilities that have not rounded to 0 yet, but have few bits left: 1 - p for p = 1 - 5e-15, and p = 1e-323.
    (np.array([[0.0, 33.0]]), np.array([[-33.0, 0.0]])),
    (np.array([[744.0, 0.0]]), np.array([[0.0, -744.0]])),
]

# What one might repair in place: huge scores, zeros, and ties.
REPAIRED = [
    np.array([[1.5, -0.5]]),
    np.array([[0.0], [-3.0]]),
    np.array([[1e4, 0.0, -1e4], [-750.0, 40.0, 750.0]]),
    np.array([[0.0, 0.0], [2.0, 2.0], [-800.0, 300.0]]),
]


# Scores below 20: a right answer that takes exp of them as they are is exact to 1e-12.
@prop(points=3, hint="Which sum do you subtract the logarithm of, and over which axis does it run?", scores=tables)
def probabilities_of_a_row_sum_to_1(log_softmax, scores):
    """exp of each row sums to 1."""
    expect(np.exp(log_softmax(scores)).sum(axis=1), np.ones(len(scores)), what="sum of exp(row)")


@prop(
    points=3,
    hint="The logarithm of a ratio of probabilities is a difference. Does your normaliser cancel in it, and do the scores remain as they are?",
    scores=tables,
)
def differences_are_those_of_the_scores(log_softmax, scores):
    """log P(k) − log P(l) is score k − score l."""
    result = log_softmax(scores)
    expect(result - result[:, :1], scores - scores[:, :1], what="difference from the first column")


@prop(points=2, hint="What does a common factor of numerator and denominator do to a probability?", scores=tables)
def a_constant_for_each_row_changes_nothing(log_softmax, scores):
    """Adding one number to all scores of a row changes nothing; each row may have its own."""
    by = np.arange(1.0, len(scores) + 1)[:, np.newaxis]
    expect(log_softmax(scores + by), log_softmax(scores))


@prop(points=2, hint="If all scores are equal, what is the probability of each of the K classes?", scores=tables)
def equal_scores_share_evenly(log_softmax, scores):
    """If all scores of a row are equal, every entry is −log K."""
    n, k = scores.shape
    expect(log_softmax(np.tile(scores[:, :1], (1, k))), np.full((n, k), -np.log(k)))


@prop(
    points=4,
    hint="exp(1000) is inf and exp(−1000) is 0. What may you subtract from every score of a row before exp, and when do you take the logarithm?",
    case=choice(FAR),
)
def scores_of_ten_thousand(log_softmax, case):
    """It is right for scores of ±10,000, where exp overflows or underflows."""
    scores, expected = case
    expect(log_softmax(scores), expected)


@prop(
    points=2,
    hint="P(Y = 1) = e^b / (e^a + e^b). Divide by e^b: which function of b − a is left?",
    scores=tables,
)
def two_classes_give_the_sigmoid(log_softmax, scores):
    """For two classes with scores 0 and z the second entry is log σ(z)."""
    z = scores[:, 0]
    two = np.column_stack([np.zeros(len(z)), z])
    expect(log_softmax(two)[:, 1], -np.log1p(np.exp(-z)), what="second column")


@prop(points=1, hint="Every row is normalised on its own. Over which axis do maximum and sum run?", scores=tables)
def rows_and_classes_have_no_order(log_softmax, scores):
    """Reversing rows and columns of the scores reverses those of the result; a row alone keeps its values."""
    result = log_softmax(scores)
    expect(log_softmax(scores[::-1, ::-1].copy())[::-1, ::-1], result)
    expect(log_softmax(scores[:1]), result[:1])


leaves_its_argument_alone = inputs_unchanged(
    "leaves_its_argument_alone",
    "log_softmax",
    points=1,
    title="Does not modify its argument.",
    hint="Does `scores -= ...` change the caller's scores? Avoid in-place operations.",
    scores=choice(REPAIRED),
)
