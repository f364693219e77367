"""Wrong predictions, each with its name."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="you take the smallest score; the most probable class has the largest",
    hint="Does a probability rise or fall with its score?",
)
def smallest_score(X, Theta):
    return np.argmin(X @ Theta.T, axis=1)


@misconception(
    says="of several equal scores you take the last; ties go to the smallest label",
    hint="Which of several maxima does np.argmax return, and which does your loop?",
)
def last_of_a_tie(X, Theta):
    return len(Theta) - 1 - np.argmax((X @ Theta.T)[:, ::-1], axis=1)


@misconception(
    says="you clip the scores before you compare them: those beyond the bound become equal",
    hint="argmax needs no bound. Which of 1,000 and 2,000 is the larger once both are clipped?",
    bound=(20.0, 30.0, 50.0, 100.0, 700.0, 1000.0),
)
def clips(X, Theta, bound=500.0):
    return np.argmax(np.clip(X @ Theta.T, -bound, bound), axis=1)


@misconception(
    says="you compare sigmoids of the scores: from 37 on all of them are 1 in floating point",
    hint="A sigmoid keeps the order of two scores on paper, but not once it rounds. What can be compared in its place?",
)
def compares_sigmoids(X, Theta):
    with np.errstate(all="ignore"):
        return np.argmax(1 / (1 + np.exp(-(X @ Theta.T))), axis=1)


@misconception(
    says="you take exp of the scores as they are: it overflows to inf or underflows to 0, and classes look alike",
    hint="Which classes do you compare once several exponentials are inf? What can be compared without exp?",
)
def exp_overflows(X, Theta):
    with np.errstate(all="ignore"):
        weights = np.exp(X @ Theta.T)
        return np.argmax(weights / weights.sum(axis=1, keepdims=True), axis=1)


@misconception(
    says="you compare absolute values of the scores; a very negative score is a very improbable class",
    hint="Which class has the larger probability, with scores −5 and 1?",
)
def absolute_scores(X, Theta):
    return np.argmax(np.abs(X @ Theta.T), axis=1)


@misconception(
    says="you take the class whose weights have the smallest angle to x; their length counts, too",
    hint="The score is θᵀx itself. What do you divide it by?",
)
def cosine(X, Theta):
    return np.argmax(X @ Theta.T / (1e-300 + np.linalg.norm(Theta, axis=1)), axis=1)


@misconception(
    says="you take the class whose weights lie nearest to x; the weights of a class are not its centre",
    hint="What is compared is θ_kᵀx. Where does |θ_k|² come from in yours?",
)
def nearest_weights(X, Theta):
    return np.argmin(((X[:, None] - Theta) ** 2).sum(axis=2), axis=1)


@misconception(
    says="you return the first class with a positive score, as if each class were decided on its own",
    hint="Two classes may both have positive scores, or none. Which is the most probable?",
)
def first_positive(X, Theta):
    return np.argmax(X @ Theta.T > 0, axis=1)


@misconception(
    says="your labels start from 1; here they start from 0",
    hint="Row 0 of Theta belongs to label 0.",
)
def labels_from_1(X, Theta):
    return np.argmax(X @ Theta.T, axis=1) + 1


@misconception(
    says="you only tell the classes 0 and 1 apart",
    hint="How many rows does Theta have?",
    last_above_half=(True,),
)
def two_classes_only(X, Theta, last_above_half=False):
    if last_above_half:
        scores = X @ Theta.T
        return (scores[:, -1] >= np.logaddexp.reduce(scores, axis=1) - np.log(2)).astype(int)
    return (X @ (Theta[1] - Theta[0]) > 0).astype(int)


@misconception(
    says="you subtract the last class's weights from the caller's Theta: it is changed after the call",
    hint="`Theta -= ...` changes the array that you were given. What makes a new one?",
)
def in_place(X, Theta):
    Theta -= Theta[-1]
    return np.argmax(X @ Theta.T, axis=1)


@misconception(
    says="you return the largest probability or score itself; its index, the label, is asked for",
    hint="max gives a value. What gives its index?",
    probability=(False,),
)
def largest_value(X, Theta, probability=True):
    scores = X @ Theta.T
    return np.max(np.exp(scores - np.logaddexp.reduce(scores, axis=1)[:, None]) if probability else scores, axis=1)


@misconception(
    says="you take the best example of each class; the best class of each example is asked for",
    hint="How many labels do you return: one per example, or one per class? Which axis of the scores belongs to the classes?",
)
def best_example_of_each_class(X, Theta):
    return np.argmax(X @ Theta.T, axis=0)


@misconception(
    says="you take argmax of the whole table: one number comes back, for all examples together",
    hint="Which axis belongs to the classes?",
)
def argmax_of_the_table(X, Theta):
    return np.argmax(X @ Theta.T)


@misconception(
    says="you ask which probability is above one half; of three classes or more often none is",
    hint="Which class is the most probable of 0.4, 0.35 and 0.25?",
)
def above_one_half(X, Theta):
    scores = X @ Theta.T
    high = np.exp(scores - np.logaddexp.reduce(scores, axis=1)[:, None]) > 0.5
    return np.where(high.any(axis=1), high.argmax(axis=1), 0)


@misconception(
    says="you treat scores, or probabilities, that are close as a tie; only equal ones are",
    hint="How close do two numbers have to be for np.isclose? Which does np.argmax return if they differ in the last digit?",
    of_scores=(False,),
)
def close_to_a_tie(X, Theta, of_scores=True):
    values = X @ Theta.T
    if not of_scores:
        values = np.exp(values - np.logaddexp.reduce(values, axis=1)[:, None])
    return np.argmax(np.isclose(values, values.max(axis=1, keepdims=True)), axis=1)


@misconception(
    says="you round before you compare: classes whose scores differ little seem to tie",
    hint="Rounding is for printing. Which of 0.50001 and 0.5 is the larger?",
    decimals=(1, 2, 4, 5, 6),
    of_probabilities=(2, 3, 4, 5, 6, 7, 8),
)
def rounds_before_comparing(X, Theta, decimals=3, of_probabilities=None):
    scores = X @ Theta.T
    if of_probabilities is None:
        return np.argmax(np.round(scores, decimals), axis=1)
    P = np.exp(scores - np.logaddexp.reduce(scores, axis=1)[:, None])
    return np.argmax(np.round(P, of_probabilities), axis=1)


@misconception(
    says="you compare in single precision (float32): scores that differ little become equal",
    hint="How many digits has a float32? Do 9000 and 9000.0001 differ in it?",
)
def single_precision(X, Theta):
    return np.argmax((X @ Theta.T).astype(np.float32), axis=1)
