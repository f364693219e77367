"""np.matrix inside, as older lecture notes have it."""

import warnings

import numpy as np

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from numpy import matrix


def fit_bigram(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    C = matrix(np.zeros((V, V)))
    e = matrix(np.eye(V))
    start = matrix(np.zeros((1, V)))
    for s in sequences:
        start = start + e[s[0]]
        for t in range(len(s) - 1):
            C = C + e[s[t]].T * e[s[t + 1]]
    C = C + pseudocount
    start = start + pseudocount
    rows = C.sum(axis=1)
    C = np.where(rows == 0, 1.0 / V, C / np.where(rows == 0, 1.0, rows))
    return (start / start.sum()).A1, matrix(C)


def sequence_log_prob(sequence, initial, transition):
    T = matrix(transition)
    logs = [np.log(initial[sequence[0]])]
    for t in range(1, len(sequence)):
        logs.append(np.log(T[sequence[t - 1], sequence[t]]))
    return matrix(logs).sum()


def perplexity(sequences, initial, transition):
    L = matrix([sequence_log_prob(s, initial, transition) for s in sequences]).T
    ones = matrix(np.ones(len(sequences)))
    n = ones * matrix([len(s) for s in sequences]).T
    return np.exp(-(ones * L)[0, 0] / n[0, 0])


def next_token_distribution(prefix, initial, transition):
    if prefix.shape[0] == 0:
        return np.asarray(initial)
    return matrix(transition)[prefix[-1]].A1


def sample_sequence(length, initial, transition, rng):
    p = matrix(initial)
    out = np.zeros(length)
    for t in range(length):
        out[t] = np.searchsorted(np.cumsum(p.A1) / p.sum(), rng.random(), side="right")
        p = matrix(transition)[int(out[t])]
    return out
