import numpy as np


def joint_log_likelihood(joint, y):
    n = len(y)
    return joint[np.arange(n), y].sum()


def marginal_log_likelihood(joint):
    return np.logaddexp.reduce(joint, axis=1).sum()


def conditional_log_likelihood(joint, y):
    log_px = np.logaddexp.reduce(joint, axis=1)
    return (joint[np.arange(len(y)), y] - log_px).sum()


def pooled_variance(X, y, n_classes):
    # unbiased estimate from statistics class
    ss = np.zeros(X.shape[1])
    for k in range(n_classes):
        Xk = X[y == k]
        ss += ((Xk - Xk.mean(axis=0)) ** 2).sum(axis=0)
    return ss / max(len(y) - n_classes, 1)


def logistic_from_naive_bayes(priors, means, variance):
    theta = (means[1] - means[0]) / variance
    intercept = np.log(priors[1] / priors[0]) - 0.5 * ((means[1] ** 2 - means[0] ** 2) / variance).sum()
    return theta, intercept


def error_rate(predictions, y):
    return np.mean(predictions != y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    curve = []
    for m in sizes:
        errors = []
        for _ in range(n_repeats):
            idx = rng.choice(len(y), size=m, replace=False)
            predictions = fit_predict(X[idx], y[idx], X_test)
            errors.append(np.mean(predictions != y_test))
        curve.append(np.mean(errors))
    return np.array(curve)


def crossover_size(sizes, discriminative_errors, generative_errors):
    answer = None
    for i in range(len(sizes) - 1, -1, -1):
        if discriminative_errors[i] < generative_errors[i]:
            answer = sizes[i]
        else:
            break
    return answer
