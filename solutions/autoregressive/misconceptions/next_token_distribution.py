"""Wrong ways to say what comes next; each runs in the namespace of the reference."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="you return a column of transition: the probabilities of reaching this token, not of leaving it",
    hint="transition[a, b] is P(b follows a). Which index is the last token of the prefix?",
)
def returns_the_column(prefix, initial, transition):
    return initial if len(prefix) == 0 else transition[:, prefix[-1]]


@misconception(
    says="you condition on the first token of the prefix instead of the last",
    hint="The next token follows the one directly before it.",
)
def looks_at_the_first_token(prefix, initial, transition):
    return initial if len(prefix) == 0 else transition[prefix[0]]


@misconception(
    says="the empty prefix gets a uniform distribution, but there is a table for the first token",
    hint="What is P(x_1)?",
)
def uniform_at_the_start(prefix, initial, transition):
    return np.full(len(initial), 1 / len(initial)) if len(prefix) == 0 else transition[prefix[-1]]


@misconception(
    says="the empty prefix has no last token: indexing it with [-1] raises IndexError",
    hint="Treat the prefix of length 0 first. What is the distribution of the first token?",
)
def fails_on_the_empty_prefix(prefix, initial, transition):
    return transition[prefix[-1]]


@misconception(
    says="`not prefix` does not ask whether an array is empty: array([0]) is not empty, and longer arrays have no truth value",
    hint="What tells you how many tokens the prefix has?",
    caught=(True,),
)
def asks_for_truth(prefix, initial, transition, caught=False):
    try:
        if not prefix:
            return initial
    except ValueError:
        if not caught:
            raise
    return transition[prefix[-1]]


@misconception(
    says="you return initial for a prefix of one token as well",
    hint="With one token there is something to condition on: the next token is the second.",
)
def one_token_is_no_prefix(prefix, initial, transition):
    return initial if len(prefix) <= 1 else transition[prefix[-1]]


@misconception(
    says="you return the marginal distribution of the next token, averaged over all prefixes",
    hint="The prefix is given: P(x_t | x_<t) does not sum over what might have come before.",
)
def forgets_the_prefix(prefix, initial, transition):
    return initial @ np.linalg.matrix_power(transition, len(prefix))


@misconception(
    says="you put all the probability on the likeliest token instead of returning the distribution",
    hint="The question asks how likely each of the V tokens is, not which is the likeliest.",
)
def only_the_likeliest(prefix, initial, transition):
    row = initial if len(prefix) == 0 else transition[prefix[-1]]
    return np.eye(len(initial))[np.argmax(row)]


@misconception(
    says="you return log-probabilities",
    hint="The V numbers should sum to 1.",
)
def returns_logarithms(prefix, initial, transition):
    return np.log(initial if len(prefix) == 0 else transition[prefix[-1]])


@misconception(
    says="you return P(prefix, next token): the joint probability is not yet divided by P(prefix)",
    hint="A conditional distribution sums to 1. What does yours sum to?",
)
def returns_the_joint(prefix, initial, transition):
    if len(prefix) == 0:
        return initial
    return np.exp(sequence_log_prob(prefix, initial, transition)) * transition[prefix[-1]]


@misconception(
    says="you average the rows of all tokens of the prefix",
    hint="A bigram model remembers one token. Which one?",
)
def averages_over_the_prefix(prefix, initial, transition):
    return initial if len(prefix) == 0 else transition[prefix].mean(axis=0)


@misconception(
    says="you multiply the row of transition by initial, as if the next token were a first token too",
    hint="initial is about the first token only; given the token before, it no longer matters.",
)
def mixes_in_initial(prefix, initial, transition):
    if len(prefix) == 0:
        return initial
    product = initial * transition[prefix[-1]]
    return product / product.sum() if product.sum() > 0 else product


@misconception(
    says="you ask whether any token of the prefix is not 0: a prefix of zeros counts as empty",
    hint="What does np.any say of array([0])? What tells you how many tokens the prefix has?",
)
def zeros_count_as_empty(prefix, initial, transition):
    return transition[prefix[-1]] if np.any(prefix) else initial


@misconception(
    says="you take a last token 0 for no token at all: token 0 is a token like any other",
    hint="Which values count as false in Python? Ask for the number of tokens instead.",
)
def token_0_counts_as_none(prefix, initial, transition):
    last = prefix[-1] if len(prefix) else 0
    return transition[last] if last else initial


@misconception(
    says="you return cumulative sums, as a sampler uses them inside; the distribution itself is asked for",
    hint="What do the entries of your result add up to?",
)
def cumulative_sums(prefix, initial, transition):
    return np.cumsum(transition[prefix[-1]] if len(prefix) else initial)
