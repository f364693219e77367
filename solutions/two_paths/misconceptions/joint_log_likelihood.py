"""Wrong answers to joint_log_likelihood, each with the sentence that names it."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="You take the mean over the examples; a log-likelihood is their sum.",
    hint="The probability of a data set is a product over its examples. What does the logarithm turn a product into?",
)
def mean_over_the_examples(joint, y):
    return joint[np.arange(len(y)), y].mean()


@misconception(
    says="Your sign is flipped: this is the negative log-likelihood, a loss.",
    hint="A path that maximises the likelihood wants it large: more probable data must get the larger value.",
)
def negative_log_likelihood(joint, y):
    return -joint[np.arange(len(y)), y].sum()


@misconception(
    says="You add up all entries of joint, including those of labels that the examples do not have.",
    hint="Row i of joint has K entries; y[i] says which of them happened.",
)
def sums_every_class(joint, y):
    return joint.sum()


@misconception(
    says="You take the best label of each example instead of the label it has.",
    hint="The likelihood is that of the labels in y, also where the model would have bet on another one.",
)
def most_probable_label(joint, y):
    return joint.max(axis=1).sum()


@misconception(
    says="joint[:, y] pairs every example with every label: an (n, n) array whose sum you return.",
    hint="What is the shape of joint[:, y]? Example i should meet y[i] only.",
)
def every_example_with_every_label(joint, y):
    return joint[:, y].sum()


@misconception(
    says="You go back to probabilities before taking the logarithm: they, or their product, underflow to 0, and log 0 is −inf.",
    hint="exp(−800) is 0 in floating point. The entries are logarithms already: what do you do with logarithms of factors?",
)
def product_of_probabilities(joint, y):
    return np.log(np.prod(np.exp(joint[np.arange(len(y)), y])))


@misconception(
    says="y * joint[:, 1] + (1 - y) * joint[:, 0] is right for the labels 0 and 1 only.",
    hint="Try it with three classes and y = 2, or with an entry of −inf: 0 * (−inf) is nan.",
)
def two_classes_only(joint, y):
    return np.sum(y * joint[:, min(1, joint.shape[1] - 1)] + (1 - y) * joint[:, 0])


@misconception(
    says="You multiply joint by one-hot labels: where joint is −inf, 0 * (−inf) gives nan.",
    hint="Pick the entries you want instead of multiplying the others away.",
)
def one_hot_times_minus_infinity(joint, y):
    return np.sum(np.eye(joint.shape[1])[y] * joint)


@misconception(
    says="You normalise each row: that is the log-likelihood of the labels given x, not of x and label together.",
    hint="joint[i, k] is log P(x_i, y = k) already. What would dividing by P(x_i) make of it?",
)
def conditional_instead(joint, y):
    top = joint.max(axis=1)
    return np.sum(joint[np.arange(len(y)), y] - top - np.log(np.exp(joint - top[:, None]).sum(axis=1)))


@misconception(
    says="You leave impossible examples out (or replace their −inf); their log-likelihood is −inf, and so is the sum.",
    hint="A model that calls impossible what has happened has likelihood 0.",
)
def drops_impossible_pairs(joint, y):
    own = joint[np.arange(len(y)), y]
    return own[np.isfinite(own)].sum()


@misconception(
    says="You sort the examples by label in the caller's arrays: after the call they are in another order.",
    hint="Which of your lines writes into an argument? Do you need an order at all?",
)
def examples_sorted(joint, y):
    joint[:] = joint[np.argsort(y, kind="stable")]
    y.sort()
    return float(joint[np.arange(len(y)), y].sum())


@misconception(
    says="You use the labels as indices of examples: joint[y] picks rows 0, 1, ... of joint, not the entry of each example's label.",
    hint="What is the shape of joint[y]? An entry has two indices: which example, and which label.",
)
def label_as_index(joint, y):
    return joint[y].sum()


@misconception(
    says="You add up probabilities; it is their logarithms that are added.",
    hint="Independent examples multiply their probabilities. What does that become in logarithms?",
    logarithm=(True,),
)
def sum_of_probabilities(joint, y, logarithm=False):
    total = np.exp(joint[np.arange(len(y)), y]).sum()
    return np.log(total) if logarithm else total


@misconception(
    says="You take the logarithm of entries that are logarithms already.",
    hint="joint[i, k] is log P(x_i, y = k). What is the logarithm of a negative number?",
)
def logarithm_twice(joint, y):
    return np.log(joint[np.arange(len(y)), y]).sum()
