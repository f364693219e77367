import numpy as np

# sorry for the short names


def joint_log_likelihood(joint, y):
    """sum_i log P(x_i, y_i)"""
    return np.sum([row[label] for row, label in zip(joint, y)])


def marginal_log_likelihood(joint):
    m = joint.max(axis=1, keepdims=True)
    m[np.isneginf(m)] = 0.0
    return float((m[:, 0] + np.log(np.exp(joint - m).sum(axis=1))).sum())


def conditional_log_likelihood(joint, y):
    shifted = joint - joint.max(axis=1)[:, None]
    log_posterior = shifted - np.log(np.exp(shifted).sum(axis=1))[:, None]
    return float(np.sum(log_posterior[range(len(y)), y]))


def pooled_variance(X, y, n_classes):
    counts = np.bincount(y, minlength=n_classes)
    sums = np.zeros((n_classes, X.shape[1]))
    np.add.at(sums, y, X)
    mu = sums / np.maximum(counts, 1)[:, None]
    return np.square(X - mu[y]).sum(0) / counts.sum()


def logistic_from_naive_bayes(priors, means, variance):
    t = (means[1] - means[0]) / (2 * variance)
    b = np.log(priors[1] / priors[0]) + ((means[0] ** 2 - means[1] ** 2) / (2 * variance)).sum()
    return t, b


def error_rate(p, y):
    return sum(p == y) / len(y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    def one_error(m):
        rows = rng.choice(X.shape[0], m, replace=False)
        return np.mean(fit_predict(X[rows, :], y[rows], X_test) != y_test)

    return [sum(one_error(m) for _ in range(n_repeats)) / n_repeats for m in sizes]


def crossover_size(sizes, discriminative_errors, generative_errors):
    not_better = [i for i in range(len(sizes)) if not discriminative_errors[i] < generative_errors[i]]
    start = not_better[-1] + 1 if not_better else 0
    return sizes[start] if start < len(sizes) else None
