"""Wrong answers to pooled_variance, each with the sentence that names it."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="You divide by n - K, which removes a bias; the maximum-likelihood estimate divides by n.",
    hint="Which divisor makes the likelihood of the data largest? Write every example twice and compare.",
    least=(1,),
)
def divides_by_n_minus_classes(X, y, n_classes, least=-np.inf):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return ((X - means[y]) ** 2).sum(axis=0) / max(len(y) - n_classes, least)


@misconception(
    says="You divide by n - 1; the maximum-likelihood estimate divides by n.",
    hint="Which divisor makes the likelihood of the data largest? Write every example twice and compare.",
)
def divides_by_n_minus_1(X, y, n_classes):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return ((X - means[y]) ** 2).sum(axis=0) / (len(y) - 1)


@misconception(
    says="You ignore the classes: this is the variance about the mean of all examples.",
    hint="Two narrow classes far apart have a small pooled variance. What is yours?",
)
def total_variance(X, y, n_classes):
    return X.var(axis=0)


@misconception(
    says="You average the variances of the classes as if all had the same number of examples.",
    hint="The mean is over examples: a class of 90 weighs more than a class of 10.",
    empty=(0, 1),
)
def unweighted_mean_over_classes(X, y, n_classes, empty=None):
    # A class without examples makes it nan, is left out, or counts as a variance of 0.
    found = range(n_classes) if empty is None else np.unique(y)
    return np.sum([X[y == k].var(axis=0) for k in found], axis=0) / (n_classes if empty else len(found))


@misconception(
    says="You return standard deviations; the variance is their square.",
    hint="Measure in centimetres instead of metres: by which factor should the result change?",
)
def standard_deviation(X, y, n_classes):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return np.sqrt(((X - means[y]) ** 2).mean(axis=0))


@misconception(
    says="You add the variances of the classes up.",
    hint="A variance that all classes share lies between the smallest and the largest of theirs.",
)
def sum_over_the_classes(X, y, n_classes):
    return np.sum([X[y == k].var(axis=0) for k in range(n_classes)], axis=0)


@misconception(
    says="You return the sum of the squared deviations; a variance is their mean.",
    hint="Write every example twice: a spread should not change.",
)
def sum_of_squares(X, y, n_classes):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return ((X - means[y]) ** 2).sum(axis=0)


@misconception(
    says="You average over the features, too: all features get the same variance.",
    hint="The classes share a variance, the features do not. Along which axis do the examples lie?",
)
def shared_by_the_features(X, y, n_classes):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return np.full(X.shape[1], ((X - means[y]) ** 2).mean())


@misconception(
    says="You average the values of a row into its class mean: every feature has a mean of its own.",
    hint="means[k] has d entries. Which axis of X[y == k] must the mean run along?",
)
def one_mean_for_all_features(X, y, n_classes):
    means = np.array([X[y == k].mean() for k in range(n_classes)])
    return ((X - means[y][:, None]) ** 2).mean(axis=0)


@misconception(
    says="mean(x²) - mean(x)² loses its digits when the mean is far larger than the spread.",
    hint="At 1e6 both terms are 1e12, of which a float keeps 16 digits. Subtract the mean first.",
)
def difference_of_squares(X, y, n_classes):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return (X**2).mean(axis=0) - (means[y] ** 2).mean(axis=0)


@misconception(
    says="You only look at the classes 0 and 1.",
    hint="n_classes says how many there are.",
)
def two_classes_only(X, y, n_classes):
    squares = np.zeros(X.shape[1])
    for k in range(min(n_classes, 2)):
        squares = squares + ((X[y == k] - X[y == k].mean(axis=0)) ** 2).sum(axis=0)
    return squares / len(y)


@misconception(
    says="You average the unbiased variances of the classes (each divided by n_k - 1): maximum likelihood has no - 1.",
    hint="np.var and np.cov differ in their default for ddof. Which one is maximum likelihood?",
)
def unbiased_in_each_class(X, y, n_classes):
    total = np.zeros(X.shape[1])
    for k in range(n_classes):
        members = X[y == k]
        total = total + len(members) * ((members - members.mean(axis=0)) ** 2).sum(axis=0) / max(len(members) - 1, 1)
    return total / len(y)


@misconception(
    says="You take deviations from the mean of the class means.",
    hint="Each example deviates from the mean of its own class: which row of means belongs to example i?",
)
def about_the_mean_of_means(X, y, n_classes):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return ((X - means.mean(axis=0)) ** 2).mean(axis=0)


@misconception(
    says="A class without examples makes your result nan: its mean and its variance are 0/0, and 0 times nan is nan.",
    hint="Which classes have a variance at all? A label that never occurs adds nothing.",
)
def nan_of_an_empty_class(X, y, n_classes):
    shares = np.bincount(y, minlength=n_classes) / len(y)
    return sum(shares[k] * X[y == k].var(axis=0) for k in range(n_classes))


@misconception(
    says="You return one row of variances per class; here all classes share one.",
    hint="Which shape is asked for? Over how many examples is each variance averaged?",
    empty=(0.0,),
)
def variances_of_each_class(X, y, n_classes, empty=np.nan):
    return np.array([X[y == k].var(axis=0) if np.any(y == k) else np.full(X.shape[1], empty) for k in range(n_classes)])


@misconception(
    says="You raise an error where a class has no examples; such a label adds nothing here.",
    hint="The mean is over examples. How many terms does a class without examples contribute?",
)
def refuses_an_empty_class(X, y, n_classes):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return ((X - means[y]) ** 2).mean(axis=0)


@misconception(
    says="You raise small variances to a floor; the variance of a feature that never changes is 0.",
    hint="A feature that is measured in kilometres may have a variance of 1e-8. What do you return for it?",
    floor=(1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-3),
)
def floor_of_its_own(X, y, n_classes, floor=1e-9):
    squares = np.zeros(X.shape[1])
    for k in np.unique(y):
        squares += ((X[y == k] - X[y == k].mean(axis=0)) ** 2).sum(axis=0)
    return np.maximum(squares / len(y), floor)
