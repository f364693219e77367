"""Functions that do not overflow."""
import numpy as np


def stable_sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1.0) / (1.0 + e)


def softplus(z):
    """log(1 + exp(z))"""
    return np.logaddexp(0, z)
