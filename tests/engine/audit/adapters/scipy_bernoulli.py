from scipy.special import expit
from scipy.stats import bernoulli


def log_likelihood(X, y, theta):
    return bernoulli.logpmf(y, expit(X @ theta)).sum()
