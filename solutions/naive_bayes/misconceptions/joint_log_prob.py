"""Wrong ways to answer joint_log_prob."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="the prior is missing: you return log P(x | y = k).",
    hint="P(x, y) = P(x | y) P(y). Where do priors occur in your function?",
)
def no_prior(X, priors, means, variances):
    return class_log_likelihood(X, means, variances)


@misconception(
    says="you add the prior itself; in logs it is log P(y = k) that is added.",
    hint="What is log(ab)? Which of your two factors has no log yet?",
)
def prior_without_log(X, priors, means, variances):
    return class_log_likelihood(X, means, variances) + priors


@misconception(
    says="you multiply the log-likelihood by the prior; multiplying by the prior adds log P(y = k).",
    hint="What is log(ab) in terms of log a and log b?",
)
def log_likelihood_times_prior(X, priors, means, variances):
    return class_log_likelihood(X, means, variances) * priors


@misconception(
    says="you count the prior once per feature; an example has one label, so it counts once.",
    hint="Is the prior inside your sum over features?",
)
def prior_for_each_feature(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        return class_log_likelihood(X, means, variances) + X.shape[1] * np.log(priors)


@misconception(
    says="you use 1/K for every class instead of the priors you were given.",
    hint="Call it twice with different priors: does anything change?",
)
def uniform_prior(X, priors, means, variances):
    return class_log_likelihood(X, means, variances) - np.log(len(priors))


@misconception(
    says="you add a tiny number to the priors before the log; a prior of 0 should give −inf.",
    hint="An impossible class is impossible: −inf is the right answer, not an error.",
    epsilon=TINY,
)
def tiny_number_added(X, priors, means, variances, epsilon=1e-12):
    return class_log_likelihood(X, means, variances) + np.log(priors + epsilon)


@misconception(
    says="you leave the prior out where it is 0, so that an impossible class counts as a certain one.",
    hint="Adding 0 to a log multiplies by 1. Which log belongs to probability 0?",
)
def zero_priors_skipped(X, priors, means, variances):
    return class_log_likelihood(X, means, variances) + np.log(np.where(priors > 0, priors, 1.0))


@misconception(
    says="you multiply P(x | y) by P(y) and take the log at the end: the product underflows in many dimensions and far out.",
    hint="Which of your steps leaves the logarithms? Is it needed?",
)
def log_of_the_product(X, priors, means, variances):
    return np.log(priors * np.exp(class_log_likelihood(X, means, variances)))


@misconception(
    says="you normalise: you return log P(y=k|x), not log P(x, y = k).",
    hint="The joint does not sum to 1 over classes for a given x; it sums to P(x). Bayes' rule comes later.",
)
def log_posterior(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        joint = class_log_likelihood(X, means, variances) + np.log(priors)
    return joint - log_evidence(joint)[:, None]


@misconception(
    says="you return P(x, y); its log is asked for.",
    hint="The name of the function ends in log_prob. Is there an exp that you can leave out?",
)
def probability(X, priors, means, variances):
    return np.exp(class_log_likelihood(X, means, variances)) * priors


@misconception(
    says="you subtract the log prior; it is added.",
    hint="Should a more frequent class get a higher or a lower joint probability?",
)
def prior_subtracted(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        return class_log_likelihood(X, means, variances) - np.log(priors)


@misconception(
    says="your log of the prior is to base 10, that of the density natural; all logs here are natural.",
    hint="Which of NumPy's logarithms is the natural one?",
)
def prior_in_base_10(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        return class_log_likelihood(X, means, variances) + np.log10(priors)


@misconception(
    says="−d/2 log 2π is missing: every feature contributes −1/2 log 2π to the log of its density.",
    hint="A constant cancels in the posterior, but not in P(x, y). Does your density integrate to 1?",
)
def no_2_pi(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        return np.log(priors) - (np.log(variances) + (X[:, None] - means) ** 2 / variances).sum(axis=2) / 2


@misconception(
    says="you add a tiny number to the density before its log, so that points far out all look alike.",
    hint="What is the lowest value that your log-density can take? Is there a formula for it that needs no exp?",
    epsilon=TINY,
)
def tiny_number_added_to_the_density(X, priors, means, variances, epsilon=1e-12):
    with np.errstate(all="ignore"):
        density = np.exp(-((X[:, None] - means) ** 2) / (2 * variances)) / np.sqrt(2 * np.pi * variances)
        return np.log(priors) + np.log(density + epsilon).sum(axis=2)


@misconception(
    says="you add a tiny number to P(x, y) before its log, so that improbable examples all look alike.",
    hint="What is the smallest value that your result can have? Where can the log be taken earlier?",
    epsilon=TINY,
)
def tiny_number_added_to_the_product(X, priors, means, variances, epsilon=1e-12):
    return np.log(np.exp(class_log_likelihood(X, means, variances)) * priors + epsilon)


@misconception(
    says="math.log(0) raises ValueError, but a class with prior 0 has an answer: −inf.",
    hint="Which logarithm gives −inf at 0 instead of an error?",
)
def math_log_of_0(X, priors, means, variances):
    import math

    return class_log_likelihood(X, means, variances) + np.array([math.log(p) for p in priors])


@misconception(
    says="you take the log of a density: far from the mean the density has underflowed to 0, and its log is −inf.",
    hint="Can you take the logarithm of the Gaussian on paper, before any exp? Far from the mean, what does exp give?",
)
def log_of_each_density(X, priors, means, variances):
    x = X[:, None, :]
    density = np.exp(-((x - means) ** 2) / (2 * variances)) / np.sqrt(2 * np.pi * variances)
    with np.errstate(divide="ignore"):
        return np.log(density).sum(axis=2) + np.log(priors)
