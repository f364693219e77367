"""Question learning_curve: the mean test error for each number of training examples."""

from collections import Counter

import numpy as np
from hypothesis import strategies as st

from autograder.checks import (
    SEEDS,
    decimals,
    expect,
    expect_at_most,
    expect_between,
    expect_different,
    expect_inputs_unchanged,
    prop,
    recipe,
    seeds,
)

OK_FORMAT = False
name = "learning_curve"


@recipe(
    {"n": 2, "t": 1, "d": 1, "s": 1, "repeats": 1, "seed": 0},
    {"n": 3, "t": 2, "d": 1, "s": 2, "repeats": 2, "seed": 1},
    {"n": 4, "t": 3, "d": 2, "s": 3, "repeats": 3, "seed": 2},
    n=st.integers(2, 9),
    t=st.integers(1, 7),
    d=st.integers(1, 3),
    s=st.integers(1, 3),
    repeats=st.integers(1, 4),
    seed=SEEDS,
)
def studies(n, t, d, s, repeats, seed):
    """(X, y, X_test, y_test, sizes, n_repeats), labels 0..3; feature 0 of example i is i, sizes differ, in no order."""
    rng = np.random.RandomState(seed)
    t = t + 1 if t == n else t
    X, X_test = decimals(rng.normal(size=(n, d)), 1), decimals(rng.normal(size=(t, d)), 1)
    X[:, 0] = np.arange(n)
    y, y_test = rng.randint(0, 4, size=n), rng.randint(0, 4, size=t)
    sizes = rng.permutation(n)[: min(s, n)] + 1
    return X, y.astype(np.int64), X_test, y_test.astype(np.int64), sizes.astype(np.int64), repeats


def watched(classify, as_python, usual=lambda X_train, X_test: True, otherwise=""):
    """(fit_predict, seen): a classifier, and the list of (X_train, y_train, X_test, labels) of its calls.

    It takes any arguments at all: what it was given is judged afterwards. ``as_python`` is what students see of it:
    a classifier with the same labels, as an expression. Where arguments that are not ``usual`` occurred, it needs
    more words to have the same labels: ``otherwise``.
    """
    seen = []

    def fit_predict(*args, **named):
        given = dict(zip(("X_train", "y_train", "X_test"), args, strict=False)) | named
        X_train, y_train, X_test = (as_numbers(given.get(key)) for key in ("X_train", "y_train", "X_test"))
        labels = np.asarray(classify(X_train, y_train.ravel(), X_test), dtype=np.float64).astype(np.int64)
        seen.append((X_train, y_train, X_test, labels))
        if not usual(X_train, X_test):
            fit_predict.as_python = otherwise
        return labels

    fit_predict.as_python = as_python
    return fit_predict, seen


def as_numbers(value):
    """``value`` as an array of at least one dimension; an empty one if it is none."""
    try:
        return np.atleast_1d(np.asarray(value, dtype=np.float64))
    except (TypeError, ValueError):
        return np.empty(0)


def rows_in(X_train, n):
    """Which of the n examples these are, by their feature 0; something in 0..n-1 for what is none of them."""
    flat = X_train.reshape(len(X_train), X_train.size // max(len(X_train), 1))
    # What is no number becomes 0, too: fmax and fmin ignore nan.
    return np.fmin(np.fmax(np.rint(flat[:, :1].ravel()), 0), n - 1).astype(np.int64)


def always_1(X_train, y_train, X_test):
    """Label 1 for everything."""
    return np.ones(len(X_test))


ALWAYS_1 = "lambda X, y, X_test: np.ones(len(X_test))"


def by_checksum(X_train, y_train, X_test):
    """Labels that depend on all of the training set, in no simple way, but not on its order."""
    key = (rows_in(X_train, 1000) ** 2 + 1).sum()
    return (key * (np.arange(len(X_test)) + 3)) // 7 % 4


CHECKSUM = (
    "lambda X, y, X_test: (X[:, 0] ** 2 + 1).sum() * (np.arange(len(X_test)) + 3) // 7 % 4",
    lambda X_train, X_test: X_train.ndim == 2 and (X_train[:, 0] == rows_in(X_train, 1000)).all(),
    "lambda X, y, X_test: (np.rint(X[:, 0]).clip(0, 999) ** 2 + 1).sum() * (np.arange(len(X_test)) + 3) // 7 % 4",
)
"""Of by_checksum: what students see of it, where that is true, and what they see where it is not."""


@prop(
    points=3,
    hint="Which labels do you compare with which? Labels are names: does a wrong one count once, whatever it is? A classifier that does not learn has the same error at every size.",
    study=studies,
    seed=seeds(),
)
def a_classifier_that_always_says_1(learning_curve, study, seed):
    """For a classifier that always predicts 1, every error is the proportion of other labels in the test set."""
    *data, y_test, sizes, n_repeats = study
    fit_predict, _ = watched(always_1, ALWAYS_1)
    errors = learning_curve(*data, y_test, sizes, n_repeats, np.random.default_rng(seed), fit_predict)
    expect(errors, np.full(len(sizes), (y_test != 1).mean()))


@prop(
    points=3,
    hint="Does entry i come from training sets of exactly sizes[i] examples?",
    study=studies,
    seed=seeds(),
)
def each_size_has_its_own_error(learning_curve, study, seed):
    """Entry i is the error at sizes[i]."""
    *data, y_test, sizes, n_repeats = study
    n_test = len(y_test)

    def learns_one_label_an_example(X_train, y_train, X_test):
        wrong = np.arange(len(X_test)) >= len(X_train)
        return np.where(wrong, y_test ^ 1, y_test) if len(wrong) == n_test else wrong

    shown = f"lambda X, y, X_test: np.array({y_test.tolist()}) ^ (np.arange({n_test}) >= len(X))"
    elsewhere = f"{shown} if len(X_test) == {n_test} else np.arange(len(X_test)) >= len(X)"
    fit_predict, _ = watched(
        learns_one_label_an_example, shown, lambda X_train, X_test: len(X_test) == n_test, elsewhere
    )
    errors = learning_curve(*data, y_test, sizes, n_repeats, np.random.default_rng(seed), fit_predict)
    expect(errors, 1 - np.minimum(sizes, n_test) / n_test)


@prop(
    points=4,
    hint="Print what you pass to fit_predict. Are these m different examples, each with its own label, and all test examples?",
    study=studies,
    seed=seeds(),
)
def trains_on_examples_with_their_labels(learning_curve, study, seed):
    """fit_predict gets m different examples with their labels, n_repeats times per size m, and X_test."""
    X, y, X_test, y_test, sizes, n_repeats = study
    fit_predict, seen = watched(always_1, ALWAYS_1)
    learning_curve(*study, np.random.default_rng(seed), fit_predict)
    given = [len(X_train) for X_train, *_ in seen]
    expect(sorted(given), sorted(np.repeat(sizes, n_repeats)), what="sizes of all training sets, sorted")
    for X_train, y_train, X_tested, _ in seen:
        rows = rows_in(X_train, len(X))
        expect(X_train, X[rows], what="X_train as passed to fit_predict")
        expect(len(set(rows.tolist())), len(rows), what="number of different examples in a training set")
        expect(y_train, y[rows], what="y_train as passed to fit_predict")
        expect(X_tested, X_test, what="X_test as passed to fit_predict")


@prop(
    points=3,
    hint="One training size has n_repeats errors. Which single number summarises them here?",
    study=studies,
    seed=seeds(),
)
def is_the_mean_over_the_repeats(learning_curve, study, seed):
    """Each value is the mean test error over the n_repeats training sets of that size."""
    *_, y_test, sizes, _ = study
    fit_predict, seen = watched(by_checksum, *CHECKSUM)
    errors = learning_curve(*study, np.random.default_rng(seed), fit_predict)
    expected = []
    for size in sizes:
        at_size = [
            (labels != y_test).mean() for X, _, _, labels in seen if len(X) == size and len(labels) == len(y_test)
        ]
        expected.append(np.mean(at_size) if at_size else np.inf)
    expect(errors, expected)


def subsets(learning_curve, study, rng):
    """How often each training set of a run holds each of 12 examples, (calls, 12) in a fixed order, and the errors."""
    fit_predict, seen = watched(by_checksum, *CHECKSUM)
    errors = learning_curve(*study, rng, fit_predict)
    return sorted(np.bincount(rows_in(X_train, 12), minlength=12).tolist() for X_train, *_ in seen), errors


@recipe({"seed": 0}, {"seed": 1}, {"seed": 2}, seed=SEEDS)
def wide_studies(seed):
    """A study of 12 examples of which 5 are drawn 4 times; there are 792 such subsets."""
    return studies.build(n=12, t=5, d=1, s=0, repeats=4, seed=seed)[:4] + (np.array([5]), 4)


# Two right runs that draw the same four subsets from different states: (1/792)^4 = 3e-12 a case, in no order 24
# times as much, 10 cases. All four the same in one run: 792^-3 = 2e-9 a case. Together below 1e-7.
@prop(
    points=2,
    hint="Do you draw with the rng that is passed in, or with np.random, a generator or a seed of your own?",
    cases=10,
    study=wide_studies,
    seed=seeds(),
)
def draws_with_rng(learning_curve, study, seed):
    """The same state of rng gives the same result; another state, or another repeat, gives other subsets."""
    once, errors = subsets(learning_curve, study, np.random.default_rng(seed))
    again, same_errors = subsets(learning_curve, study, np.random.default_rng(seed))
    expect(same_errors, errors, atol=0, rtol=0)
    expect(again, once, atol=0, rtol=0, what="how often each example is in each training set")
    other, _ = subsets(learning_curve, study, np.random.default_rng(seed + 1))
    expect_different(other, once)
    expect_between(max(Counter(map(str, once)).values(), default=0), 0, 3, what="number of equal training sets among 4")


@prop(
    points=1,
    hint="Do you shuffle X and y themselves? What could you draw instead of the examples?",
    cases=10,
    study=studies,
    seed=seeds(),
)
def leaves_its_arguments_alone(learning_curve, study, seed):
    """Does not modify its arguments."""
    fit_predict, _ = watched(always_1, ALWAYS_1)
    expect_inputs_unchanged(learning_curve, *study, np.random.default_rng(seed), fit_predict)


# BEGIN SOLUTION
@prop(
    points=1,
    hidden=True,
    hint="When all n examples are drawn, does each occur exactly once?",
    study=studies,
    seed=seeds(),
)
def all_examples_leave_none_out(learning_curve, study, seed):
    """Trained on all of X and tested on X, a classifier that memorises its examples makes no mistake."""
    X, y, _, _, _, n_repeats = study

    def remembers(X_train, y_train, X_test):
        known = dict(zip(rows_in(X_train, len(X)).tolist(), y_train.tolist(), strict=False))
        # It has never seen the others: they get the label that is wrong.
        return [known.get(i, 3 - y[i]) for i in rows_in(X_test, len(X)).tolist()]

    fit_predict, _ = watched(remembers, "remembers")
    rng = np.random.default_rng(seed)
    sizes = np.array([len(X), 1])
    errors = learning_curve(X, y, X, y, sizes, n_repeats, rng, fit_predict)
    expect(errors, [0, 1 - 1 / len(X)])


@recipe({"rare": 0, "seed": 0}, {"rare": 3, "seed": 1}, {"rare": 7, "seed": 2}, rare=st.integers(0, 7), seed=SEEDS)
def studies_with_a_rare_class(rare, seed):
    """A study of 8 examples, one of them of class 1, of which 3 are drawn 300 times."""
    X = np.column_stack([np.arange(8.0), decimals(np.random.RandomState(seed).normal(size=8))])
    y = (np.arange(8) == rare).astype(np.int64)
    return X, y, X[:2], y[:2], np.array([3]), 300


# 300 subsets of 3 out of 8. An example is in 3/8 of them: 112.5 expected; being off by 55 has a chance below 2e-9
# (Chernoff). A pair is in 3/28: 32 expected; 40 more has a chance below 1e-9. Over 8 examples, 28 pairs and 3
# cases that is 1e-7. A subset redrawn until it holds both classes has the rare example 300 times; blocks of
# neighbours hold the first or the last example in 1/6 of them, a circle's neighbours in 1/4.
@prop(
    points=3,
    hidden=True,
    hint="Is each subset of m examples as likely as any other, whatever the labels and positions of its members?",
    cases=3,
    study=studies_with_a_rare_class,
    seed=seeds(),
)
def every_subset_is_equally_likely(learning_curve, study, seed):
    """Every example, and every pair of examples, is drawn equally often."""
    fit_predict, seen = watched(by_checksum, *CHECKSUM)
    learning_curve(*study, np.random.default_rng(seed), fit_predict)
    member = np.zeros((len(seen), 8))
    for i, (X_train, *_) in enumerate(seen):
        member[i, rows_in(X_train, 8)] = 1
    together = member.T @ member
    expect(np.diag(together), np.full(8, 300 * 3 / 8), atol=55, rtol=0)
    expect_at_most(together[np.triu_indices(8, 1)], 300 * 3 / 28, slack=40)


# END SOLUTION
