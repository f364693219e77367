"""Question joint_log_likelihood: sum_i log P(x_i, y_i), what the generative path maximises."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "joint_log_likelihood"


# Entries of a log joint are sums over features: with many of them exp(entry) is 0 to a computer.
@recipe(
    {"n": 1, "k": 2, "depth": 5, "seed": 0},
    {"n": 1, "k": 3, "depth": 5, "seed": 1},
    {"n": 2, "k": 3, "depth": 5, "seed": 2},
    {"n": 1, "k": 2, "depth": 100_000, "seed": 3},
    n=st.integers(1, 6),
    k=st.integers(1, 4),
    depth=st.sampled_from([0, 5, 800, 100_000]),
    seed=SEEDS,
)
def labelled_joint(n, k, depth, seed):
    """(joint, y): joint (n, K) with entries around -depth, n != K except 1 by 1."""
    rng = np.random.RandomState(seed)
    k = k + 1 if k == n and n > 1 else k
    return decimals(rng.normal(size=(n, k)) * 3 - depth), rng.randint(0, k, size=n).astype(np.int64)


# A sum of 6 entries of 1e5 is exact to 1e-10, in any order of summation: expect's default is enough.


@prop(
    points=2,
    hint="One example: which of its K entries is about its own label?",
    data=labelled_joint,
    which=choice([0, 1, 2]),
)
def one_example_is_one_entry(joint_log_likelihood, data, which):
    """For a single example with label k, the value is log P(x, y = k)."""
    joint, y = data
    i = which % len(y)
    expect(joint_log_likelihood(joint[i : i + 1], y[i : i + 1]), joint[i, y[i]])


@prop(
    points=2,
    hint="The probabilities of independent examples are multiplied. What happens to their logarithms?",
    data=labelled_joint,
)
def adds_up_over_the_examples(joint_log_likelihood, data):
    """The values of two parts of the data add up to that of all."""
    joint, y = data
    whole = joint_log_likelihood(np.vstack([joint, joint[:1]]), np.append(y, y[0]))
    expect(whole, joint_log_likelihood(joint, y) + joint_log_likelihood(joint[:1], y[:1]))


@prop(
    points=1,
    hint="Renaming class 0 to 2 moves a column of joint and changes the labels. Do you pick the entry by label?",
    data=labelled_joint,
)
def names_of_classes_do_not_matter(joint_log_likelihood, data):
    """Renaming the classes, in joint and in y, changes nothing."""
    joint, y = data
    n_classes = joint.shape[1]
    # Old class k becomes K - 1 - k: its column moves there.
    expect(joint_log_likelihood(joint[:, ::-1], n_classes - 1 - y), joint_log_likelihood(joint, y))


@prop(
    points=1,
    hint="Does the probability of x_i together with a label that it does not have affect your value?",
    data=labelled_joint,
)
def other_labels_do_not_matter(joint_log_likelihood, data):
    """The entries of other labels change nothing."""
    joint, y = data
    own = np.arange(joint.shape[1]) == y[:, np.newaxis]
    expect(joint_log_likelihood(np.where(own, joint, joint + 7), y), joint_log_likelihood(joint, y))


def with_impossible_pairs(data, own):
    """(joint, y) with -inf for the example's own label, or for all others: what one might repair in place."""
    joint, y = data
    return np.where((np.arange(joint.shape[1]) == y[:, np.newaxis]) == own, -np.inf, joint), y


@prop(
    points=1,
    hint="log 0 = −inf is right for the true label. Do you multiply −inf by 0 elsewhere, which is nan?",
    data=labelled_joint,
    own=choice([False, True]),
)
def impossible_pairs(joint_log_likelihood, data, own):
    """If P(x_i, y_i) = 0 for some i the value is −inf; a probability of 0 for another label changes nothing."""
    expected = -np.inf if own else joint_log_likelihood(*data)
    expect(joint_log_likelihood(*with_impossible_pairs(data, own)), expected)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "joint_log_likelihood",
    points=1,
    arguments=with_impossible_pairs,
    data=labelled_joint,
    own=choice([False, True]),
)


# BEGIN SOLUTION
@prop(
    points=2,
    hidden=True,
    hint="Work out two examples and three classes by hand. Which entry differs?",
    data=labelled_joint,
)
def equals_the_definition(joint_log_likelihood, data, reference):
    """The value is Σ_i log P(x_i, y_i)."""
    expect(joint_log_likelihood(*data), reference.joint_log_likelihood(*data))


# END SOLUTION
