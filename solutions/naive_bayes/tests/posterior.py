"""Question posterior: P(y = k | x) by Bayes' rule."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import (
    SEEDS,
    choice,
    decimals,
    expect,
    expect_between,
    inputs_unchanged,
    gaussian_classes,
    number,
    prop,
    recipe,
)

from autograder.checks.models import indistinguishable_classes, with_an_impossible_class

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
    hint="You divide by P(x), which has one value per example. Over which axis do you sum?",
    data=gaussian_classes(),
)
def rows_are_probabilities(posterior, data):
    """P(y = k | x) lies in [0, 1], and Σ_k P(y = k | x) = 1 for every example."""
    result = posterior(*data)
    # A probability computed as exp(log P(x,y) − log P(x)) can be 1 + 1e-13.
    expect_between(result, 0.0, 1 + 1e-9)
    expect(result.sum(axis=1), np.ones(len(result)), what="sums of the rows")


@prop(
    points=2,
    hint="If x carries no information about y, the posterior is the prior. How often do you count the prior when there are many features?",
    data=indistinguishable_classes([1, 4, 15]),
)
def equal_classes_leave_the_prior(posterior, data):
    """Where all classes have the same density, P(y = k | x) = P(y = k)."""
    X, priors, _, _ = data
    expect(posterior(*data), np.tile(priors, (len(X), 1)))


@prop(
    points=2,
    hint="Write down Bayes' rule: which product is in the numerator, and what is summed in the denominator?",
    data=classes_on_a_line,
    unit=choice([1.0, 1e-6, 1e4]),
)
def one_feature_by_bayes_rule(posterior, data, unit):
    """For d = 1, P(y = k | x) = P(x | y = k) P(y = k) / Σ_l P(x | y = l) P(y = l), in whatever unit x is measured."""
    X, priors, means, variances = data
    m, v = means[:, 0], variances[:, 0]
    # Within a few standard deviations nothing underflows. The unit cancels.
    joint = priors * np.exp(-((X - m) ** 2) / (2 * v)) / np.sqrt(2 * np.pi * v)
    expect(posterior(X * unit, priors, means * unit, variances * unit**2), joint / joint.sum(axis=1, keepdims=True))


@prop(
    points=2,
    cases=12,
    hint="A feature that is the same in every class cancels in Bayes' rule. A product of 2,000 densities is 0: where would you get 0/0, and do logarithms avoid it?",
    data=classes_on_a_line,
    x=number(-1, 1),
    variance=choice([1.0, 0.01, 25.0]),
)
def features_that_tell_nothing_cancel(posterior, data, x, variance):
    """2,000 features with the same distribution in all classes leave P(y = k | x) unchanged."""
    X, priors, means, variances = data
    wide = [np.hstack([a, np.full((len(a), 2000), fill)]) for a, fill in ((X, x), (means, 0.0), (variances, variance))]
    # Log-densities up to 1e5 summed one after the other err by 1e-8 at worst, and so do the probabilities.
    expect(posterior(wide[0], priors, wide[1], wide[2]), posterior(X, priors, means, variances), atol=1e-6)


@prop(
    points=2,
    hint="Far from all classes every density underflows to 0. Do you compare logarithms, and what do you subtract before exp?",
    case=choice(OUTLIERS),
)
def far_from_every_class_the_nearest_wins(posterior, case):
    """In one dimension, with equal variances, the nearest class has probability 1 at 60 and more standard deviations."""
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
    hint="A class with prior 0 has posterior 0 and does not affect the others. If you see nan: which logarithms are −inf?",
    data=gaussian_classes(),
    impossible=choice([0, 1, 2]),
)
def an_impossible_class_stays_impossible(posterior, data, impossible):
    """P(Y = k) = 0 gives P(y = k | x) = 0; the other columns keep their values."""
    X, priors, means, variances = data
    k = impossible % (len(priors) + 1)
    # The impossible class lies at the first example, eight units from the others: it would explain that example best,
    # if only its prior were not 0.
    away = X + 8.0
    more_means, more_variances = np.insert(means, k, away[0], axis=0), np.insert(variances, k, 2.0, axis=0)
    result = posterior(away, np.insert(priors, k, 0.0), more_means, more_variances)
    expect(result, np.insert(posterior(away, priors, means, variances), k, 0.0, axis=1))
    # exp(-inf) is 0 exactly. Rejected: 1e-9 added to every share.
    expect(result[:, k], np.zeros(len(X)), atol=1e-12, what="posterior of the impossible class")


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "posterior",
    points=1,
    arguments=lambda data: with_an_impossible_class(*data),
    data=gaussian_classes(),
)


# BEGIN SOLUTION
@prop(
    points=2,
    hidden=True,
    hint="Work out two classes and two features by hand, with different variances and priors. Which factor differs?",
    data=gaussian_classes(classes=4, rows=6, features=5),
)
def equals_bayes_rule(posterior, data, reference):
    """P(y = k | x) = P(x | y = k) P(y = k) / P(x)."""
    expect(posterior(*data), reference.posterior(*data))


# END SOLUTION
