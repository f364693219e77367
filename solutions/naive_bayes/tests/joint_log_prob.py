"""Question joint_log_prob: log P(x, y = k) = log P(x | y = k) + log P(y = k)."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, gaussian_classes, prop, recipe

from autograder.checks.models import with_an_impossible_class

OK_FORMAT = False
name = "joint_log_prob"


@recipe({"k": 1, "seed": 0}, {"k": 2, "seed": 1}, k=st.integers(1, 3), seed=SEEDS)
def classes_on_a_line(k, seed):
    """(priors, means, variances) with d = 1."""
    rng = np.random.RandomState(seed)
    weights = rng.randint(1, 10, size=k)
    return weights / weights.sum(), decimals(rng.normal(size=(k, 1)) * 2), decimals(rng.uniform(0.3, 4, size=(k, 1)))


@prop(
    points=2,
    hint="Over all x, P(x, y = k) integrates to the prior of class k. Is the prior multiplied in, and the density complete, for narrow classes, too?",
    classes=classes_on_a_line,
    unit=choice([1.0, 1e-6, 1e4]),
)
def integrates_to_the_prior(joint_log_prob, classes, unit):
    """For d = 1, ∫ P(x, y = k) dx = P(Y = k), in whatever unit x is measured."""
    priors, means, variances = classes
    # Steps of 0.4, at most 0.73 standard deviations, as far as 10 of them beyond every mean: for a Gaussian the sum
    # is the integral to 1e-15.
    x = np.arange(-70, 71)[:, None] * 0.4
    expect(
        np.exp(joint_log_prob(x * unit, priors, means * unit, variances * unit**2)).sum(axis=0) * 0.4 * unit,
        priors,
        what="the integral of each column",
    )


# Sums of 5 terms below 1e3: 1e-12 in any order.
@prop(
    points=2,
    hint="Multiplying by the prior adds log P(y = k). Do you add it once per example, or once per feature?",
    data=gaussian_classes(),
)
def priors_enter_once_as_a_log(joint_log_prob, data):
    """Replacing the priors π by uniform ones adds log(1/K) − log π_k to column k."""
    X, priors, means, variances = data
    k = len(priors)
    change = joint_log_prob(X, np.full(k, 1 / k), means, variances) - joint_log_prob(X, priors, means, variances)
    expect(change, np.tile(np.log(1 / k) - np.log(priors), (len(X), 1)), what="change of the result")


@prop(
    points=1,
    hint="log 0 is −inf, and that is the right answer here. Do you clip the prior, add a small number to it, or get nan?",
    data=gaussian_classes(),
    impossible=choice([0, 1, 2]),
)
def a_prior_of_0_gives_minus_infinity(joint_log_prob, data, impossible):
    """Where P(Y = k) = 0, log P(x, y = k) = −inf; the other columns keep their values."""
    X, priors, means, variances = data
    k = impossible % (len(priors) + 1)
    more_means, more_variances = np.insert(means, k, 1.0, axis=0), np.insert(variances, k, 2.0, axis=0)
    result = joint_log_prob(X, np.insert(priors, k, 0.0), more_means, more_variances)
    expect(result, np.insert(joint_log_prob(X, priors, means, variances), k, -np.inf, axis=1))


@prop(
    points=1,
    hint="Column k belongs to class k. Are its prior, its means and its variances all those of class k?",
    data=gaussian_classes(),
)
def classes_in_another_order(joint_log_prob, data):
    """Reversing the classes reverses the columns; reversing the examples reverses the rows."""
    X, priors, means, variances = data
    back = joint_log_prob(X[::-1].copy(), priors[::-1].copy(), means[::-1].copy(), variances[::-1].copy())
    expect(back[::-1, ::-1], joint_log_prob(X, priors, means, variances))


@prop(
    points=1,
    cases=6,
    hint="Do you see −inf? A product of 2,000 densities underflows to 0. Do you stay in logarithms from beginning to end?",
    data=gaussian_classes(classes=2, rows=2, features=2),
)
def two_thousand_features(joint_log_prob, data):
    """A feature repeated 2,000 times counts 2,000 times and the prior once, without underflow."""
    X, priors, means, variances = data
    X, means, variances = X[:, :1], means[:, :1], variances[:, :1]
    once = joint_log_prob(X, priors, means, variances)
    often = joint_log_prob(np.tile(X, (1, 2000)), priors, np.tile(means, (1, 2000)), np.tile(variances, (1, 2000)))
    # Sums up to 1e5 of 2,000 terms, added one after the other, err by 1e-8 at worst.
    expect(often, 2000 * once - 1999 * np.log(priors), atol=1e-6)


@prop(
    points=1,
    hint="Do you see −inf? At 60 standard deviations a density is 0 in floating point, but its logarithm is −1,800 or so.",
    classes=classes_on_a_line,
    deviations=choice([60.0, -60.0, 1000.0, -1000.0]),
)
def far_from_every_class(joint_log_prob, classes, deviations):
    """For d = 1, t standard deviations from the mean of class k, it is log P(Y = k) − ½ log(2πσ²) − t²/2."""
    priors, means, variances = classes
    x = means + deviations * np.sqrt(variances)
    at_own_class = np.diag(joint_log_prob(x, priors, means, variances)).copy()
    expected = np.log(priors) - 0.5 * np.log(2 * np.pi * variances[:, 0]) - deviations**2 / 2
    expect(at_own_class, expected, what="entry [k, k]")


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "joint_log_prob",
    points=1,
    arguments=lambda data: with_an_impossible_class(*data),
    data=gaussian_classes(),
)


# BEGIN SOLUTION
@prop(
    points=1,
    hidden=True,
    hint="Work out one example and two classes by hand, in logarithms from beginning to end. Which summand differs?",
    data=gaussian_classes(classes=4, rows=6, features=5),
)
def equals_the_definition(joint_log_prob, data, reference):
    """log P(x, y = k) = log P(x | y = k) + log P(y = k)."""
    expect(joint_log_prob(*data), reference.joint_log_prob(*data))


# END SOLUTION
