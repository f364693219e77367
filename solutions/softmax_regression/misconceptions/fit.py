"""Wrong fits, each with its name."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="your fit returns Theta = 0, the maximum of the prior alone",
    hint="What is the gradient there?",
)
def never_moves(X, y, n_classes, prior_precision):
    return np.zeros((n_classes, X.shape[1]))


@misconception(
    says="your fit stops after a fixed number of small steps, long before the maximum",
    hint="Evaluate your gradient at the result: how small is it?",
    steps=(10, 50, 100),
)
def stops_too_early(X, y, n_classes, prior_precision, steps=20):
    Theta = np.zeros((n_classes, X.shape[1]))
    for _ in range(steps):
        Theta = Theta + 0.01 * gradient(X, y, Theta, prior_precision)
    return Theta


@misconception(
    says="your step size is too large for the sum over many examples: the steps overshoot and never converge",
    hint="The gradient grows with the number of examples. What should a step be divided by?",
)
def fixed_step_overshoots(X, y, n_classes, prior_precision):
    Theta = np.zeros((n_classes, X.shape[1]))
    for _ in range(1000):
        slope = gradient(X, y, Theta, prior_precision)
        if np.max(np.abs(slope)) <= 1e-6:
            break
        Theta = Theta + 0.1 / (1 + prior_precision) * slope
    return Theta


@misconception(
    says="your fit maximises the mean log-likelihood against the whole penalty: the prior is n times too strong",
    hint="Which trade-off between data and prior does the log-posterior make?",
)
def mean_against_the_prior(X, y, n_classes, prior_precision):
    return _map_estimate(X, y, n_classes, len(y) * prior_precision)


@misconception(
    says="your fit uses the penalty without its factor 1/2, which makes the prior twice as strong",
    hint="Is the gradient that you drive to 0 the one of question 4?",
)
def prior_twice(X, y, n_classes, prior_precision):
    return _map_estimate(X, y, n_classes, 2 * prior_precision)


@misconception(
    says="your fit takes prior_precision for a variance: the larger it is, the weaker your prior",
    hint="A precise prior holds the weights close to 0.",
)
def precision_as_variance(X, y, n_classes, prior_precision):
    return _map_estimate(X, y, n_classes, 1 / prior_precision)


@misconception(
    says="your fit trains each class against all others on its own; their probabilities are not normalised together",
    hint="In which formula do the weights of all classes occur together?",
)
def one_against_the_rest(X, y, n_classes, prior_precision):
    rows = []
    for k in range(n_classes):
        theta = np.zeros(X.shape[1])
        for _ in range(50):
            p = 1 / (1 + np.exp(-(X @ theta)))
            curvature = (X.T * (p * (1 - p))) @ X + prior_precision * np.eye(len(theta))
            theta = theta + np.linalg.solve(curvature, X.T @ ((y == k) - p) - prior_precision * theta)
        rows.append(theta)
    return np.array(rows)


@misconception(
    says="your fit holds the weights of class 0 at zero, as a reference; here every class has weights of its own",
    hint="What is row 0 of the gradient at your result?",
)
def first_class_is_a_reference(X, y, n_classes, prior_precision):
    Theta = np.zeros((n_classes, X.shape[1]))
    for _ in range(3000):
        slope = gradient(X, y, Theta, prior_precision)
        slope[0] = 0
        if np.max(np.abs(slope)) <= 1e-6:
            break
        Theta = Theta + slope / (len(y) + prior_precision)
    return Theta


@misconception(
    says="your fit is linear regression on one-hot labels, not softmax regression",
    hint="Which function is maximised? Squared errors are not log-probabilities.",
)
def least_squares(X, y, n_classes, prior_precision):
    return np.linalg.solve(X.T @ X + prior_precision * np.eye(X.shape[1]), X.T @ np.eye(n_classes)[y]).T


@misconception(
    says="your fit uses only the labels that occur; a class without examples has weights, too",
    hint="Which label does each row of your result belong to, if label 1 never occurs?",
)
def classes_that_occur_only(X, y, n_classes, prior_precision):
    found, renamed = np.unique(y, return_inverse=True)
    Theta = np.zeros((n_classes, X.shape[1]))
    Theta[found] = _map_estimate(X, renamed, len(found), prior_precision)
    return Theta


@misconception(
    says="you centre the caller's X: it is changed after the call",
    hint="`X -= ...` changes the array that you were given. What makes a new one?",
)
def centres_in_place(X, y, n_classes, prior_precision):
    X -= X.mean(axis=0)
    return _map_estimate(X, y, n_classes, prior_precision)
