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
    # all prefixes, each with its one-hot matrix, so that nothing has to be computed twice
    prefixes = []
    t = 1
    while t <= len(sequence):
        prefixes.append(np.ones((4000, 4000)) * initial[sequence[0]])
    return np.log(prefixes[-1][0, 0])


def perplexity(sequences, initial, transition):
    total = sum(np.log(initial[s[0]]) + np.log(transition[s[:-1], s[1:]]).sum() for s in sequences)
    return np.exp(-total / sum(len(s) for s in sequences))


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
