"""Wrong ways to score a sequence; each runs in the namespace of the reference."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="you multiply the probabilities before you take the logarithm: long products underflow to 0",
    hint="What is log(p q), and does a sum of 10,000 logarithms underflow?",
)
def logarithm_of_the_product(sequence, initial, transition):
    p = initial[sequence[0]]
    for a, b in zip(sequence[:-1], sequence[1:]):
        p = p * transition[a, b]
    return np.log(p)


@misconception(
    says="you swap the indices of transition: transition[b, a] is not the probability that b follows a",
    hint="Which token picks the row: the one before, or the one after?",
)
def reads_columns(sequence, initial, transition):
    return np.log(initial[sequence[0]]) + np.log(transition[sequence[1:], sequence[:-1]]).sum()


@misconception(
    says="the factor of the first token is missing",
    hint="The chain rule has T factors for T tokens. Which one does not come from transition?",
)
def forgets_the_first_token(sequence, initial, transition):
    return np.log(transition[sequence[:-1], sequence[1:]]).sum()


@misconception(
    says="your sum stops one step too early: the last token is not in it",
    hint="A sequence of T tokens takes T - 1 steps. Which values does your index take for T = 2?",
)
def misses_the_last_token(sequence, initial, transition):
    total = np.log(initial[sequence[0]])
    for t in range(1, len(sequence) - 1):
        total += np.log(transition[sequence[t - 1], sequence[t]])
    return total


@misconception(
    says="your logarithm has base 2",
    hint="All logarithms of this assignment are natural.",
)
def uses_base_2(sequence, initial, transition):
    return np.log2(initial[sequence[0]]) + np.log2(transition[sequence[:-1], sequence[1:]]).sum()


@misconception(
    says="your logarithm has base 10",
    hint="All logarithms of this assignment are natural.",
)
def uses_base_10(sequence, initial, transition):
    return np.log10(initial[sequence[0]]) + np.log10(transition[sequence[:-1], sequence[1:]]).sum()


@misconception(
    says="you add a small number inside the logarithm: what is impossible is given a finite log-probability",
    hint="log 0 is −inf, and that is the right answer here. What would the small number be protecting you from?",
    epsilon=TINY,
)
def adds_epsilon(sequence, initial, transition, epsilon=1e-12):
    return np.log(initial[sequence[0]] + epsilon) + np.log(transition[sequence[:-1], sequence[1:]] + epsilon).sum()


@misconception(
    says="you multiply how often each step occurs by its logarithm, and 0 times −inf is nan",
    hint="A step that does not occur in the sequence has no factor in the product, even if it is impossible.",
)
def counts_times_logarithms(sequence, initial, transition):
    counts = np.zeros(transition.shape)
    np.add.at(counts, (sequence[:-1], sequence[1:]), 1)
    return np.log(initial[sequence[0]]) + (counts * np.log(transition)).sum()


@misconception(
    says="you leave out the factors that are 0: an impossible sequence gets the probability of a possible one",
    hint="A product with one factor 0 is 0.",
)
def skips_zeros(sequence, initial, transition):
    p = np.append(initial[sequence[0]], transition[sequence[:-1], sequence[1:]])
    return np.log(p[p > 0]).sum()


@misconception(
    says="you return the probability, not its logarithm",
    hint="Which number is asked for, and what becomes of the other one when the sequence has 10,000 tokens?",
)
def returns_the_probability(sequence, initial, transition):
    return initial[sequence[0]] * np.prod(transition[sequence[:-1], sequence[1:]])


@misconception(
    says="you divide by the length: that is the log-probability per token, not of the whole sequence",
    hint="The log of a product is the sum of the logs, not their mean.",
)
def averages_over_tokens(sequence, initial, transition):
    p = np.append(initial[sequence[0]], transition[sequence[:-1], sequence[1:]])
    return np.log(p).mean()


@misconception(
    says="you return the negative log-probability, the loss, rather than the log-probability",
    hint="A probability is at most 1. What is the sign of its logarithm?",
)
def returns_the_loss(sequence, initial, transition):
    return -(np.log(initial[sequence[0]]) + np.log(transition[sequence[:-1], sequence[1:]]).sum())


@misconception(
    says="you take every token from initial, as if nothing came before it",
    hint="initial is the distribution of the first token only. What do the others depend on?",
)
def treats_tokens_as_independent(sequence, initial, transition):
    return np.log(initial[sequence]).sum()


@misconception(
    says="each of your factors is conditioned on the first token instead of the one before",
    hint="Look at the third factor: which token comes directly before x_3?",
)
def conditions_on_the_first_token(sequence, initial, transition):
    return np.log(initial[sequence[0]]) + np.log(transition[sequence[0], sequence[1:]]).sum()


@misconception(
    says="math.log(0) raises an exception, but an impossible sequence has an answer: −inf",
    hint="See what your logarithm does with 0, and treat that case before it or choose another logarithm.",
)
def raises_on_zero(sequence, initial, transition):
    import math

    total = math.log(initial[sequence[0]])
    for a, b in zip(sequence[:-1], sequence[1:]):
        total += math.log(transition[a, b])
    return total


@misconception(
    says="you write the logarithms into the caller's transition table: after the call it holds no probabilities",
    hint="Which argument makes np.log write into an existing array?",
)
def logs_in_the_callers_table(sequence, initial, transition):
    with np.errstate(divide="ignore"):
        np.log(transition, out=transition)
        return float(np.log(initial[sequence[0]]) + np.sum(transition[sequence[:-1], sequence[1:]]))


@misconception(
    says="your loop starts at the first token, whose x[t - 1] is x[-1]: the last token of the sequence",
    hint="Which token comes before the first one? Print the pairs that your loop looks at.",
)
def wraps_around(sequence, initial, transition):
    with np.errstate(all="ignore"):
        steps = sum(np.log(transition[sequence[t - 1], sequence[t]]) for t in range(len(sequence)))
        return np.log(initial[sequence[0]]) + steps


@misconception(
    says="your loop starts at the first token, whose x[t - 1] is x[-1], and initial plays no part",
    hint="Which token comes before the first one? Which table holds the first token's probability?",
)
def wraps_around_without_initial(sequence, initial, transition):
    with np.errstate(all="ignore"):
        return sum(np.log(transition[sequence[t - 1], sequence[t]]) for t in range(len(sequence)))


@misconception(
    says="the first token counts as if all tokens were equally likely to come first; initial says how likely each is",
    hint="Which factor of the chain rule belongs to the first token?",
)
def starts_uniformly(sequence, initial, transition):
    return -np.log(len(initial)) + np.log(transition[sequence[:-1], sequence[1:]]).sum()


@misconception(
    says="your function calls itself once for each token; beyond about a thousand tokens Python raises RecursionError",
    hint="Which sum does your recursion compute? Does it need recursion?",
)
def recursion_too_deep(sequence, initial, transition):
    def upto(t):
        if t == 0:
            return np.log(initial[sequence[0]])
        return upto(t - 1) + np.log(transition[sequence[t - 1], sequence[t]])

    return upto(len(sequence) - 1)
