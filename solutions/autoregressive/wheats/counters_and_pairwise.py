"""The standard library's collections: Counter, defaultdict, itertools."""

from collections import Counter, defaultdict
from itertools import pairwise
from math import exp, inf, log

import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    vocabulary = range(vocabulary_size)
    starts = Counter(int(s[0]) for s in sequences)
    followers = defaultdict(Counter)
    for s in sequences:
        for a, b in pairwise(s.tolist()):
            followers[a][b] += 1
    n = len(sequences) + pseudocount * vocabulary_size
    initial = [(starts[a] + pseudocount) / n for a in vocabulary]
    transition = []
    for a in vocabulary:
        n = sum(followers[a].values()) + pseudocount * vocabulary_size
        transition.append([(followers[a][b] + pseudocount) / n if n else 1 / vocabulary_size for b in vocabulary])
    return np.array(initial), np.array(transition)


def sequence_log_prob(sequence, initial, transition):
    tokens = sequence.tolist()
    steps = Counter(pairwise(tokens))
    steps[None, tokens[0]] = 1
    total = 0.0
    for (a, b), times in steps.items():
        p = initial[b] if a is None else transition[a, b]
        total += times * (log(p) if p else -inf)
    return total


def perplexity(sequences, initial, transition):
    surprise = sum(-sequence_log_prob(s, initial, transition) for s in sequences)
    return exp(surprise / sum(len(s) for s in sequences))


def next_token_distribution(prefix, initial, transition):
    *_, row = [initial, *(transition[a] for a in prefix)]
    return row


def sample_sequence(length, initial, transition, rng):
    def generate():
        row = initial
        while True:
            token = int(rng.choice(len(row), p=row))
            yield token
            row = transition[token]

    return [token for token, _ in zip(generate(), range(length))]
