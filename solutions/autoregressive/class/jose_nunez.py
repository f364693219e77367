# Tarea 5, José Núñez
import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    initial = np.zeros(vocabulary_size)
    transition = np.zeros((vocabulary_size, vocabulary_size))
    for seq in sequences:
        initial[seq[0]] += 1
        for i in range(len(seq) - 1):
            transition[seq[i], seq[i + 1]] += 1
    initial = (initial + pseudocount) / np.sum(initial + pseudocount)
    transition = transition + pseudocount
    row_sums = transition.sum(axis=1)
    for a in range(vocabulary_size):
        if row_sums[a] == 0:
            transition[a, :] = 1.0 / vocabulary_size
        else:
            transition[a, :] /= row_sums[a]
    return initial, transition


def sequence_log_prob(sequence, initial, transition):
    with np.errstate(divide="ignore"):
        logp = np.log(initial[sequence[0]])
        for prev, cur in zip(sequence[:-1], sequence[1:]):
            logp += np.log(transition[prev, cur])
    return logp


def perplexity(sequences, initial, transition):
    total_log_prob = 0
    n_tokens = 0
    for seq in sequences:
        total_log_prob += sequence_log_prob(seq, initial, transition)
        n_tokens += len(seq)
    return np.exp(-total_log_prob / n_tokens)


def next_token_distribution(prefix, initial, transition):
    if len(prefix) == 0:
        return initial
    return transition[prefix[-1]]


def sample_sequence(length, initial, transition, rng):
    V = len(initial)
    seq = np.zeros(length, dtype=int)
    seq[0] = rng.choice(V, p=initial)
    for t in range(1, length):
        seq[t] = rng.choice(V, p=transition[seq[t - 1]])
    return seq
