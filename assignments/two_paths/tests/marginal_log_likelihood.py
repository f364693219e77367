"""Question marginal_log_likelihood: sum_i log P(x_i), stable where every exp underflows."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, expect_between, inputs_unchanged, prop, recipe

from autograder.checks.models import joint_of, known_joint

OK_FORMAT = False
name = "marginal_log_likelihood"

known_model = known_joint()

# Entries of -1e5 carry a rounding error of 1e-11 each, and a right answer adds a handful of them. The nearest
# wrong answers (the largest entry only, an epsilon inside the logarithm) are off by far more.
ATOL, RTOL = 1e-8, 1e-12


@prop(
    points=3,
    hint="P(x) = Σ_y P(x, y). Do you add probabilities or their logarithms, and when do you take the logarithm?",
    model=known_model,
)
def sums_the_labels_out(marginal_log_likelihood, model):
    """If log P(x, y) = log P(x) + log P(y | x), the value is Σ_i log P(x_i)."""
    expect(marginal_log_likelihood(joint_of(model)), model[0].sum(), atol=ATOL, rtol=RTOL)


@prop(
    points=2,
    hint="exp(−1000) is 0 in floating point, and exp(1000) is infinite. Which constant per row can you factor out before you exponentiate?",
    model=known_model,
    shift=choice([-1.0, 2000.0, -745.0, -1e4, -4.9e4]),
)
def a_factor_comes_out_as_a_summand(marginal_log_likelihood, model, shift):
    """Adding c to all entries adds n·c, however low or high the entries are."""
    joint = joint_of(model)
    before = marginal_log_likelihood(joint)
    expect_between(before, -1e9, 1e9)  # infinity stays what it is
    expect(marginal_log_likelihood(joint + shift), before + len(joint) * shift, atol=ATOL, rtol=RTOL)


@prop(
    points=1,
    hint="Two halves of a class are together as probable as the whole class. Do you use the row maximum instead of a sum?",
    model=known_model,
)
def splitting_a_class_changes_nothing(marginal_log_likelihood, model):
    """Splitting a class into two halves, each with half of its probability, changes nothing."""
    joint = joint_of(model)
    half = joint[:, :1] + np.log(0.5)
    split = np.hstack([half, joint[:, 1:], half])
    expect(marginal_log_likelihood(split), marginal_log_likelihood(joint), atol=ATOL, rtol=RTOL)


@prop(
    points=1,
    hint="Each example has its own log P(x). How are they combined?",
    model=known_model,
)
def adds_up_over_the_examples(marginal_log_likelihood, model):
    """The values of two parts of the data add up to that of all."""
    joint = joint_of(model)
    whole = marginal_log_likelihood(np.vstack([joint, joint[:1]]))
    expect(whole, marginal_log_likelihood(joint) + marginal_log_likelihood(joint[:1]), atol=ATOL, rtol=RTOL)


@prop(
    points=1,
    hint="exp(−inf) = 0. What does the impossible class add to your P(x)?",
    model=known_model,
    first=choice([True, False]),
)
def an_impossible_class_changes_nothing(marginal_log_likelihood, model, first):
    """One more class with prior 0, a column of −inf, changes nothing."""
    joint = joint_of(model)
    impossible = np.full((len(joint), 1), -np.inf)
    more = np.hstack([impossible, joint] if first else [joint, impossible])
    expect(marginal_log_likelihood(more), marginal_log_likelihood(joint), atol=ATOL, rtol=RTOL)


@prop(
    points=1,
    hint="If the largest entry of a row is −inf, what do you get when you subtract it?",
    model=known_model,
)
def an_impossible_example(marginal_log_likelihood, model):
    """An example that no class can produce has P(x) = 0, and the value is −inf."""
    joint = joint_of(model)
    expect(marginal_log_likelihood(np.vstack([joint, np.full((1, joint.shape[1]), -np.inf)])), -np.inf)


leaves_its_argument_alone = inputs_unchanged(
    "leaves_its_argument_alone",
    "marginal_log_likelihood",
    points=1,
    # An impossible class, and an example that is impossible as a whole: what one might repair in place.
    arguments=lambda model: (np.pad(joint_of(model), ((0, 1), (0, 1)), constant_values=-np.inf),),
    model=known_model,
)
