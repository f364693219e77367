"""Wrong ways to answer log_evidence."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="you use the row maximum instead of log-sum-exp: the evidence sums over all classes.",
    hint="With two equal terms the sum is twice the largest: log 2 higher.",
)
def largest_only(joint):
    return joint.max(axis=1)


@misconception(
    says="you add up logs, which multiplies the probabilities; P(x) is the sum of the probabilities.",
    hint="log(a + b) is not log a + log b. Which steps turn logs into a sum of probabilities and back, without underflow?",
)
def sum_of_logs(joint):
    return joint.sum(axis=1)


@misconception(
    says="exp of your entries underflows to 0, and log 0 is −inf.",
    hint="log Σ e^a = m + log Σ e^(a−m) for every m. For which m is the largest term 1?",
)
def underflow(joint):
    return np.log(np.exp(joint).sum(axis=1))


@misconception(
    says="you subtract the largest entry of the whole array; rows that lie far below it underflow.",
    hint="Each example has a largest entry of its own.",
)
def one_maximum_for_all(joint):
    top = joint.max()
    top = top if np.isfinite(top) else 0.0
    return top + np.log(np.exp(joint - top).sum(axis=1))


@misconception(
    says="you average over the classes; the evidence is a sum (the priors are in the joint already).",
    hint="Your result is lower by log K. Where do you take a mean instead of a sum?",
    impossible=(np.nan,),
)
def mean_over_classes(joint, impossible=-np.inf):
    value = np.logaddexp.reduce(joint, axis=1) - np.log(joint.shape[1])
    return np.where(np.isneginf(value), impossible, value)


@misconception(
    says="you subtract the largest entry before exp, but do not add it back after log.",
    hint="What you factored out of the sum is e^m. What becomes of it after the log?",
    impossible=(np.nan,),
)
def maximum_not_added_back(joint, impossible=-np.inf):
    top = joint.max(axis=1)
    value = np.log(np.exp(joint - np.where(np.isneginf(top), 0.0, top)[:, None]).sum(axis=1))
    return np.where(np.isneginf(top), impossible, value)


@misconception(
    says="a row of −inf gives nan: you subtract −inf from −inf.",
    hint="If the largest entry is −inf, nothing needs to be shifted. What is log 0?",
)
def nan_for_an_impossible_row(joint):
    top = joint.max(axis=1)
    return top + np.log(np.exp(joint - top[:, None]).sum(axis=1))


@misconception(
    says="entries of −inf spoil your result: 0 · (−inf) or (−inf) - (−inf) is nan.",
    hint="With an impossible class the smallest entry is −inf. Which entry is safe to subtract, and what is e^(−inf)?",
)
def smallest_subtracted(joint):
    low = joint.min(axis=1)
    return low + np.log(np.exp(joint - low[:, None]).sum(axis=1))


@misconception(
    says="you sum over examples (axis 0); P(x) sums over the classes of one example.",
    hint="The result has one number for each example: n of them, not K.",
)
def sum_over_examples(joint):
    return np.logaddexp.reduce(joint, axis=0)


@misconception(
    says="you add a tiny number before the log, so that no evidence falls below a fixed value.",
    hint="It hides the −inf, not the underflow: log P(x) may well be -100,000.",
    epsilon=TINY,
)
def tiny_number_added(joint, epsilon=1e-300):
    return np.log(np.exp(joint).sum(axis=1) + epsilon)


@misconception(
    says="you clip the entries before exp, so that no evidence falls below a fixed value.",
    hint="Instead of cutting off low values, can you shift all of them? What is log Σ e^a after you factor out e^m?",
)
def clipped(joint):
    return np.log(np.exp(np.clip(joint, -700, 700)).sum(axis=1))


@misconception(
    says="you take the log of the sum of the entries, which are logs already.",
    hint="What is in joint[i, k]: a probability or its log?",
)
def entries_taken_for_probabilities(joint):
    return np.log(joint.sum(axis=1))


@misconception(
    says="you add up only the first two classes.",
    hint="np.logaddexp(a, b) takes two; there are K classes.",
)
def first_two_classes(joint):
    return np.logaddexp(joint[:, 0], joint[:, 1]) if joint.shape[1] > 1 else joint[:, 0]


@misconception(
    says="you leave the log out: you return P(x) instead of log P(x).",
    hint="The function is called log_evidence, and P(x) itself is often too small for a float.",
)
def evidence(joint):
    return np.exp(joint).sum(axis=1)


@misconception(
    says="you subtract the maximum from joint in place, which changes the caller's joint.",
    hint="Does `joint -= m` make a new array, or change joint itself?",
)
def shifts_in_place(joint):
    value = np.logaddexp.reduce(joint, axis=1)
    joint -= joint.max(axis=1)[:, None]
    return value


@misconception(
    says="you shift rows only if their largest entry is below 0: above 709 exp overflows to infinity",
    hint="A density may be above 1, and a product of hundreds of them is huge. What do you subtract from a row such as (800, 799)?",
)
def shifts_negative_rows_only(joint):
    shift = np.minimum(joint.max(axis=1), 0.0)
    shift = np.where(np.isneginf(shift), 0.0, shift)
    with np.errstate(all="ignore"):
        return shift + np.log(np.sum(np.exp(joint - shift[:, None]), axis=1))


@misconception(
    says="you add up the probabilities of all examples and return one number; every example has its own",
    hint="Which axis holds the classes? np.sum, np.max and logsumexp without axis take all entries.",
    impossible=(np.nan,),
)
def one_sum_for_all(joint, impossible=-np.inf):
    value = np.logaddexp.reduce(joint, axis=None)
    return impossible if np.isneginf(value) else value
