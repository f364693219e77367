"""Wrong ways to answer predict."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="you leave the prior out: you return argmax_k P(x | y = k).",
    hint="If all classes explain x equally well, which one would you bet on?",
)
def no_prior(X, priors, means, variances):
    return np.argmax(class_log_likelihood(X, means, variances), axis=1)


@misconception(
    says="the prior counts once per feature; it counts once per example.",
    hint="Is the prior inside your product over features?",
)
def prior_for_each_feature(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        return np.argmax(class_log_likelihood(X, means, variances) + X.shape[1] * np.log(priors), axis=1)


@misconception(
    says="densities underflow to 0 for all classes, and argmax then takes class 0.",
    hint="Logarithms still differ where the probabilities are all 0. Which ones can you compare?",
)
def underflow(X, priors, means, variances):
    return np.argmax(np.exp(joint_log_prob(X, priors, means, variances)), axis=1)


@misconception(
    says="densities underflow to 0 for all classes, and your comparison then takes the last class.",
    hint="Logarithms still differ where the probabilities are all 0. And which comparison lets a later class win a tie?",
)
def underflow_to_the_last(X, priors, means, variances):
    joint = np.exp(joint_log_prob(X, priors, means, variances))
    return joint.shape[1] - 1 - np.argmax(joint[:, ::-1], axis=1)


@misconception(
    says="where classes tie you return the largest label; the smallest is asked for.",
    hint="Does your comparison replace the best class by an equally good one that comes later?",
)
def ties_to_the_largest(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    return joint.shape[1] - 1 - np.argmax(joint[:, ::-1], axis=1)


@misconception(
    says="your labels start at 1; classes are numbered from 0.",
    hint="Label k is row k of means.",
)
def labels_from_1(X, priors, means, variances):
    return np.argmax(joint_log_prob(X, priors, means, variances), axis=1) + 1


@misconception(
    says="you return the least probable class (argmin, or argmax of absolute values); the most probable is asked for.",
    hint="Which of the log-probabilities −2 and −5 belongs to the more probable class?",
)
def argmin(X, priors, means, variances):
    return np.argmin(joint_log_prob(X, priors, means, variances), axis=1)


@misconception(
    says="you take the argmax over examples (axis 0): one result for each class instead of one per example.",
    hint="Rows are examples. The result has n entries.",
)
def argmax_over_examples(X, priors, means, variances):
    return np.argmax(joint_log_prob(X, priors, means, variances), axis=0)


@misconception(
    says="you know only classes 0 and 1: you compare one probability with 1/2.",
    hint="With three classes the winner may have less than 1/2.",
)
def class_1_or_not(X, priors, means, variances):
    return (posterior(X, priors, means, variances)[:, min(1, len(priors) - 1)] > 0.5).astype(int)


@misconception(
    says="you leave out the normalising constants 1/sqrt(2πσ²); they differ between classes, so they decide, too.",
    hint="A wide class has a low density even at its mean. Only with equal variances do the constants cancel.",
)
def no_normalising_constants(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        return np.argmax(-0.5 * np.sum((X[:, None] - means) ** 2 / variances, axis=2) + np.log(priors), axis=1)


@misconception(
    says="you return the class whose mean is nearest; variances and priors count, too.",
    hint="That is right only where all variances and all priors are equal.",
)
def nearest_mean(X, priors, means, variances):
    return np.argmin(np.sum((X[:, None] - means) ** 2, axis=2), axis=1)


@misconception(
    says="you return the most frequent class whatever x is.",
    hint="The prior is what you believe before you have seen x.",
)
def largest_prior(X, priors, means, variances):
    return np.full(len(X), np.argmax(priors))


@misconception(
    says="you return shape (n, 1); a vector of n labels is asked for.",
    hint="Compared with y of shape (n,), such a column broadcasts to (n, n). What did keepdims, or reshape, add?",
)
def column(X, priors, means, variances):
    return np.argmax(joint_log_prob(X, priors, means, variances), axis=1)[:, None]


@misconception(
    says="you take the class with the nearest mean, in standard deviations: the prior and log σ are left out",
    hint="Which terms of log P(x | y = k) + log P(y = k) differ from class to class? You compare only one of them.",
)
def nearest_standardised_mean(X, priors, means, variances):
    return np.argmin(((X[:, None] - means) ** 2 / variances).sum(axis=2), axis=1)


@misconception(
    says="you compare the probability of class 1 with 1/2: the other classes are never predicted",
    hint="How many classes are there? Can the most probable of K classes have a probability below 1/2?",
)
def one_against_one_half(X, priors, means, variances):
    return (posterior(X, priors, means, variances)[:, 1] > 0.5).astype(int)


@misconception(
    says="you add a small number to the prior before its logarithm, so that a class with prior 0 can be predicted",
    hint="An impossible class has log-prior −inf, and argmax never takes it. What does the small number change?",
    epsilon=TINY,
)
def epsilon_in_the_prior(X, priors, means, variances, epsilon=1e-9):
    return np.argmax(class_log_likelihood(X, means, variances) + np.log(priors + epsilon), axis=1)


@misconception(
    says="you add the prior itself to the log-likelihood; it is its logarithm that is added",
    hint="P(x | y = k) P(y = k) is a product. What becomes of it under the logarithm?",
)
def prior_without_logarithm(X, priors, means, variances):
    return np.argmax(class_log_likelihood(X, means, variances) + priors, axis=1)


@misconception(
    says="you multiply the log-likelihood by the prior; in logarithms the prior is added, as a logarithm",
    hint="P(x | y = k) P(y = k) is a product. What becomes of it under the logarithm?",
)
def prior_times_log_likelihood(X, priors, means, variances):
    return np.argmax(class_log_likelihood(X, means, variances) * priors, axis=1)


@misconception(
    says="you square the variance, as if it were a standard deviation",
    hint="variances holds σ² already. What divides (x − μ)² in the exponent?",
    constants_too=(True,),
)
def variance_squared(X, priors, means, variances, constants_too=False):
    wrong = variances**2
    terms = (X[:, None] - means) ** 2 / wrong + np.log(wrong if constants_too else variances)
    with np.errstate(divide="ignore"):
        return np.argmax(np.log(priors) - 0.5 * terms.sum(axis=2), axis=1)


@misconception(
    says="your log-prior of an impossible class is 0, as if its prior were 1",
    hint="log 0 is −inf, and argmax never takes such a class. Which line replaces it?",
)
def impossible_class_for_nothing(X, priors, means, variances):
    log_priors = np.log(np.where(priors > 0, priors, 1.0))
    return np.argmax(class_log_likelihood(X, means, variances) + log_priors, axis=1)


@misconception(
    says="your exponent lacks the factor 1/2",
    hint="The density of a Gaussian contains exp(−(x − μ)² / (2σ²)). Where is the 2?",
)
def exponent_without_the_half(X, priors, means, variances):
    terms = (X[:, None] - means) ** 2 / variances + 0.5 * np.log(variances)
    with np.errstate(divide="ignore"):
        return np.argmax(np.log(priors) - terms.sum(axis=2), axis=1)


@misconception(
    says="you count values that are nearly equal as a tie, and return the smallest of their labels",
    hint="A class that is more probable by a millionth is more probable. Which of your functions rounds, or compares with a tolerance?",
    decimals=(4, 5, 6, 8, 10),
)
def nearly_equal_is_a_tie(X, priors, means, variances, decimals=None):
    joint = joint_log_prob(X, priors, means, variances)
    if decimals is not None:
        return np.argmax(np.round(joint, decimals), axis=1)
    return np.argmax(np.isclose(joint, joint.max(axis=1, keepdims=True)), axis=1)
