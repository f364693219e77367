import math

import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    start_counts = np.bincount([int(s[0]) for s in sequences], minlength=V) + pseudocount
    pair_counts = np.full((V, V), float(pseudocount))
    for s in sequences:
        np.add.at(pair_counts, (s[:-1], s[1:]), 1)
    pair_counts[pair_counts.sum(axis=1) == 0] = 1
    return start_counts / start_counts.sum(), pair_counts / pair_counts.sum(axis=1, keepdims=True)


def sequence_log_prob(sequence, initial, transition):
    total = math.log(initial[sequence[0]])
    for t in range(1, len(sequence)):
        total += math.log(transition[sequence[t - 1], sequence[t]])
    return total


def perplexity(sequences, initial, transition):
    lp = [sequence_log_prob(s, initial, transition) for s in sequences]
    return float(np.exp(-np.sum(lp) / np.sum([len(s) for s in sequences])))


def next_token_distribution(prefix, initial, transition):
    p = transition[prefix[-1]] if len(prefix) > 0 else initial
    return list(p)


def sample_sequence(length, initial, transition, rng):
    seq = []
    for t in range(length):
        p = next_token_distribution(np.array(seq, dtype=int), initial, transition)
        seq.append(int(rng.choice(len(p), p=p)))
    return np.array(seq)
