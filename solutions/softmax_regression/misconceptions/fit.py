"""Wrong fits, each with its name."""

import numpy as np

from autograder.checks import misconception


def _steepest(answers, precision_of):
    """The largest component of the gradients that the answers have for another precision, of those that may be one."""
    steepest = 0.0
    for answer in answers:
        X, y, n_classes, prior_precision = answer.call.args
        if np.shape(answer.value) != (n_classes, X.shape[1]):
            return np.inf
        slope = gradient(X, y, np.asarray(answer.value), precision_of(prior_precision, len(y)))
        steepest = max(steepest, np.max(np.abs(slope)))
    return steepest


def _maximises(precision_of):
    """Recognises answers at the maximum for another precision, whatever solver found it."""
    return lambda answers: _steepest(answers, precision_of) < 1e-3 and _steepest(answers, lambda p, n: p) > 0.01


def _distances(answers):
    """For each answer the largest component of its gradient, how far it is from the maximum, and how far both reach."""
    for answer in answers:
        X, y, n_classes, prior_precision = answer.call.args
        best = fit(X, y, n_classes, prior_precision)
        theirs = np.asarray(answer.value)
        slope = np.max(np.abs(gradient(X, y, theirs, prior_precision)))
        yield slope, np.max(np.abs(theirs - best)), np.linalg.norm(theirs), np.linalg.norm(best), np.sum(theirs * best)


def _stopped_close_to_the_maximum(answers):
    """Every Theta is near the maximum, and some gradient is small, but larger than the question allows."""
    found = list(_distances(answers))
    near = all(off <= 0.02 * (1 + reach) for _, off, _, reach, _ in found)
    return near and 1e-4 < max(slope for slope, *_ in found) < 0.5


def _short_of_the_maximum(answers):
    """Some Theta are at the maximum; the others are on the way to it, and one of them at least is far from it."""
    found = list(_distances(answers))
    on_the_way = [(mine, reach, dot) for slope, _, mine, reach, dot in found if slope > 1e-4]
    straight = all(mine < reach and dot >= 0.9 * mine * reach for mine, reach, dot in on_the_way)
    return straight and 0 < len(on_the_way) < len(found) * 3 / 4 and not _stopped_close_to_the_maximum(answers)


def _overshoots(answers):
    """Some Theta are at the maximum; the others have a large gradient, and lie beyond it or in another direction."""
    found = list(_distances(answers))
    lost = [x for x in found if x[0] > 1e-4]
    thrown = all(slope > 0.5 and (mine > reach or dot < 0.9 * mine * reach) for slope, _, mine, reach, dot in lost)
    return thrown and 0 < len(lost) < len(found) * 3 / 4


def _goes_downhill(answers):
    """Every Theta that is not 0 points away from the maximum."""
    found = [(mine, dot) for *_, mine, _, dot in _distances(answers) if mine > 1e-6]
    return len(found) > 0 and all(dot < 0 for _, dot in found)


def _last_class_is_zero(answers):
    """The last row is 0 in every answer, and the others are not."""
    tables = [np.asarray(answer.value) for answer in answers]
    return all(np.all(np.abs(t[-1]) < 1e-12) for t in tables) and any(np.any(np.abs(t[:-1]) > 1e-3) for t in tables)


def _first_class_is_zero(answers):
    """The first row is 0 in every answer, and the others are not."""
    tables = [np.asarray(answer.value) for answer in answers]
    return all(np.all(np.abs(t[0]) < 1e-12) for t in tables) and any(np.any(np.abs(t[1:]) > 1e-3) for t in tables)


def _each_class_on_its_own(answers):
    """Every row is at the maximum of a model for its class against all others, of one row of weights or of two."""
    steepest = np.zeros(2)
    for answer in answers:
        X, y, n_classes, prior_precision = answer.call.args
        for k, theta in enumerate(np.asarray(answer.value)):
            for rows in (1, 2):
                p = 1 / (1 + np.exp(-rows * (X @ theta)))
                slope = X.T @ ((y == k) - p) - prior_precision * theta
                steepest[rows - 1] = max(steepest[rows - 1], np.max(np.abs(slope)))
    return np.min(steepest) < 1e-3


def _a_row_for_each_label(found):
    """Whether there is a row only for the labels that are found, in at least one answer one less than there should be."""

    def shows(answers):
        short = 0
        for answer in answers:
            X, y, n_classes, _ = answer.call.args
            if answer.fault is not None or np.shape(answer.value) != (found(y), X.shape[1]):
                return False
            short += found(y) < n_classes
        return short > 0

    return shows


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
    behaviour=_short_of_the_maximum,
)
def stops_too_early(X, y, n_classes, prior_precision, steps=20):
    Theta = np.zeros((n_classes, X.shape[1]))
    for _ in range(steps):
        Theta = Theta + 0.01 * gradient(X, y, Theta, prior_precision)
    return Theta


@misconception(
    says="your step size is too large for the sum over many examples: the steps overshoot and never converge",
    hint="The gradient grows with the number of examples. What should a step be divided by?",
    behaviour=_overshoots,
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
    behaviour=_maximises(lambda precision, n: precision * n),
)
def mean_against_the_prior(X, y, n_classes, prior_precision):
    return _map_estimate(X, y, n_classes, len(y) * prior_precision)


@misconception(
    says="your fit uses the penalty without its factor 1/2, which makes the prior twice as strong",
    hint="Is the gradient that you drive to 0 the one of question 4?",
    behaviour=_maximises(lambda precision, n: 2 * precision),
)
def prior_twice(X, y, n_classes, prior_precision):
    return _map_estimate(X, y, n_classes, 2 * prior_precision)


@misconception(
    says="your fit takes prior_precision for a variance: the larger it is, the weaker your prior",
    hint="A precise prior holds the weights close to 0.",
    behaviour=_maximises(lambda precision, n: 1 / precision),
)
def precision_as_variance(X, y, n_classes, prior_precision):
    return _map_estimate(X, y, n_classes, 1 / prior_precision)


@misconception(
    says="your fit trains each class against all others on its own; their probabilities are not normalised together",
    hint="In which formula do the weights of all classes occur together?",
    behaviour=_each_class_on_its_own,
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
    behaviour=_first_class_is_zero,
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


@misconception(
    says="your fit comes close to the maximum but stops early, as an optimiser does whose tolerance is left at its default: "
    "the gradient is small, but larger than 1e-4",
    hint="What does your optimiser's tolerance bound: a step, a change of the value, the gradient of a sum or of a mean?",
    behaviour=_stopped_close_to_the_maximum,
)
def optimiser_stops_early(X, y, n_classes, prior_precision):
    Theta = np.zeros((n_classes, X.shape[1]))
    step = 1 / (0.5 * np.sum(X**2) + prior_precision)
    for _ in range(10000):
        slope = gradient(X, y, Theta, prior_precision)
        if np.max(np.abs(slope)) < 0.003:
            break
        Theta = Theta + step * slope
    return Theta


@misconception(
    says="your fit ignores the prior: it maximises the likelihood, and where lines separate the classes it never converges",
    hint="Is prior_precision passed on to the gradient? Let it grow: the weights must shrink.",
    behaviour=_maximises(lambda precision, n: 0.0),
)
def ignores_the_prior(X, y, n_classes, prior_precision):
    return _map_estimate(X, y, n_classes, 1e-5)


@misconception(
    says="your fit goes downhill: its steps are those of a loss, or an optimiser minimises the log-posterior itself",
    hint="Does the log-posterior rise from step to step? What does minimize make small?",
    behaviour=_goes_downhill,
)
def downhill(X, y, n_classes, prior_precision):
    Theta = np.zeros((n_classes, X.shape[1]))
    for _ in range(100):
        Theta = Theta - 0.001 * gradient(X, y, Theta, prior_precision)
    return Theta


@misconception(
    says="your fit holds the weights of the last class at zero, as a reference; here every class has weights of its own",
    hint="What is the last row of the gradient at your result?",
    behaviour=_last_class_is_zero,
)
def last_class_is_a_reference(X, y, n_classes, prior_precision):
    Theta = np.zeros((n_classes, X.shape[1]))
    for _ in range(3000):
        slope = gradient(X, y, Theta, prior_precision)
        slope[-1] = 0
        if np.max(np.abs(slope)) <= 1e-6:
            break
        Theta = Theta + slope / (len(y) + prior_precision)
    return Theta


@misconception(
    says="your fit counts the classes in y: where the last label does not occur, Theta has too few rows",
    hint="n_classes says how many classes there are. What does y.max() + 1 say if the last one does not occur?",
    behaviour=_a_row_for_each_label(lambda y: max(y) + 1),
)
def rows_up_to_the_largest_label(X, y, n_classes, prior_precision):
    return _map_estimate(X, y, max(y) + 1, prior_precision)
