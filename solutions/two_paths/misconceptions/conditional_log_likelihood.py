"""Wrong answers to conditional_log_likelihood, each with the sentence that names it."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="This is the joint log-likelihood: log P(x_i), what the example itself costs, is still in it.",
    hint="P(y | x) = P(x, y) / P(x). Where is the quotient?",
)
def joint_instead(joint, y):
    return joint[np.arange(len(y)), y].sum()


@misconception(
    says="You normalise by exponentiating the entries as they are: below -745 that is 0 / 0.",
    hint="A softmax does not change when a number is added to all entries of a row. Which number helps?",
)
def softmax_underflows(joint, y):
    p = np.exp(joint) / np.exp(joint).sum(axis=1, keepdims=True)
    return np.log(p[np.arange(len(y)), y]).sum()


@misconception(
    says="You normalise over the examples; the labels of one example are what must sum to 1.",
    hint="Which axis of joint do the labels lie along?",
)
def normalises_over_the_examples(joint, y):
    top = joint.max(axis=0)
    return (joint - top - np.log(np.exp(joint - top).sum(axis=0)))[np.arange(len(y)), y].sum()


@misconception(
    says="You divide by the largest P(x, y) of each example instead of by their sum.",
    hint="With two equally probable labels, what is P(y | x)? And what do you return?",
)
def divides_by_the_largest(joint, y):
    return (joint[np.arange(len(y)), y] - joint.max(axis=1)).sum()


@misconception(
    says="You divide one logarithm by the other; the logarithm of a quotient is a difference.",
    hint="What is log(a / b) in terms of log a and log b?",
)
def quotient_of_logarithms(joint, y):
    top = joint.max(axis=1)
    evidence = top + np.log(np.exp(joint - top[:, None]).sum(axis=1))
    return (joint[np.arange(len(y)), y] / evidence).sum()


@misconception(
    says="You use each example's most probable label instead of the label it has.",
    hint="The likelihood is that of the labels in y, also where the model would have bet on another one.",
)
def most_probable_label(joint, y):
    top = joint.max(axis=1)
    return -np.log(np.exp(joint - top[:, None]).sum(axis=1)).sum()


@misconception(
    says="You take the mean over the examples; a log-likelihood is their sum.",
    hint="With the mean, joint = conditional + marginal would not hold: check it on two examples.",
)
def mean_over_the_examples(joint, y):
    top = joint.max(axis=1)
    return (joint[np.arange(len(y)), y] - top - np.log(np.exp(joint - top[:, None]).sum(axis=1))).mean()


@misconception(
    says="Your sign is flipped: this is the cross-entropy, a loss. The log-likelihood is at most 0.",
    hint="Probabilities are at most 1: what is the sign of their logarithms?",
)
def cross_entropy(joint, y):
    top = joint.max(axis=1)
    return -(joint[np.arange(len(y)), y] - top - np.log(np.exp(joint - top[:, None]).sum(axis=1))).sum()


@misconception(
    says="You divide by the probability of the other labels: these are odds, not a probability.",
    hint="P(x) sums over all labels, the right one included.",
)
def odds_instead(joint, y):
    others = np.where(np.arange(joint.shape[1]) == y[:, None], -np.inf, joint)
    return (joint[np.arange(len(y)), y] - np.logaddexp.reduce(others, axis=1)).sum()


@misconception(
    says="You add a small number inside the logarithm: an improbable label gets the log of that number instead.",
    hint="Is there a way to log P(y | x) that never leaves the logarithms?",
    epsilon=TINY,
)
def epsilon_in_the_logarithm(joint, y, epsilon=1e-12):
    p = np.exp(joint - joint.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return np.log(p[np.arange(len(y)), y] + epsilon).sum()


@misconception(
    says="You normalise by one sum over all examples and labels; each example has its own P(x).",
    hint="Given x_i, what does the sum in the denominator run over?",
    once=(True,),
)
def one_evidence_for_all(joint, y, once=False):
    top = joint.max()
    evidence = top + np.log(np.exp(joint - top).sum())
    own = joint[np.arange(len(y)), y]
    return own.sum() - evidence if once else (own - evidence).sum()


@misconception(
    says="You go back to probabilities before taking the logarithm: a very improbable label becomes 0, its log −inf.",
    hint="What does the quotient of probabilities become in logarithms?",
)
def logarithm_of_softmax(joint, y):
    p = np.exp(joint - joint.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return np.log(p[np.arange(len(y)), y]).sum()


@misconception(
    says="You normalise joint in place: after the call the caller's joint holds conditional probabilities.",
    hint="Does `joint -= evidence` make a new array, or change the one that was passed in?",
)
def joint_normalised(joint, y):
    largest = joint.max(axis=1, keepdims=True)
    joint -= largest + np.log(np.exp(joint - largest).sum(axis=1, keepdims=True))
    return float(joint[np.arange(len(y)), y].sum())


@misconception(
    says="You add log P(x_i) where it should be subtracted.",
    hint="P(y | x) = P(x, y) / P(x). What does the division become under the logarithm?",
)
def adds_the_evidence(joint, y):
    return (joint[np.arange(len(y)), y] + np.logaddexp.reduce(joint, axis=1)).sum()


@misconception(
    says="You add up the log-probabilities of all labels, including those that the examples do not have.",
    hint="Row i has K log-probabilities; y[i] says which of them happened.",
)
def sums_every_label(joint, y):
    return (joint - np.logaddexp.reduce(joint, axis=1)[:, None]).sum()


@misconception(
    says="You clip the probability before its logarithm: an improbable label gets the log of the bound instead.",
    hint="log P(y | x) may be −1000 or −inf. Which difference of logarithms gives it without any exp of its own?",
    least=TINY,
)
def clips_the_probability(joint, y, least=1e-15):
    top = joint.max(axis=1)
    log_evidence = top + np.log(np.exp(joint - top[:, None]).sum(axis=1))
    probabilities = np.exp(joint[np.arange(len(y)), y] - log_evidence)
    return np.log(np.clip(probabilities, least, 1)).sum()
