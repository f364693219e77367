"""SciPy: a sparse matrix of counts, xlogy for counts times logarithms, Gumbel noise to sample."""

import numpy as np
from scipy.sparse import coo_matrix
from scipy.special import xlogy


def _counts(sequences, V):
    before = np.concatenate([s[:-1] for s in sequences])
    after = np.concatenate([s[1:] for s in sequences])
    return coo_matrix((np.ones(len(before)), (before, after)), shape=(V, V)).toarray()


def fit_bigram(sequences, vocabulary_size, pseudocount):
    starts = np.array([s[0] for s in sequences])
    initial = coo_matrix((np.ones(len(starts)), (np.zeros(len(starts), int), starts)), (1, vocabulary_size))
    initial = initial.toarray()[0] + pseudocount
    C = _counts(sequences, vocabulary_size) + pseudocount
    totals = C.sum(1)
    T = np.full_like(C, 1 / vocabulary_size)
    np.divide(C, totals[:, None], out=T, where=totals[:, None] != 0)
    return initial / initial.sum(), T


def sequence_log_prob(sequence, initial, transition):
    # xlogy(0, 0) is 0: steps that do not occur play no part.
    start = np.zeros(len(initial))
    start[sequence[0]] = 1
    return xlogy(start, initial).sum() + xlogy(_counts([sequence], len(initial)), transition).sum()


def perplexity(sequences, initial, transition):
    V = len(initial)
    starts = np.bincount([s[0] for s in sequences], minlength=V)
    total = xlogy(starts, initial).sum() + xlogy(_counts(sequences, V), transition).sum()
    return np.exp(-total / (starts.sum() + sum(len(s) - 1 for s in sequences)))


def next_token_distribution(prefix, initial, transition):
    return np.vstack([transition, initial])[prefix[-1] if len(prefix) else -1]


def sample_sequence(length, initial, transition, rng):
    noise = rng.gumbel(size=(length, len(initial)))
    tokens, row = [], initial
    for g in noise:
        tokens.append(np.argmax(np.log(row) + g))
        row = transition[tokens[-1]]
    return np.asarray(tokens)
