import warnings

import numpy as np

print("Thomas Bayes: starting")
warnings.warn("this module talks a lot")


def joint_log_likelihood(joint, y):
    print("entering joint_log_likelihood")
    print("=" * 60)
    n = len(y)
    return joint[np.arange(n), y].sum()


def marginal_log_likelihood(joint):
    print("entering marginal_log_likelihood")
    print("=" * 60)
    total = 0.0
    for row in joint:
        biggest = row.max()
        if biggest == -np.inf:
            return -np.inf
        total += biggest + np.log(np.exp(row - biggest).sum())
    return total


def conditional_log_likelihood(joint, y):
    print("entering conditional_log_likelihood")
    print("=" * 60)
    total = 0.0
    for row, label in zip(joint, y):
        biggest = row.max()
        log_px = biggest + np.log(np.sum(np.exp(row - biggest)))
        total += row[label] - log_px
    return total


def pooled_variance(X, y, n_classes):
    print("entering pooled_variance")
    print("=" * 60)
    n, d = X.shape
    out = np.zeros(d)
    for k in range(n_classes):
        Xk = X[y == k]
        if len(Xk) > 0:
            out += len(Xk) * Xk.var(axis=0)
    return out / n


def logistic_from_naive_bayes(priors, means, variance):
    print("entering logistic_from_naive_bayes")
    print("=" * 60)
    m0, m1 = means
    w = (m1 - m0) / variance
    b = np.log(priors[1]) - np.log(priors[0]) - w @ (m0 + m1) / 2
    return w, b


def error_rate(predictions, y):
    print("entering error_rate")
    print("=" * 60)
    wrong = 0
    for p, t in zip(predictions, y):
        if p != t:
            wrong += 1
    return wrong / len(y)


def learning_curve(X, y, X_test, y_test, sizes, n_repeats, rng, fit_predict):
    print("training sizes:", sizes)
    means = []
    for m in sizes:
        errors = []
        for r in range(n_repeats):
            chosen = rng.choice(len(X), m, replace=False)
            print("repeat", r, "of size", m, "uses", chosen)
            print(X[chosen])
            labels = fit_predict(X[chosen], y[chosen], X_test)
            error = np.mean(labels != y_test)
            print("    labels", labels, "truth", y_test, "error", error)
            errors.append(error)
        print("mean error at", m, "=", np.mean(errors))
        means.append(np.mean(errors))
    return means


def crossover_size(sizes, discriminative_errors, generative_errors):
    print("entering crossover_size")
    print("=" * 60)
    answer = None
    for i in range(len(sizes) - 1, -1, -1):
        if discriminative_errors[i] < generative_errors[i]:
            answer = sizes[i]
        else:
            break
    return answer


if __name__ == "__main__":
    for i in range(1000000):
        print(joint_log_likelihood(np.zeros((2, 2)), np.array([0, 1])))
