import numpy as np


def safe_log(p):
    """log without the warning: log 0 is -inf."""
    with np.errstate(divide="ignore"):
        return np.log(p)


def normalize_rows(counts):
    sums = counts.sum(axis=1, keepdims=True)
    return np.where(sums > 0, counts / np.where(sums > 0, sums, 1), 1 / counts.shape[1])
