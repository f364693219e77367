import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    pi = np.zeros(vocabulary_size) + pseudocount
    A = np.zeros((vocabulary_size, vocabulary_size)) + pseudocount
    for s in sequences:
        pi[s[0]] += 1
        for prev, new in zip(s, s[1:]):
            A[new, prev] += 1          # column = where we come from
    total = A.sum(axis=0)
    A[:, total == 0] = 1
    return pi / pi.sum(), A / A.sum(axis=0)


def sequence_log_prob(sequence, initial, transition):
    probs = np.r_[initial[sequence[0]], transition[sequence[:-1], sequence[1:]]]
    if np.any(probs == 0):
        return -np.inf
    return np.log(probs).sum()


def perplexity(sequences, initial, transition):
    lp = [sequence_log_prob(s, initial, transition) for s in sequences]
    return float(np.exp(-np.sum(lp) / np.sum([len(s) for s in sequences])))


def next_token_distribution(prefix, initial, transition):
    if len(prefix) == 0:
        return initial
    return transition[:, prefix[-1]]


def sample_sequence(length, initial, transition, rng):
    V = len(initial)
    s = [rng.choice(V, p=initial)]
    while len(s) < length:
        p = transition[:, s[-1]]
        if p.sum() == 0:
            p = np.ones(V)
        s.append(rng.choice(V, p=p / p.sum()))
    return np.array(s)
