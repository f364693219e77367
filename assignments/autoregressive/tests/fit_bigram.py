"""Question fit_bigram: initial and transition probabilities from counts.

Probabilities are ratios of small counts: right answers agree to a few times 1e-16, and 1e-9 (the default tolerance)
is far from any other way of counting.
"""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, expect, expect_between, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "fit_bigram"


def some_sequences(rng, n, size):
    """n sequences of 1 to 5 tokens below size."""
    return [rng.randint(size, size=rng.randint(1, 6)).astype(np.int64) for _ in range(n)]


def corpus(pseudocounts, unused=0):
    """``(sequences, vocabulary_size, pseudocount)``; the last ``unused`` tokens do not occur."""

    @recipe(
        {"n": 1, "size": 1, "pseudocount": pseudocounts[0], "seed": 3},
        {"n": 1, "size": 2, "pseudocount": pseudocounts[0], "seed": 1},
        {"n": 2, "size": 3, "pseudocount": pseudocounts[-1], "seed": 2},
        n=st.integers(1, 5),
        size=st.integers(1, 4),
        pseudocount=st.sampled_from(pseudocounts),
        seed=SEEDS,
    )
    def build(n, size, pseudocount, seed):
        return some_sequences(np.random.RandomState(seed), n, size), size + unused, pseudocount

    return build


@recipe(
    {"size": 2, "length": 2, "rounds": 1, "pseudocount": 1.0, "seed": 0},
    {"size": 2, "length": 1, "rounds": 3, "pseudocount": 1.0, "seed": 0},
    {"size": 3, "length": 3, "rounds": 1, "pseudocount": 0.5, "seed": 5},
    {"size": 3, "length": 2, "rounds": 2, "pseudocount": 2.0, "seed": 1},
    size=st.integers(1, 4),
    length=st.integers(1, 4),
    rounds=st.integers(1, 3),
    pseudocount=st.sampled_from([0.1, 0.5, 1.0, 2.0]),
    seed=SEEDS,
)
def cycle(size, length, rounds, pseudocount, seed):
    """``(tokens, rounds, vocabulary_size, pseudocount)``: different tokens in the order of a round trip."""
    return np.random.RandomState(seed).permutation(size)[:length].astype(np.int64), rounds, size, pseudocount


@prop(
    points=3,
    hint="initial, of shape (V,), is one distribution. Along which axis of transition, of shape (V, V), does P(b follows a) sum to 1?",
    data=corpus([0.0, 1.0, 0.3]),
)
def gives_probability_distributions(fit_bigram, data):
    """initial sums to 1, each row of transition sums to 1, and nothing is negative."""
    sequences, size, pseudocount = data
    initial, transition = fit_bigram(sequences, size, pseudocount)
    expect_between(initial, 0, 1, what="initial")
    expect_between(transition, 0, 1, what="transition")
    expect(initial.sum(), 1.0, what="sum of initial")
    expect(transition.sum(axis=1), np.ones(size), what="sums of the rows of transition")


@prop(
    points=5,
    hint="Write the counts down by hand: which token comes first, and which follow each other how often? What is the sum of a row once each of its entries has grown by the pseudocount?",
    data=cycle,
)
def counts_a_walk_round_a_cycle(fit_bigram, data):
    """One sequence that goes round a cycle r times takes the step back to the start r − 1 times."""
    tokens, rounds, size, pseudocount = data
    initial, transition = fit_bigram([np.tile(tokens, rounds)], size, pseudocount)
    starts, steps = np.zeros(size), np.zeros((size, size))
    starts[tokens[0]] = 1
    for a, b in zip(tokens, np.roll(tokens, -1), strict=True):
        steps[a, b] = rounds
    steps[tokens[-1], tokens[0]] -= 1
    expect(initial, (starts + pseudocount) / (1 + pseudocount * size), what="initial")
    expect(
        transition, (steps + pseudocount) / (steps.sum(axis=1, keepdims=True) + pseudocount * size), what="transition"
    )


@recipe(
    {"n": 2, "size": 2, "pseudocount": 1.0, "seed": 3},
    n=st.integers(1, 5),
    size=st.integers(1, 4),
    pseudocount=st.sampled_from([0.5, 1.0, 3.0]),
    seed=SEEDS,
)
def lone_tokens(n, size, pseudocount, seed):
    """``(tokens, vocabulary_size, pseudocount)``: each token will be a sequence of its own."""
    return np.random.RandomState(seed).randint(size, size=n).astype(np.int64), size, pseudocount


@prop(
    points=4,
    hint="A sequence of one token has a first token and no pair. Do you count anything after the end of a sequence?",
    data=lone_tokens,
)
def sequences_of_one_token_hold_no_pair(fit_bigram, data):
    """Length-1 sequences affect initial only."""
    tokens, size, pseudocount = data
    initial, transition = fit_bigram([np.array([token]) for token in tokens], size, pseudocount)
    counts = np.array([np.sum(tokens == a) for a in range(size)])
    expect(transition, np.full((size, size), 1 / size), what="transition")
    expect(initial, (counts + pseudocount) / (len(tokens) + pseudocount * size), what="initial")


@prop(
    points=3,
    hint="Nothing was counted in this row, and nothing is added. Which distribution replaces 0/0?",
    data=corpus([0.0], unused=2),
)
def a_row_without_counts_is_uniform(fit_bigram, data):
    """With pseudocount 0, the row of a token that nothing follows is 1/V throughout; one that never occurs has probability 0, exactly."""
    (first, *others), size, pseudocount = data
    # Token V - 1 does not occur, token V - 2 only at the end of the first sequence.
    sequences = [np.append(first, size - 2), *others]
    initial, transition = fit_bigram(sequences, size, pseudocount)
    expect(transition[-2:], np.full((2, size), 1 / size), what="last two rows of transition")
    expect(initial[-2:], np.zeros(2), atol=0, what="last two entries of initial")
    counted = sorted({int(a) for s in sequences for a in s[:-1]})
    expect(
        transition[counted, -1],
        np.zeros(len(counted)),
        atol=0,
        what="probability of the last token after each other token",
    )


@prop(
    points=3,
    hint="Twice the data and twice the pseudocount double every count. What happens to a ratio of counts?",
    data=corpus([0.0, 0.5, 1.0]),
)
def twice_the_data_and_twice_the_pseudocount(fit_bigram, data):
    """Duplicating the corpus and doubling the pseudocount gives the same estimates."""
    sequences, size, pseudocount = data
    initial, transition = fit_bigram(sequences, size, pseudocount)
    again = fit_bigram(sequences + sequences, size, 2 * pseudocount)
    expect(again[0], initial, what="initial")
    expect(again[1], transition, what="transition")


@prop(
    points=2,
    hint="A token is only a name. Do rows and columns follow when the tokens are renamed?",
    data=corpus([0.0, 1.0], unused=1),
)
def renaming_the_tokens_moves_rows_and_columns(fit_bigram, data):
    """Renaming each token a to V−1−a reverses initial and both axes of transition."""
    sequences, size, pseudocount = data
    initial, transition = fit_bigram(sequences, size, pseudocount)
    renamed = fit_bigram([size - 1 - s for s in sequences], size, pseudocount)
    expect(renamed[0], initial[::-1], what="initial")
    expect(renamed[1], transition[::-1, ::-1], what="transition")


leaves_the_sequences_alone = inputs_unchanged(
    "leaves_the_sequences_alone",
    "fit_bigram",
    points=1,
    hint="Do you change the sequences while you count? Count in new arrays.",
    # A sequence that occurs twice, sequences of one token, in no order.
    data=corpus([0.0, 1.0]).also(
        {"n": 3, "size": 2, "pseudocount": 0.0, "seed": 165},
        {"n": 4, "size": 2, "pseudocount": 1.0, "seed": 27},
    ),
)
