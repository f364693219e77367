"""Wrong log-likelihoods, each with its name."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="you take the mean over examples; the log-likelihood is their sum",
    hint="The probability of independent labels is a product. What does the logarithm turn it into?",
)
def mean_instead_of_sum(X, y, theta):
    z = X @ theta
    return -np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))


@misconception(
    says="you return the negative log-likelihood, a loss; this course maximises, so the sign stays",
    hint="A probability is at most 1. What is the sign of its logarithm?",
)
def negative(X, y, theta):
    z = X @ theta
    return np.sum(np.logaddexp(0, np.where(y == 1, -z, z)))


@misconception(
    says="you take the logarithm of a sigmoid that has rounded to 0 or 1: far from the line that is −inf, or nan after 0 times −inf",
    hint="Simplify log(1 / (1 + exp(-z))) on paper before computing it.",
    leaves_out_nan=(True,),
    stable=(True,),
)
def logarithm_of_a_rounded_sigmoid(X, y, theta, leaves_out_nan=False, stable=False):
    p = sigmoid(X @ theta) if stable else 1 / (1 + np.exp(-(X @ theta)))
    terms = y * np.log(p) + (1 - y) * np.log(1 - p)
    return np.nansum(terms) if leaves_out_nan else np.sum(terms)


@misconception(
    says="you add a small epsilon inside the logarithm, which hides how wrong a label far on the wrong side is",
    hint="What does your function say of one example with y = 1 and θᵀx = -1000? The exact answer is -1000.",
    epsilon=TINY,
)
def epsilon_inside_the_logarithm(X, y, theta, epsilon=1e-12):
    p = sigmoid(X @ theta)
    return np.sum(y * np.log(p + epsilon) + (1 - y) * np.log(1 - p + epsilon))


@misconception(
    says="you clip the probabilities before taking the logarithm, so no label ever costs more than the clip allows",
    hint="What does your function say of one example with y = 1 and θᵀx = -1000? The exact answer is -1000.",
    epsilon=TINY,
)
def clipped_probabilities(X, y, theta, epsilon=1e-15):
    p = np.clip(sigmoid(X @ theta), epsilon, 1 - epsilon)
    return np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


@misconception(
    says="you clip θᵀx, so no label ever costs more than the clip",
    hint="Where does exp overflow in your formula, and could that branch be written with exp(-|z|) instead of clipping?",
)
def clipped_scores(X, y, theta):
    z = np.clip(X @ theta, -500, 500)
    return -np.sum(np.logaddexp(0, np.where(y == 1, -z, z)))


@misconception(
    says="your log(1 + exp(z)) overflows: exp(z) is infinite from 710 on, and so is your result",
    hint="For large z, log(1 + exp(z)) is nearly z. What is left if you take z out of the logarithm?",
)
def overflowing_exponential(X, y, theta):
    z = X @ theta
    return np.sum(y * z - np.log1p(np.exp(z)))


@misconception(
    says="you forget the examples with y = 0: the term (1 - y) log(1 - p) is missing",
    hint="What does an example with label 0 add to your sum?",
)
def forgets_class_0(X, y, theta):
    return -np.sum(y * np.logaddexp(0, -(X @ theta)))


@misconception(
    says="you use the formula for labels -1 and +1, log σ(y · θᵀx), on labels 0 and 1: class 0 then always costs log 2",
    hint="Which factor do you need in front of θᵀx for y = 0, and which do you get?",
)
def formula_for_labels_of_plus_minus_1(X, y, theta):
    return -np.sum(np.logaddexp(0, -y * (X @ theta)))


@misconception(
    says="you add up the log-probability of class 1 and of class 0 for every example, whatever its label",
    hint="Which of the two probabilities matters for an example with y = 1? What selects it in the formula?",
)
def ignores_the_labels(X, y, theta):
    z = X @ theta
    return -np.sum(np.logaddexp(0, -z) + np.logaddexp(0, z))


@misconception(
    says="you swap the labels: y = 1 gets log(1 - p), y = 0 gets log p",
    hint="A model that is sure of class 1 and right should have a log-likelihood near 0. Does yours?",
)
def labels_exchanged(X, y, theta):
    z = X @ theta
    return -np.sum(np.logaddexp(0, np.where(y == 1, z, -z)))


@misconception(
    says="you return the likelihood, a product of probabilities; its logarithm is asked for",
    hint="Take the logarithm of your product, then see what becomes of it with a thousand examples.",
)
def no_logarithm(X, y, theta):
    z = X @ theta
    return np.prod(sigmoid(np.where(y == 1, z, -z)))


@misconception(
    says="you subtract squared errors (y - p)²; the likelihood of a label is a probability, and its logarithm counts",
    hint="Which probability does the model give to the label that occurred?",
)
def squared_error(X, y, theta):
    return -np.sum((y - sigmoid(X @ theta)) ** 2)


@misconception(
    says="you take the logarithm to base 2; all logarithms here are natural",
    hint="A coin toss costs you 1 per example. What should it cost with the natural logarithm?",
)
def base_2(X, y, theta):
    z = X @ theta
    return -np.sum(np.logaddexp(0, np.where(y == 1, -z, z))) / np.log(2)


@misconception(
    says="y as a column against p as a row broadcasts to n by n: every label meets every example",
    hint="Print the shape of what you sum. It should be (n,).",
)
def column_against_row(X, y, theta):
    z = X @ theta
    label = np.asarray(y).reshape(-1, 1)
    return -np.sum(label * np.logaddexp(0, -z) + (1 - label) * np.logaddexp(0, z))


@misconception(
    says="you turn the labels into -1 and +1 in the caller's array, so they are wrong for the caller",
    hint="Which of your lines writes into y? What would make a new array instead?",
)
def labels_changed(X, y, theta):
    y *= 2
    y -= 1
    return float(-np.sum(np.logaddexp(0.0, -y * (X @ theta))))


@misconception(
    says="you clip the probabilities on one side only: far out on the other side the logarithm of 0 is left",
    hint="Which labels make log(p) large, and which log(1 - p)? Try a point far out on either side.",
    epsilon=TINY,
)
def clipped_on_one_side(X, y, theta, epsilon=1e-15):
    p = np.maximum(sigmoid(X @ theta), epsilon)
    with np.errstate(all="ignore"):
        return np.sum(np.where(y == 1, np.log(p), np.log(1 - p)))


@misconception(
    says="you use the labels as indices: p[y] is the probability of example 0 or 1, not of label y",
    hint="How many different values does p[y] have? Which example does each of them belong to?",
)
def label_as_index(X, y, theta):
    return np.sum(np.log(sigmoid(X @ theta)[y]))


@misconception(
    says="math.exp raises OverflowError far from the line; the log-likelihood is finite there",
    hint="log(1 + exp(z)) is close to z for large z. Which function of NumPy knows that?",
)
def math_exp_overflows(X, y, theta):
    import math

    return sum(label * z - math.log(1 + math.exp(z)) for z, label in zip(X @ theta, y))


@misconception(
    says="math.log raises ValueError where a probability has rounded to 0; far from the line the log-likelihood is finite",
    hint="How large is 1 - p for θᵀx = 40 in floating point? Can log(1 - p) be written without p?",
)
def math_log_of_0(X, y, theta):
    import math

    return sum(math.log(p) if label else math.log(1 - p) for p, label in zip(sigmoid(X @ theta), y))


@misconception(
    says="you multiply the probabilities before taking the logarithm: a product of many is too small for a float, and becomes 0",
    hint="What is 0.5 to the power of 1,100 in floating point? What does the logarithm turn a product into?",
    stable=(False,),
)
def log_of_the_product(X, y, theta, stable=True):
    p = sigmoid(X @ theta) if stable else 1 / (1 + np.exp(-(X @ theta)))
    return np.log(np.prod(np.where(y == 1, p, 1 - p)))


@misconception(
    says="the second term of your simplified sum has the wrong sign: you add log(1 + exp(z)) where it is subtracted",
    hint="Is your result negative, as a log-probability must be? Simplify log(1 - σ(z)) once more.",
)
def softplus_added(X, y, theta):
    z = X @ theta
    return np.sum(y * z + np.logaddexp(0, z))


@misconception(
    says="you replace the infinite logarithm of a rounded sigmoid by a number of NumPy's choice, 0 or 1.8e308: "
    "far from the line the log-likelihood is neither",
    hint="What does nan_to_num make of -inf? What is log σ(-1000), worked out on paper?",
    whole=(True,),
    stable=(False,),
)
def infinity_tidied_away(X, y, theta, whole=False, stable=True):
    p = sigmoid(X @ theta) if stable else 1 / (1 + np.exp(-(X @ theta)))
    ones, zeros = y * np.log(p), (1 - y) * np.log(1 - p)
    return np.nan_to_num(np.sum(ones + zeros)) if whole else np.sum(np.nan_to_num(ones) + np.nan_to_num(zeros))


@misconception(
    says="you repair log(1 - p) only where it is infinite: before that, 1 - p has lost most of its digits",
    hint="Compare log(1 - p) with -33 for θᵀx = 33. Which form of 1 - p needs no subtraction?",
    stable=(False,),
)
def digits_lost_in_1_minus_p(X, y, theta, stable=True):
    z = X @ theta
    p = sigmoid(z) if stable else 1 / (1 + np.exp(-z))
    return np.sum(np.where(y == 1, np.where(p > 0, np.log(p), z), np.where(p < 1, np.log(1 - p), -z)))
