"""Question logistic_from_naive_bayes: with a shared variance, naive Bayes' log-odds are a straight line."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, expect_between, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "logistic_from_naive_bayes"


@recipe(
    {"d": 1, "seed": 0},
    {"d": 1, "seed": 1},
    {"d": 3, "seed": 2},
    d=st.integers(1, 5),
    seed=SEEDS,
)
def models(d, seed):
    """(priors, means, variance): priors (2,) sum to 1, means (2, d), variance (d,); d != 2."""
    rng = np.random.RandomState(seed)
    d = 3 if d == 2 else d
    share = rng.randint(1, 10) / 10
    means = decimals(rng.normal(size=(2, d)) * 2, 1)
    return np.array([share, 1 - share]), means, decimals(rng.uniform(0.2, 4.0, size=d), 1)


# Log-odds here are sums of a few terms of size 1 to 1000: right to 1e-12.


@prop(
    points=4,
    hint="Write down log P(x, y = 1) − log P(x, y = 0) and expand the squares. Which terms contain x, and which do not?",
    model=models,
    seed=choice([0, 1, 2]),
)
def log_odds_are_a_straight_line(logistic_from_naive_bayes, model, seed):
    """θᵀx + intercept = log P(x, y = 1) − log P(x, y = 0), for every x."""
    priors, means, variance = model
    x = decimals(np.random.RandomState(seed).normal(size=len(variance)) * 3, 1)
    # Both densities have the same factor 1 / sqrt(2 pi variance), which cancels.
    log_joint = [np.log(priors[k]) - ((x - means[k]) ** 2 / (2 * variance)).sum() for k in (0, 1)]
    theta, intercept = logistic_from_naive_bayes(priors, means, variance)
    expect(theta @ x + intercept, log_joint[1] - log_joint[0], what=f"theta @ x + intercept for x = {x.tolist()}")


@prop(
    points=2,
    hint="At equal distance from both means, x carries no information about y. What is left?",
    model=models,
)
def halfway_between_the_means(logistic_from_naive_bayes, model):
    """Halfway between the means, the log-odds are those of the priors."""
    priors, means, variance = model
    theta, intercept = logistic_from_naive_bayes(priors, means, variance)
    expect(
        theta @ means.mean(axis=0) + intercept,
        np.log(priors[1] / priors[0]),
        what="theta @ x + intercept halfway between the means",
    )


@prop(
    points=2,
    hint="What happens to the odds of one class against the other when the classes are swapped?",
    model=models,
)
def classes_change_places(logistic_from_naive_bayes, model):
    """Swapping class 0 and class 1 negates θ and the intercept."""
    priors, means, variance = model
    theta, intercept = logistic_from_naive_bayes(priors, means, variance)
    other_theta, other_intercept = logistic_from_naive_bayes(priors[::-1], means[::-1], variance)
    expect(other_theta, -theta, what="theta")
    expect(other_intercept, -intercept, what="intercept")


@prop(
    points=1,
    hint="Which term of the log joint contains the prior, and does that term contain x? Do you use the priors as they are, however small?",
    model=models,
    # 1 - 1e-7 and 1 minus it are right to 6e-10 of 1e-7: log-odds err by less than the tolerance.
    share=choice([0.5, 1e-7, 0.9]),
)
def the_prior_moves_the_line_only(logistic_from_naive_bayes, model, share):
    """Another prior changes the intercept by the change of its log-odds, and not θ."""
    priors, means, variance = model
    theta, intercept = logistic_from_naive_bayes(priors, means, variance)
    other_theta, other_intercept = logistic_from_naive_bayes(np.array([1 - share, share]), means, variance)
    expect(other_theta, theta, what="theta")
    change = np.log(share / (1 - share)) - np.log(priors[1] / priors[0])
    expect(other_intercept, intercept + change, what="intercept")


@prop(
    points=1,
    hint="A weight times a feature has no unit. Which unit does a weight have? Do you use variances as they are, however small?",
    model=models,
    factor=choice([10.0, 1e-4, -3.0]),
)
def another_unit(logistic_from_naive_bayes, model, factor):
    """Features in another unit (means times a, variances times a²) give θ/a and the same intercept."""
    priors, means, variance = model
    theta, intercept = logistic_from_naive_bayes(priors, means, variance)
    if (means[0] != means[1]).any():
        expect_between(np.abs(theta).max(), 1e-3, 1e4, what="largest weight")  # 0 has no unit
    other_theta, other_intercept = logistic_from_naive_bayes(priors, means * factor, variance * factor**2)
    # The line may be read off log-odds at points of size 1, whose terms are up to 30/a² for a small a, and are right to
    # 1e-14/a² together. A variance that was raised changes the result itself.
    atol = max(1e-9, 5e-12 / factor**2)
    expect(other_theta * factor, theta, atol=atol, what="theta times a")
    expect(other_intercept, intercept, atol=atol, what="intercept")


@prop(
    points=1,
    hint="If a feature has the same distribution in both classes, what should its weight be?",
    model=models,
)
def a_feature_that_tells_nothing(logistic_from_naive_bayes, model):
    """One more feature with equal means has weight 0 and changes nothing else."""
    priors, means, variance = model
    theta, intercept = logistic_from_naive_bayes(priors, means, variance)
    more_means = np.hstack([means, [[1.5], [1.5]]])
    more_theta, more_intercept = logistic_from_naive_bayes(priors, more_means, np.append(variance, 0.5))
    expect(more_theta, np.append(theta, 0.0), what="theta")
    expect(more_intercept, intercept, what="intercept")


def extreme(model):
    """The model with a tiny prior, in a unit in which its variances are tiny: what one might repair in place."""
    _, means, variance = model
    return np.array([1 - 1e-7, 1e-7]), means * 1e-6, variance * 1e-12


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone", "logistic_from_naive_bayes", points=1, arguments=extreme, model=models
)


# BEGIN SOLUTION
@prop(
    points=3,
    hidden=True,
    hint="Work out θ and the intercept by hand for one feature, with means 0 and 2 and variance 4. Which of them differs?",
    model=models,
)
def equals_the_derivation(logistic_from_naive_bayes, model, reference):
    """θ and the intercept are those of the derivation."""
    theta, intercept = logistic_from_naive_bayes(*model)
    true_theta, true_intercept = reference.logistic_from_naive_bayes(*model)
    expect(theta, true_theta, what="theta")
    expect(intercept, true_intercept, what="intercept")


@recipe({"seed": 0}, {"seed": 1}, seed=SEEDS)
def wide_models(seed):
    """A model with 500 features, whose densities underflow when they are multiplied."""
    rng = np.random.RandomState(seed)
    return np.array([0.3, 0.7]), decimals(rng.normal(size=(2, 500))), decimals(rng.uniform(0.2, 4.0, size=500))


@prop(
    points=1,
    hidden=True,
    cases=4,
    hint="Do you see −inf or nan? Products of hundreds of densities underflow. Does the derivation need any?",
    model=wide_models,
)
def many_features(logistic_from_naive_bayes, model, reference):
    """θ and the intercept are right for 500 features."""
    theta, intercept = logistic_from_naive_bayes(*model)
    true_theta, true_intercept = reference.logistic_from_naive_bayes(*model)
    expect(theta, true_theta, what="theta")
    expect(intercept, true_intercept, atol=1e-8, what="intercept")


# END SOLUTION
