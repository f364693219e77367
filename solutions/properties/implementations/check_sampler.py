"""Hidden implementations for check_sampler: each is a sample."""

import copy

import numpy as np

from autograder.checks import perturbed


def sample(n, priors, means, variances, rng):
    y = rng.permutation(np.repeat(np.arange(len(priors)), rng.multinomial(n, priors)))
    return means[y] + np.sqrt(variances)[y] * rng.standard_normal((n, means.shape[1])), y


def sample_one_by_one(n, priors, means, variances, rng):
    X, y = np.empty((n, means.shape[1])), np.empty(n, dtype=int)
    limits = np.cumsum(priors).tolist()
    for i in range(n):
        u = rng.random()
        y[i] = sum(u >= limit for limit in limits[:-1])
        X[i] = rng.normal(means[y[i]], np.sqrt(variances[y[i]]))
    return X, y


def after_numbers(count):
    """The same after `count` other numbers: what is true of every sampler is true of this one."""

    def sample_later(n, priors, means, variances, rng):
        rng.random(count)
        return sample(n, priors, means, variances, rng)

    return sample_later


RIGHT = {
    "draws the counts, and shuffles": (sample,),
    "draws one example after the other": (sample_one_by_one,),
    "rounds otherwise": (perturbed(sample),),
    **{f"skips {count} numbers first": (after_numbers(count),) for count in (1, 2, 3, 5, 8, 13)},
}


def sample_sorted(n, priors, means, variances, rng):
    X, y = sample(n, priors, means, variances, rng)
    order = np.argsort(y, kind="stable")
    return X[order], y[order]


def sample_every_example_twice(n, priors, means, variances, rng):
    X, y = sample((n + 1) // 2, priors, means, variances, rng)
    return np.repeat(X, 2, axis=0)[:n], np.repeat(y, 2)[:n]


def sample_from_own_generator(n, priors, means, variances, rng):
    return sample(n, priors, means, variances, np.random.default_rng())


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
