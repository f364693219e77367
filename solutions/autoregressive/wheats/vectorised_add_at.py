"""NumPy throughout: np.add.at, fancy indexing, errstate."""

import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    initial = np.zeros(vocabulary_size)
    transition = np.zeros((vocabulary_size, vocabulary_size))
    np.add.at(initial, [s[0] for s in sequences], 1)
    for s in sequences:
        np.add.at(transition, (s[:-1], s[1:]), 1)
    initial += pseudocount
    transition += pseudocount
    rows = transition.sum(axis=1)
    transition[rows == 0] = 1.0
    return initial / initial.sum(), transition / transition.sum(axis=1, keepdims=True)


def sequence_log_prob(sequence, initial, transition):
    with np.errstate(divide="ignore"):
        return np.log(initial)[sequence[0]] + np.log(transition)[sequence[:-1], sequence[1:]].sum()


def perplexity(sequences, initial, transition):
    log_probs = np.array([sequence_log_prob(s, initial, transition) for s in sequences])
    lengths = np.array([s.size for s in sequences])
    return np.exp(-log_probs.sum() / lengths.sum())


def next_token_distribution(prefix, initial, transition):
    return transition[prefix[-1]] if prefix.size else initial


def sample_sequence(length, initial, transition, rng):
    V = initial.size
    out = np.empty(length, dtype=int)
    out[0] = rng.choice(V, p=initial)
    for t in range(1, length):
        out[t] = rng.choice(V, p=transition[out[t - 1]])
    return out
