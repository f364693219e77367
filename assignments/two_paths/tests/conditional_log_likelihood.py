"""Question conditional_log_likelihood: sum_i log P(y_i given x_i), what the discriminative path maximises."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, expect_inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "conditional_log_likelihood"

# The value is a difference of numbers as large as 1e5, whose rounding error is 1e-11 each. A right answer
# may also be tiny (a label that is all but certain): tolerances are absolute.
ATOL = 1e-8


@recipe(
    {"n": 1, "k": 2, "deep": False, "seed": 0},
    {"n": 1, "k": 2, "deep": True, "seed": 1},
    {"n": 2, "k": 3, "deep": False, "seed": 2},
    {"n": 1, "k": 1, "deep": False, "seed": 3},
    n=st.integers(1, 6),
    k=st.integers(1, 4),
    deep=st.booleans(),
    seed=SEEDS,
)
def known_model(n, k, deep, seed):
    """(log_evidence, conditional, y): log P(x_i) (n,), P(y given x_i) (n, K) with rows that sum to 1, labels (n,)."""
    rng = np.random.RandomState(seed)
    k = k + 1 if k == n and n > 1 else k
    weights = rng.randint(1, 10, size=(n, k)).astype(np.float64)
    # One example may lie at log P = 0 and the next at -50,000, in one array.
    depths = np.array([0.0, 40.0, 800.0, 5e4])[rng.randint(0, 4, size=n)] if deep else np.zeros(n)
    log_evidence = decimals(rng.normal(size=n) * 2 - depths)
    return log_evidence, weights / weights.sum(axis=1, keepdims=True), rng.randint(0, k, size=n).astype(np.int64)


def joint_of(model):
    """log P(x, y) = log P(x) + log P(y given x)."""
    return model[0][:, np.newaxis] + np.log(model[1])


@prop(
    points=3,
    hint="P(y given x) = P(x, y) / P(x), for each example by itself. What does a quotient become in logarithms?",
    model=known_model,
)
def joint_is_conditional_plus_marginal(conditional_log_likelihood, model):
    """If log P(x, y) = log P(x) + log P(y given x), the value is sum_i log P(y_i given x_i)."""
    _, conditional, y = model
    known = sum(np.log(row[label]) for row, label in zip(conditional, y, strict=True))
    expect(conditional_log_likelihood(joint_of(model), y), known, atol=ATOL)


@prop(
    points=2,
    hint="How probable x is cancels in P(x, y) / P(x); see that it cancels when exp of every entry is 0, too.",
    model=known_model,
    shift=choice([-1.0, 700.0, -745.0, -1e4, -4.9e4]),
)
def how_probable_x_is_does_not_matter(conditional_log_likelihood, model, shift):
    """Adding a number to a row of joint, another to another row, changes nothing."""
    joint, y = joint_of(model), model[2]
    rows = shift * (np.arange(len(y)) % 2 == 0)[:, np.newaxis]
    expect(conditional_log_likelihood(joint + rows, y), conditional_log_likelihood(joint, y), atol=ATOL)


@prop(
    points=1,
    hint="An example has one label or another: P(y=0 given x), ..., P(y=K-1 given x) add up to 1.",
    model=known_model,
)
def probabilities_of_the_labels_sum_to_1(conditional_log_likelihood, model):
    """For a single example, sum_k P(y = k given x) = 1."""
    one = joint_of(model)[:1]
    total = sum(np.exp(conditional_log_likelihood(one, np.array([k]))) for k in range(one.shape[1]))
    expect(total, 1.0, atol=ATOL, what="sum of the probabilities")


@prop(
    points=1,
    hint="exp(-800) is 0 to a computer, and then log 0 is -inf. Which quantity here need not leave the logarithms?",
    cases=10,
    log_evidence=choice([0.0, -3.0, -40_000.0]),
    gap=choice([50.0, 800.0, 50_000.0]),
)
def an_improbable_label(conditional_log_likelihood, log_evidence, gap):
    """If P(x, y=1) = exp(-g) P(x, y=0) with a large g, then log P(y=1 given x) = -g."""
    # The exact value is -g - log(1 + exp(-g)), and exp(-50) is below the last digit.
    joint = np.array([[log_evidence, log_evidence - gap]])
    expect(conditional_log_likelihood(joint, np.array([1])), -gap, atol=ATOL)


@prop(
    points=1,
    hint="Labels of different examples are independent given X: their logarithms are added.",
    model=known_model,
)
def adds_up_over_the_examples(conditional_log_likelihood, model):
    """A data set cut in two parts has the sum of their values."""
    joint, y = joint_of(model), model[2]
    whole = conditional_log_likelihood(np.vstack([joint, joint[:1]]), np.append(y, y[0]))
    expect(whole, conditional_log_likelihood(joint, y) + conditional_log_likelihood(joint[:1], y[:1]), atol=ATOL)


@prop(
    points=1,
    hint="log 0 = -inf: of the label's own entry it makes -inf, to P(x) an impossible class adds 0.",
    model=known_model,
    own=choice([False, True]),
)
def impossible_labels(conditional_log_likelihood, model, own):
    """An impossible label gives -inf; one more class that is impossible for every x changes nothing."""
    joint, y = joint_of(model), model[2]
    more = np.hstack([joint, np.full((len(y), 1), -np.inf)])
    if own:
        expect(conditional_log_likelihood(more, np.full(len(y), joint.shape[1])), -np.inf)
    else:
        expect(conditional_log_likelihood(more, y), conditional_log_likelihood(joint, y), atol=ATOL)


@prop(points=1, hint="Write to new arrays only.", model=known_model)
def leaves_its_arguments_alone(conditional_log_likelihood, model):
    """joint and y are as they were before the call."""
    expect_inputs_unchanged(conditional_log_likelihood, joint_of(model), model[2])
