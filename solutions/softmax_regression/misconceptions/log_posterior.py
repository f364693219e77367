"""Wrong log-posteriors, each with its name."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="you add the penalty; a prior makes large weights less plausible, so it is subtracted",
    hint="Let the weights grow: should the prior raise or lower your value?",
)
def adds_the_penalty(X, y, Theta, prior_precision):
    return np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y]) + prior_precision / 2 * np.sum(Theta**2)


@misconception(
    says="your penalty lacks the factor 1/2",
    hint="The prior of one weight is proportional to exp(−λ θ² / 2). What is its logarithm?",
)
def forgets_the_half(X, y, Theta, prior_precision):
    return np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y]) - prior_precision * np.sum(Theta**2)


@misconception(
    says="you ignore prior_precision: this is still the log-likelihood",
    hint="Where does prior_precision occur in your code?",
)
def ignores_the_prior(X, y, Theta, prior_precision):
    return np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y])


@misconception(
    says="you penalise the weights of the labels that occur, once per example; the prior counts once for every weight",
    hint="Write every example twice: does the penalty change?",
)
def penalty_for_every_example(X, y, Theta, prior_precision):
    log_p = log_softmax(X @ Theta.T)[np.arange(len(y)), y]
    return np.sum(log_p - prior_precision / 2 * np.sum(Theta**2))


@misconception(
    says="you leave the first feature out of the penalty, as if it were an intercept; here every weight is penalised",
    hint="Where is the intercept in this model? Is any column of X different from the others?",
)
def spares_the_first_weight(X, y, Theta, prior_precision):
    log_likelihood = np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y])
    return log_likelihood - prior_precision / 2 * np.sum(Theta[:, 1:] ** 2)


@misconception(
    says="you leave class 0 out of the penalty, as if it were a reference; every class is penalised alike",
    hint="Rename the classes: does the penalty stay the same?",
)
def spares_the_first_class(X, y, Theta, prior_precision):
    log_likelihood = np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y])
    return log_likelihood - prior_precision / 2 * np.sum(Theta[1:] ** 2)


@misconception(
    says="you take the mean over examples; the log-likelihood is a sum",
    hint="Independent examples: probabilities are multiplied. What happens to their logarithms?",
)
def mean_log_likelihood(X, y, Theta, prior_precision):
    return np.mean(log_softmax(X @ Theta.T)[np.arange(len(y)), y]) - prior_precision / 2 * np.sum(Theta**2)


@misconception(
    says="you return the negative, a loss; this course maximises, so the sign stays",
    hint="Is the logarithm of a probability positive or negative?",
)
def negative(X, y, Theta, prior_precision):
    return prior_precision / 2 * np.sum(Theta**2) - np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y])


@misconception(
    says="you add the log-probabilities of all classes; only that of the label belongs to an example",
    hint="Which one entry of each row is P(y_i | x_i)?",
)
def all_classes(X, y, Theta, prior_precision):
    return np.sum(log_softmax(X @ Theta.T)) - prior_precision / 2 * np.sum(Theta**2)


@misconception(
    says="you take the score of the label and forget to normalise",
    hint="log P(y | x) is the score minus the logarithm of what?",
)
def scores_of_the_labels(X, y, Theta, prior_precision):
    return np.sum((X @ Theta.T)[np.arange(len(y)), y]) - prior_precision / 2 * np.sum(Theta**2)


@misconception(
    says="you take the highest probability of each row, not that of its label",
    hint="Is a confident mistake punished?",
)
def highest_probability(X, y, Theta, prior_precision):
    return np.sum(log_softmax(X @ Theta.T).max(axis=1)) - prior_precision / 2 * np.sum(Theta**2)


@misconception(
    says="you add probabilities; it is their logarithms that are added",
    hint="The likelihood is a product. What turns a product into a sum?",
)
def sum_of_probabilities(X, y, Theta, prior_precision):
    return np.sum(predict_proba(X, Theta)[np.arange(len(y)), y]) - prior_precision / 2 * np.sum(Theta**2)


@misconception(
    says="you take the logarithm of a probability that has rounded to 0: −inf",
    hint="log_softmax has the logarithm, and never goes through the probability.",
)
def log_of_a_rounded_probability(X, y, Theta, prior_precision):
    p = predict_proba(X, Theta)[np.arange(len(y)), y]
    return np.sum(np.log(p)) - prior_precision / 2 * np.sum(Theta**2)


@misconception(
    says="you penalise absolute values (a Laplace prior); the prior here is Gaussian: squares",
    hint="What is the logarithm of a Gaussian density, up to a constant?",
)
def absolute_values(X, y, Theta, prior_precision):
    log_likelihood = np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y])
    return log_likelihood - prior_precision / 2 * np.sum(np.abs(Theta))


@misconception(
    says="you take prior_precision for a variance: you divide by it where you should multiply",
    hint="The more precise the prior, the stronger it pulls.",
)
def precision_as_variance(X, y, Theta, prior_precision):
    log_likelihood = np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y])
    return log_likelihood - np.sum(Theta**2) / (2 * prior_precision) if prior_precision else log_likelihood


@misconception(
    says="you count labels from 1: each example gets the probability of the class before its own",
    hint="Which column belongs to label 0?",
)
def labels_from_1(X, y, Theta, prior_precision):
    return np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y - 1]) - prior_precision / 2 * np.sum(Theta**2)


@misconception(
    says="you square the caller's Theta: after the call it holds the squares",
    hint="`Theta *= Theta` changes the array that you were given. What makes a new one?",
)
def weights_changed(X, y, Theta, prior_precision):
    log_likelihood = np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y])
    Theta *= Theta
    return log_likelihood - prior_precision / 2 * np.sum(Theta)


@misconception(
    says="you add a tiny number inside the logarithm: improbable labels come out too probable",
    hint="log_softmax needs no such number. Where do you take the logarithm of a probability that has rounded to 0?",
    epsilon=TINY,
)
def tiny_number_added(X, y, Theta, prior_precision, epsilon=1e-12):
    P = np.exp(log_softmax(X @ Theta.T))
    return np.sum(np.log(P[np.arange(len(y)), y] + epsilon)) - prior_precision / 2 * np.sum(Theta**2)


@misconception(
    says="you add log(1 − P) for the classes that did not occur: that is the likelihood of K separate yes-or-no models",
    hint="The probability of what happened is P(y_i | x_i), and nothing else. What do the other classes contribute?",
)
def yes_or_no_for_each_class(X, y, Theta, prior_precision):
    P = np.exp(log_softmax(X @ Theta.T))
    Y = np.eye(len(Theta))[y]
    log_likelihood = np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P))
    return log_likelihood - prior_precision / 2 * np.sum(Theta**2)


@misconception(
    says="you divide the penalty by the number of examples; it counts once, undivided",
    hint="Write every example twice: does the penalty change?",
)
def penalty_over_n(X, y, Theta, prior_precision):
    log_likelihood = np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y])
    return log_likelihood - prior_precision / (2 * len(y)) * np.sum(Theta**2)


@misconception(
    says="you penalise the length of Theta, not its square",
    hint="numpy.linalg.norm takes a root at the end. Does the prior?",
)
def length_of_the_weights(X, y, Theta, prior_precision):
    log_likelihood = np.sum(log_softmax(X @ Theta.T)[np.arange(len(y)), y])
    return log_likelihood - prior_precision / 2 * np.sqrt(np.sum(Theta**2))


@misconception(
    says="you repair the logarithm of a probability only where it is infinite: before that, the probability, or 1 minus the others, has lost most of its digits",
    hint="log_softmax has the logarithm, and never goes through the probability. Compare with it where scores differ by 33 and by 744.",
    others=(True,),
)
def repairs_infinite_logarithms_only(X, y, Theta, prior_precision, others=False):
    rows = np.arange(len(y))
    scores, P = X @ Theta.T, predict_proba(X, Theta)
    p = 1 - (P.sum(axis=1) - P[rows, y]) if others else P[rows, y]
    log_p = np.where(p > 0, np.log(p), scores[rows, y] - scores.max(axis=1))
    return np.sum(log_p) - prior_precision / 2 * np.sum(Theta**2)
