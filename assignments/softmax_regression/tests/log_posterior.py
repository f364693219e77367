"""Question log_posterior: the log-likelihood of the labels minus a Gaussian prior's penalty."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, number, prop, recipe

from autograder.checks.models import softmax_classification_data, softmax_log_posterior

OK_FORMAT = False
name = "log_posterior"

labelled = softmax_classification_data()

precision = number(0.1, 9.0, places=1)

# X, y, Theta and the log-likelihood where scores differ by hundreds: a label whose score is t below the largest costs t.
FAR = [
    (np.array([[1.0]]), np.array([0]), np.array([[0.0], [1000.0]]), -1000.0),
    (np.array([[1.0]]), np.array([1]), np.array([[0.0], [1000.0]]), 0.0),
    (np.array([[1.0], [-2.0]]), np.array([0, 0]), np.array([[0.0], [1000.0], [-1000.0]]), -3000.0),
    (np.array([[2.0, 1.0]]), np.array([1]), np.array([[4e3, 2e3], [-4e3, -2e3]]), -2e4),
    (np.array([[3.0], [3.0]]), np.array([0, 1]), np.array([[-500.0], [-500.0], [-900.0]]), -2 * np.log(2)),
    # Probabilities that have not rounded to 0 yet, but have few bits left: 1 - p for p = 1 - 5e-15, and p = 1e-323.
    (np.array([[1.0]]), np.array([0]), np.array([[0.0], [33.0]]), -33.0),
    (np.array([[-1.0]]), np.array([1]), np.array([[0.0], [744.0]]), -744.0),
]

# X, y, Theta and prior_precision. What one might repair in place: labels of 0, all the same or not, huge features and
# weights, and zeros.
REPAIRED = [
    (np.array([[1.5, -0.5, 2.0]]), np.array([0]), np.array([[-2.0, 3.0, 0.5], [1.0, -1.0, 0.0]]), 2.5),
    (np.array([[0.0], [2.5], [-1.0]]), np.array([1, 1, 1]), np.array([[0.0], [0.0]]), 0.5),
    (np.array([[1e4, 0.0], [-1e4, 0.5], [0.0, 0.0]]), np.array([1, 0, 2]), np.diag([-1.0, 1e3, 0.0])[:, :2], 0.002),
    (np.array([[33.0], [-744.0]]), np.array([0, 1]), np.array([[0.0], [1.0], [-1.0]]), 0.0),
]


@prop(points=2, hint="With all weights 0, what is the probability of each label?", data=labelled, precision=precision)
def without_weights_all_classes_are_alike(log_posterior, data, precision):
    """For Theta = 0 it is −n log K."""
    X, y, Theta = data
    expect(log_posterior(X, y, np.zeros_like(Theta), precision), -len(y) * np.log(len(Theta)))


# Scores are below 30: a naive log of a probability is right to 1e-12 as long as the probability is.
@prop(
    points=3,
    hint="Which column of row i belongs to the label y_i? With K = 2 it is the log-likelihood that you know.",
    data=labelled,
)
def two_classes_are_logistic_regression(log_posterior, data):
    """For K = 2 and no prior it is the log-likelihood of logistic regression with the weights θ₁ − θ₀."""
    X, y, Theta = data
    y = np.minimum(y, 1)
    z = np.where(y == 1, 1, -1) * (X @ (Theta[1] - Theta[0]))
    expect(log_posterior(X, y, Theta[:2], 0.0), -np.sum(np.log1p(np.exp(-z))))


@prop(
    points=4,
    hint="Check (λ/2) Σ Theta² part by part: the sign, the half, the square, every class and every weight.",
    data=labelled,
    precision=precision,
)
def the_prior_subtracts_its_penalty(log_posterior, data, precision):
    """The prior lowers it by (λ/2) Σ_kj Theta_kj² (λ = prior_precision)."""
    X, y, Theta = data
    penalty = log_posterior(X, y, Theta, 0.0) - log_posterior(X, y, Theta, precision)
    expect(penalty, precision / 2 * np.sum(Theta**2), what="difference of the two")


@prop(
    points=2,
    hint="Examples are independent, so probabilities multiply: what is the logarithm of a product?",
    data=labelled,
)
def adds_over_examples(log_posterior, data):
    """Without a prior, the values of two parts of the data add up to that of all."""
    X, y, Theta = data
    first = log_posterior(X[:1], y[:1], Theta, 0.0)
    if len(y) > 1:
        expect(log_posterior(X, y, Theta, 0.0), first + log_posterior(X[1:], y[1:], Theta, 0.0))
    else:
        expect(log_posterior(np.vstack([X, X]), np.append(y, y), Theta, 0.0), 2 * first)


@prop(
    points=2,
    hint="Label k is row k of Theta. Does your value stay the same if classes and labels are renamed alike?",
    data=labelled,
    precision=precision,
)
def renaming_classes_changes_nothing(log_posterior, data, precision):
    """Reversing the rows of Theta, with label k as K − 1 − k, changes nothing."""
    X, y, Theta = data
    renamed = log_posterior(X, len(Theta) - 1 - y, Theta[::-1].copy(), precision)
    expect(renamed, log_posterior(X, y, Theta, precision))


@prop(
    points=1,
    hint="The data count once per example, the prior counts once. Does your penalty depend on n?",
    data=labelled,
    precision=precision,
)
def the_prior_counts_once(log_posterior, data, precision):
    """Duplicating every example doubles the log-likelihood and not the penalty."""
    X, y, Theta = data
    twice = log_posterior(np.vstack([X, X]), np.append(y, y), Theta, precision)
    expect(
        twice - log_posterior(X, y, Theta, precision),
        softmax_log_posterior(X, y, Theta, 0.0),
        what="difference of the two",
    )


@prop(points=1, hint="Which probabilities change if every θ_k gains the same vector?", data=labelled)
def a_vector_added_to_all_classes_changes_nothing(log_posterior, data):
    """Without a prior, adding one vector to the weights of every class changes nothing."""
    X, y, Theta = data
    moved = log_posterior(X, y, Theta + np.arange(1.0, X.shape[1] + 1), 0.0)
    expect(moved, log_posterior(X, y, Theta, 0.0))


@prop(
    points=2,
    hint="Do you see −inf or nan? A probability may round to 0; its logarithm is a difference of scores. Can you use log_softmax here?",
    case=choice(FAR),
)
def scores_of_ten_thousand(log_posterior, case):
    """Far out, a label whose score is t below the largest contributes −t."""
    X, y, Theta, log_likelihood = case
    expect(log_posterior(X, y, Theta, 0.0), log_likelihood)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone", "log_posterior", points=1, data=choice(REPAIRED)
)
