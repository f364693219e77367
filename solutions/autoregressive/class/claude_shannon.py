"""Autoregressive models. I like to see what happens, so everything is printed."""

import sys

import numpy as np

DEBUG = True


def say(*things):
    if DEBUG:
        print("[shannon]", *things)
        print("[shannon]", *things, file=sys.stderr)


for i in range(200):
    say("loading module", i, "#" * 60)


def fit_bigram(sequences, vocabulary_size, pseudocount):
    say("corpus", sequences)
    n = np.zeros((vocabulary_size + 1, vocabulary_size))
    for s in sequences:
        say("sequence", s)
        n[-1, s[0]] += 1
        for left, right in zip(s, s[1:]):
            n[left, right] += 1
            say(left, "->", right, "now", n[left, right])
    n += pseudocount
    n[n.sum(axis=1) == 0] = 1
    p = n / n.sum(axis=1, keepdims=True)
    say("result", p)
    return p[-1], p[:-1]


def sequence_log_prob(sequence, initial, transition):
    total = np.log(initial[sequence[0]])
    for t in range(1, len(sequence)):
        total += np.log(transition[sequence[t - 1], sequence[t]])
        say("after", t, "tokens", total)
    return total


def perplexity(sequences, initial, transition):
    say("perplexity of", len(sequences), "sequences")
    h = -sum(sequence_log_prob(s, initial, transition) for s in sequences) / sum(len(s) for s in sequences)
    say("cross-entropy", h, "nats", h / np.log(2), "bits")
    return np.exp(h)


def next_token_distribution(prefix, initial, transition):
    say("prefix of length", len(prefix), "ends in", list(prefix)[-3:])
    return transition[prefix[-1]] if len(prefix) else initial


def sample_sequence(length, initial, transition, rng):
    x = []
    for t in range(length):
        p = next_token_distribution(x, initial, transition)
        x.append(rng.choice(len(p), p=p))
        say("token", t, "is", x[-1])
    return np.array(x)
