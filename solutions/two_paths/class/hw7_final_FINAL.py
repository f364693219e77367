import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from scipy.special import logsumexp


def joint_log_likelihood(joint, y):
    picked = np.take_along_axis(joint, y.reshape(-1, 1), axis=1)
    return float(picked.sum())


def marginal_log_likelihood(joint):
    return logsumexp(joint, axis=1).sum()


def conditional_log_likelihood(joint, y):
    from scipy.special import log_softmax
    return log_softmax(joint, axis=1)[np.arange(joint.shape[0]), y].sum()


def pooled_variance(X, y, n_classes):
    df = pd.DataFrame(X)
    centered = df - df.groupby(y).transform("mean")
    return (centered ** 2).mean().to_numpy()


def logistic_from_naive_bayes(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    intercept = np.log(priors[1] / priors[0]) - 0.5 * ((means[1] ** 2 - means[0] ** 2) / variance).sum()
    return theta, intercept


def error_rate(predictions, y):
    return np.mean(predictions != y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    result = np.zeros(len(sizes))
    for s in range(len(sizes)):
        for r in range(n_repeats):
            perm = rng.permutation(X.shape[0])
            train = perm[:sizes[s]]
            y_hat = fit_predict(X[train], y[train], X_test)
            result[s] += (y_hat != y_test).sum() / len(y_test)
    return result / n_repeats


def crossover_size(sizes, discriminative_errors, generative_errors):
    lower = discriminative_errors < generative_errors
    tail = np.cumprod(lower[::-1])[::-1]
    if tail[-1] == 0:
        return None
    return sizes[np.argmax(tail)]
