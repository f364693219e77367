"""Wrong decisions, each with its name."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="you give a tie to class 0: the question says 1 where P(Y = 1 | x) is at least 1/2",
    hint="What is P(Y = 1 | x) where θᵀx = 0, and which comparison includes it?",
)
def tie_is_class_0(X, theta):
    return (sigmoid(X @ theta) > 0.5).astype(int)


@misconception(
    says="you swap the labels: 1 where P(Y = 1 | x) is below 1/2",
    hint="With θᵀx = 2, is class 1 likely or unlikely?",
)
def labels_exchanged(X, theta):
    return (sigmoid(X @ theta) < 0.5).astype(int)


@misconception(
    says="you return probabilities; labels are asked for",
    hint="Which decision follows from a probability of 0.7?",
)
def returns_probabilities(X, theta):
    return sigmoid(X @ theta)


@misconception(
    says="your labels are -1 and +1; here they are 0 and 1",
    hint="np.sign gives -1, 0 and 1. Which comparison gives 0 and 1?",
)
def labels_of_plus_minus_1(X, theta):
    return np.where(X @ theta >= 0, 1, -1)


@misconception(
    says="you compare θᵀx with 1/2; it is the probability that is compared with 1/2",
    hint="What is θᵀx where the probability is 1/2?",
)
def compares_the_score_with_one_half(X, theta):
    return (X @ theta >= 0.5).astype(int)


@misconception(
    says="you compare the probability with 0, and so every label is 1",
    hint="Two thresholds belong together: one for θᵀx, one for its sigmoid. Which is which?",
)
def compares_the_probability_with_0(X, theta):
    return (sigmoid(X @ theta) >= 0).astype(int)


@misconception(
    says="you split at the middle of these examples (mean or median), so a label depends on the examples beside it",
    hint="Give the function a single row. What is it compared with?",
)
def splits_at_the_mean(X, theta):
    z = X @ theta
    return (z >= z.mean()).astype(int)


@misconception(
    says="you return a column of shape (n, 1) where shape (n,) is asked for",
    hint="Print the shape of your result. What did reshape(-1, 1), or theta[:, None], add?",
)
def returns_a_column(X, theta):
    return (X @ np.asarray(theta).reshape(-1, 1) >= 0).astype(int)


@misconception(
    says="you return the most probable example (an argmax over rows); each example gets a label",
    hint="Over which axis does argmax run here? Which two probabilities decide the label of one example?",
)
def argmax_over_rows(X, theta):
    return np.argmax(X @ theta)


@misconception(
    says="your probability overflows to nan far from the line, and nan is never at least 1/2",
    hint="Which probability does your sigmoid give at θᵀx = 1000? Do you need the sigmoid at all?",
)
def overflows_to_class_0(X, theta):
    e = np.exp(X @ theta)
    return (e / (1 + e) >= 0.5).astype(int)


@misconception(
    says="np.sign gives −1, 0 and 1: class 0 becomes −1, and a tie 0 instead of 1",
    hint="Which three values does np.sign take, and which two are asked for?",
)
def sign_of_the_line(X, theta):
    return np.sign(X @ theta).astype(int)


@misconception(
    says="you treat a probability close to 1/2 as a tie; below 1/2, however close, the label is 0",
    hint="How close do two numbers have to be for np.isclose? Do you need it here?",
    margin=(1e-6, 1e-7, 1e-8, 1e-9, 1e-10),
)
def close_to_a_tie(X, theta, margin=None):
    z = X @ theta
    if margin is not None:
        return (z >= -margin).astype(int)
    p = sigmoid(z)
    return ((p >= 0.5) | np.isclose(p, 0.5)).astype(int)


@misconception(
    says="you convert the probability to an integer, which drops its decimals: only a probability of 1 gives label 1",
    hint="What is int(0.9)? With which number should the probability be compared?",
)
def truncates_the_probability(X, theta):
    return sigmoid(X @ theta).astype(int)
