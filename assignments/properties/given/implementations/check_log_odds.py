"""Implementations for check_log_odds: each is a pair (sigmoid, log_odds)."""

import numpy as np

from autograder.checks import perturbed

# --- right ones ---


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + e), e / (1 + e))


def log_odds(p):
    return np.log(p) - np.log1p(-np.asarray(p))


def sigmoid_by_tanh(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def log_odds_of_quotient(p):
    return np.log(np.asarray(p) / (1 - np.asarray(p)))


RIGHT = {
    "uses exp(-|z|), which never overflows": (sigmoid, log_odds),
    "uses tanh, and a quotient": (sigmoid_by_tanh, log_odds_of_quotient),
    "differs in the last digit": (
        perturbed(sigmoid_by_tanh, monotone=True),
        perturbed(log_odds_of_quotient, monotone=True),
    ),
}

# --- wrong ones ---


def sigmoid_of_the_other_class(z):
    return sigmoid(-np.asarray(z))


def odds(p):
    return np.asarray(p) / (1 - np.asarray(p))


def log_of_p(p):
    return np.log(p)


def sigmoid_of_the_size(z):
    return sigmoid(np.abs(z))


def sigmoid_that_overflows(z):
    return np.exp(z) / (1 + np.exp(z))


WRONG = {
    "has the wrong sign in the exponent of sigmoid": (sigmoid_of_the_other_class, log_odds),
    "returns the odds, not their logarithm": (sigmoid, odds),
    "forgets 1 - p: log_odds is log p": (sigmoid, log_of_p),
    "ignores the sign of z in sigmoid": (sigmoid_of_the_size, log_odds),
    "returns nan for a large z in sigmoid": (sigmoid_that_overflows, log_odds),
}
