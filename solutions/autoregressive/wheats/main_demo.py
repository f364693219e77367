"""Runs as a script: a demo, a global seed and an argument parser under the main guard."""

import argparse
import string

import numpy as np

ALPHABET = string.ascii_lowercase + " "


def encode(text):
    return np.array([ALPHABET.index(c) for c in text.lower() if c in ALPHABET])


def decode(tokens):
    return "".join(ALPHABET[int(t)] for t in tokens)


def fit_bigram(sequences, vocabulary_size, pseudocount):
    flat = np.zeros(vocabulary_size * vocabulary_size)
    for s in sequences:
        codes = vocabulary_size * s[:-1] + s[1:]
        unique, how_often = np.unique(codes, return_counts=True)
        flat[unique] += how_often
    transition = flat.reshape(vocabulary_size, -1) + pseudocount
    initial = np.bincount(np.array([s[0] for s in sequences]), minlength=vocabulary_size) + pseudocount
    with np.errstate(invalid="ignore"):
        transition = transition / transition.sum(axis=1, keepdims=True)
    return initial / initial.sum(), np.nan_to_num(transition, nan=1 / vocabulary_size)


def sequence_log_prob(sequence, initial, transition):
    with np.errstate(divide="ignore"):
        log_initial, log_transition = np.log(initial), np.log(transition)
    score = log_initial[sequence[0]]
    for a, b in zip(sequence, sequence[1:]):
        score += log_transition[a, b]
    return score


def perplexity(sequences, initial, transition):
    nll = [-sequence_log_prob(s, initial, transition) for s in sequences]
    return np.exp(np.sum(nll) / np.sum([len(s) for s in sequences]))


def next_token_distribution(prefix, initial, transition):
    return [initial, *transition][prefix[-1] + 1 if len(prefix) else 0]


def sample_sequence(length, initial, transition, rng):
    tokens = np.full(length, -1)
    for t in range(length):
        tokens[t] = rng.choice(len(initial), p=next_token_distribution(tokens[:t], initial, transition))
    return tokens


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    np.random.seed(args.seed)
    corpus = [encode(w) for w in "the quick brown fox jumps over the lazy dog".split()]
    pi, T = fit_bigram(corpus, len(ALPHABET), 0.1)
    print("perplexity", perplexity(corpus, pi, T))
    for _ in range(5):
        print(decode(sample_sequence(6, pi, T, np.random.default_rng(np.random.randint(1000)))))
