import numpy as np


def joint_log_likelihood(joint, y):
    """sum_i log P(x_i, y_i)"""
    return np.sum([row[label] for row, label in zip(joint, y)])


def marginal_log_likelihood(joint):
    return np.logaddexp.reduce(joint, axis=1).sum()


def conditional_log_likelihood(joint, y):
    shifted = joint - joint.max(axis=1)[:, None]
    log_posterior = shifted - np.log(np.exp(shifted).sum(axis=1))[:, None]
    return float(np.sum(log_posterior[range(len(y)), y]))


def pooled_variance(X, y, n_classes):
    means = np.array([X[y == k].mean(axis=0) for k in range(n_classes)])
    return ((X - means[y]) ** 2).mean(axis=0)


def logistic_from_naive_bayes(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    intercept = np.log(priors[1] / priors[0]) - theta.dot(means[0] + means[1]) / 2
    return np.append(theta, intercept)


def error_rate(predictions, y):
    print(np.mean(predictions != y))


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
    answer = None
    for i in range(len(sizes) - 1, -1, -1):
        if discriminative_errors[i] < generative_errors[i]:
            answer = sizes[i]
        else:
            break
    return answer
