import numpy as np


def log_normal(x, m, v):
    return -np.log(2 * np.pi * v) / 2 - (x - m) ** 2 / (2 * v)
