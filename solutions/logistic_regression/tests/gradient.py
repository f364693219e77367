"""Question gradient: X^T (y - p) - prior_precision theta, the direction in which the log-posterior rises."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, number, prop, recipe

from autograder.checks.models import logistic_log_posterior, short_classification_data

OK_FORMAT = False
name = "gradient"

labelled = short_classification_data()


precision = number(0.1, 9.0, places=1)


# (X, y, theta) and y - p of each row, far from the line, where p has rounded to 0 or 1.
FAR = [
    (np.array([[1.0, 2.0]]), np.array([1]), np.array([400.0, 200.0]), np.array([0.0])),
    (np.array([[1.0, 2.0]]), np.array([0]), np.array([400.0, 200.0]), np.array([-1.0])),
    (np.array([[1.0, 2.0]]), np.array([1]), np.array([-400.0, -200.0]), np.array([1.0])),
    (np.array([[1.0, 2.0]]), np.array([0]), np.array([-400.0, -200.0]), np.array([0.0])),
    (np.array([[5.0], [-3.0], [4.0]]), np.array([0, 1, 1]), np.array([300.0]), np.array([-1.0, 1.0, 0.0])),
    # A gradient may be long.
    (np.array([[4000.0]]), np.array([0]), np.array([2.0]), np.array([-1.0])),
]

# X, y, theta and prior_precision. What one might repair in place: labels of 0, all the same or not, huge features and
# weights, and zeros.
REPAIRED = [
    (np.array([[1.5, -0.5]]), np.array([0]), np.array([-2.0, 3.0]), 2.5),
    (np.array([[0.0], [2.5]]), np.array([1, 1]), np.array([0.0]), 0.5),
    (np.array([[1e4, 0.0, -2.0], [-1e4, 0.5, 0.0]]), np.array([1, 0]), np.array([-1.0, 1e3, 0.0]), 0.002),
    (np.array([[33.0], [-744.0], [4.0]]), np.array([0, 1, 0]), np.array([1.0]), 0.0),
]


@prop(
    points=3,
    hint="Change one weight a little: by how much does the log-posterior change? Does your gradient predict that, sign included?",
    data=labelled,
    precision=precision,
)
def predicts_how_the_log_posterior_changes(gradient, data, precision):
    """Each component is the partial derivative of the log-posterior (by central differences)."""
    X, y, theta = data
    h = 1e-5
    steps = h * np.eye(len(theta))
    slopes = [
        (logistic_log_posterior(X, y, theta + e, precision) - logistic_log_posterior(X, y, theta - e, precision))
        / (2 * h)
        for e in steps
    ]
    # The differences are right to 1e-8 or so: h^2 times the third derivative, and rounding over h.
    expect(gradient(X, y, theta, precision), np.array(slopes), atol=1e-6, rtol=1e-6)


@prop(
    points=2,
    hint="At θ = 0 every p is ½ and the prior contributes nothing. Do you return a sum or a mean?",
    data=labelled,
    precision=precision,
)
def starts_from_even_odds(gradient, data, precision):
    """At θ = 0 the gradient is Σ_i (y_i − ½) x_i."""
    X, y, theta = data
    expect(gradient(X, y, np.zeros(len(theta)), precision), (y - 0.5) @ X)


@prop(
    points=2,
    hint="What is the derivative of (λ/2) θ_j², and which sign does the penalty have?",
    data=labelled,
    precision=precision,
)
def the_prior_pulls_towards_zero(gradient, data, precision):
    """The prior adds −λθ, once, to every component (λ = prior_precision)."""
    X, y, theta = data
    pull = gradient(X, y, theta, precision) - gradient(X, y, theta, 0.0)
    expect(pull, -precision * theta, what="difference of the two")


@prop(
    points=2,
    hint="What is the derivative of a sum over examples? Does your result depend on n in any other way?",
    data=labelled,
)
def adds_over_examples(gradient, data):
    """Without a prior, the gradients of two parts of the data add up to the gradient of all."""
    X, y, theta = data
    if len(y) > 1:
        parts = gradient(X[:1], y[:1], theta, 0.0) + gradient(X[1:], y[1:], theta, 0.0)
        expect(gradient(X, y, theta, 0.0), parts)
    else:
        expect(gradient(np.vstack([X, X]), np.concatenate([y, y]), theta, 0.0), 2 * gradient(X, y, theta, 0.0))


@prop(points=1, hint="Use probabilities, not 0/1 predictions. Does p stay finite when exp overflows?", data=choice(FAR))
def is_right_far_from_the_line(gradient, data):
    """Far out, a misclassified example contributes ±x, a correct one 0."""
    X, y, theta, residuals = data
    expect(gradient(X, y, theta, 0.0), residuals @ X)


leaves_its_arguments_alone = inputs_unchanged("leaves_its_arguments_alone", "gradient", points=1, data=choice(REPAIRED))


# BEGIN SOLUTION
@recipe({"n": 3, "d": 2, "seed": 0}, n=st.integers(1, 20), d=st.integers(1, 8), seed=SEEDS)
def wider(n, d, seed):
    """As in the public checks, but larger in every respect."""
    rng = np.random.RandomState(seed)
    d = d + 1 if n == d else d
    y = (rng.uniform(size=n) < 0.5).astype(np.int64)
    return decimals(rng.normal(size=(n, d)) * 2), y, decimals(rng.normal(size=d) * 2)


@prop(
    points=4,
    hidden=True,
    hint="Take one example and one weight by hand: what are its residual, its feature, and the contribution of the prior?",
    data=wider,
    precision=number(0.0, 50.0),
)
def equals_the_definition(gradient, data, precision, reference):
    """The gradient is Xᵀ(y − p) − λθ (λ = prior_precision)."""
    # The sum of 20 terms of at most 10, each with p right to 1e-12.
    expect(gradient(*data, precision), reference.gradient(*data, precision))


# END SOLUTION
