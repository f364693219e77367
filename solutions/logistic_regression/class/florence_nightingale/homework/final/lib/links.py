import numpy as np


def sigmoid(z):
    # exp(700) still fits into a float64
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700)))


def log_odds(p):
    with np.errstate(divide="ignore"):
        odds = p / (1 - p)
        return np.log(odds)
