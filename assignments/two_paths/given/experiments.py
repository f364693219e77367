"""The classifiers and the data of the notebook's experiments: given, nothing here is to be changed.

Every classifier is a function ``fit_predict(X_train, y_train, X_test) -> labels``, as ``learning_curve`` wants it, for two
classes. What they need of yours is handed to them.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits

SIZES = (10, 18, 34, 50, 74, 106, 154)
"""Training examples, where the paper has points too."""


def paper_curve(pair, model):
    """The learning curve of Ng and Jordan (2001), figure 1: sizes and test errors.

    Args:
        pair: "01" or "23", the two digits.
        model: "LR" or "NB".

    """
    file = Path(__file__).parent / "ng_jordan_2001_figure_1.json"
    curve = np.array(json.loads(file.read_text(encoding="utf-8"))["curves"][f"optdigits{pair}"][model])
    return curve[:, 0], curve[:, 1]


def digits(first, second):
    """Images of two digits: X (n, 64), grey levels from 0 to 16, and y: 1 for the second digit."""
    data = load_digits()
    chosen = (data.target == first) | (data.target == second)
    return data.data[chosen], (data.target[chosen] == second).astype(np.int64)


def tumours():
    """Ten measurements (means over the cells of an image) of 569 breast tumours, standardised; y: 1 if benign."""
    data = load_breast_cancer()
    X = data.data[:, :10]
    return (X - X.mean(axis=0)) / X.std(axis=0), data.target


def two_normals(n, correlation, rng):
    """Xue and Titterington's simulation: n examples in two equally likely classes, X (n, 2) and y.

    Each class is normal with mean (-1, 0) or (1, 0), variances 1, and the given correlation of its two features.
    """
    y = rng.integers(2, size=n)
    noise = rng.normal(size=(n, 2))
    noise[:, 1] = correlation * noise[:, 0] + np.sqrt(1 - correlation**2) * noise[:, 1]
    return noise + np.stack([2 * y - 1, np.zeros(n)], axis=1), y


def naive_bayes(pooled_variance, logistic_from_naive_bayes, smoothing=1.0):
    """Gaussian naive Bayes with a shared variance: counts, means, and two of your functions.

    To each feature's variance the average variance of all features is added, ``smoothing`` times: a pixel that is the same
    in all of ten images has not shown that it never changes.
    """

    def fit_predict(X_train, y_train, X_test):
        shares = np.bincount(y_train, minlength=2) / len(y_train)
        if shares.min() == 0:
            return np.full(len(X_test), shares.argmax())
        means = np.stack([X_train[y_train == k].mean(axis=0) for k in (0, 1)])
        variance = np.asarray(pooled_variance(X_train, y_train, 2))
        variance = np.maximum(variance + smoothing * variance.mean(), 1e-9)
        theta, intercept = logistic_from_naive_bayes(shares, means, variance)
        return (X_test @ np.asarray(theta) + intercept >= 0).astype(np.int64)

    return fit_predict


def logistic_regression(prior_precision=0.01):
    """Logistic regression with a Gaussian prior, a weak one unless you say otherwise."""

    def fit_predict(X_train, y_train, X_test):
        scale = X_train.std()
        theta, intercept = most_probable(X_train / scale, y_train, prior_precision)
        return (X_test / scale @ theta + intercept >= 0).astype(np.int64)

    return fit_predict


def most_probable(X, y, prior_precision, weights=1.0):
    """The theta and the intercept that maximise the conditional likelihood times a Gaussian prior, by Newton's method.

    ``weights`` count the examples: one number, or one per row.
    """
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.zeros(A.shape[1])
    for _ in range(50):
        p = 0.5 * (1 + np.tanh(0.5 * A @ theta))
        gradient = A.T @ (weights * (y - p)) - prior_precision * theta
        if np.abs(gradient).max() < 1e-6:
            break
        curvature = (A * (weights * p * (1 - p))[:, np.newaxis]).T @ A + prior_precision * np.eye(len(theta))
        theta = theta + np.linalg.solve(curvature, gradient)
    return theta[:-1], theta[-1]


def maximum_likelihood(n_steps=300):
    """Logistic regression without a prior, by gradient ascent from theta = 0.

    Where a plane separates the classes the likelihood has no maximum, and theta grows with every step. Its direction does
    settle, so that the labels hardly depend on ``n_steps``.
    """

    def fit_predict(X_train, y_train, X_test):
        scale = X_train.std()
        A, B = (np.column_stack([X / scale, np.ones(len(X))]) for X in (X_train, X_test))
        step_size = 4 / np.linalg.norm(A, 2) ** 2  # one over the largest curvature: no step overshoots
        theta = np.zeros(A.shape[1])
        for _ in range(n_steps):
            theta = theta + step_size * (A.T @ (y_train - 0.5 * (1 + np.tanh(0.5 * A @ theta))))
        return (B @ theta >= 0).astype(np.int64)

    return fit_predict


def random_separating_hyperplane(seed, spread=5.0):
    """Some plane that separates the training examples: where the paper's logistic regression seems to have stopped.

    It is no logistic regression but a perceptron. It starts at weights drawn from N(0, spread^2), moves towards the examples
    on the wrong side, and stops when there is none. ``spread`` was chosen to match the paper's curves.
    """
    generator = np.random.default_rng(seed)

    def fit_predict(X_train, y_train, X_test):
        scale = np.abs(X_train).max()
        A, B = (np.column_stack([X / scale, np.ones(len(X))]) for X in (X_train, X_test))
        theta = generator.normal(scale=spread, size=A.shape[1])
        side = 2 * y_train - 1
        for _ in range(10_000):
            wrong = side * (A @ theta) <= 0
            if not wrong.any():
                break
            theta = theta + (side[wrong, np.newaxis] * A[wrong]).mean(axis=0)
        return (B @ theta >= 0).astype(np.int64)

    return fit_predict


def joint_table(X, priors, means, variance):
    """joint[i, k] = log P(x_i, y = k) of Gaussian naive Bayes with a shared variance."""
    z = (X[:, np.newaxis, :] - means) ** 2 / variance
    return np.log(priors) - 0.5 * (z + np.log(2 * np.pi * variance)).sum(axis=2)


def mean_curve(learning_curve, X, y, n_train, sizes, fit_predict, n_splits=20, n_repeats=20, seed=2001):
    """Your learning curve over random splits into a training and a test part: its mean, and the standard error of that.

    The same seed means the same splits and the same subsets, whatever the classifier.
    """
    generator = np.random.default_rng(seed)
    curves = []
    for _ in range(n_splits):
        order = generator.permutation(len(y))
        train, test = order[:n_train], order[n_train:]
        curves.append(learning_curve(X[train], y[train], X[test], y[test], sizes, n_repeats, generator, fit_predict))
    return mean_and_error(curves)


def mean_and_error(curves):
    """The mean over independent curves, and its standard error; the latter is 0 for a single one."""
    spread = np.std(curves, axis=0, ddof=1) if len(curves) > 1 else np.zeros(len(curves[0]))
    return np.mean(curves, axis=0), spread / np.sqrt(len(curves))


def ng_and_jordan(pair, learning_curve, pooled_variance, logistic_from_naive_bayes):
    """Four learning curves on two digits, "01" or "23", over SIZES: name of the classifier -> (mean error, standard error)."""
    X, y = digits(int(pair[0]), int(pair[1]))
    classifiers = {
        "naive Bayes": (naive_bayes(pooled_variance, logistic_from_naive_bayes), 20),
        "random separating hyperplane": (random_separating_hyperplane(seed=0), 20),
        "maximum likelihood, no prior": (maximum_likelihood(), 5),
        "logistic regression, weak prior": (logistic_regression(), 20),
    }
    return {
        name: mean_curve(learning_curve, X, y, 200, SIZES, classifier, n_repeats=n_repeats)
        for name, (classifier, n_repeats) in classifiers.items()
    }


PRECISIONS = (0.01, 0.1, 1.0)
"""Priors for the tumours: weak, moderate, strong."""
TUMOUR_SIZES = (10, 20, 40, 80, 160, 350)


def crossover_by_prior(learning_curve, pooled_variance, logistic_from_naive_bayes):
    """On the tumours, error of logistic regression minus error of naive Bayes over TUMOUR_SIZES.

    Both train on the same subsets of the same splits, so that the differences are less noisy than the errors.

    Returns:
        Prior precision -> (mean difference, its standard error over the splits).

    """
    X, y = tumours()
    generator = np.random.default_rng(2001)
    bayes = naive_bayes(pooled_variance, logistic_from_naive_bayes)
    found = {precision: [] for precision in PRECISIONS}
    for seed in range(30):
        order = generator.permutation(len(y))
        train, test = order[:400], order[400:]
        data = X[train], y[train], X[test], y[test], TUMOUR_SIZES, 10
        base = learning_curve(*data, np.random.default_rng(seed), bayes)
        for precision, differences in found.items():
            model = logistic_regression(precision)
            differences.append(np.asarray(learning_curve(*data, np.random.default_rng(seed), model)) - base)
    return {precision: mean_and_error(differences) for precision, differences in found.items()}


def above_the_best_line():
    """Where logistic regression ends above the best line: a world of three points, known in full.

    Returns:
        (x (3,), y (3,), weights (3,), error of maximum likelihood, error of the best line).

    """
    x, y, weights = np.array([0.0, 1.0, -10.0]), np.array([0, 1, 1]), np.array([0.5, 0.4, 0.1])
    theta, intercept = most_probable(x[:, np.newaxis], y, 0.0, weights)
    error = weights[(x * theta[0] + intercept >= 0) != y].sum()
    # A line on one axis is a threshold and a side: between any two points, or beyond them.
    best = min(weights[(side * (x - cut) > 0) != y].sum() for side in (1, -1) for cut in (-11, -5, 0.5, 2))
    return x, y, weights, error, best


def xue_and_titterington(world, sizes, learning_curve, pooled_variance, logistic_from_naive_bayes):
    """Two learning curves on simulated data: name of the classifier -> (mean test error, standard error).

    Args:
        world: "independent", "correlated" (rho = 1/2), or "log-normal" (the exponentials of the first).
        sizes: numbers of training examples, at most 4000.
        learning_curve: yours, like the others.

    """
    generator = np.random.default_rng(2008)
    classifiers = {
        "naive Bayes": naive_bayes(pooled_variance, logistic_from_naive_bayes, smoothing=0.0),
        "logistic regression": logistic_regression(),
    }
    curves = {name: [] for name in classifiers}
    for _ in range(10):  # new data each time, or all curves would be off by the luck of one test set
        X, y = two_normals(14_000, 0.5 if world == "correlated" else 0.0, generator)
        if world == "log-normal":
            X = np.exp(X)
        for name, fit_predict in classifiers.items():
            one, _ = mean_curve(learning_curve, X, y, 4000, sizes, fit_predict, n_splits=1, n_repeats=10)
            curves[name].append(one)
    return {name: mean_and_error(found) for name, found in curves.items()}
