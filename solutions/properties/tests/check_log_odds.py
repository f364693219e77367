"""Question check_log_odds: log_odds undoes sigmoid, P(Y=0) + P(Y=1) = 1, and the limits."""

from autograder.checks import accepts, catches

OK_FORMAT = False
name = "check_log_odds"

accepts_right_ones = accepts(
    "accepts_right_ones",
    "check_log_odds",
    "uses exp(-|z|), which never overflows",
    "uses tanh, and a quotient",
    "differs in the last digit",
    points=2,
    hint="Rounding errors grow where sigmoid is close to 0 or 1: how exact can log_odds(sigmoid(z)) be at z = 20, at 40?",
)

catches_a_wrong_sign = catches(
    "catches_a_wrong_sign",
    "check_log_odds",
    "has the wrong sign in the exponent of sigmoid",
    points=1,
    hint="What should log_odds(sigmoid(z)) be?",
)

catches_other_functions = catches(
    "catches_other_functions",
    "check_log_odds",
    "returns the odds, not their logarithm",
    "forgets 1 - p: log_odds is log p",
    points=1,
    hint="What should log_odds(sigmoid(z)) be?",
    title="Catches a log_odds that is another function.",
)

catches_mistakes_below_0 = catches(
    "catches_mistakes_below_0",
    "check_log_odds",
    "ignores the sign of z in sigmoid",
    points=2,
    hint="Which z does your property draw? And what do P(Y=0) and P(Y=1) add up to?",
)

catches_an_overflow = catches(
    "catches_an_overflow",
    "check_log_odds",
    "returns nan for a large z in sigmoid",
    points=2,
    hint="Try z = 1000, and remember that every comparison with nan is False.",
)

# BEGIN SOLUTION
accepts_other_right_ones = accepts(
    "accepts_other_right_ones",
    "check_log_odds",
    "is the formula of the lecture",
    "rounds differently",
    "computes one number at a time",
    points=1,
    hint="A right answer may differ from yours in the last digits, and is infinite exactly where the definition says so.",
    hidden=True,
)

catches_two_mistakes_that_cancel = catches(
    "catches_two_mistakes_that_cancel",
    "check_log_odds",
    "has both signs wrong, so that log_odds still undoes sigmoid",
    points=2,
    hint="Two mistakes can undo each other. What do you state about sigmoid alone?",
    title="Catches two mistakes that undo each other.",
    hidden=True,
)

catches_wrong_limits = catches(
    "catches_wrong_limits",
    "check_log_odds",
    "clips p, so that log_odds(0) and log_odds(1) are finite",
    "adds a tiny number, so that log_odds(0) is finite",
    points=2,
    hint="What are log_odds(0), log_odds(1), sigmoid(-inf), sigmoid(inf)?",
    title="Catches wrong limits.",
    hidden=True,
)

catches_mistakes_elsewhere = catches(
    "catches_mistakes_elsewhere",
    "check_log_odds",
    "returns exactly 0 or 1 for |z| above 8",
    "subtracts the mean of an array, so that elements depend on each other",
    points=2,
    hint="How far out do you draw z? Do you draw arrays as well as numbers?",
    title="Catches mistakes that show only far out, or in arrays.",
    hidden=True,
)
# END SOLUTION
