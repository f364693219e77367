"""Wrong gradients, each with its name."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="your gradient points downhill: it is that of a loss; the log-posterior increases in the opposite direction",
    hint="Take a small step along your result. Does the log-posterior rise?",
)
def downhill(X, y, Theta, prior_precision):
    return (predict_proba(X, Theta) - np.eye(len(Theta))[y]).T @ X + prior_precision * Theta


@misconception(
    says="you divide by the number of examples; the gradient of a sum is a sum",
    hint="What is the gradient of two copies of the same data?",
)
def mean_instead_of_sum(X, y, Theta, prior_precision):
    return (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X / len(y) - prior_precision * Theta


@misconception(
    says="your prior pushes weights away from 0: its term is added where it should be subtracted",
    hint="A prior makes large weights less plausible. Which way does it pull a positive weight?",
)
def adds_the_prior(X, y, Theta, prior_precision):
    return (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X + prior_precision * Theta


@misconception(
    says="your prior is twice as strong: the derivative of (λ/2) θ² is λθ",
    hint="What becomes of the 1/2 when a square is differentiated?",
)
def prior_twice(X, y, Theta, prior_precision):
    return (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X - 2 * prior_precision * Theta


@misconception(
    says="your prior is half as strong: the derivative of (λ/2) θ² is λθ",
    hint="What becomes of the 1/2 when a square is differentiated?",
)
def prior_half(X, y, Theta, prior_precision):
    return (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X - prior_precision / 2 * Theta


@misconception(
    says="you ignore prior_precision: this is the gradient of the log-likelihood",
    hint="Where does prior_precision occur in your code?",
)
def ignores_the_prior(X, y, Theta, prior_precision):
    return (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X


@misconception(
    says="you leave the first feature out of the penalty, as if it were an intercept; here every weight is penalised",
    hint="Is any column of X different from the others?",
)
def spares_the_first_weight(X, y, Theta, prior_precision):
    pull = prior_precision * Theta
    pull[:, 0] = 0
    return (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X - pull


@misconception(
    says="you apply a sigmoid to each score: the gradient of K separate yes-or-no models",
    hint="What do the rows of your gradient add up to? The classes exclude each other.",
)
def a_sigmoid_for_each_class(X, y, Theta, prior_precision):
    P = 1 / (1 + np.exp(-(X @ Theta.T)))
    return (np.eye(len(Theta))[y] - P).T @ X - prior_precision * Theta


@misconception(
    says="you use predicted labels in place of probabilities: that is the perceptron's rule",
    hint="At Theta = 0 nothing is predicted with certainty. What should the residuals be?",
)
def predicted_labels(X, y, Theta, prior_precision):
    guesses = np.eye(len(Theta))[np.argmax(X @ Theta.T, axis=1)]
    return (np.eye(len(Theta))[y] - guesses).T @ X - prior_precision * Theta


@misconception(
    says="an example changes only the row of its own label; from the other rows P(y = k | x) x must be subtracted",
    hint="The score of class l enters every probability through the denominator.",
)
def own_class_only(X, y, Theta, prior_precision):
    Y = np.eye(len(Theta))[y]
    return (Y * (1 - predict_proba(X, Theta))).T @ X - prior_precision * Theta


@misconception(
    says="you subtract P from the label itself; use a one-hot row for each label instead",
    hint="Label 2 is not twice label 1. What is the one-hot form of a label?",
)
def labels_not_one_hot(X, y, Theta, prior_precision):
    return (y[:, None] - predict_proba(X, Theta)).T @ X - prior_precision * Theta


@misconception(
    says="you multiply the residuals by p(1 − p): that is the gradient of a squared error",
    hint="Differentiate log P(y | x): what is left of the derivative of the softmax?",
)
def squared_error(X, y, Theta, prior_precision):
    P = predict_proba(X, Theta)
    return ((np.eye(len(Theta))[y] - P) * P * (1 - P)).T @ X - prior_precision * Theta


@misconception(
    says="your probabilities overflow: exp of a large score is inf, and inf/inf is nan",
    hint="predict_proba stays finite. Can you use it here?",
)
def exp_overflows(X, y, Theta, prior_precision):
    weights = np.exp(X @ Theta.T)
    P = weights / weights.sum(axis=1, keepdims=True)
    return (np.eye(len(Theta))[y] - P).T @ X - prior_precision * Theta


@misconception(
    says="your probabilities are normalised over the examples, not over the classes",
    hint="Sum P over the classes of one example.",
)
def normalises_columns(X, y, Theta, prior_precision):
    P = np.exp(log_softmax(Theta @ X.T)).T
    return (np.eye(len(Theta))[y] - P).T @ X - prior_precision * Theta


@misconception(
    says="you count the prior once per example; it is counted once",
    hint="Write every example twice: which part doubles?",
)
def prior_for_every_example(X, y, Theta, prior_precision):
    return (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X - len(y) * prior_precision * Theta


@misconception(
    says="row 0 has no term from the examples, as if class 0 were a reference; here it has weights of its own",
    hint="What do the rows of your gradient add up to, without a prior?",
    without_prior=(True,),
)
def first_class_is_a_reference(X, y, Theta, prior_precision, without_prior=False):
    slopes = (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X
    slopes[0] = prior_precision * Theta[0] if without_prior else 0
    return slopes - prior_precision * Theta


@misconception(
    says="the last row has no term from the examples, as if the last class were a reference; here it has weights of its own",
    hint="What do the rows of your gradient add up to, without a prior?",
    without_prior=(True,),
)
def last_class_is_a_reference(X, y, Theta, prior_precision, without_prior=False):
    slopes = (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X
    slopes[-1] = prior_precision * Theta[-1] if without_prior else 0
    return slopes - prior_precision * Theta


@misconception(
    says="you change the caller's Theta while you add the prior",
    hint="`Theta *= ...` changes the array that you were given. What makes a new one?",
)
def weights_changed(X, y, Theta, prior_precision):
    slopes = (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X
    Theta *= prior_precision
    return slopes - Theta


@misconception(
    says="you make one-hot rows for the labels that occur; a class without examples has a column, too",
    hint="How many rows does Theta have, and how long is a one-hot row of yours if the last label never occurs?",
    found=(True,),
)
def one_hot_of_the_labels_that_occur(X, y, Theta, prior_precision, found=False):
    Y = (y[:, None] == np.unique(y)).astype(float) if found else np.eye(max(y) + 1)[y]
    return (Y - predict_proba(X, Theta)).T @ X - prior_precision * Theta


@misconception(
    says="the examples' term points downhill, P − one-hot(y); the prior's term has the right sign",
    hint="Does an example raise or lower the score of its own label?",
)
def examples_downhill(X, y, Theta, prior_precision):
    return (predict_proba(X, Theta) - np.eye(len(Theta))[y]).T @ X - prior_precision * Theta


@misconception(
    says="you number the labels that occur from 0: where one does not occur, the columns after it belong to other classes",
    hint="Column k of the one-hot form belongs to label k. Which columns do labels 0 and 2 get in yours if label 1 never occurs?",
)
def labels_by_rank(X, y, Theta, prior_precision):
    _, rank = np.unique(y, return_inverse=True)
    return (np.eye(len(Theta))[rank] - predict_proba(X, Theta)).T @ X - prior_precision * Theta


@misconception(
    says="`G[y] += X` adds one example per class: of several examples with one label only the last counts",
    hint="If a[0] is 0, what is it after `a[[0, 0]] += 1`? Which matrix product adds all of them?",
)
def repeated_labels_lost(X, y, Theta, prior_precision):
    slopes = -prior_precision * Theta
    slopes[y] += X
    return slopes - predict_proba(X, Theta).T @ X


@misconception(
    says="you clip the gradient, so that far from the maximum it is too short",
    hint="Clipping belongs to a step, not to the derivative. Compare a large component with a difference of log_posterior.",
    bound=(5.0, 10.0, 100.0, 1000.0),
    length=(1.0, 5.0, 10.0, 100.0, 1000.0),
)
def clipped(X, y, Theta, prior_precision, bound=1.0, length=None):
    slopes = (np.eye(len(Theta))[y] - predict_proba(X, Theta)).T @ X - prior_precision * Theta
    if length is not None:
        return slopes * min(1.0, length / max(np.linalg.norm(slopes), 1e-12))
    return np.clip(slopes, -bound, bound)
