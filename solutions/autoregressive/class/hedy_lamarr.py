"""Autoregressive homework. Counting with bincount on pair codes, a log table with the start as row -1."""
import numpy as np

def encode(seq, V):
    return np.asarray(seq[:-1]) * V + np.asarray(seq[1:])

def fit_bigram(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    codes = np.concatenate([encode(s, V) for s in sequences])
    N = np.bincount(codes, minlength=V * V).reshape(V, V)
    n0 = np.bincount([s[0] for s in sequences], minlength=V)
    rows = []
    for counts in [n0, *N]:
        counts = counts + pseudocount
        rows.append(counts / counts.sum() if counts.sum() > 0 else np.repeat(1 / V, V))
    return rows[0], np.vstack(rows[1:])

def sequence_log_prob(sequence, initial, transition):
    L = np.log(transition).ravel()
    return np.log(initial)[sequence[0]] + L[encode(sequence, len(initial))].sum()

def perplexity(sequences, initial, transition):
    n = sum(s.shape[0] for s in sequences)
    return np.prod([np.exp(-sequence_log_prob(s, initial, transition) / n) for s in sequences])

def next_token_distribution(prefix, initial, transition):
    return {True: lambda: initial, False: lambda: transition[prefix[-1]]}[len(prefix) == 0]()

def sample_sequence(length, initial, transition, rng):
    def walk():
        x = rng.choice(initial.size, p=initial)
        yield x
        for _ in range(length - 1):
            x = rng.choice(initial.size, p=transition[x])
            yield x
    return np.fromiter(walk(), dtype=int, count=length)
