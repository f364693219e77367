from markov.chain import Chain
from markov.estimate import smoothed_shares, tally


def fit_bigram(sequences, vocabulary_size, pseudocount):
    starts, steps = tally(sequences, vocabulary_size)
    return smoothed_shares(starts, pseudocount), [smoothed_shares(row, pseudocount) for row in steps]


def sequence_log_prob(sequence, initial, transition):
    return Chain(initial, transition).log_prob(sequence)


def perplexity(sequences, initial, transition):
    return Chain(initial, transition).perplexity(sequences)


def next_token_distribution(prefix, initial, transition):
    return Chain(initial, transition).after(prefix)


def sample_sequence(length, initial, transition, rng):
    return Chain(initial, transition).walk(length, rng)
