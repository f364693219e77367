"""Implementations for check_posterior: each is a pair (posterior, joint_log_prob)."""

import numpy as np

from autograder.checks import perturbed

# --- right ones ---


def joint_log_prob(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        log_priors = np.log(priors)
    squares = (X[:, None, :] - means) ** 2 / variances
    return log_priors - 0.5 * np.sum(np.log(2 * np.pi * variances) + squares, axis=2)


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    weights = np.exp(joint - joint.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def joint_class_by_class(X, priors, means, variances):
    columns = []
    for prior, mean, variance in zip(priors, means, variances):
        density = -0.5 * ((X - mean) ** 2 / variance).sum(axis=1) - 0.5 * np.log(2 * np.pi * variance).sum()
        columns.append(density + np.log(prior) if prior > 0 else np.full(len(X), -np.inf))
    return np.stack(columns, axis=1)


def posterior_by_logsumexp(X, priors, means, variances):
    joint = joint_class_by_class(X, priors, means, variances)
    return np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])


RIGHT = {
    "subtracts the largest entry": (posterior, joint_log_prob),
    "divides by the evidence in logarithms": (posterior_by_logsumexp, joint_class_by_class),
    "differs in the last digit": (perturbed(posterior), perturbed(joint_log_prob)),
}

# --- wrong ones ---


def posterior_not_normalised(X, priors, means, variances):
    return np.exp(joint_log_prob(X, priors, means, variances))


def posterior_without_priors(X, priors, means, variances):
    return posterior(X, np.full(len(priors), 1 / len(priors)), means, variances)


def posterior_over_examples(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    return np.exp(joint - np.logaddexp.reduce(joint, axis=0))


def posterior_that_underflows(X, priors, means, variances):
    likelihood = np.exp(joint_log_prob(X, priors, means, variances))
    return likelihood / likelihood.sum(axis=1, keepdims=True)


WRONG = {
    "does not normalise": (posterior_not_normalised, joint_log_prob),
    "ignores the priors in the posterior": (posterior_without_priors, joint_log_prob),
    "normalises over the examples, not over the classes": (posterior_over_examples, joint_log_prob),
    "returns nan far out, where every density is 0": (posterior_that_underflows, joint_log_prob),
}
