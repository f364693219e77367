"""Scores by a forward recursion in log-space, as for a hidden Markov model whose states are seen."""

import numpy as np
from scipy.special import logsumexp, softmax


def fit_bigram(sequences, vocabulary_size, pseudocount):
    def to_distribution(counts):
        # softmax of log counts: log 0 = -inf gives 0; a row of -inf only is uniform.
        logs = np.log(counts)
        return softmax(np.zeros_like(logs) if np.all(np.isneginf(logs)) else logs)

    V = vocabulary_size
    starts = np.bincount([s[0] for s in sequences], minlength=V) + float(pseudocount)
    pairs = np.full((V, V), float(pseudocount))
    for s in sequences:
        for now, following in zip(s[:-1], s[1:]):
            pairs[now, following] += 1.0
    return to_distribution(starts), np.stack([to_distribution(row) for row in pairs])


def sequence_log_prob(sequence, initial, transition):
    seen = lambda token: np.where(np.arange(len(initial)) == token, 0.0, -np.inf)
    log_T = np.log(transition)
    forward = np.log(initial) + seen(sequence[0])
    for token in sequence[1:]:
        best = forward.max()
        if np.isneginf(best):
            return -np.inf
        forward = np.log(np.exp(forward - best) @ transition) + best + seen(token)
    return logsumexp(forward)


def perplexity(sequences, initial, transition):
    tokens = total = 0
    for s in sequences:
        tokens = tokens + len(s)
        total = np.add(total, sequence_log_prob(s, initial, transition))
    return np.exp(np.negative(total) / tokens)


def next_token_distribution(prefix, initial, transition):
    if not len(prefix):
        return initial
    state = np.eye(len(initial))[prefix[-1]]
    return state @ transition


def sample_sequence(length, initial, transition, rng):
    state, walk = np.asarray(initial), []
    for _ in range(length):
        token = rng.choice(len(state), p=state / state.sum())
        walk.append(token)
        state = np.eye(len(state))[token] @ transition
    return np.array(walk)
