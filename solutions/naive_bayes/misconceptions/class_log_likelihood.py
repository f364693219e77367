"""Wrong ways to answer class_log_likelihood."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="you average over features; independent features multiply, so their logs add up.",
    hint="np.mean and np.sum differ by a factor d. Which one is the log of a product?",
)
def mean_over_features(X, means, variances):
    return gaussian_log_density(X[:, None], means, variances).mean(axis=2)


@misconception(
    says="you multiply log-densities; the log of a product is a sum of logs.",
    hint="What is log(ab) in terms of log a and log b?",
)
def product_of_logs(X, means, variances):
    return gaussian_log_density(X[:, None], means, variances).prod(axis=2)


@misconception(
    says="you multiply the densities and take the log at the end: with many features the product underflows.",
    hint="A product of 2,000 numbers below 1 is 0 in floating point. Which operation on their logs replaces it?",
)
def log_of_the_product(X, means, variances):
    return np.log(np.prod(np.exp(gaussian_log_density(X[:, None], means, variances)), axis=2))


@misconception(
    says="you add a tiny number to each density before its log, so that far points all look alike.",
    hint="That hides the −inf, not the underflow. Can you compute the log-density itself?",
    epsilon=TINY,
)
def tiny_number_added(X, means, variances, epsilon=1e-300):
    return np.sum(np.log(np.exp(gaussian_log_density(X[:, None], means, variances)) + epsilon), axis=2)


@misconception(
    says="your result is (K, n); it should be (n, K), one row per example.",
    hint="Print the shape: row i belongs to example i.",
)
def transposed(X, means, variances):
    return gaussian_log_density(X[:, None], means, variances).sum(axis=2).T


@misconception(
    says="you use the mean of the variances over classes for all classes; class k has variances of its own.",
    hint="Both indices of σ²_kj matter: look where k occurs in your loop.",
)
def shared_variance(X, means, variances):
    return gaussian_log_density(X[:, None], means, np.tile(variances.mean(axis=0), (len(means), 1))).sum(axis=2)


@misconception(
    says="you keep only the last feature: in your loop over features each value replaces the one before.",
    hint="Does your loop assign or add?",
)
def last_feature_only(X, means, variances):
    return gaussian_log_density(X[:, None, -1], means[:, -1], variances[:, -1])


@misconception(
    says="you use standard deviations where the density asks for variances.",
    hint="Which of variance and standard deviation does gaussian_log_density take?",
)
def root_taken(X, means, variances):
    return gaussian_log_density(X[:, None], means, np.sqrt(variances)).sum(axis=2)


@misconception(
    says="your normalising terms are missing: they do not depend on x, but they do on the class.",
    hint="A narrow class has a high density at its mean. Does yours?",
)
def exponents_only(X, means, variances):
    return -0.5 * np.sum((X[:, None] - means) ** 2 / variances, axis=2)


@misconception(
    says="2π counts once in your result; every feature contributes one.",
    hint="How many normalising constants are there in a product of d densities?",
)
def one_2_pi(X, means, variances):
    quadratic = np.sum((X[:, None] - means) ** 2 / variances, axis=2)
    return -0.5 * (quadratic + np.log(variances).sum(axis=1) + np.log(2 * np.pi))


@misconception(
    says="your normalising term is the log of the sum of the variances; it is the sum of their logs.",
    hint="The normalising constants of the features are multiplied. What does the logarithm turn that into?",
)
def log_of_summed_variances(X, means, variances):
    quadratic = np.sum((X[:, None] - means) ** 2 / variances, axis=2)
    return -0.5 * (quadratic + np.log(2 * np.pi * variances.sum(axis=1)))


@misconception(
    says="you return likelihoods; their logs are asked for.",
    hint="In 2,000 dimensions no float holds a likelihood. Is there an exp that you can leave out?",
)
def likelihood(X, means, variances):
    return np.exp(gaussian_log_density(X[:, None], means, variances).sum(axis=2))


@misconception(
    says="you multiply the variances of all features before taking the log: in many dimensions the product becomes 0 or infinite.",
    hint="The normalising term of all features together is the log of a product. What is the log of a product?",
)
def product_of_variances(X, means, variances):
    with np.errstate(all="ignore"):
        normaliser = np.log(np.prod(variances, axis=1)) + X.shape[1] * np.log(2 * np.pi)
        squares = ((X[:, None] - means) ** 2 / variances).sum(axis=2)
        return -(normaliser + squares) / 2


@misconception(
    says="your normalising constant (2π)^d · det overflows in many dimensions; its log is a moderate number.",
    hint="How large is (2π)^2000? Take the log before the power, not after.",
)
def normaliser_overflows(X, means, variances):
    with np.errstate(all="ignore"):
        constant = np.sqrt(np.float64(2 * np.pi) ** X.shape[1] * np.prod(variances, axis=1))
        squares = ((X[:, None] - means) ** 2 / variances).sum(axis=2)
        return -np.log(constant) - squares / 2


@misconception(
    says="you take the log of each feature's density: far out the density is 0 in floating point, and its log −inf.",
    hint="What is exp(−1000) in floating point? The log of a density can be written down without the density.",
)
def log_of_each_density(X, means, variances):
    with np.errstate(all="ignore"):
        density = np.exp(-((X[:, None] - means) ** 2) / (2 * variances)) / np.sqrt(2 * np.pi * variances)
        return np.log(density).sum(axis=2)


@misconception(
    says="2π is missing: every feature contributes −1/2 log 2π.",
    hint="Integrate your density of one feature over x. Is it 1?",
)
def no_2_pi(X, means, variances):
    return -(np.log(variances) + (X[:, None] - means) ** 2 / variances).sum(axis=2) / 2


@misconception(
    says="you use the variances of the first class for all of them",
    hint="Which index of variances changes with the class in your loop?",
)
def variances_of_the_first_class(X, means, variances):
    return gaussian_log_density(X[:, None, :], means, variances[0]).sum(axis=2)


@misconception(
    says="you raise small variances to a floor of your own; estimate_parameters has seen to that already",
    hint="The variances may be any numbers above 0: 1e-8 is one, if x is in metres and varies by a tenth of a millimetre.",
    floor=(1e-3, 1e-4, 1e-5, 1e-8, 1e-9, 1e-10),
)
def floor_of_its_own(X, means, variances, floor=1e-6):
    return gaussian_log_density(X[:, None, :], means, np.maximum(variances, floor)).sum(axis=2)
