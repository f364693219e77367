"""Wrong ways to compute perplexity; each runs in the namespace of the reference."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="you divide by the number of steps; first tokens are in the sum and count as tokens too",
    hint="A sequence of T tokens has T factors. What is the mean of T terms divided by?",
    fewest=(1,),
)
def divides_by_the_steps(sequences, initial, transition, fewest=0):
    total = sum(sequence_log_prob(s, initial, transition) for s in sequences)
    return np.exp(-total / max(fewest, sum(len(s) - 1 for s in sequences)))


@misconception(
    says="you divide by the number of sequences, not by the number of tokens",
    hint="Perplexity is per token: a corpus of one long sequence has many tokens.",
)
def divides_by_the_sequences(sequences, initial, transition):
    return np.exp(-sum(sequence_log_prob(s, initial, transition) for s in sequences) / len(sequences))


@misconception(
    says="you average the perplexities of the sequences: a short one weighs as much as a long one, and exp is outside the mean",
    hint="Which sum runs over the whole corpus, what is it divided by, and how often is exp taken?",
)
def averages_perplexities(sequences, initial, transition):
    return np.mean([np.exp(-sequence_log_prob(s, initial, transition) / len(s)) for s in sequences])


@misconception(
    says="you average the perplexities of the sequences, weighted by length; exp belongs outside the average",
    hint="Add up the log-probabilities of the whole corpus first. How often is exp taken then?",
)
def averages_perplexities_by_length(sequences, initial, transition):
    lengths = [len(s) for s in sequences]
    each = [np.exp(-sequence_log_prob(s, initial, transition) / len(s)) for s in sequences]
    return np.average(each, weights=lengths)


@misconception(
    says="you average the mean log-probabilities of the sequences: a short one weighs as much as a long one",
    hint="Every token of the corpus weighs the same. Divide the total by the number of all tokens.",
)
def averages_sequence_means(sequences, initial, transition):
    return np.exp(-np.mean([sequence_log_prob(s, initial, transition) / len(s) for s in sequences]))


@misconception(
    says="you raise 2 to the power of a natural logarithm",
    hint="Which function undoes the natural logarithm, and which one log2?",
)
def raises_2_to_nats(sequences, initial, transition):
    total = sum(sequence_log_prob(s, initial, transition) for s in sequences)
    return 2.0 ** (-total / sum(len(s) for s in sequences))


@misconception(
    says="you take exp of a logarithm to base 2",
    hint="Which function undoes the natural logarithm, and which one log2?",
)
def exp_of_bits(sequences, initial, transition):
    total = sum(sequence_log_prob(s, initial, transition) for s in sequences) / np.log(2)
    return np.exp(-total / sum(len(s) for s in sequences))


@misconception(
    says="the minus sign is missing: you return 1 / perplexity, the geometric mean of the probabilities",
    hint="A perplexity is at least 1: it is larger the more a model is surprised.",
)
def forgets_the_sign(sequences, initial, transition):
    total = sum(sequence_log_prob(s, initial, transition) for s in sequences)
    return np.exp(total / sum(len(s) for s in sequences))


@misconception(
    says="you return the cross-entropy: perplexity is exp of it",
    hint="For V equally likely tokens the answer is V. What is yours?",
)
def returns_the_cross_entropy(sequences, initial, transition):
    return -sum(sequence_log_prob(s, initial, transition) for s in sequences) / sum(len(s) for s in sequences)


@misconception(
    says="you multiply probabilities over the corpus, and long products underflow to 0",
    hint="Stay with logarithms until the division by the number of tokens is done.",
)
def multiplies_probabilities(sequences, initial, transition):
    p = 1.0
    for s in sequences:
        p *= initial[s[0]]
        for a, b in zip(s[:-1], s[1:]):
            p *= transition[a, b]
    return np.power(p, -1 / sum(len(s) for s in sequences))


@misconception(
    says="first tokens are counted as tokens, but their probabilities are missing from your sum",
    hint="A sequence of one token has a perplexity too. Which table does it depend on?",
)
def forgets_first_factors(sequences, initial, transition):
    total = sum(np.log(transition[s[:-1], s[1:]]).sum() for s in sequences)
    return np.exp(-total / sum(len(s) for s in sequences))


@misconception(
    says="you look at steps only: first tokens are neither in your sum nor in your count",
    hint="First tokens are tokens: initial says how surprising they are.",
)
def steps_only(sequences, initial, transition):
    total = sum(np.log(transition[s[:-1], s[1:]]).sum() for s in sequences)
    return np.exp(-total / max(sum(len(s) - 1 for s in sequences), 1))


@misconception(
    says="you join the sequences into one: the end of one is not followed by the start of the next",
    hint="Each sequence starts anew, from initial.",
)
def joins_the_sequences(sequences, initial, transition):
    text = np.concatenate(sequences)
    return np.exp(-sequence_log_prob(text, initial, transition) / len(text))


@misconception(
    says="you leave impossible sequences out of the sum",
    hint="What cannot happen did happen: how large is the surprise, and what does exp make of it?",
)
def skips_the_impossible(sequences, initial, transition):
    scores = [sequence_log_prob(s, initial, transition) for s in sequences]
    return np.exp(-sum(x for x in scores if x > -np.inf) / sum(len(s) for s in sequences))


@misconception(
    says="you do not divide by the number of tokens: this is 1 / P(corpus)",
    hint="Perplexity is per token: the same corpus twice is no more surprising.",
)
def forgets_to_divide(sequences, initial, transition):
    return np.exp(-sum(sequence_log_prob(s, initial, transition) for s in sequences))


@misconception(
    says="you count an end token for every sequence: your number of tokens is too large by the number of sequences",
    hint="How many factors does a sequence of two tokens have? Is there one for its end?",
)
def counts_an_end_token(sequences, initial, transition):
    total = sum(sequence_log_prob(s, initial, transition) for s in sequences)
    return np.exp(-total / sum(len(s) + 1 for s in sequences))


@misconception(
    says="you count a sequence only once, however often it occurs",
    hint="Where do you make a set, or keys of a dictionary, of your sequences? Every token of the corpus counts.",
)
def different_sequences_only(sequences, initial, transition):
    different = {tuple(map(int, s)) for s in sequences}
    total = sum(sequence_log_prob(np.array(s), initial, transition) for s in different)
    return np.exp(-total / sum(map(len, different)))
