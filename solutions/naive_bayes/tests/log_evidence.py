"""Question log_evidence: log P(x) = log Σ_k P(x, y = k), stable."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, expect_between, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "log_evidence"


@recipe({"n": 1, "k": 1, "seed": 0}, {"n": 1, "k": 2, "seed": 1}, n=st.integers(1, 4), k=st.integers(1, 4), seed=SEEDS)
def joint_logs(n, k, seed):
    """joint (n, K) with entries of ordinary size, n != K."""
    rng = np.random.RandomState(seed)
    n = n + 1 if n == k > 1 else n
    return decimals(rng.normal(size=(n, k)) * 3 - 4)


@recipe({"n": 1, "k": 2, "seed": 1}, {"n": 2, "k": 1, "seed": 2}, n=st.integers(1, 4), k=st.integers(1, 4), seed=SEEDS)
def joint_logs_of_any_size(n, k, seed):
    """joint (n, K) whose rows are of very different size, from -100,000 up to 0."""
    rng = np.random.RandomState(seed)
    n = n + 1 if n == k > 1 else n
    sizes = rng.choice([0.0, -1.0, -300.0, -750.0, -2e4, -1e5 + 20], size=(n, 1))
    return decimals(sizes - np.abs(rng.normal(size=(n, k)) * 3))


# exp of entries in [-16, 5] and back: relative 1e-15.
@prop(points=2, hint="P(x) is a sum over the classes. Do you add probabilities, or their logarithms?", joint=joint_logs)
def adds_up_the_joint(log_evidence, joint):
    """exp(log P(x)) = Σ_k P(x, y = k)."""
    expect(np.exp(log_evidence(joint)), np.exp(joint).sum(axis=1), what="exp of the result")


@prop(
    points=2,
    hint="Multiplying every P(x, y = k) by e^c multiplies their sum by e^c. If exp underflows, or overflows, which constant can you factor out of the sum? Densities may be above 1.",
    joint=joint_logs,
    c=choice([-1e5, -5000.0, -800.0, -10.0, 2000.0]),
)
def a_common_factor_comes_out(log_evidence, joint, c):
    """log_evidence(joint + c) = log_evidence(joint) + c, for c = −100,000 and c = 2000, too."""
    # joint + c is rounded to 1e-11 at 1e5.
    expect(log_evidence(joint + c), log_evidence(joint) + c, atol=1e-9)


@prop(
    points=1,
    hint="A sum of K positive numbers lies between its largest term and K times that. Is your largest term taken per row?",
    joint=joint_logs_of_any_size,
)
def lies_between_the_largest_and_k_times_the_largest(log_evidence, joint):
    """max_k log P(x, y = k) ≤ log P(x) ≤ max_k log P(x, y = k) + log K."""
    highest = joint.max(axis=1)
    # Going through -100,000 and back costs 1e-11.
    expect_between(log_evidence(joint), highest - 1e-9, highest + np.log(joint.shape[1]) + 1e-9)


@prop(
    points=1,
    hint="An impossible class adds exp(−inf) = 0 to the sum. If you see nan, where is −inf − (−inf) computed?",
    joint=joint_logs_of_any_size,
    place=choice([0, 1, 2, 4]),
)
def impossible_classes_add_nothing(log_evidence, joint, place):
    """A column of −inf leaves log P(x) unchanged."""
    wider = np.insert(joint, min(place, joint.shape[1]), -np.inf, axis=1)
    expect(log_evidence(wider), log_evidence(joint))


@prop(
    points=1,
    hint="If every class is impossible, so is x, and log 0 = −inf. Where does nan come from, if you see one?",
    joint=joint_logs,
    place=choice([0, 1, 2, 4]),
)
def an_impossible_example_has_minus_infinity(log_evidence, joint, place):
    """A row of −inf has log P(x) = −inf; the other rows keep their values."""
    row = min(place, len(joint))
    expect(log_evidence(np.insert(joint, row, -np.inf, axis=0)), np.insert(log_evidence(joint), row, -np.inf))


leaves_joint_alone = inputs_unchanged(
    "leaves_joint_alone",
    "log_evidence",
    points=1,
    hint="Does `joint -= …` or the like change the caller's joint? Avoid in-place operations.",
    # An impossible class, and an example that is impossible as a whole.
    arguments=lambda joint: (np.pad(joint, ((0, 1), (0, 1)), constant_values=-np.inf),),
    joint=joint_logs,
)


# BEGIN SOLUTION
@prop(
    points=2,
    hidden=True,
    hint="Each example is a row of its own. Try rows of very different size together: does one disturb another?",
    joint=joint_logs_of_any_size,
)
def equals_the_definition(log_evidence, joint, reference):
    """log P(x) = log Σ_k P(x, y = k), per row."""
    expect(log_evidence(joint), reference.log_evidence(joint))


# END SOLUTION
