"""Wrong answers to marginal_log_likelihood, each with the sentence that names it."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="log(sum(exp(joint))) underflows: every exp is 0 where joint is below -745, and log 0 is −inf.",
    hint="exp(a) + exp(b) = exp(m) (exp(a - m) + exp(b - m)). Which m keeps one of the terms at 1?",
)
def underflows(joint):
    return np.log(np.exp(joint).sum(axis=1)).sum()


@misconception(
    says="You take the largest entry of a row for the logarithm of its sum of probabilities.",
    hint="Two labels of equal probability make x twice as probable as one of them does.",
)
def largest_entry_only(joint):
    return joint.max(axis=1).sum()


@misconception(
    says="You subtract the largest entry of the whole array: rows that lie far below it still underflow.",
    hint="Each example needs a shift of its own.",
)
def one_shift_for_all_rows(joint):
    top = joint.max()
    return (top + np.log(np.exp(joint - top).sum(axis=1))).sum()


@misconception(
    says="You subtract the largest entry before exponentiating, and forget to add it back.",
    hint="Taking a factor out of a sum does not make it disappear: its logarithm belongs to the result.",
)
def shift_not_added_back(joint):
    top = joint.max(axis=1, keepdims=True)
    return np.log(np.exp(joint - top).sum(axis=1)).sum()


@misconception(
    says="You sum over the examples where you should sum over the classes: the wrong axis.",
    hint="P(x_i) = Σ_k P(x_i, y = k): which axis of joint do the labels lie along?",
    impossible=(0.0,),
)
def sums_over_the_examples(joint, impossible=np.nan):
    top = np.where(np.isneginf(joint.max(axis=0)), impossible, joint.max(axis=0))
    return (top + np.log(np.exp(joint - top).sum(axis=0))).sum()


@misconception(
    says="You add the probabilities of all examples and take one logarithm: log of a sum over i, not a sum of logs.",
    hint="The probability of a data set is a product over its examples, a sum over labels for each.",
)
def one_logarithm_for_everything(joint):
    top = joint.max()
    return top + np.log(np.exp(joint - top).sum())


@misconception(
    says="You take the mean over the examples; a log-likelihood is their sum.",
    hint="Write down the same examples twice: what happens to the probability of the data?",
)
def mean_over_the_examples(joint):
    top = joint.max(axis=1)
    return (top + np.log(np.exp(joint - top[:, None]).sum(axis=1))).mean()


@misconception(
    says="You average over the classes; P(x) is the sum of P(x, y) over the labels, which hold the priors already.",
    hint="With equal entries for K labels, is x as probable as together with one of them, or K times as probable?",
    impossible=(0.0,),
)
def mean_over_the_classes(joint, impossible=np.nan):
    top = np.where(np.isneginf(joint.max(axis=1)), impossible, joint.max(axis=1))
    return (top + np.log(np.exp(joint - top[:, None]).mean(axis=1))).sum()


@misconception(
    says="You add the logarithms over the classes; that multiplies the probabilities.",
    hint="'x with label 0, or x with label 1': which operation on probabilities is 'or'?",
)
def adds_the_logarithms(joint):
    return joint.sum()


@misconception(
    says="You add a small number inside the logarithm: where every exp underflows it is all that is left.",
    hint="The true value at -1000 is -1000. An epsilon hides the underflow; it does not undo it.",
    epsilon=TINY,
)
def epsilon_in_the_logarithm(joint, epsilon=1e-300):
    return np.log(np.exp(joint).sum(axis=1) + epsilon).sum()


@misconception(
    says="You cut the entries off from below before exponentiating: improbable examples look too probable.",
    hint="A clip gives the same value for -1000 and for -2000. Shift instead.",
)
def clips_the_entries(joint):
    return np.log(np.exp(np.clip(joint, -700, 700)).sum(axis=1)).sum()


@misconception(
    says="Your sign is flipped: this is the negative log-likelihood, a loss.",
    hint="A path that maximises the likelihood wants it large: more probable data must get the larger value.",
)
def negative_log_likelihood(joint):
    top = joint.max(axis=1)
    return -(top + np.log(np.exp(joint - top[:, None]).sum(axis=1))).sum()


@misconception(
    says="For an example that no class can produce you return nan; its log-probability is −inf.",
    hint="If the largest entry is −inf, what is (−inf) - (−inf)?",
)
def nan_for_the_impossible(joint):
    top = joint.max(axis=1)
    return (top + np.log(np.exp(joint - top[:, None]).sum(axis=1))).sum()


@misconception(
    says="You take the logarithm to base 2; all logarithms here are natural.",
    hint="Which of NumPy's logarithms is the inverse of np.exp?",
)
def base_two(joint):
    top = joint.max(axis=1)
    return (top + np.log2(np.exp(joint - top[:, None]).sum(axis=1))).sum()


@misconception(
    says="You subtract the maxima from joint in place: after the call the caller's joint is another one.",
    hint="Which of `joint - m` and `joint -= m` changes the array that was passed in?",
)
def joint_shifted(joint):
    largest = joint.max(axis=1, keepdims=True)
    largest = np.where(np.isfinite(largest), largest, 0.0)
    joint -= largest
    with np.errstate(divide="ignore"):
        return float((largest[:, 0] + np.log(np.exp(joint).sum(axis=1))).sum())


@misconception(
    says="You add the probabilities of two classes only; there may be more.",
    hint="How many columns does joint have?",
)
def two_classes_only(joint):
    return np.logaddexp(joint[:, 0], joint[:, 1]).sum()


@misconception(
    says="You add the largest entry back once; it was taken out of every example's sum.",
    hint="How often does the shift occur in the sum over the examples?",
)
def shift_added_back_once(joint):
    top = joint.max()
    return top + np.log(np.exp(joint - top).sum(axis=1)).sum()
