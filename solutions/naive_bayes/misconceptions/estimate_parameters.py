"""Wrong ways to answer estimate_parameters."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="your variances divide by n_k - 1; the maximum-likelihood estimate divides by n_k.",
    hint="pandas' .var() and np.var(..., ddof=1) divide by one less. What does the maximum of the likelihood ask for, and what would a single example give?",
)
def divided_by_n_minus_1(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([np.var(X[y == k], axis=0, ddof=1 if np.sum(y == k) > 1 else 0) for k in range(n_classes)])
    return means, np.maximum(variances, variance_floor)


@misconception(
    says="your variances divide by n_k - 1, which is 0 for a single example; the maximum-likelihood estimate divides by n_k.",
    hint="pandas' .var() and np.var(..., ddof=1) divide by one less. What does the maximum of the likelihood ask for, and what would a single example give?",
)
def divided_by_n_minus_1_or_0(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return means, np.maximum([X[y == k].var(axis=0, ddof=1) for k in range(n_classes)], variance_floor)


@misconception(
    says="you return standard deviations; variances are asked for.",
    hint="If x is measured in cm instead of m, by which factor does your second result grow, and by which should it?",
    floor_the_root=(False, True),
)
def standard_deviations(X, y, n_classes, variance_floor=1e-9, floor_the_root=False):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([X[y == k].var(axis=0) for k in range(n_classes)])
    if floor_the_root:
        return means, np.maximum(np.sqrt(variances), variance_floor)
    return means, np.sqrt(np.maximum(variances, variance_floor))


@misconception(
    says="all your classes share one variance (pooled over classes); each class has a variance of its own.",
    hint="The variance σ²_kj has two indices. Does row k of your variances use only examples of class k?",
)
def pooled(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    shared = np.mean((X - means[y]) ** 2, axis=0)
    return means, np.maximum(np.tile(shared, (n_classes, 1)), variance_floor)


@misconception(
    says="you take deviations from the mean of all examples; take them from the mean of the class.",
    hint="Which mean is in the formula of σ²_kj? Take two classes far apart, each with little spread.",
)
def around_the_overall_mean(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([np.mean((X[y == k] - X.mean(axis=0)) ** 2, axis=0) for k in range(n_classes)])
    return means, np.maximum(variances, variance_floor)


@misconception(
    says="your variances are those of all examples, repeated for each class.",
    hint="Which examples carry information about the variance of class k?",
    floored=(False,),
)
def total_variance(X, y, n_classes, variance_floor=1e-9, floored=True):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return means, np.maximum(np.tile(np.var(X, axis=0), (n_classes, 1)), variance_floor if floored else 0.0)


@misconception(
    says="you divide the sums of class k by n, the number of all examples; there are only n_k in the class.",
    hint="How many terms do your sums have? An average divides by just that number.",
    means_too=(False,),
)
def divided_by_all_n(X, y, n_classes, variance_floor=1e-9, means_too=True):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].sum(axis=0) / (len(y) if means_too else np.sum(y == k)) for k in range(n_classes)])
    variances = np.array([((X[y == k] - means[k]) ** 2).sum(axis=0) / len(y) for k in range(n_classes)])
    return means, np.maximum(variances, variance_floor)


@misconception(
    says="you compute E[x²] - E[x]²: when the mean is large, nearly all digits cancel.",
    hint="With x near a million, x² is near 1e12, where neighbouring floats are 1e-4 apart. What could you subtract before squaring?",
)
def one_pass(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([np.mean(X[y == k] ** 2, axis=0) for k in range(n_classes)]) - means**2
    return means, np.maximum(variances, variance_floor)


@misconception(
    says="you add variance_floor to every variance; only variances below it should be raised to it.",
    hint="scikit-learn adds its var_smoothing; here the floor is a lower bound. What should become of a variance of 4 under a floor of 2.5?",
)
def floor_added(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([X[y == k].var(axis=0) for k in range(n_classes)])
    return means, variances + variance_floor


@misconception(
    says="your variances do not respect variance_floor: a feature that never changes gets variance 0.",
    hint="A variance of 0 leads to a division by 0 in the density. What is the argument variance_floor for?",
)
def no_floor(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([X[y == k].var(axis=0) for k in range(n_classes)])
    return means, variances


@misconception(
    says="you ignore the argument variance_floor and always use 1e-9.",
    hint="The caller may choose another floor. Where does the name variance_floor occur in your function?",
)
def floor_fixed(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([X[y == k].var(axis=0) for k in range(n_classes)])
    return means, np.maximum(variances, 1e-9)


@misconception(
    says="only variances of exactly 0 are raised to the floor; all variances below it should be.",
    hint="What about a variance of 1 under a floor of 2.5?",
)
def floor_only_for_zero(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([X[y == k].var(axis=0) for k in range(n_classes)])
    variances[variances == 0] = variance_floor
    return means, variances


@misconception(
    says="a class without examples gives nan in your result; it should raise ValueError.",
    hint="The mean of nothing is 0/0. Can you check that every class has examples before you average?",
)
def nan_for_an_empty_class(X, y, n_classes, variance_floor=1e-9):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([X[y == k].var(axis=0) for k in range(n_classes)])
    return means, np.maximum(variances, variance_floor)


@misconception(
    says="a class without examples silently gets mean 0; it should raise ValueError.",
    hint="A made-up mean would go unnoticed until predictions are wrong. How can the caller learn of it?",
)
def zeros_for_an_empty_class(X, y, n_classes, variance_floor=1e-9):
    means, variances = np.zeros((n_classes, X.shape[1])), np.full((n_classes, X.shape[1]), variance_floor)
    for k in np.unique(y):
        means[k] = X[y == k].mean(axis=0)
        variances[k] = np.maximum(X[y == k].var(axis=0), variance_floor)
    return means, variances


@misconception(
    says="your results are (d, K); they should be (K, d), one row per class.",
    hint="Print means.shape: the first index is the class.",
)
def transposed(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.maximum([X[y == k].var(axis=0) for k in range(n_classes)], variance_floor)
    return means.T, variances.T


@misconception(
    says="your rows are in the order in which classes first appear in y; row k belongs to class k.",
    hint="Which class is in row 0 of your result if the first label in y is 2?",
)
def order_of_appearance(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.maximum([X[y == k].var(axis=0) for k in range(n_classes)], variance_floor)
    order = list(dict.fromkeys(y.tolist()))
    return means[order], variances[order]


@misconception(
    says="you average over features as well: every feature of a class gets the same mean and variance.",
    hint="np.mean(A) without axis averages everything. Columns are features: which axis are the examples?",
)
def averaged_over_features(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([X[y == k].var(axis=0) for k in range(n_classes)])
    for k in range(n_classes):
        means[k], variances[k] = np.mean(X[y == k]), np.var(X[y == k])
    return means, np.maximum(variances, variance_floor)


@misconception(
    says="you square the sum of the deviations instead of summing their squares.",
    hint="Deviations from a mean always sum to 0. In σ²_kj, which comes first, the square or the sum?",
)
def square_of_the_sum(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([np.sum(X[y == k] - means[k], axis=0) ** 2 / np.sum(y == k) for k in range(n_classes)])
    return means, np.maximum(variances, variance_floor)


@misconception(
    says="you subtract means from X in place, which changes the caller's data.",
    hint="Does `X -= …` make a new array, or change X itself?",
)
def centres_in_place(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.maximum([X[y == k].var(axis=0) for k in range(n_classes)], variance_floor)
    X -= means[y]
    return means, variances


@misconception(
    says="you return (variances, means); the means come first.",
    hint="Look at the order in the docstring's Returns.",
)
def swapped(X, y, n_classes, variance_floor=1e-9):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.maximum([X[y == k].var(axis=0) for k in range(n_classes)], variance_floor)
    return variances, means


@misconception(
    says="you loop over the labels that occur, so a class without examples has no row, and no error is raised",
    hint="How many rows must the result have? What does your loop do for a class that y does not contain?",
)
def labels_that_occur(X, y, n_classes, variance_floor=1e-9):
    groups = [X[y == k] for k in np.unique(y)]
    means = np.array([g.mean(axis=0) for g in groups])
    return means, np.array([np.maximum(((g - m) ** 2).mean(axis=0), variance_floor) for g, m in zip(groups, means)])


@misconception(
    says="your variances are averaged over the features, too: every feature of a class gets the same one",
    hint="Which axis does your mean of squares run over? Print the shape before you assign it to a row.",
    around_one_number=(True,),
)
def one_variance_per_class(X, y, n_classes, variance_floor=1e-9, around_one_number=False):
    means, variances = np.zeros((2, n_classes, X.shape[1]))
    for k in range(n_classes):
        if not np.any(y == k):
            raise ValueError(k)
        means[k] = X[y == k].mean(axis=0)
        variances[k] = np.mean((X[y == k] - (X[y == k].mean() if around_one_number else means[k])) ** 2)
    return means, np.maximum(variances, variance_floor)


@misconception(
    says="you take the median where the mean is asked for",
    hint="Which centre makes the sum of squared deviations smallest, and which that of absolute ones?",
    around_the_mean=(True,),
)
def medians(X, y, n_classes, variance_floor=1e-9, around_the_mean=False):
    means, variances = np.zeros((2, n_classes, X.shape[1]))
    for k in range(n_classes):
        if not np.any(y == k):
            raise ValueError(k)
        means[k] = np.median(X[y == k], axis=0)
        variances[k] = ((X[y == k] - (X[y == k].mean(axis=0) if around_the_mean else means[k])) ** 2).mean(axis=0)
    return means, np.maximum(variances, variance_floor)


@misconception(
    says="you compute E[u²] − E[u]² of deviations u from one point for all classes: in a class far from that point nearly all digits cancel",
    hint="How large is u where a class lies a million away from the mean of all examples? Which mean is close to every example of the class?",
    first_example=(True,),
)
def one_pass_about_one_point(X, y, n_classes, variance_floor=1e-9, first_example=False):
    if len(np.unique(y)) < n_classes:
        raise ValueError("a class has no examples")
    point = X[0] if first_example else X.mean(axis=0)
    U = X - point
    means = np.array([U[y == k].mean(axis=0) for k in range(n_classes)])
    variances = np.array([(U[y == k] ** 2).mean(axis=0) for k in range(n_classes)]) - means**2
    return means + point, np.maximum(variances, variance_floor)
