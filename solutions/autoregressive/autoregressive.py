"""Autoregressive models: P(X) = prod_t P(x_t | x_<t), as a bigram model.

A sequence is generated one token at a time, each drawn given those before it: a directed graphical model.
A transformer decoder looks back at the whole prefix x_<t. The bigram model of this assignment looks back at one
token, so its conditionals fit in two tables, and everything about it can be computed exactly.

Conventions:

- Tokens are integers 0, 1, ..., V-1, where V is the vocabulary size.
- A sequence is an integer array of length >= 1; ``sequences`` is a list of at least one of them, of any lengths.
- ``initial`` has shape (V,): initial[a] = P(x_1 = a).
- ``transition`` has shape (V, V): transition[a, b] = P(x_t = b | x_{t-1} = a). Each row sums to 1.
- Logarithms are natural. The log-probability of what cannot happen is -inf, never nan.
- Arguments are never changed, and randomness comes from the argument ``rng`` alone.
"""

import numpy as np


def fit_bigram(sequences, vocabulary_size, pseudocount):
    """Estimate a bigram model from sequences by counting.

    Count how often each token starts a sequence and how often b directly follows a, add the pseudocount to every
    count, and normalise:

        initial[a]       =  (starts with a  + pseudocount) / (sum over all tokens of the same)
        transition[a, b] =  (a followed by b + pseudocount) / (sum over all next tokens of the same)

    Only the first token of each sequence counts for ``initial``. A pair lies within one sequence: the last token of a
    sequence is not followed by the first token of the next. With pseudocount 0 this is maximum likelihood; for a token
    that is never followed by another, the data do not determine the row, and it is uniform (each entry 1/V).

    Args:
        sequences: list of integer arrays of length >= 1 with tokens 0..V-1; at least one sequence.
        vocabulary_size: V >= 1. Tokens that never occur in the sequences count too.
        pseudocount: number >= 0, added to every count.

    Returns:
        The tuple (initial, transition): arrays of shape (V,) and (V, V).

    """
    # BEGIN SOLUTION
    firsts = [sequence[0] for sequence in sequences]
    before = np.concatenate([sequence[:-1] for sequence in sequences])
    after = np.concatenate([sequence[1:] for sequence in sequences])
    # A pair (a, b) as the single number aV + b, so that one bincount counts them all.
    pairs = np.bincount(before * vocabulary_size + after, minlength=vocabulary_size**2)
    initial = _normalise(np.bincount(firsts, minlength=vocabulary_size) + float(pseudocount))
    transition = _normalise(pairs.reshape(vocabulary_size, vocabulary_size) + float(pseudocount))
    return initial, transition
    # END SOLUTION


def sequence_log_prob(sequence, initial, transition):
    """Log-probability of a whole sequence, by the chain rule.

        log P(x_1, ..., x_T) = log P(x_1) + sum_{t=2}^{T} log P(x_t | x_{t-1})

    Args:
        sequence: integer array (T,), T >= 1; T may be 10,000.
        initial: array (V,).
        transition: array (V, V).

    Returns:
        A float; -inf if the sequence cannot happen.

    """
    # BEGIN SOLUTION
    with np.errstate(divide="ignore"):
        return float(np.log(initial[sequence[0]]) + np.sum(np.log(transition[sequence[:-1], sequence[1:]])))
    # END SOLUTION


def perplexity(sequences, initial, transition):
    """Perplexity of the model on a corpus: the effective number of equally likely choices per token.

        exp( - (sum of the log-probabilities of all sequences) / (number of tokens in all sequences) )

    First tokens are tokens too, so a corpus of sequences of lengths 3 and 5 has 8 tokens.

    Args:
        sequences: list of integer arrays of length >= 1; at least one sequence.
        initial: array (V,).
        transition: array (V, V).

    Returns:
        A float >= 1; +inf if one of the sequences cannot happen.

    """
    # BEGIN SOLUTION
    total = sum(sequence_log_prob(sequence, initial, transition) for sequence in sequences)
    return float(np.exp(-total / sum(len(sequence) for sequence in sequences)))
    # END SOLUTION


def next_token_distribution(prefix, initial, transition):
    """Distribution of the next token given all tokens so far: P(x_t | x_<t).

    For the empty prefix it is the distribution of the first token.

    Args:
        prefix: integer array (t-1,), the tokens so far; it may be empty, an array of shape (0,).
        initial: array (V,).
        transition: array (V, V).

    Returns:
        Array (V,): entry b is the probability that the next token is b.

    """
    # BEGIN SOLUTION
    return np.array(initial if len(prefix) == 0 else transition[prefix[-1]])
    # END SOLUTION


def sample_sequence(length, initial, transition, rng):
    """Draw one sequence by ancestral sampling: the first token, then each next one given the one before it.

    Args:
        length: T >= 1, the number of tokens.
        initial: array (V,).
        transition: array (V, V).
        rng: numpy.random.Generator, the only source of randomness: the same state gives the same sequence.

    Returns:
        Integer array (T,) of tokens 0..V-1.

    """
    # BEGIN SOLUTION
    tables = np.vstack([initial, transition])
    # Inverse transform sampling; division makes every row end at 1 exactly, which no uniform reaches.
    cumulative = np.cumsum(tables, axis=1)
    cumulative /= cumulative[:, -1:]
    sequence = np.empty(length, dtype=np.int64)
    row = 0
    for t, u in enumerate(rng.random(length)):
        sequence[t] = np.searchsorted(cumulative[row], u, side="right")
        row = sequence[t] + 1
    return sequence
    # END SOLUTION


# BEGIN SOLUTION
def _normalise(counts):
    """Counts divided by their sum along the last axis; uniform where there are none."""
    total = counts.sum(axis=-1, keepdims=True)
    return np.divide(counts, total, out=np.full(counts.shape, 1 / counts.shape[-1]), where=total > 0)


# END SOLUTION
