import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    initial = np.zeros(vocabulary_size)
    counts = np.zeros((vocabulary_size, vocabulary_size))
    for s in sequences:
        initial[s[0]] += 1
        counts[s[:-1], s[1:]] += 1
    initial += pseudocount
    counts += pseudocount
    sums = counts.sum(axis=1, keepdims=True)
    transition = np.divide(counts, sums, out=np.full_like(counts, 1 / vocabulary_size), where=sums > 0)
    return initial / initial.sum(), transition


def sequence_log_prob(sequence, initial, transition):
    with np.errstate(divide="ignore"):
        logp = np.log(initial[sequence[0]])
        for prev, cur in zip(sequence[:-1], sequence[1:]):
            logp += np.log(transition[prev, cur])
    return logp


def perplexity(sequences, initial, transition):
    logp = sum(sequence_log_prob(s, initial, transition) for s in sequences)
    n = sum(len(s) for s in sequences)
    return 2 ** (-logp / n)


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
