import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    initial = np.zeros(vocabulary_size)
    transition = np.zeros((vocabulary_size, vocabulary_size))
    for seq in sequences:
        initial[seq[0]] += 1
        for i in range(len(seq) - 1):
            transition[seq[i], seq[i + 1]] += 1
    initial = (initial + pseudocount) / (initial.sum() + pseudocount)
    transition = (transition + pseudocount) / (transition.sum(axis=1, keepdims=True) + pseudocount + 1e-10)
    return initial, transition


def sequence_log_prob(sequence, initial, transition):
    # 1e-10 avoids log(0)
    logp = np.log(initial[sequence[0]] + 1e-10)
    logp += np.sum(np.log(transition[sequence[:-1], sequence[1:]] + 1e-10))
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
