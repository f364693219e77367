import numpy as np

np.random.seed(42)


def joint_log_likelihood(joint, y):
    """sum_i log P(x_i, y_i)"""
    return np.sum([row[label] for row, label in zip(joint, y)])


def marginal_log_likelihood(joint):
    from scipy.special import logsumexp
    return sum(logsumexp(row) for row in joint)


def conditional_log_likelihood(joint, y):
    log_px = np.logaddexp.reduce(joint, axis=1)
    return (joint[np.arange(len(y)), y] - log_px).sum()


def pooled_variance(X, y, n_classes):
    n, d = X.shape
    out = np.zeros(d)
    for k in range(n_classes):
        Xk = X[y == k]
        if len(Xk) > 0:
            out += len(Xk) * Xk.var(axis=0)
    return out / n


def logistic_from_naive_bayes(priors, means, variance):
    theta = []
    b = np.log(priors[1]) - np.log(priors[0])
    for mu0, mu1, v in zip(means[0], means[1], variance):
        theta.append((mu1 - mu0) / v)
        b += (mu0 ** 2 - mu1 ** 2) / (2 * v)
    return theta, b


def error_rate(predictions, y):
    return 1 - (np.asarray(predictions) == np.asarray(y)).sum() / len(y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    result = []
    for m in sizes:
        total = 0
        for _ in range(n_repeats):
            idx = np.random.choice(len(X), m, replace=False)
            total += np.mean(fit_predict(X[idx], y[idx], X_test) != y_test)
        result.append(total / n_repeats)
    return np.array(result)


def crossover_size(sizes, discriminative_errors, generative_errors):
    better = discriminative_errors <= generative_errors
    for i in range(len(sizes)):
        if better[i:].all():
            return sizes[i]
