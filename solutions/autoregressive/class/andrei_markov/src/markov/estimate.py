import numpy as np


def tally(sequences, size):
    starts, steps = np.zeros(size), np.zeros((size, size))
    for s in sequences:
        starts[s[0]] += 1
        pairs, times = np.unique(np.stack([s[:-1], s[1:]]), axis=1, return_counts=True)
        steps[pairs[0], pairs[1]] += times
    return starts, steps


def smoothed_shares(counts, extra):
    total = counts.sum() + extra * len(counts)
    if total == 0:
        return np.full(len(counts), 1 / len(counts))
    return (counts + extra) / total
