"""Question perplexity: exp of the mean negative log-probability of a token.

Right answers agree to about 1e-13 relative for 10,000 tokens; the default tolerance of 1e-9 passes sums in any order.
"""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, expect, inputs_unchanged, prop, recipe

from autograder.checks.models import markov_chain, sparse_markov_chain

OK_FORMAT = False
name = "perplexity"


def corpus_and_model(smallest=1, longest=5):
    """``(sequences, initial, transition)``: at least ``smallest`` sequences, all probabilities positive."""

    @recipe(
        {"n": smallest, "size": 2, "seed": 1},
        {"n": smallest + 1, "size": 3, "seed": 2},
        n=st.integers(smallest, 4),
        size=st.integers(1, 4),
        seed=SEEDS,
    )
    def build(n, size, seed):
        rng = np.random.RandomState(seed)
        # The first two sequences differ in length, or all weighted means of sequences are alike.
        first = rng.randint(1, longest)
        lengths = [first, first + 1, *rng.randint(1, longest + 1, size=n)][:n]
        sequences = [rng.randint(size, size=length).astype(np.int64) for length in lengths]
        return sequences, *markov_chain(rng, size, least=1)

    return build


@recipe(
    {"size": 2, "lengths": "1"},
    {"size": 3, "lengths": "2"},
    {"size": 2, "lengths": "1 3"},
    {"size": 4, "lengths": "2000"},
    {"size": 3, "lengths": "4000 5"},
    size=st.integers(2, 5),
    # Beyond 1,074 tokens the product of their probabilities is 0 for every V > 1.
    lengths=st.sampled_from(["1", "1 1", "2 5 1", "4 4 2", "1200", "1500 7", "2000", "3000 1500"]),
)
def uniform_model(size, lengths):
    """``(sequences, initial, transition)``: every token is equally likely at every step."""
    sequences = [np.arange(int(length), dtype=np.int64) % size for length in lengths.split()]
    return sequences, np.full(size, 1 / size), np.full((size, size), 1 / size)


@recipe(
    {"n": 1, "where": 0, "seed": 0},
    {"n": 2, "where": 1, "seed": 1},
    n=st.integers(1, 3),
    where=st.integers(0, 2),
    seed=SEEDS,
)
def impossible_corpus(n, where, seed):
    """``(sequences, initial, transition)``: sequence ``where`` takes a step of probability 0."""
    rng = np.random.RandomState(seed)
    sequences = [np.zeros(rng.randint(1, 4), dtype=np.int64) for _ in range(n)]
    sequences[where % n] = np.array([0, 1])
    return sequences, np.array([0.5, 0.5]), np.array([[1.0, 0.0], [0.5, 0.5]])


@prop(
    points=3,
    hint="Perplexity is an effective number of equally likely choices. Do the bases of your logarithm and your power agree, and do you count first tokens?",
    data=uniform_model,
)
def a_uniform_model_has_the_size_of_the_vocabulary(perplexity, data):
    """If all V tokens are equally likely at every step, the perplexity is V, on any corpus."""
    sequences, initial, transition = data
    expect(perplexity(sequences, initial, transition), float(len(initial)))


@prop(
    points=2,
    hint="One sequence of one token: how many terms does its log-probability have, and by what do you divide?",
    data=corpus_and_model(),
)
def one_token_has_the_inverse_of_its_probability(perplexity, data):
    """The perplexity of a single token a is 1/initial[a]."""
    sequences, initial, transition = data
    expect(perplexity([sequences[0][:1]], initial, transition), 1 / initial[sequences[0][0]])


@prop(
    points=3,
    hint="Every token of the corpus has the same weight. By what do you divide, and where do you take the mean?",
    data=corpus_and_model(smallest=2),
)
def long_sequences_weigh_more(perplexity, data):
    """The log-perplexity of a corpus is the mean of its sequences' log-perplexities, weighted by length."""
    sequences, initial, transition = data
    whole = np.log(perplexity([*sequences, sequences[0]], initial, transition))  # one of them twice
    parts = [np.log(perplexity([s], initial, transition)) for s in sequences]
    lengths = [len(s) for s in sequences]
    lengths[0] *= 2
    expect(whole, np.average(parts, weights=lengths), what="log perplexity of the corpus")


@prop(
    points=2,
    hint="Perplexity is a mean per token. Does more of the same text change it in your code?",
    data=corpus_and_model(),
)
def the_same_corpus_twice_is_no_more_surprising(perplexity, data):
    """A corpus repeated twice has the same perplexity, in either order."""
    sequences, initial, transition = data
    once = perplexity(sequences, initial, transition)
    expect(perplexity(sequences + sequences[::-1], initial, transition), once)


@prop(
    points=2,
    hint="An impossible corpus has log-probability −inf. What is exp of plus infinity?",
    data=impossible_corpus,
)
def an_impossible_corpus_has_infinite_perplexity(perplexity, data):
    """One impossible sequence makes the perplexity +inf."""
    expect(perplexity(*data), np.inf)


@recipe(
    {"longest": 1, "size": 2, "seed": 13},
    {"longest": 3, "size": 3, "seed": 1},
    longest=st.integers(1, 4),
    size=st.integers(2, 3),
    seed=SEEDS,
)
def sparse_corpus_and_model(longest, size, seed):
    """``(sequences, initial, transition)``: zeros in both tables; one sequence twice, one of a single token, in no order."""
    rng = np.random.RandomState(seed)
    first, second = (rng.randint(size, size=length).astype(np.int64) for length in (longest, 1))
    return [first, second, first], *sparse_markov_chain(rng, size)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "perplexity",
    points=1,
    hint="Do you replace zeros in the tables themselves, or sort or shorten the list? They belong to the caller.",
    data=sparse_corpus_and_model,
)
