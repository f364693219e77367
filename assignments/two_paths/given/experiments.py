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
    """Logistic regression as it is done today: with a weak Gaussian prior."""

    def fit_predict(X_train, y_train, X_test):
        scale = X_train.std()
        theta, intercept = most_probable(X_train / scale, y_train, prior_precision)
        return (X_test / scale @ theta + intercept >= 0).astype(np.int64)

    return fit_predict


def most_probable(X, y, prior_precision):
    """The theta and the intercept that maximise the conditional likelihood times a Gaussian prior, by Newton's method."""
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.zeros(A.shape[1])
    for _ in range(50):
        p = 0.5 * (1 + np.tanh(0.5 * A @ theta))
        gradient = A.T @ (y - p) - prior_precision * theta
        if np.abs(gradient).max() < 1e-6:
            break
        curvature = (A * (p * (1 - p))[:, np.newaxis]).T @ A + prior_precision * np.eye(len(theta))
        theta = theta + np.linalg.solve(curvature, gradient)
    return theta[:-1], theta[-1]


def logistic_regression_2001(seed, spread=5.0):
    """Logistic regression without a prior, on data that a plane can separate.

    The likelihood has no maximum there, so that where the optimiser starts and stops decides. This one starts at weights drawn
    from N(0, spread^2), moves towards the examples that are on the wrong side, and stops when there is none: a random
    separating plane. The paper does not say how its weights began; ``spread`` was chosen to meet its curves.
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
    """Your learning curve, averaged over random splits into a part to train on and a part to test on.

    The same seed means the same splits and the same subsets, whatever the classifier.
    """
    generator = np.random.default_rng(seed)
    curves = []
    for _ in range(n_splits):
        order = generator.permutation(len(y))
        train, test = order[:n_train], order[n_train:]
        curves.append(learning_curve(X[train], y[train], X[test], y[test], sizes, n_repeats, generator, fit_predict))
    return np.mean(curves, axis=0)


def ng_and_jordan(pair, learning_curve, pooled_variance, logistic_from_naive_bayes):
    """Three learning curves on two digits, "01" or "23", over SIZES: name of the classifier -> test errors."""
    X, y = digits(int(pair[0]), int(pair[1]))
    classifiers = {
        "naive Bayes": naive_bayes(pooled_variance, logistic_from_naive_bayes),
        "logistic regression, 2001": logistic_regression_2001(seed=0),
        "logistic regression, weak prior": logistic_regression(),
    }
    return {name: mean_curve(learning_curve, X, y, 200, SIZES, f) for name, f in classifiers.items()}


def xue_and_titterington(world, sizes, learning_curve, pooled_variance, logistic_from_naive_bayes):
    """Two learning curves on simulated data: name of the classifier -> test errors.

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
            curves[name].append(mean_curve(learning_curve, X, y, 4000, sizes, fit_predict, n_splits=1, n_repeats=10))
    return {name: np.mean(found, axis=0) for name, found in curves.items()}
