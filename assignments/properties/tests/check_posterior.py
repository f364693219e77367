"""Question check_posterior: Bayes' rule, rows that sum to 1, far out as well, and an impossible class."""

from autograder.checks import accepts, catches

OK_FORMAT = False
name = "check_posterior"

accepts_right_ones = accepts(
    "accepts_right_ones",
    "check_posterior",
    "subtracts the largest entry",
    "divides by the evidence in logarithms",
    "differs in the last digit",
    points=2,
    hint="Where a joint log-probability is −20,000, its last digit is about 1e-12: compare probabilities, with a tolerance.",
)

catches_no_normalisation = catches(
    "catches_no_normalisation",
    "check_posterior",
    "does not normalise",
    points=1,
    hint="What do the probabilities of all classes add up to?",
)

catches_ignored_priors = catches(
    "catches_ignored_priors",
    "check_posterior",
    "ignores the priors in the posterior",
    points=2,
    hint="Rows may sum to 1 and be wrong. What does Bayes' rule say about posterior and joint?",
)

catches_the_wrong_axis = catches(
    "catches_the_wrong_axis",
    "check_posterior",
    "normalises over the examples, not over the classes",
    points=2,
    hint="Do you draw several examples?",
)

catches_nan_far_out = catches(
    "catches_nan_far_out",
    "check_posterior",
    "returns nan far out, where every density is 0",
    points=3,
    hint="How far from all means do you draw x? In how many dimensions?",
)
