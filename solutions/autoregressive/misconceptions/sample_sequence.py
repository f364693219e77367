"""Wrong ways to sample a sequence; each runs in the namespace of the reference."""

import numpy as np

from autograder.checks import misconception, not_from_rng


def _follows(law):
    """A predicate: whether the sequences are distributed by ``law``, and clearly not by the right tables.

    ``law(initial, transition)`` gives the wrong tables. Under them no token may be too frequent or too rare, nor those
    that the right tables make impossible, and the sequences must be far more likely than under the right ones.
    """

    def behaves(answers):
        gain, excess, variance = 0.0, {}, {}
        for answer in answers:
            length, *right = answer.call.args[:3]
            x = np.asarray(answer.value)
            if answer.fault is not None or x.shape != (length,) or length == 0:
                return False
            x = x.astype(np.int64)
            tables = [np.vstack([table[1][x[:-1]], table[0]]) for table in (law(*right), right)]
            drawn = np.append(x[1:], x[0])
            wrong, expected = (rows[np.arange(length), drawn] for rows in tables)
            if not np.all(wrong > 0):
                return False
            chance = np.sum(np.where(tables[1] == 0, tables[0], 0.0), axis=1)
            excess["impossible", 0] = excess.get(("impossible", 0), 0.0) + np.sum((expected == 0) - chance)
            variance["impossible", 0] = variance.get(("impossible", 0), 1e-9) + np.sum(chance * (1 - chance))
            gain += np.sum(np.log(wrong) - np.log(np.maximum(expected, 1e-12)))
            for where, rows, tokens in (("first", tables[0][-1:], drawn[-1:]), ("next", tables[0][:-1], drawn[:-1])):
                for k in range(rows.shape[1]):
                    excess[where, k] = excess.get((where, k), 0.0) + np.sum((tokens == k) - rows[:, k])
                    variance[where, k] = variance.get((where, k), 1e-9) + np.sum(rows[:, k] * (1 - rows[:, k]))
        # A rare token comes once or twice or not at all: 3 more.
        return gain > 30 and all(abs(excess[at]) < 4.5 * np.sqrt(variance[at]) + 3 for at in excess)

    return behaves


def _rows_to_1(table):
    return table / table.sum(axis=-1, keepdims=True)


def _follows_one_of(laws):
    """A predicate: whether the sequences are distributed by one of the laws."""
    return lambda answers: any(_follows(law)(answers) for law in laws)


def _power(exponent):
    return lambda initial, transition: (_rows_to_1(initial**exponent), _rows_to_1(transition**exponent))


def _plus(epsilon):
    return lambda initial, transition: (_rows_to_1(initial + epsilon), _rows_to_1(transition + epsilon))


def _after(steps):
    return lambda initial, transition: (initial @ np.linalg.matrix_power(transition, steps), transition)


@misconception(
    says="you draw the next token from a column of transition",
    hint="transition[a, b] is P(b follows a). Which index is the token you have?",
)
def draws_from_columns(length, initial, transition, rng):
    V = len(initial)
    sequence = [rng.choice(V, p=initial)]
    for _ in range(length - 1):
        column = transition[:, sequence[-1]]
        sequence.append(rng.choice(V, p=column / column.sum()))
    return np.array(sequence)


@misconception(
    says="you draw every token from initial, as if nothing came before it",
    hint="Only the first token comes from initial. What do the others depend on?",
    behaviour=_follows(lambda initial, transition: (initial, np.tile(initial, (len(initial), 1)))),
)
def draws_independently(length, initial, transition, rng):
    return rng.choice(len(initial), size=length, p=initial)


@misconception(
    says="you always take the likeliest token: that is greedy decoding, not sampling",
    hint="How often should a token of probability 0.3 be drawn?",
)
def takes_the_likeliest(length, initial, transition, rng):
    sequence = [int(np.argmax(initial))]
    while len(sequence) < length:
        sequence.append(int(np.argmax(transition[sequence[-1]])))
    return np.array(sequence)


@misconception(
    says="you draw from a global generator, not from rng",
    hint="rng has the methods you need: rng.choice, rng.random, ...",
    behaviour=not_from_rng,
)
def uses_the_global_generator(length, initial, transition, rng):
    V = len(initial)
    sequence = [np.random.choice(V, p=initial)]
    for _ in range(length - 1):
        sequence.append(np.random.choice(V, p=transition[sequence[-1]]))
    return np.array(sequence)


@misconception(
    says="you start a generator of your own with a fixed seed: every sequence is the same",
    hint="The caller decides the seed: draw from the rng that you are given.",
)
def seeds_its_own_generator(length, initial, transition, rng):
    rng = np.random.default_rng(0)
    V = len(initial)
    sequence = [rng.choice(V, p=initial)]
    for _ in range(length - 1):
        sequence.append(rng.choice(V, p=transition[sequence[-1]]))
    return np.array(sequence)


@misconception(
    says="you draw a first token from initial but leave it out of the sequence",
    hint="The first token is part of what is returned: it takes length - 1 further steps.",
    behaviour=_follows(_after(1)),
)
def drops_the_first_token(length, initial, transition, rng):
    V = len(initial)
    token, sequence = rng.choice(V, p=initial), []
    for _ in range(length):
        token = rng.choice(V, p=transition[token])
        sequence.append(token)
    return np.array(sequence)


@misconception(
    says="you leave out the first tokens that you draw (a burn-in): your first token no longer follows initial",
    hint="A burn-in makes a chain forget where it started. Should the sequence forget initial?",
    behaviour=_follows_one_of([_after(steps) for steps in (*range(2, 31), 50, 100, 200, 500, 1000)]),
)
def drops_the_first_tokens(length, initial, transition, rng):
    V = len(initial)
    sequence = [rng.choice(V, p=initial)]
    for _ in range(length + 9):
        sequence.append(rng.choice(V, p=transition[sequence[-1]]))
    return np.array(sequence[10:])


@misconception(
    says="your first token is uniform over the vocabulary",
    hint="There is a table for the first token.",
    behaviour=_follows(lambda initial, transition: (np.full(len(initial), 1 / len(initial)), transition)),
)
def first_token_is_uniform(length, initial, transition, rng):
    V = len(initial)
    sequence = [rng.integers(V)]
    for _ in range(length - 1):
        sequence.append(rng.choice(V, p=transition[sequence[-1]]))
    return np.array(sequence)


@misconception(
    says="your first token is drawn as if it followed token 0",
    hint="Nothing comes before the first token. Which table holds its distribution?",
    behaviour=_follows(lambda initial, transition: (transition[0], transition)),
)
def starts_from_token_0(length, initial, transition, rng):
    V = len(initial)
    sequence, token = [], 0
    for _ in range(length):
        token = rng.choice(V, p=transition[token])
        sequence.append(token)
    return np.array(sequence)


@misconception(
    says="you return one token too many",
    hint="After the first token, how many are still to come?",
)
def one_token_too_many(length, initial, transition, rng):
    V = len(initial)
    sequence = [rng.choice(V, p=initial)]
    for _ in range(length):
        sequence.append(rng.choice(V, p=transition[sequence[-1]]))
    return np.array(sequence)


@misconception(
    says="every one of your tokens is drawn given the first token, not the one before it",
    hint="The condition moves along: x_3 is drawn given x_2.",
)
def always_conditions_on_the_first(length, initial, transition, rng):
    V = len(initial)
    sequence = [rng.choice(V, p=initial)]
    for _ in range(length - 1):
        sequence.append(rng.choice(V, p=transition[sequence[0]]))
    return np.array(sequence)


@misconception(
    says="you draw each token from its marginal distribution, whatever token was drawn before it",
    hint="initial @ transition says how likely x_2 is when x_1 is not known. But you know x_1: you have just drawn it.",
)
def draws_from_marginals(length, initial, transition, rng):
    V, sequence, p = len(initial), [], initial
    for _ in range(length):
        sequence.append(rng.choice(V, p=p / p.sum()))
        p = p @ transition
    return np.array(sequence)


@misconception(
    says="you use one random number for all tokens",
    hint="Each step is a new draw: where is the call to rng, before the loop or inside it?",
)
def reuses_one_draw(length, initial, transition, rng):
    u, row, sequence = rng.random(), initial, []
    for _ in range(length):
        token = min(int(np.searchsorted(np.cumsum(row), u, side="right")), len(initial) - 1)
        sequence.append(token)
        row = transition[token]
    return np.array(sequence)


@misconception(
    says="you compare the random number with single probabilities; inverse sampling needs cumulative ones",
    hint="With probabilities 0.3 and 0.7, which numbers between 0 and 1 should give token 0, and which token 1?",
)
def compares_without_cumulating(length, initial, transition, rng):
    row, sequence = initial, []
    for _ in range(length):
        u = rng.random()
        smaller = [k for k in range(len(row)) if u < row[k]]
        token = smaller[0] if smaller else len(row) - 1
        sequence.append(token)
        row = transition[token]
    return np.array(sequence)


@misconception(
    says="you toss a new coin for each candidate until one is accepted: early tokens are favoured",
    hint="Given that token 0 was rejected, the chance of token 1 is no longer its entry in the table.",
)
def tosses_for_each_candidate(length, initial, transition, rng):
    row, sequence = initial, []
    for _ in range(length):
        token = 0
        while rng.random() >= row[token]:
            token = (token + 1) % len(row)
        sequence.append(token)
        row = transition[token]
    return np.array(sequence)


@misconception(
    says="you put the probabilities through a softmax, but they are probabilities already",
    hint="Softmax is for scores. What does it make of an entry that is 0?",
    behaviour=_follows(lambda initial, transition: (_rows_to_1(np.exp(initial)), _rows_to_1(np.exp(transition)))),
)
def softmax_of_probabilities(length, initial, transition, rng):
    row, sequence = initial, []
    for _ in range(length):
        p = np.exp(row) / np.exp(row).sum()
        sequence.append(rng.choice(len(row), p=p))
        row = transition[sequence[-1]]
    return np.array(sequence)


@misconception(
    says="your next token is uniform among those that are possible",
    hint="Two tokens can both be possible and one of them twice as likely as the other.",
    behaviour=_follows(lambda initial, transition: (_rows_to_1(initial > 0), _rows_to_1(transition > 0))),
)
def uniform_among_the_possible(length, initial, transition, rng):
    row, sequence = initial, []
    for _ in range(length):
        sequence.append(rng.choice(np.flatnonzero(row > 0)))
        row = transition[sequence[-1]]
    return np.array(sequence)


@misconception(
    says="you copy rng and draw from the copy: the generator of the caller never moves on",
    hint="Draw twice from one generator: the second sequence should be a new one.",
)
def draws_from_a_copy(length, initial, transition, rng):
    import copy

    rng = copy.deepcopy(rng)
    V = len(initial)
    sequence = [rng.choice(V, p=initial)]
    for _ in range(length - 1):
        sequence.append(rng.choice(V, p=transition[sequence[-1]]))
    return np.array(sequence)


@misconception(
    says="you compare the uniform number with each probability by itself, not with their cumulative sums",
    hint="Cut [0, 1] into pieces as long as the probabilities. Where does the third piece begin?",
)
def does_not_add_up(length, initial, transition, rng):
    sequence = np.zeros(length, dtype=np.int64)
    p = initial
    for t in range(length):
        sequence[t] = np.argmax(rng.random() < p)
        p = transition[sequence[t]]
    return sequence


@misconception(
    says="you add up the rows of the caller's transition in place: after the call it is no longer a transition table",
    hint="Do the rows of transition still sum to 1 after the call?",
)
def cumulates_in_place(length, initial, transition, rng):
    firsts = np.cumsum(initial)
    np.cumsum(transition, axis=1, out=transition)
    sequence = np.empty(length, dtype=np.int64)
    row = firsts
    for t, u in enumerate(rng.random(length)):
        sequence[t] = np.searchsorted(row / row[-1], u, side="right")
        row = transition[sequence[t]]
    return sequence


@misconception(
    says="your sequences start with token 0, as an array of zeros does; the first token is drawn from initial",
    hint="Which of your lines draws the first token? How often should it be token 1?",
    behaviour=_follows(lambda initial, transition: (np.eye(len(initial))[0], transition)),
)
def starts_at_0(length, initial, transition, rng):
    sequence = np.zeros(length, dtype=np.int64)
    for t in range(1, length):
        sequence[t] = rng.choice(len(initial), p=transition[sequence[t - 1]])
    return sequence


@misconception(
    says="your tokens follow the squares of the probabilities: frequent tokens are drawn too often",
    hint="How often does each token occur in 10,000 of your draws? Is each weight used once only?",
    behaviour=_follows(_power(2)),
)
def squared_weights(length, initial, transition, rng):
    row, sequence = initial, []
    for _ in range(length):
        sequence.append(rng.choice(len(row), p=row**2 / np.sum(row**2)))
        row = transition[sequence[-1]]
    return np.array(sequence)


@misconception(
    says="you always start with the likeliest first token; the first token should be drawn, too",
    hint="If the first token is 0 with probability 0.75, how many of 100 sequences should start with 1?",
)
def starts_with_the_likeliest(length, initial, transition, rng):
    sequence = [int(np.argmax(initial))]
    while len(sequence) < length:
        sequence.append(rng.choice(len(initial), p=transition[sequence[-1]]))
    return np.array(sequence)


@misconception(
    says="you draw some random numbers and then use them again and again",
    hint="A sequence of 4,000 tokens needs 4,000 random numbers. How many do you draw?",
)
def uses_its_numbers_again(length, initial, transition, rng):
    numbers, row, sequence = rng.random(100), initial, []
    for t in range(length):
        token = min(int(np.searchsorted(np.cumsum(row), numbers[t % 100], side="right")), len(initial) - 1)
        sequence.append(token)
        row = transition[token]
    return np.array(sequence)


@misconception(
    says="after the first token you always take the likeliest next one: that is greedy decoding, not sampling",
    hint="How often should a token of probability 0.3 follow? Which line draws, and how often does it run?",
    behaviour=_follows(lambda initial, transition: (initial, np.eye(len(initial))[transition.argmax(axis=1)])),
)
def goes_on_with_the_likeliest(length, initial, transition, rng):
    sequence = [int(rng.choice(len(initial), p=initial))]
    while len(sequence) < length:
        sequence.append(int(np.argmax(transition[sequence[-1]])))
    return np.array(sequence)


@misconception(
    says="your tokens follow the square roots of the probabilities (a temperature of 2): rare tokens are drawn too often",
    hint="Is there a temperature, a power or a softmax in your code? The probabilities are to be used as they are.",
    behaviour=_follows(_power(0.5)),
)
def roots_of_weights(length, initial, transition, rng):
    def draw(row):
        return int(rng.choice(len(row), p=np.sqrt(row) / np.sqrt(row).sum()))

    sequence = [draw(initial)]
    while len(sequence) < length:
        sequence.append(draw(transition[sequence[-1]]))
    return np.array(sequence)


@misconception(
    says="you draw among the likeliest few tokens only (top-k): rare ones never occur",
    hint="A token of probability 0.04 should occur about four times in a hundred. Does your code leave any out?",
)
def only_the_likeliest_few(length, initial, transition, rng, k=3):
    def draw(row):
        kept = np.where(row >= np.sort(row)[-min(k, len(row))], row, 0)
        return int(rng.choice(len(row), p=kept / kept.sum()))

    sequence = [draw(initial)]
    while len(sequence) < length:
        sequence.append(draw(transition[sequence[-1]]))
    return np.array(sequence)


@misconception(
    says="you draw with a temperature: frequent tokens occur too often (temperature below 1) or too rarely (above 1)",
    hint="Is there a power, a softmax or a temperature in your code? The probabilities are to be used as they are.",
    behaviour=_follows_one_of([_power(1 / t) for t in (0.7, 0.8, 0.9, 1.1, 1.2, 1.5)]),
    temperature=(0.7, 0.9, 1.2, 1.5),
)
def draws_with_a_temperature(length, initial, transition, rng, temperature=0.8):
    row, sequence = initial, []
    for _ in range(length):
        weights = row ** (1 / temperature)
        sequence.append(rng.choice(len(row), p=weights / weights.sum()))
        row = transition[sequence[-1]]
    return np.array(sequence)


@misconception(
    says="you add a small number to every probability: impossible tokens occur now and then",
    hint="What should the small number protect you from? How often should a token of probability 0 be drawn?",
    behaviour=_follows_one_of([_plus(epsilon) for epsilon in (1e-4, 1e-3, 1e-2)]),
    epsilon=(1e-3, 1e-4),
)
def adds_epsilon(length, initial, transition, rng, epsilon=1e-2):
    row, sequence = initial, []
    for _ in range(length):
        row = row + epsilon
        sequence.append(rng.choice(len(row), p=row / row.sum()))
        row = transition[sequence[-1]]
    return np.array(sequence)
