"""Question next_token_distribution: what comes next, given everything so far.

The answer is copied from a table, so that right answers agree to the last bit or, renormalised, to 1e-16.
"""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, expect, expect_between, inputs_unchanged, prop, recipe

from autograder.checks.models import markov_chain, sparse_markov_chain

OK_FORMAT = False
name = "next_token_distribution"


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
        initial, transition = markov_chain(rng, size)
        return rng.randint(size, size=length).astype(np.int64), initial, transition

    return build


@prop(
    points=3,
    hint="Nothing has been seen yet. Which table is about the first token, and how do you recognise an empty array?",
    data=model_and_prefix(longest=0),
)
def the_first_token_comes_from_initial(next_token_distribution, data):
    """For the empty prefix it is P(x_1), that is, initial."""
    expect(next_token_distribution(*data), data[1])


@prop(
    points=4,
    hint="transition[a, b] is P(b follows a). Do you take a row or a column? Token 0 is a token, too.",
    data=model_and_prefix(shortest=1, longest=1),
)
def the_second_token_comes_from_transition(next_token_distribution, data):
    """P(x_2 = b | x_1 = a) is transition[a, b]."""
    prefix, initial, transition = data
    expect(
        next_token_distribution(prefix, initial, transition), [transition[prefix[0], b] for b in range(len(initial))]
    )


@prop(
    points=3,
    hint="How many tokens back does a bigram model look, and from which end?",
    data=model_and_prefix(shortest=2),
)
def only_the_last_token_is_remembered(next_token_distribution, data):
    """Two prefixes with the same last token have the same distribution."""
    prefix, initial, transition = data
    long = next_token_distribution(prefix, initial, transition)
    expect(long, next_token_distribution(prefix[-1:], initial, transition))


@prop(
    points=1,
    hint="Some token comes next, whatever the prefix. What do your V probabilities sum to?",
    data=model_and_prefix(),
)
def is_a_distribution(next_token_distribution, data):
    """V probabilities between 0 and 1 that sum to 1."""
    probabilities = next_token_distribution(*data)
    expect_between(probabilities, 0, 1)
    expect(probabilities.sum(), 1.0, what="sum of the probabilities")


@prop(
    points=1,
    hint="Go along the sequence: how probable was each token given the ones before it? What is the product of these numbers?",
    data=model_and_prefix(shortest=1, longest=4),
)
def multiplies_up_to_the_whole_sequence(next_token_distribution, data):
    """Chain rule: the probabilities of each x_t given x_<t multiply to P(x_1, …, x_T)."""
    sequence, initial, transition = data
    factors = [next_token_distribution(sequence[:t], initial, transition)[x] for t, x in enumerate(sequence)]
    expect(
        np.prod(factors),
        initial[sequence[0]] * np.prod(transition[sequence[:-1], sequence[1:]]),
        what="product of the probabilities",
    )


@recipe(
    {"size": 2, "length": 0, "seed": 13},
    {"size": 3, "length": 0, "seed": 7},
    {"size": 3, "length": 1, "seed": 39},
    size=st.integers(1, 4),
    length=st.integers(0, 4),
    seed=SEEDS,
)
def sparse_model_and_prefix(size, length, seed):
    """``(prefix, initial, transition)`` with zeros in both tables."""
    rng = np.random.RandomState(seed)
    return rng.randint(size, size=length).astype(np.int64), *sparse_markov_chain(rng, size)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "next_token_distribution",
    points=1,
    hint="Do you replace zeros or normalise a row in the caller's tables? Only look the answer up.",
    data=sparse_model_and_prefix,
)


# BEGIN SOLUTION
@prop(
    points=1,
    hidden=True,
    hint="Try prefixes of no, one, two and many tokens against the tables. Which one differs?",
    data=model_and_prefix().also({"size": 3, "length": 2000, "seed": 6}, {"size": 30, "length": 9, "seed": 7}),
)
def equals_the_conditional(next_token_distribution, data, reference):
    """P(x_t | x_<t) is initial for t = 1 and row x_{t−1} of transition afterwards."""
    expect(next_token_distribution(*data), reference.next_token_distribution(*data))


# END SOLUTION
