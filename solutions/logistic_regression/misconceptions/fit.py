"""Wrong fits, each with its name."""

import numpy as np

from autograder.checks import misconception


def _maximises(precision_of):
    """Recognises answers at the maximum for another precision, whatever solver found it."""

    def shows(answers):
        steepest, ours = 0.0, 0.0
        for answer in answers:
            X, y, prior_precision = answer.call.args
            other = precision_of(prior_precision, len(y))
            if answer.value.shape != (X.shape[1],):
                return False
            steepest = max(steepest, np.max(np.abs(gradient(X, y, answer.value, other))))
            ours = max(ours, np.max(np.abs(gradient(X, y, answer.value, prior_precision))))
        return steepest < 1e-3 and ours > 0.01

    return shows


def _stopped_close_to_the_maximum(answers):
    """Every θ is near the maximum, and some gradient is small, but larger than the question allows."""
    steepest = 0.0
    for answer in answers:
        X, y, prior_precision = answer.call.args
        best = fit(X, y, prior_precision)
        if answer.value.shape != best.shape or np.max(np.abs(answer.value - best)) > 0.02 * (1 + np.max(np.abs(best))):
            return False
        steepest = max(steepest, np.max(np.abs(gradient(X, y, answer.value, prior_precision))))
    return 1e-4 < steepest < 0.5


def _short_of_the_maximum(answers):
    """Some θ are at the maximum; the others are on the way to it, and one of them at least is far from it."""
    if _stopped_close_to_the_maximum(answers):
        return False
    arrived = 0
    for answer in answers:
        X, y, prior_precision = answer.call.args
        best = fit(X, y, prior_precision)
        if answer.value.shape != best.shape or not np.all(np.isfinite(answer.value)):
            return False
        if np.max(np.abs(gradient(X, y, answer.value, prior_precision))) <= 1e-4:
            arrived += 1
        elif np.linalg.norm(answer.value) >= np.linalg.norm(best) or (
            answer.value @ best < 0.9 * np.linalg.norm(answer.value) * np.linalg.norm(best)
        ):
            return False
    return len(answers) / 4 < arrived < len(answers)


@misconception(
    says="your fit stops too early: where many steps are needed it is still on the way, and the gradient is not yet zero",
    hint="Print the largest component of the gradient at the end. Stop when it is small, not after a fixed number of steps.",
    behaviour=_short_of_the_maximum,
)
def stops_too_early(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    for _ in range(100):
        theta = theta + 0.01 * gradient(X, y, theta, prior_precision)
    return theta


@misconception(
    says="your fit stops as soon as θ moves by less than 0.001 in a step; that is not yet the maximum",
    hint="A small step can mean a small gradient or a small step size. Which of the two does the question bound?",
)
def loose_tolerance(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    step_size = 1 / (np.sum(X**2) / 4 + prior_precision)
    for _ in range(10000):
        step = step_size * gradient(X, y, theta, prior_precision)
        theta = theta + step
        if np.max(np.abs(step)) < 1e-3:
            break
    return theta


@misconception(
    says="your fit ignores the prior: it maximises the likelihood, and where a line separates the classes it never converges",
    hint="Is prior_precision passed on to the gradient? Let it grow: θ must shrink.",
)
def ignores_the_prior(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    step_size = 4 / np.sum(X**2)
    for _ in range(1000):
        theta = theta + step_size * X.T @ (y - sigmoid(X @ theta))
    return theta


@misconception(
    says="your fit weighs the mean log-likelihood against the prior, which makes the prior n times as strong",
    hint="Is the log-likelihood in your objective a sum or a mean? Duplicate every example: what should double?",
    behaviour=_maximises(lambda precision, n: precision * n),
)
def mean_against_the_prior(X, y, prior_precision):
    precision = prior_precision * len(y)
    theta = np.zeros(X.shape[1])
    for _ in range(60):
        p = sigmoid(X @ theta)
        step = np.linalg.solve(
            (X.T * (p * (1 - p))) @ X + precision * np.eye(X.shape[1]), gradient(X, y, theta, precision)
        )
        theta = theta + step * min(1, 1 / (1e-300 + np.max(np.abs(step))))
    return theta


@misconception(
    says="your fit divides the prior by n, which makes it n times too weak",
    hint="Does log_posterior divide its penalty by n?",
    behaviour=_maximises(lambda precision, n: precision / n),
)
def prior_over_n(X, y, prior_precision):
    precision = prior_precision / len(y)
    theta = np.zeros(X.shape[1])
    for _ in range(60):
        p = sigmoid(X @ theta)
        step = np.linalg.solve(
            (X.T * (p * (1 - p))) @ X + precision * np.eye(X.shape[1]), gradient(X, y, theta, precision)
        )
        theta = theta + step * min(1, 1 / (1e-300 + np.max(np.abs(step))))
    return theta


@misconception(
    says="your fit uses the penalty without its factor 1/2, which makes the prior twice as strong",
    hint="Differentiate (prior_precision / 2) θ_j². What does it add to the gradient?",
    behaviour=_maximises(lambda precision, n: 2 * precision),
)
def prior_twice(X, y, prior_precision):
    precision = 2 * prior_precision
    theta = np.zeros(X.shape[1])
    for _ in range(60):
        p = sigmoid(X @ theta)
        step = np.linalg.solve(
            (X.T * (p * (1 - p))) @ X + precision * np.eye(X.shape[1]), gradient(X, y, theta, precision)
        )
        theta = theta + step * min(1, 1 / (1e-300 + np.max(np.abs(step))))
    return theta


@misconception(
    says="your fit takes prior_precision for a variance: the larger it is, the weaker your prior",
    hint="What should become of θ as prior_precision grows without bound?",
    behaviour=_maximises(lambda precision, n: 1 / precision),
)
def precision_as_variance(X, y, prior_precision):
    precision = 1 / prior_precision
    theta = np.zeros(X.shape[1])
    for _ in range(60):
        p = sigmoid(X @ theta)
        step = np.linalg.solve(
            (X.T * (p * (1 - p))) @ X + precision * np.eye(X.shape[1]), gradient(X, y, theta, precision)
        )
        theta = theta + step * min(1, 1 / (1e-300 + np.max(np.abs(step))))
    return theta


@misconception(
    says="your fit leaves the first weight out of the penalty, as if it were an intercept; here every weight is penalised",
    hint="There is no hidden intercept: which feature would that weight belong to?",
)
def spares_the_first_weight(X, y, prior_precision):
    # 1e-4 instead of 0, so that separable data keep a maximum.
    penalty = np.full(X.shape[1], float(prior_precision))
    penalty[0] = 1e-4
    theta = np.zeros(X.shape[1])
    for _ in range(100):
        p = sigmoid(X @ theta)
        slope = X.T @ (y - p) - penalty * theta
        step = np.linalg.solve((X.T * (p * (1 - p))) @ X + np.diag(penalty), slope)
        theta = theta + step * min(1, 1 / (1e-300 + np.max(np.abs(step))))
    return theta


@misconception(
    says="your fit is linear regression on labels of -1 and +1 (least squares), not logistic regression",
    hint="Where does the sigmoid enter your fit? Logistic regression has no closed form for θ: how do you find it, then?",
)
def least_squares(X, y, prior_precision):
    return np.linalg.solve(X.T @ X + prior_precision * np.eye(X.shape[1]), X.T @ (2.0 * y - 1))


@misconception(
    says="your fit takes a single Newton step from zero; the curvature changes on the way, so one is not enough",
    hint="What is the gradient at the θ you return? Repeat until it is small.",
)
def one_newton_step(X, y, prior_precision):
    return np.linalg.solve(X.T @ X / 4 + prior_precision * np.eye(X.shape[1]), X.T @ (y - 0.5))


@misconception(
    says="your step size of 0.05 is too large for the sum over many examples: the steps overshoot and never converge",
    hint="How steep does the gradient become with n examples or a large precision? Which step size is safe then?",
)
def fixed_step_overshoots(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    for _ in range(500):
        theta = theta + 0.05 * gradient(X, y, theta, prior_precision)
    return np.nan_to_num(theta)


@misconception(
    says="your fit adds an intercept of its own and drops it again; the weights that remain are those of another model",
    hint="There is no hidden intercept: fit the d weights alone.",
)
def hidden_intercept(X, y, prior_precision):
    X, precision = np.column_stack([np.ones(len(y)), X]), prior_precision
    theta = np.zeros(X.shape[1])
    for _ in range(60):
        p = sigmoid(X @ theta)
        step = np.linalg.solve(
            (X.T * (p * (1 - p))) @ X + precision * np.eye(X.shape[1]), gradient(X, y, theta, precision)
        )
        theta = theta + step * min(1, 1 / (1e-300 + np.max(np.abs(step))))
    return theta[1:]


@misconception(
    says="your fit stops as soon as one component of the gradient is small: all of them must be",
    hint="Which component of the gradient is the largest when you stop? Check your any and all, your min and max.",
)
def one_small_component(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    for _ in range(100):
        slope = gradient(X, y, theta, prior_precision)
        if np.any(np.abs(slope) < 1e-6):
            break
        p = predict_proba(X, theta)
        curvature = (X.T * (p * (1 - p))) @ X + prior_precision * np.eye(X.shape[1])
        theta = theta + np.linalg.solve(curvature, slope)
    return theta


@misconception(
    says="your fit returns θ = 0, the maximum of the prior alone",
    hint="Is the gradient zero at θ = 0? What do the examples contribute there?",
)
def never_moves(X, y, prior_precision):
    return np.zeros(X.shape[1])


@misconception(
    says="your fit ends after one pass through the examples, one step for each; that is not yet the maximum",
    hint="Print the gradient over all examples at the end. How many passes does it take to become small?",
)
def one_pass(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    for x, label in zip(X, y):
        theta = theta + 0.1 * ((label - sigmoid(x @ theta)) * x - prior_precision / len(y) * theta)
    return theta


@misconception(
    says="your fit comes close to the maximum but stops early, as an optimiser does whose tolerance is left at its default: "
    "the gradient is small, but larger than 1e-4",
    hint="What does your optimiser's tolerance bound: a step, a change of the value, the gradient of a sum or of a mean?",
    behaviour=_stopped_close_to_the_maximum,
)
def optimiser_stops_early(X, y, prior_precision):
    theta = np.zeros(X.shape[1])
    step_size = 1 / (np.sum(X**2) / 4 + prior_precision)
    for _ in range(100000):
        slope = gradient(X, y, theta, prior_precision)
        if np.max(np.abs(slope)) < 0.003:
            break
        theta = theta + step_size * slope
    return theta


@misconception(
    says="your fit has half of the prior's gradient: the penalty (prior_precision / 2) θ_j² is divided by 2 once more",
    hint="Differentiate (prior_precision / 2) θ_j². What happens to the 1/2?",
    behaviour=_maximises(lambda precision, n: precision / 2),
)
def prior_half(X, y, prior_precision):
    precision = prior_precision / 2
    theta = np.zeros(X.shape[1])
    for _ in range(60):
        p = sigmoid(X @ theta)
        step = np.linalg.solve(
            (X.T * (p * (1 - p))) @ X + precision * np.eye(X.shape[1]), gradient(X, y, theta, precision)
        )
        theta = theta + step * min(1, 1 / (1e-300 + np.max(np.abs(step))))
    return theta
