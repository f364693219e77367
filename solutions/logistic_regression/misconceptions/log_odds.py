"""Wrong log-odds, each with its name."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="you return the odds p / (1 - p), without the logarithm",
    hint="Even odds are 1 to 1. What are even log-odds?",
)
def odds_without_logarithm(p):
    return p / (1 - np.asarray(p))


@misconception(
    says="you take the logarithm to base 2; all logarithms here are natural",
    hint="Put your result into the sigmoid: does p come back?",
)
def base_2(p):
    return np.log2(p) - np.log2(1 - np.asarray(p))


@misconception(
    says="you take the logarithm to base 10; all logarithms here are natural",
    hint="Put your result into the sigmoid: does p come back?",
)
def base_10(p):
    return np.log10(p) - np.log10(1 - np.asarray(p))


@misconception(
    says="your odds are upside down: you return log((1 - p) / p), the log-odds of the other class",
    hint="An event with p = 0.9 is likely. Should its log-odds be positive or negative?",
)
def upside_down(p):
    return np.log(1 - np.asarray(p)) - np.log(p)


@misconception(
    says="you clip p away from 0 and 1, so that certainty gets finite log-odds; the question asks for −inf and +inf there",
    hint="What does NumPy make of log(0)? A warning is not an error here.",
    epsilon=TINY,
)
def clips_p(p, epsilon=1e-12):
    p = np.clip(p, epsilon, 1 - epsilon)
    return np.log(p / (1 - p))


@misconception(
    says="you add a small epsilon inside the logarithm, so that certainty gets finite log-odds; −inf and +inf are asked for",
    hint="What does NumPy make of log(0)? A warning is not an error here.",
    epsilon=TINY,
)
def adds_an_epsilon(p, epsilon=1e-15):
    return np.log((p + epsilon) / (1 - p + epsilon))


@misconception(
    says="you replace infinities by large finite numbers; −inf and +inf are the right answers at 0 and 1",
    hint="nan_to_num hides what should be seen. Does your result contain any nan?",
)
def tidies_infinity_away(p):
    return np.nan_to_num(np.log(p) - np.log1p(-np.asarray(p)))


@misconception(
    says="you return log(p), the log-probability; the log-odds compare p with 1 - p",
    hint="Where is the probability of the other class in your formula?",
)
def log_probability(p):
    return np.log(p)


@misconception(
    says="you return the sigmoid of p; log_odds is the sigmoid's inverse",
    hint="Solve p = 1 / (1 + exp(-z)) for z.",
)
def sigmoid_instead(p):
    return 1 / (1 + np.exp(-np.asarray(p)))


@misconception(
    says="your result is nan, or your code raises, at p = 1: 1 / p - 1 is zero there, or p / (1 - p) divides by zero, and you leave the element out",
    hint="Follow p = 1 through your code, step by step. Which step is undefined, and what is its limit?",
)
def nan_at_the_ends(p):
    p = np.asarray(p, dtype=float)
    inside = (p > 0) & (p < 1)
    safe = np.where(inside, p, 0.5)
    return np.where(inside, np.log(safe / (1 - safe)), np.nan)


@misconception(
    says="you change p in place, so the caller's array is no longer what it was",
    hint="Operators such as `/=` write into the array that came in. Which of your lines does that?",
)
def changes_p_in_place(p):
    p /= 1 - p
    return np.log(p)


@misconception(
    says="your clip is one-sided: p stays away from 0 but not from 1, and at 0 the answer should be −inf",
    hint="What should log_odds(0.0) be, and is the logarithm of 0 an error here?",
    epsilon=TINY,
)
def clipped_below(p, epsilon=1e-15):
    p = np.maximum(p, epsilon)
    return np.log(p / (1 - p))


@misconception(
    says="math.log(0) raises ValueError, but p = 0 has an answer: −inf",
    hint="Which logarithm gives −inf at 0 instead of an error?",
)
def math_log_of_0(p):
    import math

    return np.array([math.log(q) - math.log(1 - q) for q in np.ravel(p)]).reshape(np.shape(p))


@misconception(
    says="you divide by 1 - p as a plain Python number: at p = 1 that raises ZeroDivisionError",
    hint="What is the limit of p / (1 - p) as p comes close to 1? How does NumPy divide by 0, and how does Python?",
)
def divides_by_0(p):
    import math

    return np.array([math.log(q / (1 - q)) if q else -np.inf for q in map(float, np.ravel(p))]).reshape(np.shape(p))


@misconception(
    says="you add log(1 - p) where it should be subtracted: the odds are a quotient",
    hint="What becomes of a / b under the logarithm? At p = 1/2 the odds are 1: what is their logarithm?",
)
def sum_of_logarithms(p):
    return np.log(p) + np.log(1 - p)


@misconception(
    says="you divide log(p) by log(1 - p); the logarithm of a quotient is a difference",
    hint="What becomes of a / b under the logarithm? At p = 1/2 the odds are 1: what is their logarithm?",
    careful=(True,),
)
def quotient_of_logarithms(p, careful=False):
    return np.log(p) / (np.log1p(-p) if careful else np.log(1 - p))


@misconception(
    says="you treat a tiny p as 0, or a p close to 1 as 1: its log-odds are finite, however tiny it is",
    hint="What is log(1e-13)? Is a comparison with a tolerance needed where p is exactly 0 or not?",
    epsilon=(1e-6, 1e-8, 1e-10, 1e-15, 1e-16, 1e-20, 1e-30, 1e-50, 1e-100),
    close=(True,),
)
def tiny_probability_is_0(p, epsilon=1e-12, close=False):
    p = np.asarray(p, dtype=float)
    zero, one = (np.isclose(p, 0), np.isclose(p, 1)) if close else (p < epsilon, p > 1 - epsilon)
    return np.where(zero, -np.inf, np.where(one, np.inf, np.log(p) - np.log1p(-p)))


@misconception(
    says="you replace 0 and 1 in the caller's array; the results are right, but the caller's numbers are not what they were",
    hint="`p[p == 0] = ...` writes into the array that came in. What makes a copy first?",
)
def repairs_the_ends_in_place(p):
    p = np.asarray(p, dtype=float)
    zero, one = p == 0, p == 1
    p[zero | one] = 0.5
    return np.where(zero, -np.inf, np.where(one, np.inf, np.log(p / (1 - p))))
