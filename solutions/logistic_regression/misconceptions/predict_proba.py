"""Wrong model probabilities, each with its name."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="you return the log-odds Xθ; the sigmoid that turns them into probabilities is missing",
    hint="Which values can a probability take, and which can Xθ take?",
)
def forgets_the_sigmoid(X, theta):
    return X @ theta


@misconception(
    says="you return P(Y = 0 | x), the probability of the other class",
    hint="With θᵀx = 2, is class 1 likely or unlikely?",
)
def other_class(X, theta):
    return sigmoid(-(X @ theta))


@misconception(
    says="you return labels; this question asks for the probability behind them",
    hint="How sure is the model of an example that lies close to the line?",
)
def returns_labels(X, theta):
    return (X @ theta >= 0).astype(float)


@misconception(
    says="you return a column of shape (n, 1) where shape (n,) is asked for",
    hint="Print the shape of your result. What did reshape(-1, 1), or theta[:, None], add?",
)
def returns_a_column(X, theta):
    return sigmoid(X @ np.asarray(theta).reshape(-1, 1))


@misconception(
    says="you return both classes' probabilities, shape (n, 2), as some libraries do; only P(Y = 1 | x), shape (n,), is asked for",
    hint="Which of your two columns is the probability of class 1?",
)
def returns_both_classes(X, theta):
    p = sigmoid(X @ theta)
    return np.column_stack([1 - p, p])


@misconception(
    says="you take the first weight for an intercept; there is no hidden intercept, every weight belongs to a feature",
    hint="Count the weights and the columns of X. What does the first weight multiply?",
)
def first_weight_is_an_intercept(X, theta):
    return sigmoid(theta[0] + X[:, 1:] @ theta[1:])


@misconception(
    says="you add 1 to the line, as if there were an intercept; there is none",
    hint="What should the probability be at x = 0, where θᵀx is 0 whatever θ is?",
)
def adds_an_intercept(X, theta):
    return sigmoid(X @ theta + 1)


@misconception(
    says="you standardise the features inside, so an example's probability depends on the examples beside it",
    hint="Give the function a single row, then the same row among others. Which line uses the other rows?",
)
def standardises_inside(X, theta):
    spread = X.std(axis=0)
    return sigmoid((X - X.mean(axis=0)) / np.where(spread > 0, spread, 1) @ theta)


@misconception(
    says="you normalise over all examples (a softmax over rows); each example is normalised over its own two classes",
    hint="Do your probabilities sum to 1 over the examples? What should sum to 1 instead?",
)
def softmax_over_rows(X, theta):
    z = X @ theta
    e = np.exp(z - z.max())
    return e / e.sum()


@misconception(
    says="you add up the sigmoids of the single features; the sigmoid is taken once, of their weighted sum",
    hint="Which comes first, the sum over features or the sigmoid?",
)
def sigmoid_before_the_sum(X, theta):
    return np.mean(sigmoid(X * theta), axis=1)


@misconception(
    says="you clip the probabilities away from 0 and 1; an example far from the line has a probability that rounds to 0 or 1",
    hint="Protect the logarithm where it is taken, not the probability that is asked for here.",
)
def clips_probabilities(X, theta):
    return np.clip(sigmoid(X @ theta), 1e-6, 1 - 1e-6)


@misconception(
    says="your probability becomes nan far from the line: in exp(z) / (1 + exp(z)) both exponentials overflow",
    hint="What is exp(800) in floating point, and infinity divided by infinity? What can you divide numerator and denominator by?",
)
def overflows_to_nan(X, theta):
    z = X @ theta
    return np.exp(z) / (1 + np.exp(z))


@misconception(
    says="math.exp raises OverflowError far from the line; the probability there is 0 or 1",
    hint="How large can an exponent be before math.exp raises an error? Can the exponent be kept at or below 0?",
)
def math_exp_overflows(X, theta):
    import math

    return np.array([1 / (1 + math.exp(-z)) for z in X @ theta])
