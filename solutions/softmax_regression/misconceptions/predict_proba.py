"""Wrong probabilities of classes, each with its name."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="you apply a sigmoid to each score: K separate yes-or-no models, whose probabilities do not sum to 1",
    hint="The classes exclude each other. What do your rows sum to?",
)
def a_sigmoid_for_each_class(X, Theta):
    return 1 / (1 + np.exp(-(X @ Theta.T)))


@misconception(
    says="you divide sigmoids by their sum; a softmax divides exponentials",
    hint="Take the ratio of two of your probabilities. Is its logarithm a difference of scores?",
    bound=(500.0, 700.0),
)
def normalised_sigmoids(X, Theta, bound=np.inf):
    weights = 1 / (1 + np.exp(-np.clip(X @ Theta.T, -bound, bound)))
    return weights / weights.sum(axis=1, keepdims=True)


@misconception(
    says="you divide scores by their sum without exp: probabilities may be negative",
    hint="Which function makes every score positive and keeps their order?",
)
def without_exp(X, Theta):
    scores = X @ Theta.T
    return scores / scores.sum(axis=1, keepdims=True)


@misconception(
    says="you take exp of the scores as they are: from 710 on it is inf, and inf/inf is nan",
    hint="Subtracting one number from all scores of a row changes no probability. Or use log_softmax.",
)
def exp_overflows(X, Theta):
    weights = np.exp(X @ Theta.T)
    return weights / weights.sum(axis=1, keepdims=True)


@misconception(
    says="you return logarithms of probabilities",
    hint="Are your values between 0 and 1?",
)
def logarithms(X, Theta):
    return log_softmax(X @ Theta.T)


@misconception(
    says="your exponent has the wrong sign: the largest score gets the smallest probability",
    hint="Should a probability rise or fall with its score?",
)
def wrong_sign(X, Theta):
    return np.exp(log_softmax(-X @ Theta.T))


@misconception(
    says="you normalise over the examples; the classes of one example share its probability",
    hint="Sum one of your rows. Over which axis did you normalise?",
    axis=(1, None),
)
def normalises_columns(X, Theta, axis=0):
    scores = X @ Theta.T
    weights = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return weights / weights.sum(axis=0)


@misconception(
    says="you leave class 0 without weights, as if it were a reference; here every class has its own",
    hint="Where does row 0 of Theta enter?",
)
def first_class_is_a_reference(X, Theta):
    scores = X @ Theta.T
    scores[:, 0] = 0
    return np.exp(log_softmax(scores))


@misconception(
    says="you leave the last class without weights, as if it were a reference; here every class has its own",
    hint="Where does the last row of Theta enter?",
)
def last_class_is_a_reference(X, Theta):
    scores = X @ Theta.T
    scores[:, -1] = 0
    return np.exp(log_softmax(scores))


@misconception(
    says="you return 1 for the most probable class and 0 for the others; probabilities are asked for",
    hint="If two scores are almost the same, which probabilities should the classes have?",
)
def one_hot_of_the_best(X, Theta):
    return np.eye(len(Theta))[np.argmax(X @ Theta.T, axis=1)]


@misconception(
    says="your exponentials have base 2; e is the base of the softmax",
    hint="The log-odds of two classes are a difference of scores, for the natural logarithm.",
)
def base_2(X, Theta):
    return np.exp(log_softmax(np.log(2) * (X @ Theta.T)))


@misconception(
    says="you divide the scores by the root of d, as attention does; here they stay as they are",
    hint="P(Y = k | x) contains exp(θ_kᵀx). What else is in your exponent?",
)
def scaled_scores(X, Theta):
    return np.exp(log_softmax(X @ Theta.T / np.sqrt(X.shape[1]) * 0.5))


@misconception(
    says="you standardise X inside: the probabilities belong to other features",
    hint="What does your function return for a single example? The caller decides about standardising.",
)
def standardises(X, Theta):
    return np.exp(log_softmax((X - X.mean(axis=0)) @ Theta.T))


@misconception(
    says="you subtract the last class's weights from the caller's Theta: it is changed after the call",
    hint="`Theta -= ...` changes the array that you were given. What makes a new one?",
)
def in_place(X, Theta):
    Theta -= Theta[-1]
    return np.exp(log_softmax(X @ Theta.T))


@misconception(
    says="you multiply X by Theta as it is; the weights of a class are a row of Theta",
    hint="Write down the shapes (n, d) and (K, d). Which of them must be turned for a product of shape (n, K)?",
)
def weights_not_transposed(X, Theta):
    return np.exp(log_softmax(X @ Theta))


@misconception(
    says="you replace nan by a number: where exp overflows, the probability is lost",
    hint="inf / inf came from the largest score. Which probability should that class have? Subtract the largest score first.",
    substitute=(1.0,),
)
def nan_replaced(X, Theta, substitute=0.0):
    weights = np.exp(X @ Theta.T)
    return np.nan_to_num(weights / weights.sum(axis=1, keepdims=True), nan=substitute)


@misconception(
    says="you add a tiny number to the sum of the exponentials: the probabilities of a row no longer sum to 1",
    hint="Can the sum be 0 once the largest score of each row is subtracted?",
    epsilon=(1e-3, 1e-4, 1e-5, 1e-6, 1e-7),
)
def tiny_number_added_to_the_sum(X, Theta, epsilon=1e-8):
    scores = X @ Theta.T
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / (weights.sum(axis=1, keepdims=True) + epsilon)


@misconception(
    says="you clip the scores before exp: those beyond the bound become equal",
    hint="Do 1,000 and 2,000 get different probabilities? What can be subtracted from all scores of a row?",
    bound=(30.0, 50.0, 100.0, 700.0, 709.0),
)
def clips(X, Theta, bound=500.0):
    weights = np.exp(np.clip(X @ Theta.T, -bound, bound))
    return weights / weights.sum(axis=1, keepdims=True)
