"""Hidden implementations for check_posterior: each is a pair (posterior, joint_log_prob)."""

import math

import numpy as np

from autograder.checks import perturbed


def joint_log_prob(X, priors, means, variances):
    n, k = len(X), len(priors)
    constants = [math.fsum(-0.5 * math.log(2 * math.pi * v) for v in row) for row in variances.tolist()]
    joint = np.empty((n, k))
    for i in range(n):
        for c in range(k):
            prior = math.log(priors[c]) if priors[c] > 0 else -math.inf
            joint[i, c] = prior + constants[c] - 0.5 * float(np.sum((X[i] - means[c]) ** 2 / variances[c]))
    return joint


def softmax(joint):
    with np.errstate(over="ignore"):
        return 1 / np.exp(joint[:, None, :] - joint[:, :, None]).sum(axis=2)


def posterior(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    possible = np.asarray(priors) > 0
    found = np.zeros(joint.shape)
    found[:, possible] = softmax(joint[:, possible])
    return found


RIGHT = {
    "compares each class with every other": (posterior, joint_log_prob),
    "rounds differently": (perturbed(posterior), perturbed(joint_log_prob)),
}


def uniform(priors):
    return np.full(len(priors), 1 / len(priors))


def joint_without_priors(X, priors, means, variances):
    return joint_log_prob(X, uniform(priors), means, variances)


def posterior_without_priors(X, priors, means, variances):
    return posterior(X, uniform(priors), means, variances)


def posterior_half_as_sure(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances) / 2
    return np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])


def posterior_uniform_far_out(X, priors, means, variances):
    weights = np.exp(joint_log_prob(X, priors, means, variances))
    total = weights.sum(axis=1, keepdims=True)
    return np.where(total > 0, weights / np.where(total > 0, total, 1), 1 / len(priors))


def posterior_with_epsilon(X, priors, means, variances):
    weights = np.exp(joint_log_prob(X, priors, means, variances)) + 1e-300
    return weights / weights.sum(axis=1, keepdims=True)


def posterior_nan_for_the_impossible(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    odds = np.exp(joint[:, None, :] - joint[:, :, None])
    return 1 / odds.sum(axis=2)


def posterior_smoothed(X, priors, means, variances):
    return posterior(X, (np.asarray(priors) + 1e-6) / np.sum(np.asarray(priors) + 1e-6), means, variances)


WRONG = {
    "halves the log-probabilities before normalising, so that rows still sum to 1": (
        posterior_half_as_sure,
        joint_log_prob,
    ),
    "returns equal probabilities far out": (posterior_uniform_far_out, joint_log_prob),
    "adds a tiny number to every density": (posterior_with_epsilon, joint_log_prob),
    "ignores the priors in both, so that the two agree": (posterior_without_priors, joint_without_priors),
    "returns nan for a class with prior 0": (posterior_nan_for_the_impossible, joint_log_prob),
    "gives an impossible class a small probability": (posterior_smoothed, joint_log_prob),
}
