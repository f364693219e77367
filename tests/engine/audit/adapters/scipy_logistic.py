import numpy as np
from scipy.special import expit, log_expit, logit


def sigmoid(z):
    return expit(z)


def log_odds(p):
    return logit(p)


def log_likelihood(X, y, theta):
    return log_expit(np.where(y == 1, 1, -1) * (X @ theta)).sum()
