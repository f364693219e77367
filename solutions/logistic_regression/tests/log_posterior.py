"""Question log_posterior: the log-likelihood minus a Gaussian prior's penalty."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, number, prop, recipe

from autograder.checks.models import short_classification_data

OK_FORMAT = False
name = "log_posterior"

labelled = short_classification_data()


precision = number(0.1, 9.0, places=1)


# (X, y, theta) and the log-likelihood, far from the line, where the sigmoid has rounded to 0 or 1: a label on the wrong
# side costs |theta . x|, one on the right side nothing.
FAR = [
    (np.array([[2.0]]), np.array([0]), np.array([500.0]), -1000.0),
    (np.array([[2.0]]), np.array([1]), np.array([500.0]), 0.0),
    (np.array([[1.0, 2.0]]), np.array([1]), np.array([-400.0, -300.0]), -1000.0),
    (np.array([[1.0, 2.0]]), np.array([0]), np.array([-4000.0, -3000.0]), 0.0),
    (np.array([[5.0], [-3.0], [4.0]]), np.array([0, 1, 1]), np.array([300.0]), -2400.0),
    # Probabilities that are not yet 0 in floating point, but have few bits left.
    (np.array([[33.0]]), np.array([0]), np.array([1.0]), -33.0),
    (np.array([[-33.0]]), np.array([1]), np.array([1.0]), -33.0),
    (np.array([[-744.0]]), np.array([1]), np.array([1.0]), -744.0),
]

# X, y, theta and prior_precision. What one might repair in place: labels of 0, all the same or not, huge features and
# weights, and zeros.
REPAIRED = [
    (np.array([[1.5, -0.5]]), np.array([0]), np.array([-2.0, 3.0]), 2.5),
    (np.array([[0.0], [2.5]]), np.array([1, 1]), np.array([0.0]), 0.5),
    (np.array([[1e4, 0.0, -2.0], [-1e4, 0.5, 0.0]]), np.array([1, 0]), np.array([-1.0, 1e3, 0.0]), 0.002),
    (np.array([[33.0], [-744.0], [4.0]]), np.array([0, 1, 0]), np.array([1.0]), 0.0),
]


def log_of_product(X, y, theta):
    """log of the product over examples of P(y_i | x_i), for the moderate numbers of these checks."""
    p = 1 / (1 + np.exp(-(X @ theta)))
    return np.log(np.prod(np.where(y == 1, p, 1 - p)))


@prop(points=1, hint="What is left of the penalty when prior_precision is 0?", data=labelled)
def without_a_prior_it_is_the_log_likelihood(log_posterior, data):
    """With prior_precision = 0 it is the log-likelihood."""
    X, y, theta = data
    # 1 - p has lost 1e-16 of 1e-5 at theta . x = 12, the largest here.
    expect(log_posterior(X, y, theta, 0.0), log_of_product(X, y, theta), atol=1e-8)


@prop(
    points=3,
    hint="Check R(θ) = (λ/2) Σ_j θ_j² part by part: the sign, the half, the square. Do the data occur in it?",
    data=labelled,
    precision=precision,
)
def the_prior_subtracts_its_penalty(log_posterior, data, precision):
    """The prior lowers it by (λ/2) Σ_j θ_j² (λ = prior_precision)."""
    X, y, theta = data
    penalty = log_posterior(X, y, theta, 0.0) - log_posterior(X, y, theta, precision)
    expect(penalty, precision / 2 * np.sum(theta**2))


@prop(
    points=1,
    hint="The prior applies to every weight. Do you treat one of them differently because it is first or last?",
    data=labelled,
    precision=precision,
)
def every_weight_is_penalised_alike(log_posterior, data, precision):
    """Reordering features and weights alike changes nothing."""
    X, y, theta = data
    reversed_order = log_posterior(X[:, ::-1].copy(), y, theta[::-1].copy(), precision)
    expect(reversed_order, log_posterior(X, y, theta, precision))


@prop(
    points=1,
    hint="The data count once per example, the prior counts once. Does your penalty depend on n?",
    data=labelled,
    precision=precision,
)
def the_prior_counts_once(log_posterior, data, precision):
    """Duplicating every example doubles the log-likelihood and not the penalty."""
    X, y, theta = data
    twice = log_posterior(np.vstack([X, X]), np.concatenate([y, y]), theta, precision)
    expect(
        twice - log_posterior(X, y, theta, precision),
        log_of_product(X, y, theta),
        atol=1e-8,
        what="difference of the two",
    )


@prop(
    points=1,
    hint="Do you see −inf or nan? Where σ(z) has rounded to 0 or 1 its logarithm is lost. Can you use log_likelihood here?",
    data=choice(FAR),
)
def stays_finite_far_from_the_line(log_posterior, data):
    """Far out, a wrong label contributes −|θᵀx|, a right one 0; the penalty is subtracted as everywhere."""
    X, y, theta, log_likelihood = data
    expect(log_posterior(X, y, theta, 0.002), log_likelihood - 0.001 * np.sum(theta**2))


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone", "log_posterior", points=1, data=choice(REPAIRED)
)


# BEGIN SOLUTION
@recipe(n=st.integers(1, 15), d=st.integers(1, 8), seed=SEEDS)
def wider(n, d, seed):
    """As in the public checks, but larger in every respect."""
    rng = np.random.RandomState(seed)
    d = d + 1 if n == d else d
    y = (rng.uniform(size=n) < 0.5).astype(np.int64)
    return decimals(rng.normal(size=(n, d)) * 1.5), y, decimals(rng.normal(size=d))


@prop(
    points=2,
    hidden=True,
    hint="Work out both terms by hand for one example and two weights. Which of them differs from yours?",
    data=wider,
    precision=number(0.0, 200.0),
)
def equals_the_definition(log_posterior, data, precision, reference):
    """log_likelihood(X, y, θ) − (λ/2) Σ_j θ_j² (λ = prior_precision)."""
    # Where theta . x reaches 15, log(1 - sigmoid) in floating point has an error of 1e-16 e^15 = 3e-10 per row; another
    # property looks far out.
    expect(log_posterior(*data, precision), reference.log_posterior(*data, precision), atol=1e-6)


# END SOLUTION
