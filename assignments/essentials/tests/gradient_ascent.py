"""Question gradient_ascent: exactly n_steps steps uphill from zero, and the heights on the way."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, expect_at_most, inputs_unchanged, prop, recipe

from autograder.checks.models import logistic_log_posterior

OK_FORMAT = False
name = "gradient_ascent"


@recipe(
    {"n": 1, "d": 1, "still": False, "seed": 1},
    {"n": 2, "d": 1, "still": False, "seed": 4},
    {"n": 1, "d": 2, "still": True, "seed": 5},
    n=st.integers(1, 6),
    d=st.integers(1, 3),
    still=st.just(False),
    seed=SEEDS,
)
def ascent(n, d, still, seed):
    """``(X, y, prior_precision, step_size)``, n != d except 1 by 1. The step never overshoots; it is 0 if ``still``."""
    rng = np.random.RandomState(seed)
    d = d + 1 if n == d > 1 else d
    X = decimals(rng.normal(size=(n, d)) + 0.2, 1)
    y = (rng.uniform(size=n) < 0.5).astype(np.int64)
    precision = float(rng.choice([0.0, 0.5, 2.0]))
    # The slope changes by at most ||X||^2 / 4 + precision a unit of theta: steps below its inverse never decrease it.
    step = np.floor(90 / (np.sum(X**2) / 4 + precision + 1)) / 100 + 0.01
    return X, y, precision, 0.0 if still else float(step)


@recipe({"value": 1}, {"value": 0}, {"value": 2}, value=st.integers(0, 6))
def steps(value):
    """A number of steps."""
    return value


def slope(X, y, theta, prior_precision):
    """The gradient of the log-posterior."""
    return X.T @ (y - 1 / (1 + np.exp(-(X @ theta)))) - prior_precision * theta


@prop(
    points=2.5,
    hint="Where does the ascent start? How many entries does the trace have before the first step?",
    ascent=ascent,
)
def starts_at_zero(gradient_ascent, ascent):
    """With n_steps = 0 the result is θ = 0 and the trace [−n log 2]."""
    X, y, precision, step = ascent
    theta, trace = gradient_ascent(X, y, precision, step, 0)
    expect(theta, np.zeros(X.shape[1]), atol=0, what="theta")  # not close to 0: no step has been taken
    expect(trace, np.array([-len(y) * np.log(2)]), what="trace")


@prop(points=2.5, hint="At θ = 0 every p is ½. You go uphill: is the step added or subtracted?", ascent=ascent)
def the_first_step_follows_the_gradient(gradient_ascent, ascent):
    """One step leads from 0 to step_size · Σ_i (y_i − ½) x_i."""
    X, y, precision, step = ascent
    theta, _ = gradient_ascent(X, y, precision, step, 1)
    expect(theta, step * ((y - 0.5) @ X), what="theta")


# X, y, step_size, theta after each step from 0, without a prior, and the log-posterior after the first step and on.
# Steps this large throw theta . x far from the line, where every p is 0 or 1, to 1e-13: a right label leaves theta where
# it is, a wrong one moves it by step_size x. So the log-posterior is minus the sum of |theta . x| over wrong labels.
LARGE_STEPS = [
    # The first step separates the labels.
    (np.array([[1.0], [-2.0]]), np.array([1, 0]), 1000.0, [0.0, 1500.0, 1500.0, 1500.0], [0.0, 0.0, 0.0]),
    # Labels that no threshold at 0 separates: to and fro. At theta = 32, 1 - p is 1e-14 and has few bits left.
    (np.array([[1.0], [4.0]]), np.array([0, 1]), 64.0, [0.0, 96.0, 32.0, -32.0], [-96.0, -32.0, -128.0]),
    (np.array([[-2.0], [-4.0]]), np.array([1, 0]), 500.0, [0.0, 500.0, -500.0, 1500.0], [-1000.0, -2000.0, -3000.0]),
]


@prop(
    points=5,
    hint="Do you recompute the gradient at every θ, prior included, and take exactly n_steps steps?",
    ascent=ascent,
    steps=steps,
)
def one_more_step_adds_one_more_gradient(gradient_ascent, ascent, steps):
    """Step T + 1 adds step_size times the gradient at the θ after T steps."""
    X, y, precision, step = ascent
    before, _ = gradient_ascent(X, y, precision, step, steps)
    after, _ = gradient_ascent(X, y, precision, step, steps + 1)
    expect(after, before + step * slope(X, y, before, precision))


@prop(
    points=2.5,
    hint="trace[t] is the log-posterior after t steps. To which θ does your last entry belong?",
    ascent=ascent,
    steps=steps,
)
def the_trace_ends_at_theta(gradient_ascent, ascent, steps):
    """trace[−1] is the log-posterior at the θ that is returned."""
    X, y, precision, step = ascent
    theta, trace = gradient_ascent(X, y, precision, step, steps)
    # theta . x is a few units here: a naive log(1 - sigmoid) is right to 1e-12.
    expect(trace[-1], logistic_log_posterior(X, y, theta, precision), what="last entry of trace")


@prop(
    points=2.5,
    hint="More steps extend the trace and change none of its earlier entries. Is trace[0] the start, and trace[t] the log-posterior after t steps?",
    ascent=ascent,
    steps=steps,
)
def a_longer_ascent_begins_like_a_shorter_one(gradient_ascent, ascent, steps):
    """The trace of T + 2 steps begins with the trace of T steps."""
    X, y, precision, step = ascent
    _, short = gradient_ascent(X, y, precision, step, steps)
    _, long = gradient_ascent(X, y, precision, step, steps + 2)
    expect(long[: steps + 1], short)


@prop(
    points=2.5,
    hint="The gradient points uphill, so a small step cannot lower the log-posterior. Which quantity do you record?",
    ascent=ascent,
    steps=steps,
)
def never_decreases(gradient_ascent, ascent, steps):
    """With small steps the trace never decreases."""
    X, y, precision, step = ascent
    _, trace = gradient_ascent(X, y, precision, step, steps + 1)
    # At the very top, rounding may move the sum by a last digit.
    expect_at_most(trace[:-1], trace[1:], slack=1e-12)


@prop(
    points=2.5,
    hint="A step may be so large that θᵀx is in the thousands. Which of your formulas overflows there, or takes log 0? And do you return the last θ, after steps of one size?",
    large_step=choice(LARGE_STEPS),
    steps=choice([0, 1, 2, 3]),
)
def large_steps_stay_finite(gradient_ascent, large_step, steps):
    """With a step of 64, 500 or 1,000, θ and the trace are finite and right, too."""
    X, y, step, path, heights = large_step
    theta, trace = gradient_ascent(X, y, 0.0, step, steps)
    # Far from the line p hardly depends on theta, so that errors add up and do not grow. A gradient that is right to
    # 1e-9 of its size, at most 6, moves theta by 6e-6 a step more or less, and theta . x by 2e-5 or so.
    expect(theta, path[steps : steps + 1], atol=1e-4, what="theta")
    expect(trace, [-2 * np.log(2), *heights[:steps]], atol=1e-4, what="trace")


# X, y, prior_precision and step_size. What one might repair in place: labels of 0, all the same or not, huge features
# and steps, and zeros.
REPAIRED = [
    (np.array([[1.5, -0.5]]), np.array([0]), 2.5, 0.1),
    (np.array([[0.0], [2.5]]), np.array([1, 1]), 0.0, 0.0),
    (np.array([[1e4, 0.0, -2.0], [-1e4, 0.5, 0.0]]), np.array([1, 0]), 0.002, 0.01),
    (np.array([[1.0], [-2.0]]), np.array([1, 0]), 0.0, 1000.0),
]

leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "gradient_ascent",
    points=2.5,
    arguments=lambda data, steps: (*data, steps),
    data=choice(REPAIRED),
    steps=choice([2, 0, 1, 3]),
)
