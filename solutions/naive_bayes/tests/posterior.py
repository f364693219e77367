"""Question posterior: P(y=k given x) by Bayes' rule."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import (
    SEEDS,
    choice,
    decimals,
    expect,
    expect_between,
    expect_inputs_unchanged,
    gaussian_classes,
    number,
    prop,
    recipe,
)

OK_FORMAT = False
name = "posterior"


@recipe({"n": 1, "k": 1, "seed": 0}, {"n": 1, "k": 2, "seed": 1}, n=st.integers(1, 4), k=st.integers(1, 3), seed=SEEDS)
def classes_on_a_line(n, k, seed):
    """(X, priors, means, variances) with d = 1 and n != K."""
    rng = np.random.RandomState(seed)
    n = n + 1 if n == k > 1 else n
    weights = rng.randint(1, 10, size=k)
    means, variances = decimals(rng.normal(size=(k, 1)) * 2), decimals(rng.uniform(0.4, 4, size=(k, 1)))
    return decimals(rng.normal(size=(n, 1)) * 2), weights / weights.sum(), means, variances


@recipe(
    {"n": 1, "d": 1, "k": 2, "seed": 0},
    {"n": 1, "d": 3, "k": 2, "seed": 1},
    n=st.integers(1, 3),
    d=st.integers(1, 4),
    k=st.integers(1, 3),
    seed=SEEDS,
)
def indistinguishable_classes(n, d, k, seed):
    """(X, priors, means, variances): all classes have the same means and variances, not the same prior."""
    rng = np.random.RandomState(seed)
    while d == k or n == d > 1:
        d += 1
    weights = rng.permutation([1, 4, 15])[:k]
    means, variances = (
        np.tile(decimals(rng.normal(size=d)), (k, 1)),
        np.tile(decimals(rng.uniform(0.5, 3, size=d)), (k, 1)),
    )
    return decimals(rng.normal(size=(n, d))), weights / weights.sum(), means, variances


# Means of the classes on a line, an x far from all of them, and the class that is nearest: first or last.
OUTLIERS = [
    ([0.0, 1.0], 60.0, 1),
    ([0.0, 1.0], -60.0, 0),
    ([1.0, 0.0], 60.0, 0),
    ([-2.0, 0.0, 3.0], 1000.0, 2),
    ([3.0, 0.0, -2.0], 1000.0, 0),
    ([0.0, 3.0, -2.0], 1000.0, 1),
    ([0.0, 2.0, 4.0], -1e4, 0),
    ([4.0, 2.0, 0.0], -1e4, 2),
]


@prop(
    points=2,
    hint="Divide by P(x), which has one value for each example: which axis is the sum over?",
    data=gaussian_classes(),
)
def rows_are_probabilities(posterior, data):
    """P(y=k|x) lies in [0, 1], and Σ_k P(y=k|x) = 1 for every example."""
    result = posterior(*data)
    # A probability computed as exp(log P(x,y) − log P(x)) can be 1 + 1e-13.
    expect_between(result, 0.0, 1 + 1e-9)
    expect(result.sum(axis=1), np.ones(len(result)), what="sums of the rows")


@prop(
    points=2,
    hint="If x says nothing of y, what you believe after seeing x is what you believed before: the prior, once, however many features there are.",
    data=indistinguishable_classes,
)
def equal_classes_leave_the_prior(posterior, data):
    """Where all classes have the same density, P(y=k|x) = P(y=k)."""
    X, priors, _, _ = data
    expect(posterior(*data), np.tile(priors, (len(X), 1)))


@prop(
    points=2,
    hint="Bayes' rule: the density of x in class k times the prior of k, over the sum of these products.",
    data=classes_on_a_line,
)
def one_feature_by_bayes_rule(posterior, data):
    """For d = 1, P(y=k|x) = P(x|y=k) P(y=k) / Σ_l P(x|y=l) P(y=l)."""
    X, priors, means, variances = data
    m, v = means[:, 0], variances[:, 0]
    # Within a few standard deviations nothing underflows.
    joint = priors * np.exp(-((X - m) ** 2) / (2 * v)) / np.sqrt(2 * np.pi * v)
    expect(posterior(*data), joint / joint.sum(axis=1, keepdims=True))


@prop(
    points=2,
    cases=12,
    hint="A feature that is the same in every class cancels in Bayes' rule, 2,000 of them too. A product of 2,000 densities underflows to 0/0: stay with logs, and take the largest out before exp.",
    data=classes_on_a_line,
    x=number(-1, 1),
    variance=choice([1.0, 0.01, 25.0]),
)
def features_that_tell_nothing_cancel(posterior, data, x, variance):
    """2,000 features that are distributed alike in all classes leave P(y=k|x) as it is."""
    X, priors, means, variances = data
    wide = [np.hstack([a, np.full((len(a), 2000), fill)]) for a, fill in ((X, x), (means, 0.0), (variances, variance))]
    # Log-densities up to 1e5 summed one after the other err by 1e-8 at worst, and so do the probabilities.
    expect(posterior(wide[0], priors, wide[1], wide[2]), posterior(X, priors, means, variances), atol=1e-6)


@prop(
    points=2,
    hint="Far from all classes every density underflows to 0, yet one class is far more probable than the others. Compare logs, and subtract the largest of each row before exp.",
    case=choice(OUTLIERS),
)
def far_from_every_class_the_nearest_wins(posterior, case):
    """60 and more standard deviations from all of several equally wide classes, the nearest has probability 1."""
    centres, x, nearest = case
    k = len(centres)
    means = np.column_stack([centres, np.zeros(k)])
    # Rows of very different size, so that they have no common scale.
    X = np.array([[x, 0.5], [2 * x, 0.5], [10 * x, 0.5]])
    result = posterior(X, np.full(k, 1 / k), means, np.ones((k, 2)))
    # The others have at most e^-59; a log-density of 5e9 has its last digit at 1e-6.
    expect(result, np.eye(k)[[nearest] * 3], atol=1e-4)


@prop(
    points=1,
    hint="A class with prior 0 has posterior 0 whatever x is, and takes nothing from the others. If you see nan: which logs are -inf?",
    data=gaussian_classes(),
    impossible=choice([0, 1, 2]),
)
def an_impossible_class_stays_impossible(posterior, data, impossible):
    """P(Y=k) = 0 gives P(y=k|x) = 0, and the other columns keep their values."""
    X, priors, means, variances = data
    k = impossible % (len(priors) + 1)
    more_means, more_variances = np.insert(means, k, 1.0, axis=0), np.insert(variances, k, 2.0, axis=0)
    result = posterior(X, np.insert(priors, k, 0.0), more_means, more_variances)
    expect(result, np.insert(posterior(*data), k, 0.0, axis=1))


@prop(points=1, hint="Write to new arrays.", data=gaussian_classes())
def leaves_its_arguments_alone(posterior, data):
    """The arguments are as they were before the call."""
    expect_inputs_unchanged(posterior, *data)


# BEGIN SOLUTION
@prop(
    points=2,
    hidden=True,
    hint="Work out two classes and two features by hand, with different variances and priors.",
    data=gaussian_classes(classes=4, rows=6, features=5),
)
def equals_bayes_rule(posterior, data, reference):
    """P(y=k|x) = P(x|y=k) P(y=k) / P(x)."""
    expect(posterior(*data), reference.posterior(*data))


# END SOLUTION
