import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    # put the whole corpus in one long array, that is faster
    text = np.concatenate(sequences)
    initial = np.full(vocabulary_size, float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    np.add.at(counts, (text[:-1], text[1:]), 1)
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


def sequence_log_prob(sequence, initial, transition):
    with np.errstate(divide="ignore"):
        logp = np.log(initial[sequence[0]])
        for prev, cur in zip(sequence[:-1], sequence[1:]):
            logp += np.log(transition[prev, cur])
    return logp


def perplexity(sequences, initial, transition):
    values = []
    for s in sequences:
        values.append(np.exp(-sequence_log_prob(s, initial, transition) / len(s)))
    return np.mean(values)


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
