"""Homework: logistic regression. Run me to see the plots."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np


def sigmoid(z):
    """Numerically stable."""
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))


def log_odds(p):
    return np.log(p / (1 - p))


def predict_proba(X, theta):
    return sigmoid(X @ theta)


def log_likelihood(X, y, theta):
    z = X @ theta
    # y z - log(1 + e^z), with the larger exponent taken out
    m = np.maximum(z, 0)
    return np.sum(y * z - m - np.log(np.exp(-m) + np.exp(z - m)))


def log_posterior(X, y, theta, prior_precision):
    return log_likelihood(X, y, theta) - prior_precision / 2 * np.sum(theta**2)


def gradient(X, y, theta, prior_precision):
    return X.T @ (y - predict_proba(X, theta)) - prior_precision * theta


def gradient_ascent(X, y, prior_precision, step_size, n_steps):
    theta = np.zeros(X.shape[1])
    trace = [log_posterior(X, y, theta, prior_precision)]
    for _ in range(n_steps):
        theta += step_size * gradient(X, y, theta, prior_precision)
        trace.append(log_posterior(X, y, theta, prior_precision))
    return theta, np.array(trace)


def fit(X, y, prior_precision):
    step_size = 1 / (0.25 * np.linalg.eigvalsh(X.T @ X)[-1] + prior_precision)
    theta, _ = gradient_ascent(X, y, prior_precision, step_size, 200)
    while np.max(np.abs(gradient(X, y, theta, prior_precision))) > 1e-5:
        theta = theta + step_size * gradient(X, y, theta, prior_precision)
    return theta


def predict(X, theta):
    return (predict_proba(X, theta) >= 0.5).astype(int)


def plot_trace(trace, path):
    fig, ax = plt.subplots()
    ax.plot(trace)
    ax.set(xlabel="step", ylabel="log-posterior")
    fig.savefig(path)


if __name__ == "__main__":
    np.random.seed(0)
    X = np.random.randn(100, 2)
    y = (X @ [2.0, -1.0] + np.random.randn(100) > 0).astype(int)
    theta, trace = gradient_ascent(X, y, 1.0, 0.02, 100)
    plot_trace(trace, "trace.png")
    print(theta, fit(X, y, 1.0), (predict(X, theta) == y).mean())


"""Lets SciPy do it."""
import numpy as np
from scipy import stats
from scipy.special import log_softmax, logsumexp, softmax


def class_priors(y, n_classes):
    values, counts = np.unique(y, return_counts=True)
    priors = np.zeros(n_classes)
    priors[values] = counts / counts.sum()
    return priors


def estimate_parameters(X, y, n_classes, variance_floor=1e-9):
    found = []
    for k in range(n_classes):
        group = X[y == k]
        if group.shape[0] == 0:
            raise ValueError("class %d is empty" % k)
        found.append([stats.norm.fit(column) for column in group.T])
    found = np.array(found)
    return found[:, :, 0], np.maximum(found[:, :, 1] ** 2, variance_floor)


def gaussian_log_density(x, mean, variance):
    return stats.norm.logpdf(x, loc=mean, scale=np.sqrt(variance))


def class_log_likelihood(X, means, variances):
    return stats.norm(means, np.sqrt(variances)).logpdf(X[:, None, :]).sum(axis=-1)


def joint_log_prob(X, priors, means, variances):
    return class_log_likelihood(X, means, variances) + np.log(priors)


def log_evidence(joint):
    return logsumexp(joint, axis=1)


def posterior(X, priors, means, variances):
    return softmax(joint_log_prob(X, priors, means, variances), axis=1)


def predict_bayes(X, priors, means, variances):
    # softmax is monotone, its log as well: the argmax of the joint, as SciPy sees it
    return np.argmax(log_softmax(joint_log_prob(X, priors, means, variances), axis=1), axis=1)


def sample(n, priors, means, variances, rng):
    label_law = stats.rv_discrete(values=(np.arange(len(priors)), priors))
    y = np.atleast_1d(label_law.rvs(size=n, random_state=rng))
    # without a size, rvs drops dimensions of length 1
    X = stats.norm.rvs(loc=means[y], scale=np.sqrt(variances[y]), size=means[y].shape, random_state=rng)
    return X, y
