"""Question sample_sequence: ancestral sampling.

Draws are never compared with other draws, since there are many right ways to draw; what is checked is what must hold
for every draw, and frequencies. A right sampler fails with a chance below 1e-6 in all properties together, over the
choice of all seeds, published and unpublished cases alike (twice as many as a property says): as computed beside each
law, and 40 times 2**-40 elsewhere. The nearest wrong sampler passes with a chance of 1e-3 at most, computed there, too.

Tails of a proportion p among N draws are bounded by Chernoff: beyond q with chance at most exp(-N KL(q, p)), where
KL(q, p) = q log(q/p) + (1 - q) log((1 - q)/(1 - p)).
"""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, expect, expect_between, inputs_unchanged, prop, recipe, seeds

from autograder.checks.models import sparse_markov_chain

OK_FORMAT = False
name = "sample_sequence"


@recipe(
    {"size": 3, "length": 1, "seed": 0},
    {"size": 3, "length": 2, "seed": 0},
    {"size": 3, "length": 4, "seed": 5},
    size=st.integers(1, 5),
    length=st.integers(1, 7),
    seed=SEEDS,
)
def round_trip(size, length, seed):
    """``(walk, initial, transition)``: the only walk of its length that a model without chance can take."""
    order = np.random.RandomState(seed).permutation(size).astype(np.int64)
    transition = np.zeros((size, size))
    transition[order, np.roll(order, -1)] = 1.0
    length = length + 1 if length == size > 1 else length
    return np.resize(order, length), np.eye(size)[order[0]], transition


@recipe(
    {"kind": "stay", "size": 2, "seed": 0},
    {"kind": "swap", "size": 2, "seed": 1},
    {"kind": "sparse", "size": 4, "seed": 2},
    kind=st.sampled_from(["stay", "swap", "sparse"]),
    size=st.integers(2, 4),
    seed=SEEDS,
)
def model_with_zeros(kind, size, seed):
    """``(initial, transition)`` in which some events are impossible."""
    rng = np.random.RandomState(seed)
    if kind == "sparse":
        # Three of ten shares each, so that most entries are 0 and every row has a way on.
        tables = np.array([np.bincount(rng.randint(size, size=3), minlength=size) for _ in range(size + 1)]) / 3
        return tables[0], tables[1:]
    # Tokens in pairs 0-1, 2-3; an odd one stays for itself.
    partner = np.array([a ^ 1 if a ^ 1 < size else a for a in range(size)])
    return np.full(size, 1 / size), np.eye(size)[np.arange(size) if kind == "stay" else partner]


MODELS = [
    (np.array([0.1, 0.9]), np.array([[0.2, 0.8], [0.7, 0.3]])),
    (np.array([0.75, 0.05, 0.2]), np.array([[0.2, 0.6, 0.2], [0.2, 0.2, 0.6], [0.6, 0.2, 0.2]])),
]
"""``(initial, transition)``, every entry of transition at least 0.2."""
COIN = (np.array([0.5, 0.5]), np.array([[0.5, 0.5], [0.5, 0.5]]))


@prop(
    points=4,
    hint="Every step is certain here. Where does the first token come from, and which row gives the next one?",
    data=round_trip,
    seed=seeds(),
)
def follows_certain_transitions(sample_sequence, data, seed):
    """Where each next token has probability 1, the only possible sequence is returned."""
    walk, initial, transition = data
    expect(sample_sequence(len(walk), initial, transition, np.random.default_rng(seed)), walk)


@prop(
    points=3,
    hint="Do you draw each token given the one that was actually drawn before it?",
    data=model_with_zeros,
    seed=seeds(),
)
def never_takes_an_impossible_step(sample_sequence, data, seed):
    """Each token has a positive probability given the one before it."""
    initial, transition = data
    sequence = sample_sequence(12, initial, transition, np.random.default_rng(seed))
    expect_between(sequence, 0, len(initial) - 1)
    steps = np.append(initial[sequence[0]], transition[sequence[:-1], sequence[1:]])
    expect(np.count_nonzero(steps == 0), 0, what="number of steps of probability 0")


@prop(
    points=3,
    hint="Does all your randomness come from rng, or do you use np.random functions or a generator of your own?",
    cases=10,
    seed=seeds(),
)
def the_same_rng_gives_the_same_sequence(sample_sequence, seed):
    """Two generators in the same state give the same sequence."""
    # Ignoring rng, 40 tosses of a fair coin agree with chance 2**-40.
    first = sample_sequence(40, *COIN, np.random.default_rng(seed))
    expect(sample_sequence(40, *COIN, np.random.default_rng(seed)), first)


@prop(
    points=2,
    hint="A generator advances with each draw. Do you draw from rng itself, or from a generator that always starts in the same state?",
    cases=10,
    seed=seeds(),
)
def the_next_sequence_is_a_new_one(sample_sequence, seed):
    """40 tosses of a fair coin, twice from one generator, differ somewhere."""
    rng = np.random.default_rng(seed)
    first = sample_sequence(40, *COIN, rng)
    second = sample_sequence(40, *COIN, rng)
    # Agree throughout with chance 2**-40.
    expect_between(np.sum(first != second), 1, 40, what="number of tokens that differ")


@prop(
    points=3,
    hint="Look at the steps that leave token a. How often does b follow? Is there a new draw for each token, from its own row?",
    cases=2,
    model=choice(MODELS),
    seed=seeds(),
)
def steps_occur_as_often_as_transition_says(sample_sequence, model, seed):
    """In three long sequences, b follows a in a proportion transition[a, b] of the steps that leave a."""
    initial, transition = model
    size = len(initial)
    # Whatever came before, each token comes next with probability 0.2 or more: of 6,747 steps fewer than 1,050 leave a
    # with chance below exp(-2 * 6747 * 0.044^2) = 5e-12. Three calls, since a loop over 6,750 tokens may take seconds.
    enough, margin = 1050, 0.1
    sequences = [sample_sequence(2250, initial, transition, np.random.default_rng([seed, i])) for i in range(3)]
    expect_between(sequences, 0, size - 1)
    # The first of them are independent draws from row a. A share of 0.6, 0.7 or 0.8 is off by the margin with chance
    # at most exp(-1050 KL(0.5, 0.6)) + exp(-1050 KL(0.7, 0.6)) = 7e-10, one of 0.2 or 0.3 with less; 4 + 9 shares and 5
    # counts, each model twice: 2e-8 in all.
    # Rejected: squared weights make 0.94 of 0.8 (5.5 standard deviations beyond 0.9), and 0.82 of 0.6. What is nearer to
    # the right proportions is rejected by the next property.
    before, after = np.concatenate([s[:-1] for s in sequences]), np.concatenate([s[1:] for s in sequences])
    next_of = [after[before == a][:enough] for a in range(size)]
    expect_between(
        [len(tokens) for tokens in next_of], enough, 6750, what="how many of the steps leave token 0, 1, ..."
    )
    shares = np.array([np.bincount(tokens, minlength=size) / enough for tokens in next_of])
    expect(shares, transition, atol=margin, rtol=0, what="proportion of each next token, one row per token before")


SHARES = np.array([0.5, *[1 / 64] * 31, *[1 / 128] * 2, *[0.0] * 30])
"""Probabilities of 64 tokens."""
LEAST, MOST = (
    np.select([SHARES == p for p in (0.5, 1 / 64, 1 / 128)], bounds)
    for bounds in ((0.455, 0.0055, 0.001), (0.545, 0.029, 0.0185))
)


@prop(
    points=1,
    hint="Do you use the probabilities as they are? A temperature, a small number added to each, or a cut-off shows where many tokens are rare.",
    cases=1,
    seed=seeds(),
)
def a_large_vocabulary_keeps_its_proportions(sample_sequence, seed):
    """Among 64 tokens, one of probability ½, 33 rare ones and 30 impossible ones occur as often as the tables say."""
    transition = np.tile(SHARES, (len(SHARES), 1))
    sequences = [sample_sequence(2000, SHARES, transition, np.random.default_rng([seed, i])) for i in range(3)]
    expect_between(sequences, 0, len(SHARES) - 1)
    # Each of the 6,000 tokens is k with probability SHARES[k], whatever came before. By Hoeffding the share of 0.5 is off
    # by 0.045 with chance 2 exp(-2 * 6000 * 0.045^2) = 6e-11; by Chernoff those of 1/64 and 1/128 are beyond their bounds
    # with chance 4e-12 each; 33 of these, 4 cases: 8e-10.
    # Rejected: a temperature of 0.9 makes 0.596 of 0.5 (8 standard deviations beyond 0.545), one of 1.1 makes 0.421 of it
    # (5 below 0.455), 0.8 and 1.25 more; 1e-4 added to every probability makes 0.003 of the tokens impossible ones (none of
    # 6,000 with chance 2e-8); a cut-off at the likeliest tokens that make up 0.98 or less.
    shares = np.bincount(np.concatenate(sequences), minlength=len(SHARES)) / 6000
    expect_between(shares, LEAST, MOST, what="proportion of token 0, 1, 2, ...")


@prop(
    points=3,
    hint="Draw many sequences and look at their first tokens only. Which table holds their probabilities?",
    cases=1,
    model=choice(MODELS[1:]),
    seed=seeds(),
)
def first_tokens_occur_as_often_as_initial_says(sample_sequence, model, seed):
    """Over 800 sequences, the proportion of first tokens a is initial[a]."""
    initial, transition = model
    firsts = [sample_sequence(1, initial, transition, np.random.default_rng([seed, i]))[0] for i in range(800)]
    expect_between(firsts, 0, len(initial) - 1)
    # 0.75 is off by 0.1 with chance at most exp(-800 KL(0.65, 0.75)) + exp(-800 KL(0.85, 0.75)) = 3e-9, 0.2 with
    # 2e-10, 0.05 with less; twice: 1e-8.
    # Rejected: always the likeliest token (1, certainly), a uniform start (0.33: 19 standard deviations), squared
    # weights (0.93: 8.8 above 0.85) and square roots (0.564: 4.9 below 0.65, chance of passing 5e-7).
    shares = np.bincount(firsts, minlength=len(initial)) / 800
    expect(shares, initial, atol=0.1, rtol=0, what="proportion of each first token")


@recipe(
    {"length": 1, "size": 2, "seed": 13},
    {"length": 3, "size": 3, "seed": 7},
    length=st.integers(1, 4),
    size=st.integers(2, 3),
    seed=SEEDS,
)
def sparse_model(length, size, seed):
    """``(length, initial, transition)`` with zeros in both tables."""
    return length, *sparse_markov_chain(np.random.RandomState(seed), size)


leaves_the_tables_alone = inputs_unchanged(
    "leaves_the_tables_alone",
    "sample_sequence",
    points=1,
    arguments=lambda data, seed: (*data, np.random.default_rng(seed)),
    hint="Do you replace zeros, add up or normalise rows in the tables themselves? They belong to the caller.",
    cases=10,
    data=sparse_model,
    seed=seeds(),
)


# BEGIN SOLUTION
@prop(
    points=3,
    hidden=True,
    hint="P(x_1, x_2) = P(x_1) P(x_2 | x_1). Draw many sequences of two tokens and count each pair. Which one is too frequent?",
    cases=1,
    model=choice(MODELS[1:]),
    seed=seeds(),
)
def pairs_follow_the_joint_distribution(sample_sequence, model, seed):
    """Over 800 sequences of length 2, the proportion of (a, b) is initial[a] · transition[a, b]."""
    initial, transition = model
    size = len(initial)
    drawn = [sample_sequence(2, initial, transition, np.random.default_rng([seed, i])) for i in range(800)]
    expect_between(drawn, 0, size - 1)
    # 0.45, the largest, is off by 0.11 with chance at most exp(-800 KL(0.34, 0.45)) + exp(-800 KL(0.56, 0.45)) = 5e-9,
    # the other eight together with 2e-10; twice: 1e-8.
    # Rejected: squared weights in both steps (0.76 for 0.45: 13 standard deviations beyond 0.56), square roots in both
    # (0.26: 5.1 below 0.34), tokens drawn independently from initial (0.04 for it).
    joint = initial[:, None] * transition
    shares = np.bincount([a * size + b for a, b in drawn], minlength=size * size).reshape(size, size) / 800
    expect(shares, joint, atol=0.11, rtol=0, what="proportion of each pair")


@prop(
    points=1,
    hidden=True,
    hint="Does every token get a random number of its own, and can every token occur, however rare it is?",
    cases=2,
    seed=seeds(),
)
def tosses_of_a_fair_coin_are_independent(sample_sequence, seed):
    """4,000 tosses of a fair coin are uncorrelated at every lag; each of eight tokens occurs among 800 draws."""
    tosses = np.where(sample_sequence(4000, *COIN, np.random.default_rng(seed)) > 0, 1.0, -1.0)
    # Products of tosses at one distance are fair coins, too, N - distance of them: by Hoeffding their mean is beyond 0.2
    # with chance 2 exp(-2000 * 0.2^2 / 2) = 8e-18 at most; 2,000 distances, 4 cases: 7e-14.
    # Rejected for certain: random numbers that are used again, in pairs (0.5 at distance 1) or block after block (1).
    lags = np.arange(1, 2001)
    size = 8192
    products = np.fft.irfft(np.abs(np.fft.rfft(tosses, size)) ** 2, size)[lags]
    expect(products / (4000 - lags), np.zeros(len(lags)), atol=0.2, rtol=0, what="correlation at lag 1, 2, ...")
    # The rarest of eight tokens, of probability 0.05, is missing among 800 with chance 0.95^800 = 2e-18, each other with less.
    # Rejected for certain: draws among the likeliest 1 to 7 tokens.
    uneven = np.array([0.2, 0.17, 0.15, 0.13, 0.12, 0.1, 0.08, 0.05])
    sequence = sample_sequence(800, uneven, np.tile(uneven, (8, 1)), np.random.default_rng(seed))
    expect(np.unique(sequence), np.arange(8), what="the different tokens among 800")


# END SOLUTION
