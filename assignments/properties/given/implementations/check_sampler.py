"""Implementations for check_sampler: each is a sample."""

import numpy as np

from autograder.checks import perturbed

# --- right ones ---


def sample(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return rng.normal(means[y], np.sqrt(variances[y])), y


def sample_by_thresholds(n, priors, means, variances, rng):
    noise = rng.standard_normal((n, means.shape[1]))
    y = np.searchsorted(np.cumsum(priors)[:-1], rng.random(n), side="right")
    return means[y] + noise * variances[y] ** 0.5, y


RIGHT = {
    "draws the classes first": (sample,),
    "draws the noise first, and compares with thresholds": (sample_by_thresholds,),
    "differs in the last digit": (perturbed(sample),),
}

# --- wrong ones ---


def sample_variance_for_deviation(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return rng.normal(means[y], variances[y]), y


def sample_without_priors(n, priors, means, variances, rng):
    y = rng.integers(len(priors), size=n)
    return rng.normal(means[y], np.sqrt(variances[y])), y


def sample_one_noise_for_all_features(n, priors, means, variances, rng):
    y = rng.choice(len(priors), size=n, p=priors)
    return means[y] + np.sqrt(variances[y]) * rng.normal(size=(n, 1)), y


def sample_with_fixed_seed(n, priors, means, variances, rng):
    return sample(n, priors, means, variances, np.random.default_rng(0))


WRONG = {
    "uses the variance as the standard deviation": (sample_variance_for_deviation,),
    "draws every class equally often": (sample_without_priors,),
    "uses the same noise for all features of an example": (sample_one_noise_for_all_features,),
    "uses a fixed seed of its own: rng makes no difference": (sample_with_fixed_seed,),
}
