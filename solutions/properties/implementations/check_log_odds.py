"""Hidden implementations for check_log_odds: each is a pair (sigmoid, log_odds)."""

import math
from functools import partial

import numpy as np

from autograder.checks import perturbed


def sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(z)))


def log_odds(p):
    p = np.asarray(p)
    return np.log(p) - np.log(1 - p)


elementwise = partial(np.vectorize, otypes=[float])  # which no array is too small for


@elementwise
def sigmoid_one_by_one(z):
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


@elementwise
def log_odds_one_by_one(p):
    if not 0 <= p <= 1:
        return math.nan
    if p in {0, 1}:
        return -math.inf if p == 0 else math.inf
    return 2 * math.atanh(2 * p - 1) if 0.25 < p < 0.75 else math.log(p) - math.log1p(-p)


RIGHT = {
    "is the formula of the lecture": (sigmoid, log_odds),
    "rounds differently": (perturbed(sigmoid, monotone=True), perturbed(log_odds, monotone=True)),
    "computes one number at a time": (sigmoid_one_by_one, log_odds_one_by_one),
}


def sigmoid_of_the_other_class(z):
    return sigmoid(-np.asarray(z))


def log_odds_of_the_other_class(p):
    return -log_odds(p)


def log_odds_clipped(p):
    return log_odds(np.clip(p, 1e-12, 1 - 1e-12))


def log_odds_with_epsilon(p):
    return np.log((np.asarray(p) + 1e-300) / (1 - np.asarray(p)))


def sigmoid_cut_off(z):
    return np.where(np.abs(z) > 8, np.heaviside(z, 0.5), sigmoid(z))


def sigmoid_that_normalises(z):
    z = np.asarray(z)
    return sigmoid(z) if z.ndim == 0 else sigmoid(z - np.mean(z))


WRONG = {
    "has both signs wrong, so that log_odds still undoes sigmoid": (
        sigmoid_of_the_other_class,
        log_odds_of_the_other_class,
    ),
    "clips p, so that log_odds(0) and log_odds(1) are finite": (sigmoid, log_odds_clipped),
    "adds a tiny number, so that log_odds(0) is finite": (sigmoid, log_odds_with_epsilon),
    "returns exactly 0 or 1 for |z| above 8": (sigmoid_cut_off, log_odds),
    "subtracts the mean of an array, so that elements depend on each other": (sigmoid_that_normalises, log_odds),
}
