"""Question gradient: (one-hot(y) - P)^T X - prior_precision Theta, the direction in which the log-posterior rises."""

import numpy as np

from autograder.checks import choice, expect, inputs_unchanged, number, prop

from autograder.checks.models import softmax_classification_data, softmax_log_posterior

OK_FORMAT = False
name = "gradient"

labelled = softmax_classification_data()

precision = number(0.1, 9.0, places=1)

# X, y, Theta, and one-hot(y) - P of each row, far out, where every probability is exactly 0 or 1.
FAR = [
    (np.array([[1.0, 2.0]]), np.array([0]), np.array([[0.0, 0.0], [400.0, 300.0]]), np.array([[1.0, -1.0]])),
    (np.array([[1.0, 2.0]]), np.array([1]), np.array([[0.0, 0.0], [400.0, 300.0]]), np.array([[0.0, 0.0]])),
    (
        np.array([[1.0], [-2.0]]),
        np.array([0, 0]),
        np.array([[0.0], [1000.0], [-1000.0]]),
        np.array([[1.0, -1.0, 0.0], [1.0, 0.0, -1.0]]),
    ),
    (np.array([[3.0]]), np.array([2]), np.array([[2000.0], [-3000.0], [-3000.0]]), np.array([[-1.0, 0.0, 1.0]])),
    # A gradient may be long.
    (np.array([[4000.0]]), np.array([0]), np.array([[0.0], [2.0]]), np.array([[1.0, -1.0]])),
]

# X, y, Theta and prior_precision. What one might repair in place: labels of 0, all the same or not, huge features and
# weights, and zeros.
REPAIRED = [
    (np.array([[1.5, -0.5, 2.0]]), np.array([0]), np.array([[-2.0, 3.0, 0.5], [1.0, -1.0, 0.0]]), 2.5),
    (np.array([[0.0], [2.5], [-1.0]]), np.array([1, 1, 1]), np.array([[0.0], [0.0]]), 0.5),
    (np.array([[1e4, 0.0], [-1e4, 0.5], [0.0, 0.0]]), np.array([1, 0, 2]), np.diag([-1.0, 1e3, 0.0])[:, :2], 0.002),
    (np.array([[33.0], [-744.0]]), np.array([0, 1]), np.array([[0.0], [1.0], [-1.0]]), 0.0),
]


@prop(
    points=5,
    hint="Change one weight a little: by how much does the log-posterior change? Does your gradient predict that, sign included?",
    data=labelled,
    precision=precision,
)
def predicts_how_the_log_posterior_changes(gradient, data, precision):
    """Each component is the partial derivative of the log-posterior (by central differences)."""
    X, y, Theta = data
    h, slopes = 1e-5, np.zeros_like(Theta)
    for place in np.ndindex(Theta.shape):
        step = np.zeros_like(Theta)
        step[place] = h
        rise = softmax_log_posterior(X, y, Theta + step, precision) - softmax_log_posterior(
            X, y, Theta - step, precision
        )
        slopes[place] = rise / (2 * h)
    # The differences are right to 1e-8 or so: h^2 times the third derivative, and rounding over h.
    expect(gradient(X, y, Theta, precision), slopes, atol=1e-6, rtol=1e-6)


@prop(
    points=3,
    hint="At Theta = 0 every probability is 1/K and the prior contributes nothing. Do you return a sum or a mean?",
    data=labelled,
    precision=precision,
)
def starts_from_even_odds(gradient, data, precision):
    """At Theta = 0 row k is Σ_i (1[y_i = k] − 1/K) x_i."""
    X, y, Theta = data
    k = len(Theta)
    expected = (np.equal.outer(np.arange(k), y) - 1 / k) @ X
    expect(gradient(X, y, np.zeros_like(Theta), precision), expected)


@prop(
    points=3,
    hint="What is the derivative of (λ/2) Theta_kj², and which sign does the penalty have?",
    data=labelled,
    precision=precision,
)
def the_prior_pulls_towards_zero(gradient, data, precision):
    """The prior adds −λ Theta, once, to every component (λ = prior_precision)."""
    X, y, Theta = data
    pull = gradient(X, y, Theta, precision) - gradient(X, y, Theta, 0.0)
    expect(pull, -precision * Theta, what="difference of the two")


@prop(
    points=3,
    hint="One-hot rows sum to 1, and so do rows of P. What is the sum of the residuals over the classes?",
    data=labelled,
)
def gradients_of_the_classes_cancel(gradient, data):
    """Without a prior, the rows of the gradient add up to 0."""
    X, y, Theta = data
    expect(gradient(X, y, Theta, 0.0).sum(axis=0), np.zeros(X.shape[1]), what="sum over the classes")


@prop(
    points=2,
    hint="What is the derivative of a sum over examples? Does your result depend on n in any other way?",
    data=labelled,
)
def adds_over_examples(gradient, data):
    """Without a prior, the gradients of two parts of the data add up to the gradient of all."""
    X, y, Theta = data
    first = gradient(X[:1], y[:1], Theta, 0.0)
    if len(y) > 1:
        expect(gradient(X, y, Theta, 0.0), first + gradient(X[1:], y[1:], Theta, 0.0))
    else:
        expect(gradient(np.vstack([X, X]), np.append(y, y), Theta, 0.0), 2 * first)


@prop(
    points=2,
    hint="Row k of the gradient belongs to row k of Theta, and 1[y = k] to label k. Do yours follow when classes are renamed?",
    data=labelled,
    precision=precision,
)
def renaming_classes_renames_the_rows(gradient, data, precision):
    """Reversing the rows of Theta, with label k as K − 1 − k, reverses the rows of the gradient."""
    X, y, Theta = data
    renamed = gradient(X, len(Theta) - 1 - y, Theta[::-1].copy(), precision)
    expect(renamed[::-1], gradient(X, y, Theta, precision))


@prop(
    points=2,
    hint="With K = 2 the residual of class 1 is y − σ(z). What is that of class 0?",
    data=labelled,
)
def two_classes_are_logistic_regression(gradient, data):
    """For K = 2 and no prior, row 1 is Xᵀ(y − p) with p = σ(X(θ₁ − θ₀)), and row 0 its negative."""
    X, y, Theta = data
    y = np.minimum(y, 1)
    slope = (y - 1 / (1 + np.exp(-(X @ (Theta[1] - Theta[0]))))) @ X
    expect(gradient(X, y, Theta[:2], 0.0), np.stack([-slope, slope]))


@prop(
    points=2, hint="Use probabilities, not predicted labels. Do they stay finite when exp overflows?", case=choice(FAR)
)
def is_right_far_out(gradient, case):
    """Far out, a misclassified example adds x to the row of its label and takes it from the row of its prediction."""
    X, y, Theta, residuals = case
    expect(gradient(X, y, Theta, 0.0), residuals.T @ X)


leaves_its_arguments_alone = inputs_unchanged("leaves_its_arguments_alone", "gradient", points=1, data=choice(REPAIRED))
