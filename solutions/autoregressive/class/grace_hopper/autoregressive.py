"""Homework: autoregressive models. Grace Hopper"""
import numpy as np

from counting import count_pairs, count_starts
from utils.math_helpers import normalize_rows, safe_log


def fit_bigram(sequences, vocabulary_size, pseudocount):
    initial = count_starts(sequences, vocabulary_size) + pseudocount
    transition = count_pairs(sequences, vocabulary_size) + pseudocount
    return initial / initial.sum(), normalize_rows(transition)


def sequence_log_prob(sequence, initial, transition):
    return safe_log(initial)[sequence[0]] + safe_log(transition)[sequence[:-1], sequence[1:]].sum()


def perplexity(sequences, initial, transition):
    scores = [sequence_log_prob(s, initial, transition) for s in sequences]
    return np.exp(-sum(scores) / sum(len(s) for s in sequences))


def next_token_distribution(prefix, initial, transition):
    if prefix.size == 0:
        return initial.copy()
    return transition[prefix[-1], :].copy()


def sample_sequence(length, initial, transition, rng):
    tokens = [rng.choice(initial.size, p=initial)]
    for _ in range(length - 1):
        tokens.append(rng.choice(initial.size, p=transition[tokens[-1]]))
    return np.array(tokens)
