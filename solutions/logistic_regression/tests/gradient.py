"""Question gradient: X^T (y - p) - prior_precision theta, the direction in which the log-posterior rises."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, expect_inputs_unchanged, number, prop, recipe

OK_FORMAT = False
name = "gradient"


@recipe(
    {"n": 1, "d": 1, "seed": 1},
    {"n": 1, "d": 1, "seed": 3},
    {"n": 2, "d": 1, "seed": 4},
    n=st.integers(1, 6),
    d=st.integers(1, 4),
    seed=SEEDS,
)
def labelled(n, d, seed):
    """``(X, y, theta)`` of few short numbers: X (n, d), labels y (n,), theta (d,), n != d except 1 by 1."""
    rng = np.random.RandomState(seed)
    d = d + 1 if n == d > 1 else d
    X = decimals(rng.normal(size=(n, d)), 1)
    y = (rng.uniform(size=n) < 0.5).astype(np.int64)
    return X, y, decimals(rng.normal(size=d), 1)


precision = number(0.1, 9.0, places=1)


def height(X, y, theta, prior_precision):
    """The log-posterior, straight from its definition: good enough for the moderate numbers of these checks."""
    p = 1 / (1 + np.exp(-(X @ theta)))
    return np.sum(np.log(np.where(y == 1, p, 1 - p))) - prior_precision / 2 * np.sum(theta**2)


# (X, y, theta) and y - p of each row, far from the line, where p has rounded to 0 or 1.
FAR = [
    (np.array([[1.0, 2.0]]), np.array([1]), np.array([400.0, 200.0]), np.array([0.0])),
    (np.array([[1.0, 2.0]]), np.array([0]), np.array([400.0, 200.0]), np.array([-1.0])),
    (np.array([[1.0, 2.0]]), np.array([1]), np.array([-400.0, -200.0]), np.array([1.0])),
    (np.array([[1.0, 2.0]]), np.array([0]), np.array([-400.0, -200.0]), np.array([0.0])),
    (np.array([[5.0], [-3.0], [4.0]]), np.array([0, 1, 1]), np.array([300.0]), np.array([-1.0, 1.0, 0.0])),
]


@prop(
    points=3,
    hint="Move one weight a little: by how much does the log-posterior change? Your gradient must predict it, sign included.",
    data=labelled,
    precision=precision,
)
def predicts_how_the_log_posterior_changes(gradient, data, precision):
    """Each component is the slope of the log-posterior along that weight (central differences)."""
    X, y, theta = data
    h = 1e-5
    steps = h * np.eye(len(theta))
    slopes = [(height(X, y, theta + e, precision) - height(X, y, theta - e, precision)) / (2 * h) for e in steps]
    # The differences are right to 1e-8 or so: h^2 times the third derivative, and rounding over h.
    expect(gradient(X, y, theta, precision), np.array(slopes), atol=1e-6, rtol=1e-6)


@prop(
    points=2,
    hint="At theta = 0 every p is 1/2 and the prior is silent. Sum or mean?",
    data=labelled,
    precision=precision,
)
def starts_from_even_odds(gradient, data, precision):
    """gradient = sum_i (y_i - 1/2) x_i at theta = 0."""
    X, y, theta = data
    expect(gradient(X, y, np.zeros(len(theta)), precision), (y - 0.5) @ X)


@prop(
    points=2,
    hint="What is the derivative of (prior_precision / 2) theta_j^2, and which sign does the penalty have?",
    data=labelled,
    precision=precision,
)
def the_prior_pulls_towards_zero(gradient, data, precision):
    """The prior adds -prior_precision theta, to every component, once."""
    X, y, theta = data
    pull = gradient(X, y, theta, precision) - gradient(X, y, theta, 0.0)
    expect(pull, -precision * theta, what="difference of the two")


@prop(
    points=2,
    hint="The derivative of a sum is the sum of derivatives: a sum over examples, not a mean.",
    data=labelled,
)
def adds_over_examples(gradient, data):
    """Without a prior, the gradient of all examples is that of the first plus that of the others."""
    X, y, theta = data
    if len(y) > 1:
        parts = gradient(X[:1], y[:1], theta, 0.0) + gradient(X[1:], y[1:], theta, 0.0)
        expect(gradient(X, y, theta, 0.0), parts)
    else:
        expect(gradient(np.vstack([X, X]), np.concatenate([y, y]), theta, 0.0), 2 * gradient(X, y, theta, 0.0))


@prop(points=1, hint="y - p, not y - (p rounded): and p is a probability when exp overflows, too.", data=choice(FAR))
def is_right_far_from_the_line(gradient, data):
    """Far from the line an example counts fully where its label is wrong, and not at all where it is right."""
    X, y, theta, residuals = data
    expect(gradient(X, y, theta, 0.0), residuals @ X)


@prop(points=1, hint="Compute on new arrays.", data=labelled, precision=precision)
def leaves_its_arguments_alone(gradient, data, precision):
    """X, y and theta are as they were before the call."""
    expect_inputs_unchanged(gradient, *data, precision)


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
    hint="Take one example and one weight: what are its residual y - p, its feature, and the prior's share?",
    data=wider,
    precision=number(0.0, 50.0),
)
def equals_the_definition(gradient, data, precision, reference):
    """X^T (y - p) - prior_precision theta."""
    # The sum of 20 terms of at most 10, each with p right to 1e-12.
    expect(gradient(*data, precision), reference.gradient(*data, precision))


# END SOLUTION
