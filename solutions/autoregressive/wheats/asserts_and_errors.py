"""Distrusts its caller: asserts and ValueErrors on bad input."""

import numpy as np


def _check_model(initial, transition):
    if initial.ndim != 1 or transition.shape != (initial.size, initial.size):
        raise ValueError(f"initial {initial.shape} and transition {transition.shape} do not fit together")
    if np.any(initial < 0) or np.any(transition < 0):
        raise ValueError("negative probabilities")
    assert np.isclose(initial.sum(), 1), "initial does not sum to 1"
    assert np.allclose(transition.sum(axis=1), 1), "a row of transition does not sum to 1"


def _check_sequence(sequence, size, least=1):
    sequence = np.asarray(sequence)
    if sequence.ndim != 1 or len(sequence) < least:
        raise ValueError(f"expected a sequence of at least {least} tokens, got shape {sequence.shape}")
    if sequence.size and not (0 <= sequence.min() and sequence.max() < size):
        raise ValueError("a token is outside the vocabulary")
    return sequence


def fit_bigram(sequences, vocabulary_size, pseudocount):
    if not sequences:
        raise ValueError("no sequences")
    if pseudocount < 0:
        raise ValueError("the pseudocount is negative")
    assert vocabulary_size >= 1
    starts = np.zeros(vocabulary_size, dtype=int)
    pairs = np.zeros((vocabulary_size, vocabulary_size), dtype=int)
    for s in sequences:
        s = _check_sequence(s, vocabulary_size)
        starts[s[0]] += 1
        for a, b in zip(s[:-1], s[1:], strict=True):
            pairs[a, b] += 1
    initial = (starts + pseudocount) / (starts.sum() + vocabulary_size * pseudocount)
    transition = np.ones((vocabulary_size, vocabulary_size)) / vocabulary_size
    for a in range(vocabulary_size):
        n = pairs[a].sum() + vocabulary_size * pseudocount
        if n > 0:
            transition[a] = (pairs[a] + pseudocount) / n
    _check_model(initial, transition)
    return initial, transition


def sequence_log_prob(sequence, initial, transition):
    _check_model(initial, transition)
    s = _check_sequence(sequence, initial.size)
    p = np.concatenate([initial[s[:1]], transition[s[:-1], s[1:]]])
    if (p == 0).any():
        return float("-inf")
    answer = float(np.log(p).sum())
    assert answer <= 1e-9
    return answer


def perplexity(sequences, initial, transition):
    if len(sequences) == 0:
        raise ValueError("no sequences")
    n = sum(len(s) for s in sequences)
    assert n > 0
    return float(np.exp(-sum(sequence_log_prob(s, initial, transition) for s in sequences) / n))


def next_token_distribution(prefix, initial, transition):
    _check_model(initial, transition)
    prefix = _check_sequence(prefix, initial.size, least=0)
    return transition[prefix[-1]].copy() if prefix.size > 0 else initial.copy()


def sample_sequence(length, initial, transition, rng):
    _check_model(initial, transition)
    if length < 1:
        raise ValueError("length must be at least 1")
    if not isinstance(rng, np.random.Generator):
        raise TypeError("rng must be a numpy.random.Generator")
    s = np.zeros(length, dtype=np.int32)
    for t in range(length):
        s[t] = rng.choice(initial.size, p=transition[s[t - 1]] if t else initial)
    return s
