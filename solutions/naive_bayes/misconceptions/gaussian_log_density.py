"""Wrong ways to answer gaussian_log_density."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="you treat the third argument as a standard deviation (you square it); it is the variance already.",
    hint="Call it with variance 4 at x = mean + 2: that is one standard deviation out.",
)
def variance_squared(x, mean, variance):
    return -0.5 * np.log(2 * np.pi * variance**2) - (x - mean) ** 2 / (2 * variance**2)


@misconception(
    says="your exponent has the square of the variance; it is (x - mean)² / (2·variance).",
    hint="The exponent has no unit: x is in metres, variance in metres squared. What about yours?",
)
def variance_squared_in_the_exponent(x, mean, variance):
    return -0.5 * np.log(2 * np.pi * variance) - (x - mean) ** 2 / (2 * variance**2)


@misconception(
    says="your exponent divides by the standard deviation; it divides by the variance.",
    hint="Measure x in other units: does (x - mean)²/σ stay the same?",
)
def standard_deviation_in_the_exponent(x, mean, variance):
    return -0.5 * np.log(2 * np.pi * variance) - (x - mean) ** 2 / (2 * np.sqrt(variance))


@misconception(
    says="the factor 1/2 of the exponent is missing.",
    hint="One standard deviation out, the log-density is 1/2 lower than at the mean. By how much is yours?",
)
def no_half_in_the_exponent(x, mean, variance):
    return -0.5 * np.log(2 * np.pi * variance) - (x - mean) ** 2 / variance


@misconception(
    says="your normalising term lacks its factor 1/2: you took the log of 1/(2πσ²), without the square root.",
    hint="The density has 1/sqrt(2πσ²) in front. What is the log of a square root?",
)
def no_square_root(x, mean, variance):
    return -np.log(2 * np.pi * variance) - (x - mean) ** 2 / (2 * variance)


@misconception(
    says="2π is missing from your normalising term.",
    hint="Sum your density over a fine grid: does it integrate to 1?",
)
def no_2_pi(x, mean, variance):
    return -0.5 * np.log(variance) - (x - mean) ** 2 / (2 * variance)


@misconception(
    says="the normalising term -1/2 log(2πσ²) is missing altogether.",
    hint="It does not depend on x, but it differs between classes of different variance. Does your density integrate to 1?",
)
def exponent_only(x, mean, variance):
    return -((x - mean) ** 2) / (2 * variance) + 0.0 * variance


@misconception(
    says="you compute the density first and then take its log: far out it underflows to 0 and gives −inf.",
    hint="What is log(a·e^b) on paper? Does any exp remain?",
)
def log_of_the_density(x, mean, variance):
    return np.log(np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance))


@misconception(
    says="you keep the density away from 0 with a tiny number before the log, so that it never falls below a fixed value.",
    hint="That hides the −inf, not the mistake: all far points look equally far. Can you take the log on paper first?",
    epsilon=TINY,
)
def log_of_the_clipped_density(x, mean, variance, epsilon=1e-300):
    return np.log(np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance) + epsilon)


@misconception(
    says="you return the density; its log is asked for.",
    hint="Can your result be negative? Should it?",
)
def density(x, mean, variance):
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


@misconception(
    says="your log is to base 10; all logs here are natural.",
    hint="Which of NumPy's logarithms is the natural one?",
)
def base_10(x, mean, variance):
    return (-0.5 * np.log(2 * np.pi * variance) - (x - mean) ** 2 / (2 * variance)) / np.log(10)


@misconception(
    says="the sign of your exponent is wrong: your density grows with the distance from the mean.",
    hint="Where should the density be highest?",
)
def wrong_sign(x, mean, variance):
    return -0.5 * np.log(2 * np.pi * variance) + (x - mean) ** 2 / (2 * variance)


@misconception(
    says="you use math.log, which takes single numbers only; arrays should work, too.",
    hint="Which library has a log that works elementwise?",
)
def numbers_only(x, mean, variance):
    import math

    return -0.5 * math.log(2 * math.pi * variance) - (x - mean) ** 2 / (2 * variance)


@misconception(
    says="you subtract the mean from x in place, which changes the caller's x.",
    hint="Does `x -= mean` make a new array, or change x itself?",
)
def centres_in_place(x, mean, variance):
    value = -0.5 * np.log(2 * np.pi * variance) - (x - mean) ** 2 / (2 * variance)
    if np.shape(x) == np.shape(value) and np.ndim(x):
        x -= mean
    return value


@misconception(
    says="you multiply by the variance where you should divide: in `a / 2 * variance` only the 2 is in the denominator",
    hint="In which order does Python evaluate `/` and `*`? What does the fraction bar put in parentheses?",
)
def multiplies_by_the_variance(x, mean, variance):
    return -0.5 * np.log(2 * np.pi * variance) - (x - mean) ** 2 / 2 * variance


@misconception(
    says="you return the density of the standardised (x − mean)/σ: the logarithm of σ, which makes it integrate to 1, is missing",
    hint="A Gaussian twice as wide is half as high. Where does your formula say so?",
)
def density_of_the_standardised(x, mean, variance):
    return -0.5 * np.log(2 * np.pi) - (x - mean) ** 2 / (2 * variance)


@misconception(
    says="you raise small variances to a floor of your own; the density of a narrow Gaussian is high at its mean",
    hint="The variance may be any number above 0: 1e-8 is one, if x is in metres and varies by a tenth of a millimetre.",
    floor=(1e-3, 1e-4, 1e-5, 1e-8, 1e-9, 1e-10),
)
def floor_of_its_own(x, mean, variance, floor=1e-6):
    variance = np.maximum(variance, floor)
    return -0.5 * (np.log(2 * np.pi * variance) + (np.asarray(x) - mean) ** 2 / variance)
