"""One-hot rows and einsum: counting is a matrix product. Samples by multinomial draws."""

import numpy as np


def _one_hot(tokens, size):
    return np.eye(size)[tokens]


def fit_bigram(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    pairs = sum(np.einsum("ta,tb->ab", _one_hot(s[:-1], V), _one_hot(s[1:], V)) for s in sequences)
    starts = np.einsum("na->a", _one_hot([s[0] for s in sequences], V))
    C = pairs + pseudocount
    n = np.einsum("ab->a", C)
    # A row of zeros becomes a row of ones, and then 1/V.
    C = C + (n == 0)[:, np.newaxis]
    return (starts + pseudocount) / np.sum(starts + pseudocount), C / np.einsum("ab->a", C)[:, np.newaxis]


def sequence_log_prob(sequence, initial, transition):
    V = len(initial)
    X = _one_hot(sequence, V)
    first = np.einsum("a,a->", X[0], initial)
    steps = np.einsum("ta,ab,tb->t", X[:-1], transition, X[1:])
    return np.sum(np.log(np.concatenate([[first], steps])))


def perplexity(sequences, initial, transition):
    N = sum(map(len, sequences))
    return np.exp(sum(-sequence_log_prob(s, initial, transition) / N for s in sequences))


def next_token_distribution(prefix, initial, transition):
    if len(prefix) < 1:
        return initial * 1.0
    return np.einsum("a,ab->b", _one_hot(prefix[-1], len(initial)), transition)


def sample_sequence(length, initial, transition, rng):
    x = rng.multinomial(1, initial)
    rows = [x]
    for _ in range(1, length):
        x = rng.multinomial(1, x @ transition)
        rows.append(x)
    return np.argmax(rows, axis=1)
