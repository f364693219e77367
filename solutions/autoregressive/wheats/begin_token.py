"""One table with a row for the beginning: the first token follows an invisible token V."""

import numpy as np


def _table(initial, transition):
    return np.vstack((transition, initial))


def _padded(sequence, V):
    return np.concatenate(([V], sequence)).astype(int)


def fit_bigram(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    counts = np.full((V + 1, V), pseudocount, dtype=float)
    for s in sequences:
        s = _padded(s, V)
        for a, b in zip(s[:-1], s[1:]):
            counts[a, b] += 1
    sums = counts.sum(axis=1, keepdims=True)
    table = np.where(sums > 0, counts / sums, 1 / V)
    return table[V], table[:V]


def sequence_log_prob(sequence, initial, transition):
    s = _padded(sequence, len(initial))
    return np.log(_table(initial, transition)[s[:-1], s[1:]]).sum()


def perplexity(sequences, initial, transition):
    V = len(initial)
    padded = [_padded(s, V) for s in sequences]
    p = np.concatenate([_table(initial, transition)[s[:-1], s[1:]] for s in padded])
    return np.exp(-np.log(p).mean())


def next_token_distribution(prefix, initial, transition):
    return _table(initial, transition)[_padded(prefix, len(initial))[-1]]


def sample_sequence(length, initial, transition, rng):
    V = len(initial)
    table = _table(initial, transition)
    tokens = [V]
    for _ in range(length):
        tokens.append(rng.choice(V, p=table[tokens[-1]]))
    return np.array(tokens[1:])
