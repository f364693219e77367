"""Question conditional_log_likelihood: sum_i log P(y_i | x_i), what the discriminative path maximises."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

from autograder.checks.models import joint_of, known_joint

OK_FORMAT = False
name = "conditional_log_likelihood"

known_model = known_joint({"n": 1, "k": 1, "deep": False, "seed": 3}, labelled=True)

# The value is a difference of numbers as large as 1e5, whose rounding error is 1e-11 each. A right answer
# may also be tiny (a label that is all but certain): tolerances are absolute.
ATOL = 1e-8


@prop(
    points=3,
    hint="P(y | x) = P(x, y)/P(x) for each example. What does the logarithm turn a quotient into?",
    model=known_model,
)
def joint_is_conditional_plus_marginal(conditional_log_likelihood, model):
    """If log P(x, y) = log P(x) + log P(y | x), the value is Σ_i log P(y_i | x_i)."""
    _, conditional, y = model
    known = sum(np.log(row[label]) for row, label in zip(conditional, y, strict=True))
    expect(conditional_log_likelihood(joint_of(model), y), known, atol=ATOL)


@prop(
    points=2,
    hint="P(x) cancels in P(x, y)/P(x). Does it still cancel when exp of every entry is 0?",
    model=known_model,
    shift=choice([-1.0, 2000.0, -745.0, -1e4, -4.9e4]),
)
def how_probable_x_is_does_not_matter(conditional_log_likelihood, model, shift):
    """Adding a constant to each row of joint changes nothing."""
    joint, y = joint_of(model), model[2]
    rows = shift * (np.arange(len(y)) % 2 == 0)[:, np.newaxis]
    expect(conditional_log_likelihood(joint + rows, y), conditional_log_likelihood(joint, y), atol=ATOL)


@prop(
    points=1,
    hint="An example has exactly one label. What must P(y = 0 | x), …, P(y = K−1 | x) add up to?",
    model=known_model,
)
def probabilities_of_the_labels_sum_to_1(conditional_log_likelihood, model):
    """For a single example, Σ_k P(y = k | x) = 1."""
    one = joint_of(model)[:1]
    total = sum(np.exp(conditional_log_likelihood(one, np.array([k]))) for k in range(one.shape[1]))
    expect(total, 1.0, atol=ATOL, what="sum of the probabilities")


@prop(
    points=1,
    hint="exp(−800) is 0 in floating point, and log 0 is −inf. Which quantity never needs to leave the logarithms?",
    cases=10,
    log_evidence=choice([0.0, -3.0, -40_000.0]),
    gap=choice([50.0, 800.0, 50_000.0]),
)
def an_improbable_label(conditional_log_likelihood, log_evidence, gap):
    """If P(x, y = 1) = e^(−g) P(x, y = 0) with a large g, then log P(y = 1 | x) = −g."""
    # The exact value is -g - log(1 + exp(-g)), and exp(-50) is below the last digit.
    joint = np.array([[log_evidence, log_evidence - gap]])
    expect(conditional_log_likelihood(joint, np.array([1])), -gap, atol=ATOL)


@prop(
    points=1,
    hint="Given X, the labels of different examples are independent. What happens to their log-probabilities?",
    model=known_model,
)
def adds_up_over_the_examples(conditional_log_likelihood, model):
    """The values of two parts of the data add up to that of all."""
    joint, y = joint_of(model), model[2]
    whole = conditional_log_likelihood(np.vstack([joint, joint[:1]]), np.append(y, y[0]))
    expect(whole, conditional_log_likelihood(joint, y) + conditional_log_likelihood(joint[:1], y[:1]), atol=ATOL)


def with_an_impossible_class(model, own):
    """(joint, y) with a column of -inf at the end; with ``own`` all examples have its label."""
    joint, y = joint_of(model), model[2]
    more = np.hstack([joint, np.full((len(y), 1), -np.inf)])
    return more, np.full(len(y), joint.shape[1]) if own else y


@prop(
    points=1,
    hint="An impossible true label gives −inf; another impossible class adds 0 to P(x). Which of the two cases differs in your code, and do you see nan?",
    model=known_model,
    own=choice([False, True]),
)
def impossible_labels(conditional_log_likelihood, model, own):
    """An impossible true label gives −inf; another impossible class adds 0."""
    expected = -np.inf if own else conditional_log_likelihood(joint_of(model), model[2])
    expect(conditional_log_likelihood(*with_an_impossible_class(model, own)), expected, atol=ATOL)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "conditional_log_likelihood",
    points=1,
    arguments=with_an_impossible_class,
    model=known_model,
    own=choice([False, True]),
)


# BEGIN SOLUTION
@recipe(
    {"n": 2, "k": 3, "depth": 99_000.0, "spread": 50.0, "seed": 0},
    {"n": 400, "k": 3, "depth": 1000.0, "spread": 3.0, "seed": 0},
    n=st.integers(1, 8),
    k=st.integers(1, 5),
    depth=st.sampled_from([0.0, 700.0, 1e4, 9e4]),
    spread=st.sampled_from([0.5, 3.0, 50.0, 1000.0]),
    seed=SEEDS,
)
def any_joint(n, k, depth, spread, seed):
    """(joint, y): joint (n, K) with entries around -depth, labels (n,)."""
    rng = np.random.RandomState(seed)
    return decimals(rng.normal(size=(n, k)) * spread - depth), rng.randint(0, k, size=n).astype(np.int64)


@prop(
    points=2,
    hidden=True,
    hint="Work out log P(y | x) by hand for a row (−1000, −1001), once for each label. What does your code return?",
    data=any_joint,
)
def equals_the_definition(conditional_log_likelihood, data, reference):
    """The value is Σ_i (joint[i, y_i] − log Σ_k exp(joint[i, k]))."""
    # 400 examples 1000 deep add up to 4e5, each with a rounding error of 1e-13.
    expect(conditional_log_likelihood(*data), reference.conditional_log_likelihood(*data), atol=1e-7)


# END SOLUTION
