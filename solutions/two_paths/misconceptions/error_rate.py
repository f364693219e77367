"""Wrong answers to error_rate, each with the sentence that names it."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="This is the accuracy, the proportion of right labels.",
    hint="What is the error rate of a perfect classifier?",
)
def accuracy(predictions, y):
    return np.mean(predictions == y)


@misconception(
    says="You count the wrong labels; the proportion is that number divided by n.",
    hint="An error rate lies between 0 and 1, however many labels there are.",
)
def number_of_errors(predictions, y):
    return np.sum(predictions != y)


@misconception(
    says="You measure how far apart the labels are; labels are names, and a wrong one is wrong once.",
    hint="Compare predicting 3 with predicting 1 where the true label is 0.",
)
def mean_absolute_difference(predictions, y):
    return np.mean(np.abs(predictions - y))


@misconception(
    says="You square the difference of the labels; labels are names, and a wrong one is wrong once.",
    hint="For labels 0 and 1 a square looks right. Compare predicting 3 with predicting 1 where the true label is 0.",
)
def mean_squared_difference(predictions, y):
    return np.mean((predictions - y) ** 2)


@misconception(
    says="Differences with different signs cancel in your mean.",
    hint="One 0 called 1 and one 1 called 0 are two errors.",
)
def mean_difference(predictions, y):
    return np.mean(predictions - y)


@misconception(
    says="You only count examples of class 0 that get another label: errors in the other direction are errors, too.",
    hint="Swap predictions and y: nothing should change.",
)
def false_alarms_only(predictions, y):
    return np.mean((y == 0) & (predictions != 0))


@misconception(
    says="You return a percentage; a proportion lies between 0 and 1.",
    hint="If half of the labels are wrong, what is the proportion?",
)
def per_cent(predictions, y):
    return 100 * np.mean(predictions != y)


@misconception(
    says="You compare sorted labels (or how often each occurs): which example has which label gets lost.",
    hint="y = [0, 1] and predictions = [1, 0] are two errors.",
)
def compares_the_counts(predictions, y):
    return np.mean(np.sort(predictions) != np.sort(y))


@misconception(
    says="You divide by n - 1: a proportion of n labels is divided by n.",
    hint="With every label wrong the error rate is 1.",
)
def divides_by_n_minus_1(predictions, y):
    return np.sum(predictions != y) / max(len(y) - 1, 1)


@misconception(
    says="You compare truth values: every label other than 0 counts as the same.",
    hint="Is class 2 instead of class 1 an error?",
)
def labels_as_truth_values(predictions, y):
    return np.mean(predictions.astype(bool) != y.astype(bool))


@misconception(
    says="You subtract y from the caller's predictions in place: after the call they are no labels any more.",
    hint="Which of your operators writes into an argument? Is there a comparison that does not?",
)
def predictions_changed(predictions, y):
    predictions -= y
    return float(np.mean(predictions != 0))


@misconception(
    says="You say only whether any label is wrong: one wrong label counts as much as all of them.",
    hint="Comparing two lists gives one truth value. What compares label by label?",
)
def any_error_at_all(predictions, y):
    return float(list(predictions) != list(y))
