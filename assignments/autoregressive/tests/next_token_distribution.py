"""Question next_token_distribution: what comes next, given everything so far.

The answer is copied from a table, so that right answers agree to the last bit or, renormalised, to 1e-16.
"""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, expect, expect_between, expect_inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "next_token_distribution"


def twentieths(rng, size):
    """A distribution over size tokens in steps of 1/20; an entry may be 0."""
    return np.bincount(rng.randint(size, size=20), minlength=size) / 20


def model_and_prefix(shortest=0, longest=6):
    """``(prefix, initial, transition)``: a prefix of shortest to longest tokens."""

    @recipe(
        {"size": 2, "length": shortest, "seed": 1},
        {"size": 3, "length": shortest, "seed": 2},
        {"size": 2, "length": longest, "seed": 3},
        size=st.integers(1, 4),
        length=st.integers(shortest, longest),
        seed=SEEDS,
    )
    def build(size, length, seed):
        rng = np.random.RandomState(seed)
        initial = twentieths(rng, size)
        transition = np.array([twentieths(rng, size) for _ in range(size)])
        return rng.randint(size, size=length).astype(np.int64), initial, transition

    return build


@prop(
    points=3,
    hint="Nothing has been said yet. Which table is about the first token, and how do you recognise an empty array?",
    data=model_and_prefix(longest=0),
)
def the_first_token_comes_from_initial(next_token_distribution, data):
    """P(x_1) is initial: the distribution after the empty prefix."""
    expect(next_token_distribution(*data), data[1])


@prop(
    points=4,
    hint="transition[a, b] is P(b follows a). Which numbers are the probabilities of what follows the one token of this "
    "prefix? Token 0 is a token too.",
    data=model_and_prefix(shortest=1, longest=1),
)
def the_second_token_comes_from_transition(next_token_distribution, data):
    """P(x_2 = b given x_1 = a) is transition[a, b]."""
    prefix, initial, transition = data
    expect(
        next_token_distribution(prefix, initial, transition), [transition[prefix[0], b] for b in range(len(initial))]
    )


@prop(
    points=3,
    hint="The shortest memory there is: how many tokens back does a bigram model look, and from which end?",
    data=model_and_prefix(shortest=2),
)
def only_the_last_token_is_remembered(next_token_distribution, data):
    """Two prefixes that end alike are followed by the same distribution."""
    prefix, initial, transition = data
    long = next_token_distribution(prefix, initial, transition)
    expect(long, next_token_distribution(prefix[-1:], initial, transition))


@prop(
    points=1,
    hint="Something comes next, whatever the prefix: the V probabilities sum to 1.",
    data=model_and_prefix(),
)
def is_a_distribution(next_token_distribution, data):
    """V probabilities between 0 and 1 that sum to 1."""
    probabilities = next_token_distribution(*data)
    expect_between(probabilities, 0, 1)
    expect(probabilities.sum(), 1.0, what="sum of the probabilities")


@prop(
    points=1,
    hint="Walk along the sequence: before each token, look up how probable it was given the tokens so far. What is the "
    "product of these numbers?",
    data=model_and_prefix(shortest=1, longest=4),
)
def multiplies_up_to_the_whole_sequence(next_token_distribution, data):
    """Chain rule: the probabilities of each x_t given x_<t multiply up to P(x_1, ..., x_T)."""
    sequence, initial, transition = data
    factors = [next_token_distribution(sequence[:t], initial, transition)[x] for t, x in enumerate(sequence)]
    expect(
        np.prod(factors),
        initial[sequence[0]] * np.prod(transition[sequence[:-1], sequence[1:]]),
        what="product of the probabilities",
    )


@prop(points=1, hint="Look the answer up; change neither table nor prefix.", data=model_and_prefix())
def leaves_its_arguments_alone(next_token_distribution, data):
    """The arguments are as they were before the call."""
    expect_inputs_unchanged(next_token_distribution, *data)
