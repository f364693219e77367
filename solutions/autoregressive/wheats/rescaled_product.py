"""Multiplies after all, with mantissa and exponent apart; gmean for perplexity; vectorised over first draws."""

import math

import numpy as np
from scipy.stats import gmean


def fit_bigram(sequences, vocabulary_size, pseudocount):
    grid = np.arange(vocabulary_size)
    initial = (np.array([s[0] for s in sequences])[:, None] == grid).sum(axis=0) + pseudocount
    counts = sum(
        ((s[:-1, None, None] == grid[:, None]) & (s[1:, None, None] == grid[None, :])).sum(axis=0) for s in sequences
    )
    counts = counts + pseudocount
    empty = counts.sum(axis=1) == 0
    counts = np.where(empty[:, None], 1.0, counts)
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


def sequence_log_prob(sequence, initial, transition):
    mantissa, exponent = math.frexp(initial[sequence[0]])
    for a, b in zip(sequence[:-1], sequence[1:]):
        mantissa, shift = math.frexp(mantissa * transition[a, b])
        exponent += shift
    if mantissa == 0:
        return -np.inf
    return math.log(mantissa) + exponent * math.log(2)


def perplexity(sequences, initial, transition):
    factors = []
    for s in sequences:
        factors.append(initial[s[0]])
        factors.extend(transition[s[:-1], s[1:]])
    return 1 / gmean(factors) if min(factors) > 0 else np.inf


def next_token_distribution(prefix, initial, transition):
    return np.where(len(prefix) == 0, initial, transition[prefix[-1:].sum()])


def sample_sequence(length, initial, transition, rng):
    # Draws what would follow each token at every step, then walks through the draws.
    V = len(initial)
    u = rng.random((length, V))
    cumulative = np.cumsum(transition, axis=1)
    cumulative /= cumulative[:, -1:]
    would_follow = (u[:, :, None] >= cumulative).sum(axis=2)
    first = np.cumsum(initial) / np.sum(initial)
    walk = [(u[0, 0] >= first).sum()]
    for t in range(1, length):
        walk.append(would_follow[t, walk[-1]])
    return walk
