"""Question sequence_log_prob: the chain rule, in logarithms.

A sum of 10,000 logarithms of a few units each is off by about 1e-12 of itself in any order of summation: 1e-9 relative
(the default) passes every style, a product with another base, a missing factor or an added epsilon does not.
"""

import itertools

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, expect, inputs_unchanged, prop, recipe

from autograder.checks.models import markov_chain, sparse_markov_chain

OK_FORMAT = False
name = "sequence_log_prob"


def model_and_sequence(longest=6, shortest=1):
    """``(sequence, initial, transition)``, all probabilities positive, T != V."""

    @recipe(
        {"size": 1, "length": shortest, "seed": 1},
        {"size": 2, "length": shortest, "seed": 2},
        {"size": 3, "length": 2, "seed": 3},
        size=st.integers(1, 4),
        length=st.integers(shortest, longest),
        seed=SEEDS,
    )
    def build(size, length, seed):
        rng = np.random.RandomState(seed)
        length = length + 1 if length == size > 1 else length
        initial, transition = markov_chain(rng, size, least=1)
        return rng.randint(size, size=length).astype(np.int64), initial, transition

    return build


@recipe(
    {"size": 2, "length": 1, "zeros": False, "seed": 0},
    {"size": 2, "length": 2, "zeros": False, "seed": 1},
    {"size": 2, "length": 3, "zeros": True, "seed": 4},
    {"size": 3, "length": 2, "zeros": False, "seed": 2},
    size=st.integers(2, 3),
    length=st.integers(1, 3),
    zeros=st.sampled_from([True, False]),
    seed=SEEDS,
)
def model_and_length(size, length, zeros, seed):
    """``(length, initial, transition)``; with ``zeros`` some events are impossible."""
    rng = np.random.RandomState(seed)
    least = 0 if zeros else 1
    initial, transition = markov_chain(rng, size, least=least)
    if zeros:
        initial = np.eye(size)[rng.randint(size)]
        transition[rng.randint(size)] = np.eye(size)[0]
    return length, initial, transition


@recipe(
    {"size": 2, "length": 1, "at": 0, "seed": 0},
    {"size": 2, "length": 2, "at": 1, "seed": 0},
    {"size": 3, "length": 4, "at": 2, "seed": 1},
    size=st.integers(2, 4),
    length=st.integers(1, 5),
    at=st.integers(0, 4),
    seed=SEEDS,
)
def impossible_sequence(size, length, at, seed):
    """``(sequence, initial, transition)``: exactly the step to position ``at`` has probability 0."""
    rng = np.random.RandomState(seed)
    at = at % length
    # Steps go from a token to itself until `at`, where they go to the next token and stay.
    start = rng.randint(size)
    there = (start + 1) % size
    sequence = np.where(np.arange(length) < at, start, there).astype(np.int64)
    initial, transition = markov_chain(rng, size, least=1)
    row = initial if at == 0 else transition[start]
    row[start] += row[there]
    row[there] = 0
    return sequence, initial, transition


@recipe(
    *(
        {"size": size, "length": length}
        for size, length in [(2, 1), (2, 3), (3, 100), (3, 1000), (2, 10000), (5, 10000)]
    ),
    size=st.integers(1, 5),
    length=st.sampled_from([1, 2, 5, 20, 100, 400, 1000, 10000]),
)
def uniform_model(size, length):
    """``(sequence, initial, transition)``: every token is equally likely at every step."""
    sequence = (np.arange(length, dtype=np.int64) * 2) % size
    return sequence, np.full(size, 1 / size), np.full((size, size), 1 / size)


@prop(
    points=2,
    hint="A sequence of one token has one factor. Which table is it in, and which logarithm does the question ask for?",
    data=model_and_sequence(longest=1),
)
def one_token_comes_from_initial(sequence_log_prob, data):
    """log P of a single token is log initial[token]."""
    sequence, initial, transition = data
    expect(sequence_log_prob(sequence[:1], initial, transition), np.log(initial[sequence[0]]))


@prop(
    points=4,
    hint="By the chain rule one more token is one more factor. Do you take a row or a column of transition?",
    data=model_and_sequence(shortest=2),
)
def one_more_token_is_one_more_factor(sequence_log_prob, data):
    """log P(x_1, …, x_T) − log P(x_1, …, x_{T−1}) = log transition[x_{T−1}, x_T]."""
    sequence, initial, transition = data
    whole = sequence_log_prob(sequence, initial, transition)
    shorter = sequence_log_prob(sequence[:-1], initial, transition)
    expect(whole - shorter, np.log(transition[sequence[-2], sequence[-1]]), what="difference of the two")


@prop(
    points=4,
    hint="Exactly one of all sequences of this length happens. Is a factor missing, or is there one too many?",
    cases=14,
    data=model_and_length,
)
def all_sequences_of_one_length_share_probability_1(sequence_log_prob, data):
    """The probabilities of all V^T sequences of length T sum to 1."""
    length, initial, transition = data
    every = itertools.product(range(len(initial)), repeat=length)
    expect(
        sum(np.exp(sequence_log_prob(np.array(s), initial, transition)) for s in every),
        1.0,
        what="sum of the probabilities",
    )


@prop(
    points=3,
    hint="One factor is 0, so the product is 0. What is its logarithm, and does your sum get there?",
    data=impossible_sequence,
)
def the_impossible_has_log_probability_minus_infinity(sequence_log_prob, data):
    """log P = −inf when a step has probability 0: not nan, not a large negative number, no exception."""
    expect(sequence_log_prob(*data), -np.inf)


@prop(
    points=3,
    hint="A product of thousands of probabilities underflows. What does a sum of logarithms do?",
    data=uniform_model,
)
def long_sequences_do_not_underflow(sequence_log_prob, data):
    """If all V tokens are equally likely at every step, log P = −T log V, for T = 10,000, too."""
    sequence, initial, transition = data
    expect(sequence_log_prob(sequence, initial, transition), -len(sequence) * np.log(len(initial)))


@recipe(
    {"size": 1, "length": 1, "seed": 1},
    {"size": 2, "length": 1, "seed": 13},
    {"size": 3, "length": 3, "seed": 1},
    size=st.integers(2, 4),
    length=st.integers(1, 5),
    seed=SEEDS,
)
def sparse_model_and_sequence(size, length, seed):
    """``(sequence, initial, transition)``: zeros in both tables, and sequences that may be impossible."""
    rng = np.random.RandomState(seed)
    return rng.randint(size, size=length).astype(np.int64), *sparse_markov_chain(rng, size)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "sequence_log_prob",
    points=1,
    hint="Do you replace zeros or normalise rows in the tables themselves? They belong to the caller.",
    data=sparse_model_and_sequence,
)
