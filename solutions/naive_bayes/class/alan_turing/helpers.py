"""What several questions need."""
import numpy as np

LOG_2PI = np.log(2 * np.pi)


def log_normal(x, mean, variance):
    return -0.5 * (LOG_2PI + np.log(variance) + (x - mean) ** 2 / variance)


def safe_log(p):
    with np.errstate(divide="ignore"):
        return np.log(p)


def normalise(log_weights):
    weights = np.exp(log_weights - log_weights.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)
