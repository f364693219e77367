"""pandas inside: pd.crosstab counts, a Series and a DataFrame are returned."""

import numpy as np
import pandas as pd


def fit_bigram(sequences, vocabulary_size, pseudocount):
    vocabulary = range(vocabulary_size)
    frame = pd.DataFrame(
        [(a, b) for s in sequences for a, b in zip(s[:-1], s[1:])],
        columns=["before", "after"],
        dtype="int64",
    )
    counts = frame.groupby(["before", "after"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=vocabulary, columns=vocabulary, fill_value=0) + pseudocount
    counts[counts.sum(axis=1) == 0] = 1
    initial = pd.Series([s[0] for s in sequences]).value_counts().reindex(vocabulary, fill_value=0) + pseudocount
    return initial / initial.sum(), counts.div(counts.sum(axis=1), axis=0)


def sequence_log_prob(sequence, initial, transition):
    s = pd.Series(sequence)
    p = [initial[s[0]]] + [transition[int(a), b] for a, b in zip(s.shift()[1:], s[1:])]
    return pd.Series(p).apply(np.log).sum(skipna=False)


def perplexity(sequences, initial, transition):
    table = pd.DataFrame(
        {
            "log_p": [sequence_log_prob(s, initial, transition) for s in sequences],
            "tokens": [len(s) for s in sequences],
        }
    )
    total = table.sum()
    return np.exp(-total["log_p"] / total["tokens"])


def next_token_distribution(prefix, initial, transition):
    table = pd.DataFrame(transition)
    return pd.Series(initial) if len(prefix) == 0 else table.loc[prefix[-1]]


def sample_sequence(length, initial, transition, rng):
    tokens = []
    for _ in range(length):
        row = transition[tokens[-1]] if tokens else initial
        tokens.append(rng.choice(np.arange(len(row)), p=row))
    return pd.Series(tokens)
