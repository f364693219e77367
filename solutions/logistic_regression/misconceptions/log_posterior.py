"""Wrong log-posteriors, each with its name."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="you add the penalty; a prior makes large weights less plausible, so it is subtracted",
    hint="Should the log-posterior rise or fall when θ grows and the data say nothing?",
)
def adds_the_penalty(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) + 0.5 * prior_precision * np.sum(theta**2)


@misconception(
    says="your penalty lacks the factor 1/2: R(θ) is (prior_precision / 2) times the squared length",
    hint="Write out the logarithm of a Gaussian density with variance 1 / prior_precision.",
)
def forgets_the_half(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision * np.sum(theta**2)


@misconception(
    says="you leave the first weight out of the penalty, as if it were an intercept; here every weight is penalised",
    hint="There is no hidden intercept: which feature would that weight belong to?",
)
def spares_the_first_weight(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.sum(theta[1:] ** 2)


@misconception(
    says="you leave the last weight out of the penalty, as if it were an intercept; here every weight is penalised",
    hint="There is no hidden intercept: which feature would that weight belong to?",
)
def spares_the_last_weight(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.sum(theta[:-1] ** 2)


@misconception(
    says="you divide the penalty by n; the prior counts once, however many examples there are",
    hint="Dividing belongs to a convention with the mean log-likelihood. Here the sum is used.",
)
def penalty_divided_by_n(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.sum(theta**2) / len(y)


@misconception(
    says="you subtract the penalty once per example; the prior counts once",
    hint="Is the penalty inside your loop, or inside the sum over examples?",
)
def penalty_for_every_example(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.sum(theta**2) * len(y)


@misconception(
    says="you use the length of θ instead of its square",
    hint="The exponent of a Gaussian is quadratic. np.linalg.norm takes a square root.",
)
def length_not_squared(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.linalg.norm(theta)


@misconception(
    says="you penalise absolute values (a Laplace prior); the prior here is Gaussian: squares",
    hint="Which density has the exponent |θ|, and which has θ squared?",
)
def absolute_values(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.sum(np.abs(theta))


@misconception(
    says="you take prior_precision for a variance: you divide by it where you should multiply",
    hint="A high precision is a narrow prior. Should that make the penalty weak or strong?",
)
def precision_as_variance(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - (np.sum(theta**2) / (2 * prior_precision) if prior_precision else 0.0)


@misconception(
    says="you ignore prior_precision: this is still the log-likelihood",
    hint="Where does the prior enter your code?",
)
def ignores_the_prior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta)


@misconception(
    says="you include the constant of the Gaussian density; the question leaves it out",
    hint="With prior_precision = 0 the constant would be log 0. Which part of the log-density depends on θ?",
)
def keeps_the_constant(X, y, theta, prior_precision):
    constant = 0.5 * len(theta) * np.log(prior_precision / (2 * np.pi)) if prior_precision else 0.0
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.sum(theta**2) + constant


@misconception(
    says="you return the negative log-posterior, a loss; this course maximises, so the sign stays",
    hint="Which of two values of θ should have the larger value, the more or the less plausible one?",
)
def negative(X, y, theta, prior_precision):
    return -log_likelihood(X, y, theta) + 0.5 * prior_precision * np.sum(theta**2)


@misconception(
    says="you use the mean log-likelihood against the whole penalty, which changes the trade-off between fit and simplicity",
    hint="Use the log-likelihood as it is defined: a sum.",
)
def mean_log_likelihood(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) / len(y) - 0.5 * prior_precision * np.sum(theta**2)


@misconception(
    says="you square the caller's θ: after the call it holds the squares",
    hint="Does your operator make a new array, or write into the one that was passed in?",
)
def theta_changed(X, y, theta, prior_precision):
    height = log_likelihood(X, y, theta)
    theta **= 2
    return height - prior_precision / 2 * theta.sum()


@misconception(
    says="you write the log-likelihood out again with the log of a sigmoid, which is −inf far from the line",
    hint="log_likelihood is right there. Can you call the function that you have?",
    stable=(False,),
    by_products=(True,),
)
def log_of_a_rounded_sigmoid(X, y, theta, prior_precision, stable=True, by_products=False):
    p = sigmoid(X @ theta) if stable else 1 / (1 + np.exp(-(X @ theta)))
    terms = y * np.log(p) + (1 - y) * np.log(1 - p) if by_products else np.log(np.where(y == 1, p, 1 - p))
    return np.sum(terms) - prior_precision / 2 * np.sum(theta**2)


@misconception(
    says="you square the sum of the weights; the penalty is the sum of their squares",
    hint="What is the penalty of θ = (1, −1)? In which order do you square and add?",
)
def square_of_the_sum(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - 0.5 * prior_precision * np.sum(theta) ** 2


@misconception(
    says="your 1/2 is lost in an integer division: prior_precision // 2 rounds down",
    hint="What are 1 // 2 and 1 / 2?",
)
def divides_whole_numbers(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision // 2 * np.sum(theta**2)
