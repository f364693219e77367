import numpy as np


def count_starts(sequences, size):
    counts = np.zeros(size)
    for s in sequences:
        counts[s[0]] += 1
    return counts


def count_pairs(sequences, size):
    counts = np.zeros((size, size))
    for s in sequences:
        for a, b in zip(s[:-1], s[1:]):
            counts[a, b] += 1
    return counts
