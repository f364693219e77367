"""Exact fractions for the estimates, returned as they are; fsum for the logarithms."""

import math
from fractions import Fraction

import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    V, extra = vocabulary_size, Fraction(pseudocount)

    def share(counts):
        total = sum(counts) + V * extra
        return [(c + extra) / total if total else Fraction(1, V) for c in counts]

    starts = [0] * V
    pairs = [[0] * V for _ in range(V)]
    for s in sequences:
        tokens = [int(x) for x in s]
        starts[tokens[0]] += 1
        for a, b in zip(tokens, tokens[1:]):
            pairs[a][b] += 1
    return share(starts), [share(row) for row in pairs]


def _logs(sequence, initial, transition):
    yield initial[sequence[0]]
    for a, b in zip(sequence[:-1], sequence[1:]):
        yield transition[a, b]


def sequence_log_prob(sequence, initial, transition):
    factors = list(_logs(sequence, initial, transition))
    if min(factors) <= 0:
        return -math.inf
    return math.fsum(math.log(p) for p in factors)


def perplexity(sequences, initial, transition):
    scores = [sequence_log_prob(s, initial, transition) for s in sequences]
    if -math.inf in scores:
        return math.inf
    return math.exp(-math.fsum(scores) / sum(len(s) for s in sequences))


def next_token_distribution(prefix, initial, transition):
    return tuple((transition[prefix[-1]] if len(prefix) else initial).tolist())


def sample_sequence(length, initial, transition, rng):
    tokens = []
    for _ in range(length):
        row = transition[tokens[-1]] if tokens else initial
        u, k = rng.uniform(0, math.fsum(row)), 0
        while u >= math.fsum(row[: k + 1]):
            k += 1
        tokens.append(k)
    return tokens
