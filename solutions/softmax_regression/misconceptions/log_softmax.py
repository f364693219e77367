"""Wrong log-softmaxes, each with its name."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="you take exp of the scores as they are: from 710 on it is inf, and the result nan or −inf",
    hint="Subtracting one number from all scores of a row changes no probability. Which number makes exp safe?",
)
def exp_overflows(scores):
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


@misconception(
    says="you take the logarithm of a probability: where it has rounded to 0 the logarithm is −inf",
    hint="log(a / b) is log a − log b. What is the logarithm of exp(score)?",
)
def log_of_the_softmax(scores):
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.log(weights / weights.sum(axis=1, keepdims=True))


@misconception(
    says="you return probabilities; their logarithms are asked for",
    hint="Are your values at most 0? Logarithms of probabilities are.",
)
def probabilities(scores):
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


@misconception(
    says="you normalise over the examples; the classes of one example share its probability",
    hint="Which axis belongs to the classes? Sum exp of your result along it.",
)
def normalises_columns(scores):
    shifted = scores - scores.max(axis=0)
    return shifted - np.log(np.exp(shifted).sum(axis=0))


@misconception(
    says="you normalise the whole table; every row is a distribution of its own",
    hint="What does each row of exp of your result sum to?",
)
def normalises_the_table(scores):
    shifted = scores - scores.max()
    return shifted - np.log(np.exp(shifted).sum())


@misconception(
    says="you subtract one maximum for all rows: rows far below the highest one underflow",
    hint="Each row needs a maximum of its own. Over which axis do you take it?",
)
def one_maximum(scores):
    shifted = scores - scores.max()
    with np.errstate(divide="ignore"):
        return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@misconception(
    says="you subtract the maximum and forget the logarithm of the sum",
    hint="The largest entry of a row is 0 in your result: a probability of 1. And the others?",
)
def subtracts_the_maximum_only(scores):
    return scores - scores.max(axis=1, keepdims=True)


@misconception(
    says="you shift the scores in the sum only, and do not add the maximum back",
    hint="log Σ exp(s) = m + log Σ exp(s − m). Where is your m?",
)
def forgets_the_maximum(scores):
    return scores - np.log(np.exp(scores - scores.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))


@misconception(
    says="you divide the score by the logarithm of the sum; the logarithm of a ratio is a difference",
    hint="log(a / b) = log a − log b.",
)
def divides_by_the_log(scores):
    top = scores.max(axis=1, keepdims=True)
    return scores / (top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True)))


@misconception(
    says="you take the logarithm of the mean of the exponentials, not of their sum",
    hint="With two equal scores, what does exp of your row sum to?",
)
def mean_for_sum(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).mean(axis=1, keepdims=True))


@misconception(
    says="your logarithm has base 2; all logarithms here are natural",
    hint="exp undoes log, not log2.",
)
def base_2(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log2(np.exp(shifted).sum(axis=1, keepdims=True))


@misconception(
    says="you clip the scores before exp: what lies beyond becomes equal",
    hint="Do 1,000 and 2,000 get different probabilities? What can be done instead of clipping?",
    bound=(30.0, 50.0, 100.0, 500.0, 700.0),
)
def clips(scores, bound=500.0):
    clipped = np.clip(scores, -bound, bound)
    return clipped - np.log(np.exp(clipped).sum(axis=1, keepdims=True))


@misconception(
    says="you add a tiny number inside the logarithm: small probabilities come out too large",
    hint="log(p + ε) is not log p where p is smaller than ε. Is there a way without a probability?",
    epsilon=(1e-15, 1e-12, 1e-10, 1e-8, 1e-300),
)
def tiny_number_added(scores, epsilon=1e-12):
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.log(weights / weights.sum(axis=1, keepdims=True) + epsilon)


@misconception(
    says="you subtract the maximum from the caller's scores: they are changed after the call",
    hint="`scores -= ...` changes the array that you were given. What makes a new one?",
)
def in_place(scores):
    scores -= scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


@misconception(
    says="you add the logarithm of the sum; the logarithm of a ratio is a difference",
    hint="Exponentials of your row should sum to 1. Which sign does log(a / b) give to log b?",
)
def adds_the_log_of_the_sum(scores):
    largest = scores.max(axis=1, keepdims=True)
    return scores - largest + np.log(np.exp(scores - largest).sum(axis=1, keepdims=True))


@misconception(
    says="you clip the caller's scores: large ones are changed after the call",
    hint="`out=scores` and `scores[scores > 700] = 700` write into the array that you were given. What makes a new one?",
)
def clips_in_place(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    np.clip(scores, -700, 700, out=scores)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
