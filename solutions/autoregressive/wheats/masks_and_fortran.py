"""Boolean masks, own copies changed in place, column-major and strided results, 0-d arrays."""

import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    before = np.hstack([s[:-1] for s in sequences])
    after = np.hstack([s[1:] for s in sequences])
    firsts = np.array([s[0] for s in sequences])
    wide = np.zeros((V, 2 * V), order="F")
    for a in range(V):
        for b in range(V):
            wide[a, 2 * b] = np.count_nonzero((before == a) & (after == b)) + pseudocount
    transition = wide[:, ::2]
    total = transition.sum(axis=1)
    transition[total > 0] /= total[total > 0, None]
    transition[total == 0] = 1 / V
    initial = np.array([(firsts == a).sum() for a in reversed(range(V))], dtype=float)[::-1]
    initial += pseudocount
    initial /= initial.sum()
    return initial, transition


def sequence_log_prob(sequence, initial, transition):
    log_t = transition.copy(order="F")
    np.log(log_t, out=log_t)
    log_i = initial.copy()
    np.log(log_i, out=log_i)
    mask = np.zeros(len(initial), dtype=bool)
    mask[sequence[0]] = True
    return np.array(log_i[mask][0] + log_t[sequence[:-1], sequence[1:]].sum())


def perplexity(sequences, initial, transition):
    total = np.zeros(())
    n = np.zeros((), dtype=int)
    for s in sequences:
        total += sequence_log_prob(s, initial, transition)
        n += len(s)
    np.divide(total, -n, out=total)
    np.exp(total, out=total)
    return total


def next_token_distribution(prefix, initial, transition):
    result = np.asfortranarray(transition)[prefix[-1], :] if prefix.shape != (0,) else initial
    return result[::-1].copy()[::-1]


def sample_sequence(length, initial, transition, rng):
    tape = np.zeros(2 * length)
    p = initial.copy()
    for t in range(length):
        np.cumsum(p, out=p)
        p /= p[-1]
        tape[2 * t] = np.flatnonzero(p > rng.random())[0]
        p[:] = transition[int(tape[2 * t])]
    return tape[::2]
