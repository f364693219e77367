"""Wrong answers to learning_curve, each with the sentence that names it."""

import numpy as np

from autograder.checks import misconception, rng_is_not_used


def _draw(rng, n, m, permuted):
    """m of n indices without replacement, in one of the two usual ways."""
    return rng.permutation(n)[:m] if permuted else rng.choice(n, size=m, replace=False)


@misconception(
    says="You draw with replacement: some examples are in a training set twice, others are missing.",
    hint="rng.choice and rng.integers draw with replacement by default.",
)
def with_replacement(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = rng.choice(len(y), size=m)
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You always train on the first m examples: nothing is drawn.",
    hint="Real data are often sorted. What would the first m examples be if all of class 0 came first?",
)
def first_m_examples(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    return [np.mean([np.mean(fit_predict(X[:m], y[:m], X_test) != y_test) for _ in range(n_repeats)]) for m in sizes]


@misconception(
    says="The argument rng is not used: what you draw comes from another generator.",
    hint="np.random.permutation(...) and rng.permutation(...) are different generators.",
    behaviour=rng_is_not_used,
)
def global_generator(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = np.random.permutation(len(y))[:m]
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You seed a generator of your own: every call draws the same subsets, whatever rng is.",
    hint="The caller decides on the seed, by handing in rng.",
)
def seed_of_its_own(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    rng = np.random.default_rng(0)
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = rng.choice(len(y), size=m, replace=False)
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You draw a single subset for each size: n_repeats makes no difference, since nothing new is drawn.",
    hint="One subset of 5 examples may be lucky. Draw a new one for each repeat, and train on each.",
    one_order_for_all_sizes=(True,),
)
def one_subset_for_all_repeats(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, one_order_for_all_sizes=False):
    errors = []
    order = rng.permutation(len(y)) if one_order_for_all_sizes else None
    for m in sizes:
        rows = rng.choice(len(y), size=m, replace=False) if order is None else order[:m]
        errors.append(np.mean([np.mean(fit_predict(X[rows], y[rows], X_test) != y_test) for _ in range(n_repeats)]))
    return errors


@misconception(
    says="You return accuracies, the proportions of right labels; a learning curve of errors goes down.",
    hint="What is the error of a classifier that is always right?",
    permuted=(True,),
)
def accuracy_instead(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, permuted=False):
    right = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            right[i] += np.mean(fit_predict(X[rows], y[rows], X_test) == y_test) / n_repeats
    return right


@misconception(
    says="Each repeat overwrites the one before: you return the error of the last repeat only.",
    hint="Where are the errors of the earlier repeats kept until the mean is taken?",
    permuted=(True,),
)
def last_repeat_only(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, permuted=False):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            errors[i] = np.mean(fit_predict(X[rows], y[rows], X_test) != y_test)
    return errors


@misconception(
    says="You add the errors of the repeats up; their mean is asked for.",
    hint="An error rate lies in [0, 1], also after ten repeats.",
    permuted=(True,),
)
def sum_over_the_repeats(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, permuted=False):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X_test) != y_test)
    return errors


@misconception(
    says="You return the median of the repeats; the mean is asked for.",
    hint="They differ when one repeat goes badly wrong, and the mean must show it.",
    permuted=(True,),
)
def median_of_the_repeats(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, permuted=False):
    errors = np.zeros((len(sizes), n_repeats))
    for i, m in enumerate(sizes):
        for r in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            errors[i, r] = np.mean(fit_predict(X[rows], y[rows], X_test) != y_test)
    return np.median(errors, axis=1)


@misconception(
    says="You keep the best repeat: an error that was picked for being small is too small.",
    hint="The curve says what to expect of a training set of size m, not what luck can do.",
    permuted=(True,),
)
def best_repeat(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, permuted=False):
    errors = np.ones(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            errors[i] = min(errors[i], np.mean(fit_predict(X[rows], y[rows], X_test) != y_test))
    return errors


@misconception(
    says="You train on all examples, whatever the size.",
    hint="What does fit_predict get: X, or the m rows that were drawn?",
)
def trains_on_everything(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rng.choice(len(y), size=m, replace=False)
            errors[i] += np.mean(fit_predict(X, y, X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You measure the error on the training examples themselves.",
    hint="A classifier that memorises its examples has training error 0. What has it learnt?",
    permuted=(True,),
)
def training_error(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, permuted=False):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X[rows]) != y[rows]) / n_repeats
    return errors


@misconception(
    says="You test on the examples of X that were not drawn; the test set is X_test.",
    hint="All sizes must be measured on the same examples, or the points of the curve do not compare.",
    by_choice=(True,),
)
def tests_on_the_rest(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, by_choice=False):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = rng.choice(len(y), size=m, replace=False) if by_choice else rng.permutation(len(y))
            if by_choice:
                rows = np.append(rows, np.setdiff1d(np.arange(len(y)), rows))
            rest = rows[m:] if m < len(y) else rows
            errors[i] += np.mean(fit_predict(X[rows[:m]], y[rows[:m]], X[rest]) != y[rest]) / n_repeats
    return errors


@misconception(
    says="The rows of X and the labels of y that you train on do not belong together: the examples get the labels of others.",
    hint="How often do you draw indices, and are they the same for X and for y?",
    first_labels=(True,),
    permuted=(True,),
)
def labels_of_other_examples(
    X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, first_labels=False, permuted=False
):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            others = np.arange(m) if first_labels else _draw(rng, len(y), m, permuted)
            errors[i] += np.mean(fit_predict(X[rows], y[others], X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You draw a random block of neighbouring examples: the first and the last example are drawn too rarely.",
    hint="In how many blocks of length 3 does example 0 occur, and in how many does example 3?",
)
def block_of_neighbours(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            start = rng.integers(len(y) - m + 1)
            errors[i] += np.mean(fit_predict(X[start : start + m], y[start : start + m], X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You draw again until the subset holds several classes: examples of a rare class are drawn too often.",
    hint="Every subset of m examples is equally likely here; a subset of one class is allowed.",
    tries=(100,),
)
def redraws_until_both_classes(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, tries=20):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            for _ in range(tries):
                rows = rng.choice(len(y), size=m, replace=False)
                if len(np.unique(y[rows])) > 1:
                    break
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You sort the sizes first: the errors come back in another order than the sizes.",
    hint="Entry i of the result belongs to sizes[i].",
    permuted=(True,),
)
def sorts_the_sizes(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, permuted=False):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(np.sort(sizes)):
        for _ in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="Your training sets are one example short.",
    hint="How many examples do range(1, m) and rows[1:m] hold?",
)
def one_example_short(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = rng.permutation(len(y))[1:m]
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You return every repeat, shape (s, n_repeats); the mean over the repeats is asked for.",
    hint="One number for each size: along which axis do the repeats lie?",
    permuted=(True,),
)
def every_repeat(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, permuted=False):
    errors = np.zeros((len(sizes), n_repeats))
    for i, m in enumerate(sizes):
        for r in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            errors[i, r] = np.mean(fit_predict(X[rows], y[rows], X_test) != y_test)
    return errors


@misconception(
    says="You shuffle X (or y) in place: the caller's data are in another order afterwards.",
    hint="Does rng.shuffle make a new array? What could you draw instead of the examples?",
)
def shuffles_in_place(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = rng.permutation(len(y))
            X[:], y[:] = X[rows], y[rows]
            errors[i] += np.mean(fit_predict(X[:m].copy(), y[:m].copy(), X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You give the test labels to fit_predict as training labels, or the test set as training set.",
    hint="The classifier must not see the test set before it is tested: fit_predict(X_train, y_train, X_test).",
)
def trains_on_the_test_set(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = rng.permutation(len(y_test))[:m]
            errors[i] += np.mean(fit_predict(X_test[rows], y_test[rows], X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You take one repeat too few: with n_repeats = 1 there is none.",
    hint="How often does a loop over range(1, n_repeats) run?",
)
def one_repeat_too_few(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = []
    for m in sizes:
        repeats = []
        for _ in range(1, n_repeats):
            rows = rng.choice(len(y), size=m, replace=False)
            repeats.append(np.mean(fit_predict(X[rows], y[rows], X_test) != y_test))
        errors.append(np.sum(repeats) / np.float64(len(repeats)))
    return np.array(errors)


@misconception(
    says="You average the differences of the labels, or their squares; labels are names, and a wrong one is wrong once.",
    hint="Is class 3 instead of class 0 worse than class 1 instead of class 0? Count the labels that differ.",
    power=(2,),
    permuted=(True,),
)
def difference_of_the_labels(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, power=1, permuted=False):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            errors[i] += np.mean(np.abs(fit_predict(X[rows], y[rows], X_test) - y_test) ** power) / n_repeats
    return errors


@misconception(
    says="You compare truth values: every label other than 0 counts as the same.",
    hint="What is bool(1), and what is bool(2)? Labels may be 0, …, K−1.",
    permuted=(True,),
)
def truth_values_of_the_labels(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, permuted=False):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            rows = _draw(rng, len(y), m, permuted)
            errors[i] += np.mean(np.logical_xor(fit_predict(X[rows], y[rows], X_test), y_test)) / n_repeats
    return errors


@misconception(
    says="You never draw the last example: the range that you draw from ends one too early.",
    hint="Which numbers does rng.choice(n - 1) draw from? Which index does the last row of X have?",
    permuted=(True,),
)
def never_the_last_example(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict, permuted=False):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            if permuted:
                rows = rng.permutation(len(y) - 1)[:m] if m < len(y) else np.arange(len(y))
            else:
                rows = rng.choice(len(y) - 1, size=m, replace=False)
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X_test) != y_test) / n_repeats
    return errors


@misconception(
    says="You take the same proportion of every class into each subset; subsets are drawn whatever the labels are.",
    hint="If one of 8 examples is of class 1, how many subsets of 3 examples hold it? How many of yours do?",
)
def same_proportion_of_every_class(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    errors = np.zeros(len(sizes))
    for i, m in enumerate(sizes):
        for _ in range(n_repeats):
            order = rng.permutation(len(y))
            by_class = order[np.argsort(y[order], kind="stable")]
            rows = by_class[np.linspace(0, len(y) - 1, m).round().astype(int)]
            errors[i] += np.mean(fit_predict(X[rows], y[rows], X_test) != y_test) / n_repeats
    return errors
