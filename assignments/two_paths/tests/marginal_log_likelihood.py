"""Question marginal_log_likelihood: sum_i log P(x_i), stable where every exp underflows."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, expect_inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "marginal_log_likelihood"

# Entries of -1e5 carry a rounding error of 1e-11 each, and a right answer adds a handful of them. The nearest
# wrong answers (the largest entry only, an epsilon inside the logarithm) are off by far more.
ATOL, RTOL = 1e-8, 1e-12


@recipe(
    {"n": 1, "k": 2, "deep": False, "seed": 0},
    {"n": 1, "k": 2, "deep": True, "seed": 1},
    {"n": 2, "k": 3, "deep": False, "seed": 2},
    n=st.integers(1, 6),
    k=st.integers(1, 4),
    deep=st.booleans(),
    seed=SEEDS,
)
def known_model(n, k, deep, seed):
    """(log_evidence, conditional): log P(x_i) (n,), and P(y given x_i) (n, K), positive, rows sum to 1."""
    rng = np.random.RandomState(seed)
    k = k + 1 if k == n and n > 1 else k
    weights = rng.randint(1, 10, size=(n, k)).astype(np.float64)
    # One example may lie at log P = 0 and the next at -50,000, in one array.
    depths = np.array([0.0, 40.0, 800.0, 5e4])[rng.randint(0, 4, size=n)] if deep else np.zeros(n)
    return decimals(rng.normal(size=n) * 2 - depths), weights / weights.sum(axis=1, keepdims=True)


def joint_of(model):
    """log P(x, y) = log P(x) + log P(y given x)."""
    log_evidence, conditional = model
    return log_evidence[:, np.newaxis] + np.log(conditional)


@prop(
    points=3,
    hint="P(x) = sum_y P(x, y). Probabilities are added, not their logarithms; then each example has a logarithm.",
    model=known_model,
)
def sums_the_labels_out(marginal_log_likelihood, model):
    """If log P(x, y) = log P(x) + log P(y given x), the value is sum_i log P(x_i)."""
    expect(marginal_log_likelihood(joint_of(model)), model[0].sum(), atol=ATOL, rtol=RTOL)


@prop(
    points=2,
    hint="exp(-1000) is 0 to a computer. Take the largest entry of a row out of the sum before you exponentiate.",
    model=known_model,
    shift=choice([-1.0, 700.0, -745.0, -1e4, -4.9e4]),
)
def a_factor_comes_out_as_a_summand(marginal_log_likelihood, model, shift):
    """Adding c to all entries adds n c to the value, however low the entries are."""
    joint = joint_of(model)
    before = marginal_log_likelihood(joint)
    expect(marginal_log_likelihood(joint + shift), before + len(joint) * shift, atol=ATOL, rtol=RTOL)


@prop(
    points=1,
    hint="Two halves of a class are as probable as the whole class.",
    model=known_model,
)
def splitting_a_class_changes_nothing(marginal_log_likelihood, model):
    """A class cut into two halves, each with half of its probability, leaves P(x) as it is."""
    joint = joint_of(model)
    half = joint[:, :1] + np.log(0.5)
    split = np.hstack([half, joint[:, 1:], half])
    expect(marginal_log_likelihood(split), marginal_log_likelihood(joint), atol=ATOL, rtol=RTOL)


@prop(
    points=1,
    hint="Each example has its own log P(x); the value is their sum.",
    model=known_model,
)
def adds_up_over_the_examples(marginal_log_likelihood, model):
    """A data set cut in two parts has the sum of their values."""
    joint = joint_of(model)
    whole = marginal_log_likelihood(np.vstack([joint, joint[:1]]))
    expect(whole, marginal_log_likelihood(joint) + marginal_log_likelihood(joint[:1]), atol=ATOL, rtol=RTOL)


@prop(
    points=1,
    hint="exp(-inf) = 0: the class adds nothing to P(x).",
    model=known_model,
    first=choice([True, False]),
)
def an_impossible_class_changes_nothing(marginal_log_likelihood, model, first):
    """One more class with the prior 0, a column of -inf, changes nothing."""
    joint = joint_of(model)
    impossible = np.full((len(joint), 1), -np.inf)
    more = np.hstack([impossible, joint] if first else [joint, impossible])
    expect(marginal_log_likelihood(more), marginal_log_likelihood(joint), atol=ATOL, rtol=RTOL)


@prop(
    points=1,
    hint="If the largest entry of a row is -inf, subtracting it gives nan: (-inf) - (-inf).",
    model=known_model,
)
def an_impossible_example(marginal_log_likelihood, model):
    """An example that no class can produce has P(x) = 0, and the value is -inf."""
    joint = joint_of(model)
    expect(marginal_log_likelihood(np.vstack([joint, np.full((1, joint.shape[1]), -np.inf)])), -np.inf)


@prop(points=1, hint="Write to new arrays only.", model=known_model)
def leaves_its_argument_alone(marginal_log_likelihood, model):
    """joint is as it was before the call."""
    expect_inputs_unchanged(marginal_log_likelihood, joint_of(model))
