import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    tokens = np.concatenate(sequences)
    initial = (np.bincount(tokens, minlength=V) + pseudocount) / (len(tokens) + V * pseudocount)
    C = np.zeros((V, V))
    for s in sequences:
        np.add.at(C, (s[:-1], s[1:]), 1)
    C = C + pseudocount
    C[C.sum(axis=1) == 0] = 1
    return initial, C / C.sum(axis=1, keepdims=True)


def sequence_log_prob(sequence, initial, transition):
    probs = np.r_[initial[sequence[0]], transition[sequence[:-1], sequence[1:]]]
    if np.any(probs == 0):
        return -np.inf
    return np.log(probs).sum()


def perplexity(sequences, initial, transition):
    lp = [sequence_log_prob(s, initial, transition) for s in sequences]
    return float(np.exp(-np.sum(lp) / np.sum([len(s) for s in sequences])))


def next_token_distribution(prefix, initial, transition):
    p = transition[prefix[-1]] if len(prefix) > 0 else initial
    return list(p)


def sample_sequence(length, initial, transition, rng):
    p = initial.copy()
    seq = np.zeros(length, dtype=int)
    for t in range(length):
        seq[t] = rng.choice(len(p), p=p)
        p = p @ transition
        p = p / p.sum()
    return seq
