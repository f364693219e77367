"""Question sample: independent draws from the joint, first y, then x given y."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import (
    SEEDS,
    choice,
    decimals,
    expect,
    expect_between,
    expect_different,
    inputs_unchanged,
    prop,
    recipe,
    seeds,
)

OK_FORMAT = False
name = "sample"

# How often a right answer could fail here, by bad luck in the draws of its own method: below 1e-6 in all, over
# all cases of all properties, published and unpublished (twice as many as a property says); each property that can says
# its share, and with what chance the nearest wrong sampler passes: at most 1e-3. Cases and seeds are fixed, so that one
# submission always gets the same verdict.
#
# An answer that draws each example with `rng.multivariate_normal` takes 0.1 ms for each: few cases, then, of many draws.
MANY = 4000
MORE = 5000


@recipe(
    {"n": 1, "d": 2, "k": 1, "seed": 0},
    {"n": 1, "d": 1, "k": 2, "seed": 1},
    n=st.integers(1, 6),
    d=st.integers(1, 4),
    k=st.integers(1, 3),
    seed=SEEDS,
)
def small_models(n, d, k, seed):
    """(n, priors, means, variances), n != d != K."""
    rng = np.random.RandomState(seed)
    while d in (k, n):
        d += 1
    weights = rng.randint(1, 10, size=k)
    return n, weights / weights.sum(), decimals(rng.normal(size=(k, d)) * 3), decimals(rng.uniform(0.3, 4, size=(k, d)))


@recipe({"k": 2, "d": 3, "seed": 0}, {"k": 3, "d": 2, "seed": 1}, k=st.integers(2, 3), d=st.integers(2, 4), seed=SEEDS)
def models_of_uneven_classes(k, d, seed):
    """(priors, means, variances): priors far from uniform and from 0, variances far from 1, K != d."""
    return uneven_classes(k, d + 1 if d == k else d, np.random.RandomState(seed))


@recipe(
    {"k": 2, "d": 4, "seed": 0},
    {"k": 3, "d": 1, "seed": 1},
    k=st.integers(2, 3),
    d=st.just(4),
    seed=SEEDS,
)
def models_of_one_or_four_features(k, d, seed):
    """(priors, means, variances) as above, d = 4 or 1."""
    return uneven_classes(k, d, np.random.RandomState(seed))


@recipe({"k": 2, "seed": 0}, {"k": 3, "seed": 1}, k=st.integers(2, 3), seed=SEEDS)
def models_of_one_feature(k, seed):
    """(priors, means, variances) as above, d = 1."""
    return uneven_classes(k, 1, np.random.RandomState(seed))


def uneven_classes(k, d, rng):
    """(priors, means, variances), priors and variances of K classes shuffled by ``rng``."""
    priors = rng.permutation([0.2, 0.8] if k == 2 else [0.15, 0.25, 0.6])
    return priors, decimals(rng.normal(size=(k, d)) * 3), rng.choice([0.09, 0.25, 4.0, 9.0], size=(k, d))


def _standardised(X, y, means, variances):
    """(n, d) numbers that are independent and N(0, 1) if X was drawn as it should be."""
    inside = np.clip(y, 0, len(means) - 1)
    return (X - means[inside]) / np.sqrt(variances[inside])


@prop(
    points=1,
    hint="Does all your randomness come from rng, or do you use np.random's global functions or a generator of your own? Are the labels 0..K−1?",
    data=small_models,
    seed=seeds(),
)
def the_same_state_gives_the_same_sample(sample, data, seed):
    """The same state of rng gives the same X and y, with labels in 0..K−1."""
    n, priors, means, variances = data
    X, y = sample(n, priors, means, variances, np.random.default_rng(seed))
    expect_between(y, 0, len(priors) - 1, what="y")
    X_again, y_again = sample(n, priors, means, variances, np.random.default_rng(seed))
    expect(X_again, X, atol=0, rtol=0, what="X")
    expect(y_again, y, atol=0, rtol=0, what="y")


@prop(
    points=1,
    hint="A second call continues where the first one stopped. Do you set a seed inside?",
    data=small_models,
    seed=seeds(),
)
def goes_on_with_the_generator(sample, data, seed):
    """Two calls with one rng give different samples, and so do rngs in different states."""
    n, priors, means, variances = data
    rng = np.random.default_rng(seed)
    first, _ = sample(n, priors, means, variances, rng)
    second, _ = sample(n, priors, means, variances, rng)
    # Two float64 draws from a continuous distribution agree with a chance below 1e-14.
    expect_different(second, first)
    other, _ = sample(n, priors, means, variances, np.random.default_rng(seed + 1))
    expect_different(other, first)


@prop(
    points=1,
    hint="With almost no variance every x is the mean of its class. Does row i of X belong to y[i]? Can a class with prior 0 occur?",
    data=small_models,
    impossible=choice([0, 1, 2]),
    seed=seeds(),
)
def tiny_variances_give_the_means(sample, data, impossible, seed):
    """As variances go to 0, x_i goes to the mean of class y_i, a class of positive prior."""
    n, priors, means, _ = data
    k = impossible % (len(priors) + 1)
    priors, means = np.insert(priors, k, 0.0), np.insert(means, k, 50.0, axis=0)
    # Standard deviation 1e-8: a deviation of 1e-6 is one of 100 standard deviations.
    X, y = sample(n, priors, means, np.full(means.shape, 1e-16), np.random.default_rng(seed))
    expect(X, means[np.clip(y, 0, len(means) - 1)], atol=1e-6, what="X")
    expect(priors[np.clip(y, 0, len(means) - 1)] > 0, np.ones(n), what="whether the prior of y is above 0")


@prop(
    points=1,
    hint="How often should label k occur? What does your code draw labels from? Can a class with prior 0 occur?",
    data=models_of_uneven_classes,
    seed=seeds(),
    cases=2,
)
def labels_come_as_often_as_their_priors(sample, data, seed):
    """Among 4,000 draws the proportion of label k is P(Y = k), within 0.05, and 0 for a class with prior 0."""
    # A class of prior 0 in front, one behind and one between.
    priors, means, variances = (np.insert(a, [0, 1, len(a)], fill, axis=0) for a, fill in zip(data, (0.0, 1.0, 1.0)))
    _, y = sample(MANY, priors, means, variances, np.random.default_rng(seed))
    shares = np.array([np.mean(y == k) for k in range(len(priors))])
    # Hoeffding: a share is off by more than 0.05 with chance at most 2·exp(-2·4000·0.05²) = 4e-9;
    # 4 cases of up to 3 classes: 5e-8.
    # Rejected: equal shares, squared priors (0.94 for 0.8, 0.81 for 0.6) and square roots (0.67, 0.47), each more than
    # 10 standard deviations beyond the bound in every case.
    expect(shares, priors, atol=0.05, rtol=0, what="proportion of each label")
    # A right answer never draws these. Rejected: 0.001 added to every prior, 12 draws of them expected in each case.
    expect(shares[priors == 0], np.zeros(3), atol=0, what="proportions of the labels whose prior is 0")


@prop(
    points=1,
    hint="One label carries no information about the next. Are yours sorted by class, or is the number of each fixed in advance?",
    data=choice([(np.array([0.5, 0.5]), np.array([[0.0], [4.0]]), np.array([[1.0], [2.0]]))]),
    seed=seeds(),
    cases=2,
)
def any_two_labels_may_follow_each_other(sample, data, seed):
    """The labels are independent: every pair of successive labels occurs, every position takes both labels, and the counts vary."""
    pairs, rows = np.zeros((2, 2)), []
    for i in range(40):
        y = np.clip(sample(6, *data, np.random.default_rng(1000 * seed + i))[1], 0, 1)
        np.add.at(pairs, (y[:-1], y[1:]), 1)
        rows.append(y)
    # 21 of 64 rows of six labels have no two 0s side by side, 7 no 0 before a 1, and 20 three of each: that all 40 samples
    # do is a chance of (21/64)^40 = 4e-20, less for the others. That a place has one label in all of them: 2·2^-40 = 2e-12,
    # 6 places, 4 cases: 4e-11.
    expect_between(pairs, 1, 200, what="how often label a is followed by label b")
    expect_between(np.ptp(np.sum(rows, axis=1)), 1, 6, what="largest minus smallest number of 1s")
    expect_between(np.sum(rows, axis=0), 1, 39, what="how often each position has label 1 in 40 samples")


@prop(
    points=2,
    hint="Given y, x has the means and variances of class y. Which of variance and standard deviation does `rng.normal` expect?",
    data=models_of_one_or_four_features,
    seed=seeds(),
    cases=2,
)
def features_have_the_moments_of_their_class(sample, data, seed):
    """Among 5,000 draws, z = (x − μ_y)/σ_y has mean 0 and mean square 1, given y as well, and is Gaussian, tails included."""
    priors, means, variances = data
    X, y = sample(MORE, priors, means, variances, np.random.default_rng(seed))
    z = _standardised(X, y, means, variances)
    # The mean of z is N(0, 1/5000): 0.15 is 10 standard deviations, chance 1e-23. N times a mean square of N numbers
    # is chi-squared with N degrees of freedom: beyond N ± (2√(Nt) + 2t) with chance at most 2·e^-t (Laurent & Massart).
    # One feature, N = 5000, t = 22: beyond 1 ± 0.142 with 6e-10. All four, N = 20,000, t = 19.5: beyond 1 ± 0.0645 with
    # 7e-9. 4 cases: 4e-8.
    expect(z.mean(axis=0), np.zeros(z.shape[1]), atol=0.15, rtol=0, what="mean of z")
    expect((z**2).mean(axis=0), np.ones(z.shape[1]), atol=0.15, rtol=0, what="mean square of z")
    # At least 500 of 5000 have label k, but for a chance of 1e-18 (Chernoff, 750 expected): their mean is N(0, 1/500), beyond
    # 0.4 with 4e-19, their mean square, t = 25, beyond 1 ± 0.55 with 3e-11. 3 classes, 4 features, 4 cases: 2e-9.
    # Rejected: noise made of the random numbers that the labels were drawn with.
    for k in range(len(priors)):
        own = z[y == k]
        if len(own) >= 500:
            expect(own.mean(axis=0), np.zeros(z.shape[1]), atol=0.4, rtol=0, what=f"mean of z where y is {k}")
            expect(
                (own**2).mean(axis=0), np.ones(z.shape[1]), atol=0.55, rtol=0, what=f"mean square of z where y is {k}"
            )
    if z.shape[1] == 1:
        return  # the rest needs 20,000 numbers
    # Rejected: variances that are all 10 % too large (the mean square over all features is 1.1 ± 0.011, 3.2 standard
    # deviations beyond 1.065: chance of passing 7e-4 a case, below 1e-6 in two) or too small (3.9).
    expect((z**2).mean(), 1.0, atol=0.065, rtol=0, what="mean square of z over all features")
    # P(|z| < 1) = 0.6827. Hoeffding, N = 20,000: off by more than 0.035 with chance at most 2·exp(-2·20000·0.035²) = 1e-21.
    # Rejected: uniform noise of the right variance (0.577) and Laplace noise (0.757), 10 standard deviations beyond.
    expect(
        np.mean(np.abs(z) < 1), 0.6827, atol=0.035, rtol=0, what="proportion of |z| < 1, which is 0.6827 for a Gaussian"
    )
    # P(|z| > 3.2) = 0.00137: that none of 20,000 is beyond has chance exp(-27.5) = 1e-12; P(|z| > 9) = 2e-19. 4 cases: 5e-12.
    # Rejected for certain: noise that is clipped or drawn again beyond 3 standard deviations.
    expect_between(np.abs(z).max(), 3.2, 9.0, what="largest |z| of 20,000, which is beyond 3.2 for a Gaussian")


def with_a_narrow_impossible_class(data, seed):
    """The arguments with one class more, of prior 0 and with tiny variances: what one might repair in place."""
    n, *model = data
    more = (np.insert(a, len(a), fill, axis=0) for a, fill in zip(model, (0.0, 1.0, 1e-12)))
    return n, *more, np.random.default_rng(seed)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "sample",
    points=1,
    arguments=with_a_narrow_impossible_class,
    data=small_models,
    seed=seeds(),
)


# BEGIN SOLUTION
@prop(
    points=1,
    hidden=True,
    hint="How many random numbers do you draw? Every feature of every example needs its own.",
    data=models_of_uneven_classes,
    seed=seeds(),
    cases=2,
)
def features_and_examples_are_independent(sample, data, seed):
    """Within a class, features are uncorrelated with each other and with the next example."""
    priors, means, variances = data
    X, y = sample(MANY, priors, means, variances, np.random.default_rng(seed))
    z = _standardised(X, y, means, variances)
    d = z.shape[1]
    # Whether the scale is right is another property's: divide by the sample's own. For a right answer its square is
    # above 0.858 (see there; 0.848 for 4000 draws), which widens the bounds below to 0.18/0.848 and 0.25/0.848.
    z = z / np.sqrt((z**2).mean(axis=0))
    # A mean of n products of independent normals is (A - B)/2, A and B mean squares of n normals each
    # ((u+v)/√2 and (u-v)/√2): by the bound above with t = 27 and n = 4000, beyond 0.18 with chance at most 8e-12.
    # Neighbours form a chain; its even and its odd links are independent pairs, n = 2000 each: with t = 25
    # beyond 0.25 with chance at most 1e-10. 4 cases of up to 6 pairs and 4 lags: below 1e-8.
    correlations = z.T @ z / len(z)
    expect(correlations[~np.eye(d, dtype=bool)], np.zeros(d * d - d), atol=0.22, rtol=0)
    expect((z[1:] * z[:-1]).mean(axis=0), np.zeros(d), atol=0.3, rtol=0)


@prop(
    points=1,
    hidden=True,
    hint="Does every example get random numbers of its own, or do some come back later in the sample?",
    data=models_of_one_feature,
    seed=seeds(),
    cases=2,
)
def examples_are_independent_at_every_distance(sample, data, seed):
    """Neither a feature nor a label is correlated with the one 1, 2, ..., 1,000 examples later, and no noise comes again."""
    priors, means, variances = data
    X, y = sample(MANY, priors, means, variances, np.random.default_rng(seed))
    z = _standardised(X, y, means, variances)[:, 0]
    labels = (y == np.argmax(priors)) - priors.max()
    # The pairs at one distance fall into two sets of independent ones, of 1,400 and more each. Normals: by the bound
    # above with n = 1400, t = 36: beyond 0.38 with chance 1e-15 (0.45 where the sample's own scale is divided by); 6,000
    # of them below 1e-11. Labels: products lie in an interval of length p <= 0.8, with variance (p (1 - p))²: Bernstein's
    # inequality for a mean of 1,400 beyond p (1 - p) / 2 >= 0.08 gives 2 exp(-1400·0.08²/2 / (0.0256 + 0.8·0.08/3)) =
    # 6e-42 for p = 0.8, and less for 0.6; 6,000 distances do not matter.
    # Rejected for certain: a sample in which a block of up to 1,000 examples, or of their labels, comes again.
    lags = np.arange(1, 1001)
    for values, bound, what in ((z, 0.45, "feature"), (labels, 0.5, "label")):
        scaled = values / np.sqrt(np.mean(values**2)) if np.any(values) else values
        products = np.fft.irfft(np.abs(np.fft.rfft(scaled, 8192)) ** 2, 8192)[lags] / (MANY - lags)
        expect(products, np.zeros(len(lags)), atol=bound, rtol=0, what=f"correlation of the {what} with later ones")
    # Two of 4000 numbers agree to 9 digits, their signs left out, with probability 0.005, and some ten pairs do where X is
    # float32: 100 never.
    # Rejected for certain: numbers that serve two examples, however far apart, or come again with another sign.
    different = len(set(np.round(np.abs(z), 9).tolist()))
    expect_between(different, MANY - 100, MANY, what="how many different absolute values z = (x - mean)/sd has")
    # The mean of independent draws is near 0, not 0: nearer than 1e-12 with probability 1e-12 * sqrt(2 * 4000 / pi) = 5e-11.
    # Rejected: noise that was standardised over the sample, whose mean is 1e-16 or so.
    expect_between(abs(z.mean()), 1e-12, np.inf, what="absolute mean of z")


# END SOLUTION
