"""Question sample_sequence: ancestral sampling.

Draws are never compared with other draws, since there are many right ways to draw; what is checked is what must hold
for every draw, and frequencies. A right sampler fails with a chance below 1e-6 in all properties together, over the
choice of all seeds: below 1e-8 in each law, as computed beside it, and 20 times 2**-40 elsewhere.
"""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, expect, expect_between, inputs_unchanged, prop, recipe, seeds

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
    (np.array([0.1, 0.9]), np.array([[0.3, 0.7], [0.6, 0.4]])),
    (np.array([0.75, 0.05, 0.2]), np.array([[0.2, 0.5, 0.3], [0.6, 0.2, 0.2], [0.2, 0.3, 0.5]])),
]
"""``(initial, transition)``, every entry of transition at least 0.2."""
COIN = (np.array([0.5, 0.5]), np.array([[0.5, 0.5], [0.5, 0.5]]))


@prop(
    points=4,
    hint="Every step is certain here. Where does the first token come from, and which row gives the next one?",
    data=round_trip,
    seed=seeds(),
)
def goes_the_only_possible_way(sample_sequence, data, seed):
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
    points=4,
    hint="Look at the steps that leave token a. How often does b follow? Is there a new draw for each token, from its own row?",
    cases=2,
    model=choice(MODELS),
    seed=seeds(),
)
def steps_occur_as_often_as_transition_says(sample_sequence, model, seed):
    """In a long sequence, b follows a in a proportion transition[a, b] of the steps that leave a."""
    initial, transition = model
    size = len(initial)
    # Whatever came before, each token comes next with probability 0.3 or more in the first model, 0.2 in the second.
    enough, margin = (900, 0.115) if size == 2 else (500, 0.155)
    sequence = sample_sequence(4000, initial, transition, np.random.default_rng(seed))
    expect_between(sequence, 0, size - 1)
    # So of 3,999 steps, fewer leave a with chance below exp(-2 * 3999 * 0.075^2) = 3e-20. The first of them are
    # independent draws from row a: by Hoeffding a share is off by the margin with chance 2 exp(-2 * 900 * 0.115^2) =
    # 9e-11 or 2 exp(-2 * 500 * 0.155^2) = 7e-11; 4 + 9 shares: 1e-9 in all.
    next_of = [sequence[1:][sequence[:-1] == a][:enough] for a in range(size)]
    expect_between(
        [len(tokens) for tokens in next_of], enough, 4000, what="how many of the steps leave token 0, 1, ..."
    )
    shares = np.array([np.bincount(tokens, minlength=size) / enough for tokens in next_of])
    expect(shares, transition, atol=margin, rtol=0, what="share of each next token, a row for each token before")


@prop(
    points=3,
    hint="Draw many sequences and look at their first tokens only. Which table holds their probabilities?",
    cases=1,
    model=choice(MODELS[1:]),
    seed=seeds(),
)
def first_tokens_occur_as_often_as_initial_says(sample_sequence, model, seed):
    """Over 200 sequences, the proportion of first tokens a is initial[a]."""
    initial, transition = model
    firsts = [sample_sequence(1, initial, transition, np.random.default_rng([seed, i]))[0] for i in range(200)]
    expect_between(firsts, 0, len(initial) - 1)
    # Hoeffding: a share is off by 0.25 with chance 2 exp(-2 * 200 * 0.25^2) = 3e-11; three shares: 8e-11.
    shares = np.bincount(firsts, minlength=len(initial)) / 200
    expect(shares, initial, atol=0.25, rtol=0, what="share of each first token")


leaves_the_tables_alone = inputs_unchanged(
    "leaves_the_tables_alone",
    "sample_sequence",
    points=1,
    arguments=lambda data, seed: (len(data[0]), *data[1:], np.random.default_rng(seed)),
    hint="Do you write into the tables? Write the tokens to an array of your own.",
    cases=10,
    data=round_trip,
    seed=seeds(),
)


# BEGIN SOLUTION
@prop(
    points=4,
    hidden=True,
    hint="P(x_1, x_2) = P(x_1) P(x_2 | x_1). Draw many sequences of two tokens and count each pair. Which one is too frequent?",
    cases=1,
    model=choice(MODELS[1:]),
    seed=seeds(),
)
def pairs_follow_the_joint_distribution(sample_sequence, model, seed):
    """Over 300 sequences of length 2, the proportion of (a, b) is initial[a] · transition[a, b]."""
    initial, transition = model
    size = len(initial)
    drawn = [sample_sequence(2, initial, transition, np.random.default_rng([seed, i])) for i in range(300)]
    expect_between(drawn, 0, size - 1)
    # Hoeffding: a share is off by 0.2 with chance 2 exp(-2 * 300 * 0.2^2) = 8e-11; nine shares: 7e-10.
    joint = initial[:, None] * transition
    shares = np.bincount([a * size + b for a, b in drawn], minlength=size * size).reshape(size, size) / 300
    expect(shares, joint, atol=0.2, rtol=0, what="share of each pair")


# END SOLUTION
