"""Wrong ways to answer class_priors."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="your prior is 1/K for every class; they should be estimated from y.",
    hint="Which class would you bet on if you knew y but not X?",
)
def uniform(y, n_classes):
    return np.full(n_classes, 1 / n_classes)


@misconception(
    says="you return counts; a prior is a proportion, between 0 and 1.",
    hint="What must the priors of all classes add up to?",
)
def counts(y, n_classes):
    return np.bincount(y, minlength=n_classes)


@misconception(
    says="you add 1 to every count (Laplace smoothing); the maximum-likelihood proportion does not.",
    hint="What does your function give for a class that never occurs, and what does the task ask for?",
)
def smoothed(y, n_classes):
    return (np.bincount(y, minlength=n_classes) + 1) / (len(y) + n_classes)


@misconception(
    says="your result has an entry only for classes up to the largest label seen, not for all n_classes.",
    hint="Try y = [0, 0] with n_classes = 3: how many numbers should come back?",
)
def up_to_the_largest_label(y, n_classes):
    return np.bincount(y) / len(y)


@misconception(
    says="your result has an entry only for the labels that occur in y, so that later classes move forward.",
    hint="Try y = [0, 2] with n_classes = 3: which entry belongs to class 1?",
)
def only_seen_labels(y, n_classes):
    _, found = np.unique(y, return_counts=True)
    return found / len(y)


@misconception(
    says="you divide by the number of classes; a proportion is divided by the number of examples.",
    hint="Do your priors sum to 1 when there are 10 examples of 2 classes?",
)
def divided_by_classes(y, n_classes):
    return np.bincount(y, minlength=n_classes) / n_classes


@misconception(
    says="you divide by n - 1; a proportion divides by n.",
    hint="n − 1 belongs to unbiased variances, and even there not to maximum likelihood. What do your priors sum to?",
)
def divided_by_n_minus_1(y, n_classes):
    return np.bincount(y, minlength=n_classes) / (len(y) - 1)


@misconception(
    says="you return the log of the priors; here the priors themselves are asked for.",
    hint="Logs come later, in joint_log_prob. In which range is a probability?",
)
def logs(y, n_classes):
    return np.log(np.bincount(y, minlength=n_classes) / len(y))


@misconception(
    says="your entries are in the order in which the labels first appear in y, not in the order 0, 1, 2, ...",
    hint="Try y = [1, 0, 0]: entry 0 belongs to class 0, whichever label comes first.",
)
def order_of_appearance(y, n_classes):
    seen = list(dict.fromkeys(y.tolist()))
    seen += [k for k in range(n_classes) if k not in seen]
    return np.array([np.mean(y == k) for k in seen])


@misconception(
    says="you only count classes 0 and 1; there are n_classes of them.",
    hint="The mean of y is the proportion of class 1 only when labels are 0 and 1. What if there are three classes, or one?",
)
def two_classes_only(y, n_classes):
    return np.array([1 - np.mean(y), np.mean(y)])


@misconception(
    says="you sort y in place, which changes the caller's data.",
    hint="Which of `y.sort()` and `np.sort(y)` writes into y? Do you need an order at all?",
)
def sorts_in_place(y, n_classes):
    y.sort()
    return np.bincount(y, minlength=n_classes) / len(y)


@misconception(
    says="you count the labels that occur and put the counts side by side; a label that does not occur shifts those after it",
    hint="What does np.unique return when label 1 of 0, 1, 2 is missing? In which position should the count of label 2 be?",
)
def counts_side_by_side(y, n_classes):
    _, counts = np.unique(y, return_counts=True)
    return np.pad(counts / len(y), (0, max(0, n_classes - len(counts))))


@misconception(
    says="your bins divide the range from the smallest to the largest label that occurs, so that they are not the classes",
    hint="Which edges does np.histogram choose for y = [2, 2] and three bins? Which labels belong to which bin?",
)
def bins_of_the_range(y, n_classes):
    return np.histogram(y, bins=n_classes)[0] / len(y)


@misconception(
    says="you give a class without examples a tiny prior; its proportion is 0",
    hint="What is 0 divided by n? The logarithm of 0 is −inf, which is what joint_log_prob returns for such a class.",
    least=TINY,
)
def tiny_prior_for_unseen_classes(y, n_classes, least=1e-12):
    return np.maximum(np.bincount(y, minlength=n_classes) / len(y), least)
