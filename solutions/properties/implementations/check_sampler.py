"""Hidden implementations for check_sampler: each is a sample."""

import copy
from statistics import NormalDist

import numpy as np

from autograder.checks import perturbed


def sample(n, priors, means, variances, rng):
    y = rng.permutation(np.repeat(np.arange(len(priors)), rng.multinomial(n, priors)))
    return means[y] + np.sqrt(variances)[y] * rng.standard_normal((n, means.shape[1])), y


def sample_together(n, priors, means, variances, rng):
    limits = np.array([quantile(share) for share in np.cumsum(priors)[:-1]])
    noise = rng.standard_normal((n, 1 + means.shape[1]))
    y = np.sum(noise[:, :1] >= limits, axis=1)
    return means[y] + np.sqrt(variances[y]) * noise[:, 1:], y


def quantile(share):
    return NormalDist().inv_cdf(share) if 0 < share < 1 else np.inf * (share - 0.5)


def after_numbers(count):
    """The same after `count` other numbers: what is true of every sampler is true of this one."""

    def sample_later(n, priors, means, variances, rng):
        rng.random(count)
        return sample(n, priors, means, variances, rng)

    return sample_later


RIGHT = {
    "draws the number of each label, then shuffles": (sample,),
    "draws the class and the features of each example together": (sample_together,),
    "rounds differently": (perturbed(sample),),
    **{f"discards {count} random numbers first": (after_numbers(count),) for count in (1, 2, 3, 5, 8, 13)},
}


def sample_sorted(n, priors, means, variances, rng):
    X, y = sample(n, priors, means, variances, rng)
    order = np.argsort(y, kind="stable")
    return X[order], y[order]


def sample_every_example_twice(n, priors, means, variances, rng):
    X, y = sample((n + 1) // 2, priors, means, variances, rng)
    return np.repeat(X, 2, axis=0)[:n], np.repeat(y, 2)[:n]


def sample_from_own_generator(n, priors, means, variances, rng):
    return sample(n, priors, means, variances, sample_from_own_generator.own)


def begin():
    sample_from_own_generator.own = np.random.default_rng(2718)


sample_from_own_generator.begin = begin


def sample_from_copy(n, priors, means, variances, rng):
    return sample(n, priors, means, variances, copy.deepcopy(rng))


def sample_a_little_wide(n, priors, means, variances, rng):
    return sample(n, priors, means, variances * 1.3, rng)


WRONG = {
    "sorts the examples by class": (sample_sorted,),
    "returns every example twice": (sample_every_example_twice,),
    "draws from a generator of its own": (sample_from_own_generator,),
    "draws from a copy of rng, so that rng stays where it was": (sample_from_copy,),
    "draws with variances that are 30 % too large": (sample_a_little_wide,),
}
