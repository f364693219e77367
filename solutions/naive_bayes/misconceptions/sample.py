"""Wrong ways to answer sample."""

import numpy as np

from autograder.checks import misconception, not_from_rng


@misconception(
    says="you pass variances where rng.normal asks for standard deviations.",
    hint="What is the standard deviation of numbers with variance 9?",
)
def variance_as_scale(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return rng.normal(means[y], variances[y]), y


@misconception(
    says="your noise has standard deviation 1 whatever the variances are.",
    hint="Which linear function turns a standard normal z into N(μ, σ²)?",
)
def variances_ignored(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return rng.normal(means[y]), y


@misconception(
    says="you return the means of the classes without any noise.",
    hint="x given y is random, too: how do two examples of one class differ?",
)
def no_noise(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return means[y], y


@misconception(
    says="your labels are equally frequent; they should follow the priors.",
    hint="rng.integers does not use the priors. Which argument of rng.choice does?",
)
def uniform_labels(n, priors, means, variances, rng):
    y = rng.integers(len(priors), size=n)
    return rng.normal(means[y], np.sqrt(variances[y])), y


@misconception(
    says="your labels come sorted by class; independent draws come in random order.",
    hint="How probable is it that the first half of independent draws is all of class 0?",
)
def sorted_labels(n, priors, means, variances, rng):
    y = np.sort(rng.choice(len(priors), size=n, p=priors))
    return rng.normal(means[y], np.sqrt(variances[y])), y


@misconception(
    says="the number of examples of each class is fixed in advance (n times its prior, rounded); it is random.",
    hint="Toss a fair coin twice: do you always get one head?",
)
def fixed_shares(n, priors, means, variances, rng):
    edges = np.rint(np.cumsum(priors) * n).astype(int)
    y = rng.permutation(np.searchsorted(edges, np.arange(n), side="right"))
    return rng.normal(means[y], np.sqrt(variances[y])), y


@misconception(
    says="all n examples get the same label: you draw it once.",
    hint="Each example draws a label of its own: how many labels does your code draw?",
)
def one_label_for_all(n, priors, means, variances, rng):
    y = np.full(n, rng.choice(len(priors), p=priors))
    return rng.normal(means[y], np.sqrt(variances[y])), y


@misconception(
    says="all features of an example share one noise draw; features are independent given the class.",
    hint="What is the shape of your noise, and what is that of X?",
)
def noise_shared_by_features(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return means[y] + np.sqrt(variances[y]) * rng.standard_normal((n, 1)), y


@misconception(
    says="all examples share one noise draw; each example draws its own.",
    hint="What is the shape of your noise, and what is that of X?",
)
def noise_shared_by_examples(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return means[y] + np.sqrt(variances[y]) * rng.standard_normal(means.shape[1]), y


@misconception(
    says="the labels that you return are not those that made X.",
    hint="How often do you draw y, or shuffle it, and which of these is returned?",
)
def labels_drawn_again(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    X = rng.normal(means[y], np.sqrt(variances[y]))
    return X, rng.choice(len(priors), size=n, p=priors)


@misconception(
    says="you use np.random's global functions; all randomness should come from the rng argument.",
    hint="np.random.normal(...) and rng.normal(...) look alike, but only one of them repeats when rng does.",
    behaviour=not_from_rng,
)
def global_generator(n, priors, means, variances, rng):
    y = np.random.choice(len(priors), size=n, p=priors)
    return np.random.normal(means[y], np.sqrt(variances[y])), y


@misconception(
    says="you make a generator with a fixed seed inside: every call gives the same sample.",
    hint="The caller passes rng, and chooses its seed. Call yours twice.",
)
def seeded_inside(n, priors, means, variances, rng):
    rng = np.random.default_rng(0)
    y = rng.choice(len(priors), size=n, p=priors)
    return rng.normal(means[y], np.sqrt(variances[y])), y


@misconception(
    says="every feature mixes the means of all classes, weighted by the priors; an example belongs to one class.",
    hint="Which comes first, y or x? Which row of means matters once y is known?",
)
def mean_of_the_mixture(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return rng.normal(priors @ means, np.sqrt(priors @ variances), size=(n, means.shape[1])), y


@misconception(
    says="you return (y, X); X comes first.",
    hint="Look at the order in the docstring's Returns.",
)
def swapped(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return y, rng.normal(means[y], np.sqrt(variances[y]))


@misconception(
    says="you draw labels from a power of the priors, squares or roots: frequent classes come too often, or too rarely.",
    hint="If P(y = 1) is 0.8, how many of 100 labels should be 1?",
    power=(2.0, 0.5),
)
def priors_of_another_temperature(n, priors, means, variances, rng, power=2.0):
    p = priors**power / (priors**power).sum()
    y = rng.choice(len(p), size=n, p=p)
    return rng.normal(means[y], np.sqrt(variances[y])), y


@misconception(
    says="your variances are a tenth too large, or too small: you change them before drawing.",
    hint="The variances are given. Does anything in the definition change them?",
    factor=(1.1, 0.9),
)
def variances_a_tenth_off(n, priors, means, variances, rng, factor=1.1):
    y = rng.choice(len(priors), size=n, p=priors)
    return rng.normal(means[y], np.sqrt(factor * variances[y])), y


@misconception(
    says="you draw some examples and repeat them until there are n.",
    hint="How many random numbers do n examples need? Do any of your rows occur twice?",
    block=(None,),
)
def repeats_a_block(n, priors, means, variances, rng, block=250):
    size = (n + 1) // 2 if block is None else min(n, block)
    y = rng.choice(len(priors), size=size, p=priors)
    X = rng.normal(means[y], np.sqrt(variances[y]))
    rows = np.arange(n) % size
    return X[rows], y[rows]


@misconception(
    says="your noise is uniform, not Gaussian: its mean and variance are right, but it has no tails",
    hint="How often is a Gaussian number more than two standard deviations from its mean, and how often is yours?",
)
def uniform_noise(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return means[y] + np.sqrt(3 * variances[y]) * rng.uniform(-1, 1, size=(n, means.shape[1])), y


@misconception(
    says="for a single example, or a single feature, your X has one dimension; its shape should be (n, d)",
    hint="Print the shapes for n = 1. What does np.squeeze do to an axis of length 1?",
)
def squeezed(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return np.squeeze(rng.normal(means[y], np.sqrt(variances[y]))), y


@misconception(
    says="you add a small number to every prior, so that you draw classes with prior 0",
    hint="How often does a class with prior 0 occur among a million examples? rng.choice takes zeros.",
    epsilon=(1e-3,),
)
def small_number_added_to_the_priors(n, priors, means, variances, rng, epsilon=1e-2):
    p = priors + epsilon
    y = rng.choice(len(p), size=n, p=p / p.sum())
    return rng.normal(means[y], np.sqrt(variances[y])), y


@misconception(
    says="your noise never goes beyond a few standard deviations: you clip it",
    hint="How many of 20,000 Gaussian numbers are more than three standard deviations from their mean?",
    bound=(2.0, 2.5),
)
def noise_without_tails(n, priors, means, variances, rng, bound=3.0):
    y = rng.choice(len(priors), size=n, p=priors)
    noise = np.clip(rng.normal(size=(n, means.shape[1])), -bound, bound)
    return means[y] + np.sqrt(variances[y]) * noise, y


@misconception(
    says="half of your noise is the other half with the sign changed: your examples are not independent",
    hint="How many random numbers do n examples need? What is the sum of all your noise?",
)
def antithetic_noise(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    half = rng.normal(size=((n + 1) // 2, means.shape[1]))
    return means[y] + np.sqrt(variances[y]) * np.concatenate([half, -half])[:n], y


@misconception(
    says="you standardise your noise: its mean is exactly 0, so that the last example follows from the others",
    hint="Is the mean of five independent draws 0? Which law does a single draw have once the mean is subtracted?",
)
def standardises_the_noise(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    noise = rng.normal(size=(n, means.shape[1]))
    if n > 1:
        noise = (noise - noise.mean(axis=0)) / noise.std(axis=0)
    return means[y] + np.sqrt(variances[y]) * noise, y
