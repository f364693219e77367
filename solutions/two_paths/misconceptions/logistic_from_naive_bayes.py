"""Wrong answers to logistic_from_naive_bayes, each with the sentence that names it."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="Your θ points from class 1 to class 0: the signs are flipped.",
    hint="Log-odds of y = 1 must grow on the way from the mean of class 0 to the mean of class 1.",
)
def theta_turned(priors, means, variance):
    theta = (means[0] - means[1]) / variance
    return theta, np.log(priors[1] / priors[0]) - ((means[1] ** 2 - means[0] ** 2) / variance).sum() / 2


@misconception(
    says="These are the log-odds of y=0: everything has the wrong sign.",
    hint="The convention is log P(y = 1 | x) - log P(y = 0 | x).",
)
def log_odds_of_class_0(priors, means, variance):
    theta = (means[0] - means[1]) / variance
    return theta, np.log(priors[0] / priors[1]) - ((means[0] ** 2 - means[1] ** 2) / variance).sum() / 2


@misconception(
    says="The prior's odds are upside down in your intercept.",
    hint="If class 1 is the more frequent one, should the intercept go up or down?",
)
def prior_upside_down(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    return theta, np.log(priors[0] / priors[1]) - theta @ (means[0] + means[1]) / 2


@misconception(
    says="Your intercept leaves the priors out: it is right for equal priors only.",
    hint="What are the log-odds at a point at equal distance from both means?",
)
def no_prior(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    return theta, -theta @ (means[0] + means[1]) / 2


@misconception(
    says="Your intercept leaves the squares of the means out.",
    hint="Expand (x − m)²: which of its terms have no x?",
)
def no_squares(priors, means, variance):
    return (means[1] - means[0]) / variance, np.log(priors[1] / priors[0])


@misconception(
    says="The factor 1/2 before the squares of the means is missing.",
    hint="The exponent is -(x - m)² / (2 variance). The 2 of the middle term cancels it; what of the last term?",
)
def no_half(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    return theta, np.log(priors[1] / priors[0]) - theta @ (means[0] + means[1])


@misconception(
    says="The squares of the means have the wrong sign in your intercept.",
    hint="log N has a minus before the square: follow it through the expansion.",
)
def squares_with_the_wrong_sign(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    return theta, np.log(priors[1] / priors[0]) + theta @ (means[0] + means[1]) / 2


@misconception(
    says="You divide by the standard deviation; the exponent of the Gaussian has the variance.",
    hint="Check the unit: θᵀx must have none.",
    intercept_too=(False,),
)
def standard_deviation(priors, means, variance, intercept_too=True):
    theta = (means[1] - means[0]) / np.sqrt(variance)
    slope = theta if intercept_too else (means[1] - means[0]) / variance
    return theta, np.log(priors[1] / priors[0]) - slope @ (means[0] + means[1]) / 2


@misconception(
    says="You multiply by the variance instead of dividing by it.",
    hint="A noisier feature should count less. Does it?",
)
def multiplies_by_the_variance(priors, means, variance):
    theta = (means[1] - means[0]) * variance
    return theta, np.log(priors[1] / priors[0]) - theta @ (means[0] + means[1]) / 2


@misconception(
    says="You ignore the variance: it is as if every feature had variance 1.",
    hint="In which terms of log N(x_j; …) does variance[j] occur?",
)
def no_variance(priors, means, variance):
    theta = means[1] - means[0]
    return theta, np.log(priors[1] / priors[0]) - theta @ (means[0] + means[1]) / 2


@misconception(
    says="(m1 - m0)² is not m1² - m0²: your intercept uses the square of the difference.",
    hint="How does m1² − m0² factorise?",
)
def square_of_the_difference(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    return theta, np.log(priors[1] / priors[0]) - ((means[1] - means[0]) ** 2 / variance).sum() / 2


@misconception(
    says="Your intercept has log P(y = 1) instead of the log-odds of the priors.",
    hint="Both classes have a prior. Which priors does the difference of the log joints contain?",
)
def log_prior_of_one_class(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    return theta, np.log(priors[1]) - theta @ (means[0] + means[1]) / 2


@misconception(
    says="You add the odds of the priors; their logarithm belongs there.",
    hint="Equal priors should add nothing: log 1 = 0.",
)
def odds_without_logarithm(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    return theta, priors[1] / priors[0] - theta @ (means[0] + means[1]) / 2


@misconception(
    says="Your θ still has the 2 of 2 * variance: it is half as long as it should be.",
    hint="-(x - m)² / (2v) has the middle term + 2 x m / (2v). What cancels?",
)
def theta_half_as_long(priors, means, variance):
    theta = (means[1] - means[0]) / (2 * variance)
    return theta, np.log(priors[1] / priors[0]) - ((means[1] ** 2 - means[0] ** 2) / variance).sum() / 2


@misconception(
    says="You do not divide the squares of the means by the variance.",
    hint="Expand (x − m)² / (2 · variance): what is its last term divided by?",
)
def squares_without_variance(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    return theta, np.log(priors[1] / priors[0]) - (means[1] ** 2 - means[0] ** 2).sum() / 2


@misconception(
    says="You return the probability of class 1 at x = 0 instead of the log-odds there.",
    hint="θᵀx + intercept are log-odds: any number, not one in [0, 1]. The sigmoid comes after them.",
)
def sigmoid_of_the_intercept(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    return theta, 1 / (1 + np.exp(-(np.log(priors[1] / priors[0]) - theta @ (means[0] + means[1]) / 2)))


@misconception(
    says="You clip the priors before their logarithm: a rare class counts as more frequent than it is.",
    hint="Both priors are positive. What are the log-odds of a class with prior 1e-7?",
    least=(1e-1, 1e-3, 1e-4, 1e-5, 1e-6),
)
def clips_the_priors(priors, means, variance, least=1e-2):
    theta = (means[1] - means[0]) / variance
    p = np.clip(priors, least, 1)
    return theta, np.log(p[1] / p[0]) - theta @ (means[0] + means[1]) / 2


@misconception(
    says="You raise small variances to a floor: weights of features with a small spread come out too small.",
    hint="If x is measured in kilometres instead of metres, by which factor does θ change, and by which does yours?",
    floor=(1e-9, 1e-8, 1e-5, 1e-4, 1e-3),
)
def floor_of_its_own(priors, means, variance, floor=1e-6):
    theta = (means[1] - means[0]) / np.maximum(variance, floor)
    return theta, np.log(priors[1] / priors[0]) - theta @ (means[0] + means[1]) / 2
