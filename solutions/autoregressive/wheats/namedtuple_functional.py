"""Functional: namedtuples, reduce, accumulate, map; a named tuple is returned."""

import operator
from collections import namedtuple
from functools import partial, reduce
from itertools import accumulate, chain, repeat

import numpy as np

Bigram = namedtuple("Bigram", ["initial", "transition"])


def normalise(row):
    total = sum(row)
    return tuple(map(operator.truediv, row, repeat(total))) if total else (1 / len(row),) * len(row)


def pairs(sequence):
    return zip(map(int, sequence[:-1]), map(int, sequence[1:]))


def fit_bigram(sequences, vocabulary_size, pseudocount):
    tokens = range(vocabulary_size)
    steps = list(chain.from_iterable(map(pairs, sequences)))
    starts = [int(s[0]) for s in sequences]
    initial = normalise([starts.count(a) + pseudocount for a in tokens])
    transition = tuple(normalise([steps.count((a, b)) + pseudocount for b in tokens]) for a in tokens)
    return Bigram(initial, transition)


def sequence_log_prob(sequence, initial, transition):
    factors = chain([initial[sequence[0]]], (transition[a, b] for a, b in pairs(sequence)))
    return reduce(operator.add, map(np.log, factors))


def perplexity(sequences, initial, transition):
    score = partial(sequence_log_prob, initial=initial, transition=transition)
    return np.exp(-sum(map(score, sequences)) / sum(map(len, sequences)))


def next_token_distribution(prefix, initial, transition):
    return reduce(lambda _, a: transition[a], prefix, initial)


def sample_sequence(length, initial, transition, rng):
    def step(token, u):
        row = initial if token < 0 else transition[token]
        return int(np.argmax(np.cumsum(row) > u * np.sum(row)))

    return list(accumulate(rng.uniform(size=length), step, initial=-1))[1:]
