"""Warns a lot: warnings.warn, a logger, and RuntimeWarnings of 0 / 0 and log 0 that are mended afterwards."""

import logging
import warnings

import numpy as np

log = logging.getLogger("homework")


def fit_bigram(sequences, vocabulary_size, pseudocount):
    if pseudocount == 0:
        warnings.warn("no smoothing: unseen pairs will be impossible", stacklevel=2)
    counts = np.zeros((vocabulary_size, vocabulary_size)) + pseudocount
    starts = np.zeros(vocabulary_size) + pseudocount
    for s in sequences:
        starts[s[0]] += 1
        i = 0
        while i + 1 < len(s):
            counts[s[i], s[i + 1]] += 1
            i += 1
    with_nan = counts / counts.sum(axis=1)[:, None]
    return starts / starts.sum(), np.where(np.isnan(with_nan), 1 / vocabulary_size, with_nan)


def sequence_log_prob(sequence, initial, transition):
    if len(sequence) > 1000:
        warnings.warn("a long sequence", RuntimeWarning, stacklevel=2)
    log_transition = np.log(transition)
    return np.log(initial)[sequence[0]] + sum(log_transition[a, b] for a, b in zip(sequence, sequence[1:]))


def perplexity(sequences, initial, transition):
    entropy = -sum(sequence_log_prob(s, initial, transition) for s in sequences) / sum(map(len, sequences))
    if entropy == np.inf:
        log.warning("an impossible sequence")
    return np.exp(entropy)


def next_token_distribution(prefix, initial, transition):
    log.info("prefix of length %d", len(prefix))
    distribution = initial.copy()
    for token in prefix:
        distribution = transition[token].copy()
    return distribution


def sample_sequence(length, initial, transition, rng):
    # Walks with a shuffled vocabulary: permute, cumulate, look up, undo.
    order = rng.permutation(len(initial))
    row, tokens = initial, []
    for _ in range(length):
        cumulative = np.cumsum(row[order])
        token = order[np.sum(cumulative <= rng.random() * cumulative[-1])]
        tokens.append(token)
        row = transition[token]
    return np.array(tokens)
