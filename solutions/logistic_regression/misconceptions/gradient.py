"""Wrong gradients, each with its name."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="your gradient points downhill: p - y instead of y - p (the gradient of the loss, not of the log-posterior)",
    hint="An example with y = 1 and p = 0.2 should push θ along x. Which way does yours push?",
)
def downhill(X, y, theta, prior_precision):
    return X.T @ (sigmoid(X @ theta) - y) + prior_precision * theta


@misconception(
    says="the residual has the wrong sign: p - y instead of y - p, while the prior's term is right",
    hint="An example with y = 1 and p = 0.2 should push θ along x. Which way does yours push?",
)
def residual_upside_down(X, y, theta, prior_precision):
    return X.T @ (sigmoid(X @ theta) - y) - prior_precision * theta


@misconception(
    says="you add the prior's term; it pulls towards zero, so it is subtracted",
    hint="Differentiate -(prior_precision / 2) θ_j².",
)
def prior_pushes_away(X, y, theta, prior_precision):
    return X.T @ (y - sigmoid(X @ theta)) + prior_precision * theta


@misconception(
    says="you take the mean over examples; the gradient is a sum",
    hint="The log-likelihood is a sum over examples. What is the derivative of a sum?",
)
def mean_instead_of_sum(X, y, theta, prior_precision):
    return X.T @ (y - sigmoid(X @ theta)) / len(y) - prior_precision * theta


@misconception(
    says="you divide everything by n, prior included; the gradient is that of the sum, not of the mean",
    hint="Which function do you differentiate? Compare with log_posterior: no n divides it.",
)
def everything_over_n(X, y, theta, prior_precision):
    return (X.T @ (y - sigmoid(X @ theta)) - prior_precision * theta) / len(y)


@misconception(
    says="the prior's term is twice too large: the 1/2 of the penalty cancels the 2 of the square",
    hint="Differentiate (prior_precision / 2) θ_j².",
)
def prior_twice(X, y, theta, prior_precision):
    return X.T @ (y - sigmoid(X @ theta)) - 2 * prior_precision * theta


@misconception(
    says="you leave the first weight out of the penalty, as if it were an intercept; here every weight is penalised",
    hint="There is no hidden intercept: which feature would that weight belong to?",
)
def spares_the_first_weight(X, y, theta, prior_precision):
    pull = prior_precision * theta
    pull[0] = 0
    return X.T @ (y - sigmoid(X @ theta)) - pull


@misconception(
    says="you divide the prior's term by n; the prior counts once, however many examples there are",
    hint="Does log_posterior divide its penalty by n?",
)
def prior_over_n(X, y, theta, prior_precision):
    return X.T @ (y - sigmoid(X @ theta)) - prior_precision * theta / len(y)


@misconception(
    says="you subtract the prior's term once per example; it belongs outside the sum",
    hint="Is the prior's term inside your loop over examples?",
)
def prior_for_every_example(X, y, theta, prior_precision):
    return X.T @ (y - sigmoid(X @ theta)) - len(y) * prior_precision * theta


@misconception(
    says="you ignore the prior: this is the gradient of the log-likelihood",
    hint="What does the penalty add to the derivative with respect to θ_j?",
)
def ignores_the_prior(X, y, theta, prior_precision):
    return X.T @ (y - sigmoid(X @ theta))


@misconception(
    says="you subtract the penalty itself, a number, from every component; its derivative is a vector",
    hint="Differentiate (prior_precision / 2) Σ_k θ_k² with respect to θ_j: which terms remain?",
)
def penalty_not_differentiated(X, y, theta, prior_precision):
    return X.T @ (y - sigmoid(X @ theta)) - 0.5 * prior_precision * np.sum(theta**2)


@misconception(
    says="you forget the factor x_j: the residuals alone are summed, the same for every weight",
    hint="Chain rule: after the derivative with respect to θᵀx, what is the derivative of θᵀx with respect to θ_j?",
)
def forgets_the_feature(X, y, theta, prior_precision):
    return np.full(X.shape[1], np.sum(y - sigmoid(X @ theta))) - prior_precision * theta


@misconception(
    says="you multiply the residual by p (1 - p), as squared error would; in the log-likelihood that factor cancels",
    hint="Differentiate log sigmoid(z) with respect to z, and simplify.",
)
def slope_of_squared_error(X, y, theta, prior_precision):
    p = sigmoid(X @ theta)
    return X.T @ ((y - p) * p * (1 - p)) - prior_precision * theta


@misconception(
    says="you use predicted labels instead of probabilities in y - p: that is the perceptron's rule",
    hint="An example on the right side of the line but close to it still pushes a little. By how much?",
)
def labels_instead_of_probabilities(X, y, theta, prior_precision):
    return X.T @ (y - (X @ theta >= 0)) - prior_precision * theta


@misconception(
    says="you sum over features too, and give every weight the same total",
    hint="Which axis of X counts examples, and which counts features? Only the examples are summed over.",
)
def sums_over_features(X, y, theta, prior_precision):
    return np.sum(X * (y - sigmoid(X @ theta))[:, None]) * np.ones(X.shape[1]) - prior_precision * theta


@misconception(
    says="you leave Xθ without its sigmoid: y - θᵀx is the residual of linear regression",
    hint="Which values can p take in y - p?",
)
def residual_of_linear_regression(X, y, theta, prior_precision):
    return X.T @ (y - X @ theta) - prior_precision * theta


@misconception(
    says="your p becomes nan far from the line, because exp overflows",
    hint="Which sigmoid does your gradient use? Try it at z = 1000.",
)
def overflows_to_nan(X, y, theta, prior_precision):
    e = np.exp(X @ theta)
    return X.T @ (y - e / (1 + e)) - prior_precision * theta


@misconception(
    says="the prior's term is half of what it should be: the 2 of the square cancels the 1/2 of the penalty",
    hint="Differentiate (prior_precision / 2) θ_j² with pen and paper. Which factors are left?",
)
def prior_half(X, y, theta, prior_precision):
    return X.T @ (y - sigmoid(X @ theta)) - prior_precision * theta / 2


@misconception(
    says="you use the gradient for labels -1 and +1, but the labels are 0 and 1: examples of class 0 contribute nothing",
    hint="Put y = 0 into your sum. What does an example of class 0 add?",
)
def formula_for_labels_of_plus_minus_1(X, y, theta, prior_precision):
    return X.T @ (y * sigmoid(-y * (X @ theta))) - prior_precision * theta


@misconception(
    says="math.exp raises OverflowError far from the line; the gradient is finite there",
    hint="How large can an exponent be before math.exp raises an error? Can the exponent be kept at or below 0?",
)
def math_exp_overflows(X, y, theta, prior_precision):
    import math

    p = np.array([1 / (1 + math.exp(-z)) for z in X @ theta])
    return X.T @ (y - p) - prior_precision * theta


@misconception(
    says="the prior's term is that of absolute values, λ sign(θ); the penalty here is quadratic",
    hint="Differentiate (prior_precision / 2) θ_j². Does the pull depend on how large θ_j is?",
)
def prior_of_absolute_values(X, y, theta, prior_precision):
    return X.T @ (y - sigmoid(X @ theta)) - prior_precision * np.sign(theta)


@misconception(
    says="you subtract the sum of all weights from every component; the prior pulls each weight by itself",
    hint="Which of the θ_k² depend on θ_j? Differentiate each of them with respect to θ_j.",
)
def prior_sums_the_weights(X, y, theta, prior_precision):
    return X.T @ (y - sigmoid(X @ theta)) - prior_precision * np.sum(theta)


@misconception(
    says="you compare p, which runs from 0 to 1, with labels of −1 and +1",
    hint="With y = 0 and p = 0 the model is right: which residual do you get?",
)
def labels_of_plus_minus_1_against_p(X, y, theta, prior_precision):
    return X.T @ (2 * y - 1 - sigmoid(X @ theta)) - prior_precision * theta


@misconception(
    says="you clip the gradient, so that far from the maximum it is too short",
    hint="Clipping belongs to a step, not to the derivative. Compare a large component with a difference of log_posterior.",
    bound=(0.5, 2.0, 5.0, 10.0, 100.0, 1000.0),
    length=(1.0, 5.0, 10.0, 100.0, 1000.0),
)
def clipped(X, y, theta, prior_precision, bound=1.0, length=None):
    slope = X.T @ (y - sigmoid(X @ theta)) - prior_precision * theta
    if length is not None:
        return slope * min(1.0, length / max(np.linalg.norm(slope), 1e-12))
    return np.clip(slope, -bound, bound)
