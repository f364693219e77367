"""No NumPy at all: lists, loops, math."""

import math


def fit_bigram(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    initial = [pseudocount] * V
    transition = [[pseudocount] * V for _ in range(V)]
    for sequence in sequences:
        initial[sequence[0]] += 1
        for t in range(1, len(sequence)):
            transition[sequence[t - 1]][sequence[t]] += 1
    total = sum(initial)
    initial = [c / total for c in initial]
    for a in range(V):
        total = sum(transition[a])
        if total == 0:
            transition[a] = [1 / V] * V
        else:
            transition[a] = [c / total for c in transition[a]]
    return initial, transition


def sequence_log_prob(sequence, initial, transition):
    total = 0.0
    for t in range(len(sequence)):
        if t == 0:
            p = initial[sequence[0]]
        else:
            p = transition[sequence[t - 1]][sequence[t]]
        if p == 0:
            return -math.inf
        total += math.log(p)
    return total


def perplexity(sequences, initial, transition):
    log_p = 0.0
    tokens = 0
    for sequence in sequences:
        log_p += sequence_log_prob(sequence, initial, transition)
        tokens += len(sequence)
    return math.exp(-log_p / tokens)


def next_token_distribution(prefix, initial, transition):
    if len(prefix) == 0:
        return [float(p) for p in initial]
    return [float(p) for p in transition[prefix[-1]]]


def sample_sequence(length, initial, transition, rng):
    sequence = []
    probabilities = initial
    for _ in range(length):
        u = rng.random()
        cumulative = 0.0
        token = None
        for k, p in enumerate(probabilities):
            cumulative += p
            if p > 0:
                token = k
            if u < cumulative:
                break
        sequence.append(token)
        probabilities = transition[token]
    return sequence
