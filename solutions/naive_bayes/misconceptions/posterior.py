"""Wrong ways to answer posterior."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="you do not divide by P(x): your rows do not sum to 1.",
    hint="P(x | y = k) P(y = k) is the numerator of Bayes' rule. What is the denominator?",
)
def not_normalised(X, priors, means, variances):
    return np.exp(joint_log_prob(X, priors, means, variances))


@misconception(
    says="you normalise over examples (axis 0); each example's probabilities sum to 1 over classes.",
    hint="Which of result.sum(axis=0) and result.sum(axis=1) should be all ones?",
)
def normalised_over_examples(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    weights = np.exp(joint - joint.max(axis=1)[:, None])
    return weights / weights.sum(axis=0)


@misconception(
    says="you divide log-probabilities by their sum; in logs, dividing means subtracting, and exp comes before the sum.",
    hint="Which of the quantities in Bayes' rule are probabilities, and which of yours are logs?",
)
def logs_normalised(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    return joint / joint.sum(axis=1)[:, None]


@misconception(
    says="the prior is missing: all classes count as equally frequent.",
    hint="If x carries no information about y, what should be left of Bayes' rule?",
)
def no_prior(X, priors, means, variances):
    joint = class_log_likelihood(X, means, variances)
    weights = np.exp(joint - joint.max(axis=1)[:, None])
    return weights / weights.sum(axis=1)[:, None]


@misconception(
    says="the prior counts once per feature; it counts once per example.",
    hint="Is the prior inside your product over features?",
)
def prior_for_each_feature(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        joint = class_log_likelihood(X, means, variances) + X.shape[1] * np.log(priors)
    weights = np.exp(joint - joint.max(axis=1)[:, None])
    return weights / weights.sum(axis=1)[:, None]


@misconception(
    says="the prior counts twice: joint_log_prob holds it already.",
    hint="Count how often priors enter on the way from X to your result.",
)
def prior_twice(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        joint = joint_log_prob(X, priors, means, variances) + np.log(priors)
    weights = np.exp(joint - joint.max(axis=1)[:, None])
    return weights / weights.sum(axis=1)[:, None]


@misconception(
    says="exp underflows to 0 for every class, and 0/0 is nan: in many dimensions and far from all classes.",
    hint="Bayes' rule does not change when all joint probabilities are multiplied by the same number. Choose it before exp.",
)
def underflow(X, priors, means, variances):
    weights = np.exp(joint_log_prob(X, priors, means, variances))
    return weights / weights.sum(axis=1)[:, None]


@misconception(
    says="you add a tiny number to avoid 0/0; where everything underflows, your rows sum to 0 instead of 1.",
    hint="That hides the nan, not the underflow. What could you subtract from the logs before exp?",
    epsilon=TINY,
)
def tiny_number_added(X, priors, means, variances, epsilon=1e-300):
    weights = np.exp(joint_log_prob(X, priors, means, variances))
    return weights / (weights.sum(axis=1)[:, None] + epsilon)


@misconception(
    says="where everything underflows you fall back on equal probabilities (or on the prior); the nearest class should win there.",
    hint="nan_to_num and the like hide the underflow. What could you subtract from the logs before exp?",
)
def equal_where_lost(X, priors, means, variances):
    weights = np.exp(joint_log_prob(X, priors, means, variances))
    total = weights.sum(axis=1)[:, None]
    return np.where(total > 0, weights / np.where(total > 0, total, 1), 1 / len(priors))


@misconception(
    says="you subtract the largest log of the whole array before exp; examples far below it still underflow.",
    hint="Does one maximum suit every row?",
)
def one_maximum_for_all(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    weights = np.exp(joint - joint.max())
    return weights / weights.sum(axis=1)[:, None]


@misconception(
    says="you return 1 for the most probable class and 0 for the others; the probabilities themselves are asked for.",
    hint="How certain would you be of an x halfway between two classes?",
)
def certainties(X, priors, means, variances):
    return np.eye(len(priors))[predict(X, priors, means, variances)]


@misconception(
    says="you return log P(y=k|x); the probabilities themselves are asked for.",
    hint="In which range is a probability, and which step takes you there from its log?",
)
def logs(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, variances)
    return joint - log_evidence(joint)[:, None]


@misconception(
    says="you leave out the normalising constants 1/sqrt(2πσ²) of the densities; they differ between classes.",
    hint="They cancel in Bayes' rule only where all classes have the same variances.",
)
def no_normalising_constants(X, priors, means, variances):
    with np.errstate(divide="ignore"):
        joint = -0.5 * np.sum((X[:, None] - means) ** 2 / variances, axis=2) + np.log(priors)
    weights = np.exp(joint - joint.max(axis=1)[:, None])
    return weights / weights.sum(axis=1)[:, None]


@misconception(
    says="you use standard deviations where variances belong.",
    hint="The argument variances holds σ² already: no root is needed.",
)
def root_taken(X, priors, means, variances):
    joint = joint_log_prob(X, priors, means, np.sqrt(variances))
    weights = np.exp(joint - joint.max(axis=1)[:, None])
    return weights / weights.sum(axis=1)[:, None]


@misconception(
    says="you add a tiny number to each feature's density before its log, so that far out all classes look alike.",
    hint="Far from every class, which class is nearest? What does your code say there?",
    epsilon=TINY,
)
def tiny_number_in_the_log(X, priors, means, variances, epsilon=1e-12):
    with np.errstate(all="ignore"):
        density = np.exp(-((X[:, None] - means) ** 2) / (2 * variances)) / np.sqrt(2 * np.pi * variances)
        joint = np.log(priors) + np.log(density + epsilon).sum(axis=2)
        weights = np.exp(joint - joint.max(axis=1)[:, None])
    return weights / weights.sum(axis=1)[:, None]


@misconception(
    says="you take the log of each feature's density: far out the density is 0 in floating point, and its log −inf.",
    hint="What is exp(−1000) in floating point? The log of a density can be written down without the density.",
)
def log_of_each_density(X, priors, means, variances):
    with np.errstate(all="ignore"):
        density = np.exp(-((X[:, None] - means) ** 2) / (2 * variances)) / np.sqrt(2 * np.pi * variances)
        joint = np.log(priors) + np.log(density).sum(axis=2)
        weights = np.exp(joint - joint.max(axis=1)[:, None])
        return weights / weights.sum(axis=1)[:, None]


@misconception(
    says="you multiply the variances of all features before taking the log: in many dimensions the product becomes 0 or infinite.",
    hint="How large is (2π)^2000, and how small 0.1^2000? What is the log of a product?",
)
def product_of_variances(X, priors, means, variances):
    with np.errstate(all="ignore"):
        squares = ((X[:, None] - means) ** 2 / variances).sum(axis=2)
        joint = np.log(priors) - (np.log(np.prod(2 * np.pi * variances, axis=1)) + squares) / 2
        weights = np.exp(joint - joint.max(axis=1)[:, None])
        return weights / weights.sum(axis=1)[:, None]


@misconception(
    says="you add a small number to the evidence before dividing, so that rows do not sum to 1",
    hint="When is the denominator 0, and does subtracting the largest logarithm first leave that possible?",
    epsilon=TINY,
)
def epsilon_in_the_denominator(X, priors, means, variances, epsilon=1e-8):
    joint = joint_log_prob(X, priors, means, variances)
    shares = np.exp(joint - joint.max(axis=1, keepdims=True))
    return shares / (shares.sum(axis=1, keepdims=True) + epsilon)


@misconception(
    says="you add a small number to the prior before its logarithm: an impossible class becomes possible",
    hint="How far from the other classes must x be for a prior of 1e-12 to win? log 0 is −inf, and exp of it is 0: no repair is needed.",
    epsilon=TINY,
)
def epsilon_in_the_prior(X, priors, means, variances, epsilon=1e-8):
    joint = class_log_likelihood(X, means, variances) + np.log(priors + epsilon)
    shares = np.exp(joint - joint.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


@misconception(
    says="you give equal probabilities to all classes where the evidence underflows to 0; the posterior is nearly certain there",
    hint="0/0 means that exp was taken too early. Which logarithms still tell the classes apart?",
)
def equal_where_it_underflows(X, priors, means, variances):
    shares = np.exp(joint_log_prob(X, priors, means, variances))
    result = shares / shares.sum(axis=1, keepdims=True)
    return np.where(np.isnan(result), 1 / len(priors), result)


@misconception(
    says="you clip the logarithms before exp: examples far from all classes, or with many features, get the same value for every class",
    hint="What becomes of log P(x | y) = −1000 and −2000? What can you subtract from a row instead, so that exp is safe?",
    lowest=(-500.0, -709.0, -740.0, -745.0),
)
def clips_the_log_likelihoods(X, priors, means, variances, lowest=-700.0):
    weights = np.exp(np.clip(class_log_likelihood(X, means, variances), lowest, -lowest)) * priors
    return weights / weights.sum(axis=1, keepdims=True)
