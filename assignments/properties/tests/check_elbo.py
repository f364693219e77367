"""Question check_elbo: never above the log marginal likelihood, and equal to it at the posterior only."""

from autograder.checks import accepts, catches

OK_FORMAT = False
name = "check_elbo"

accepts_right_ones = accepts(
    "accepts_right_ones",
    "check_elbo",
    "adds the entropy to the expected log joint",
    "subtracts a divergence from the expected log-likelihood",
    "differs in the last digit",
    points=1,
    hint="Equal means equal up to rounding; never above means: not above by more than rounding.",
)

catches_a_missing_entropy = catches(
    "catches_a_missing_entropy",
    "check_elbo",
    "leaves out the entropy",
    points=2,
    hint="What must hold when q is the posterior?",
)

catches_a_missing_prior = catches(
    "catches_a_missing_prior",
    "check_elbo",
    "leaves out the divergence from the prior",
    points=2,
    hint="What must hold when q is the posterior?",
)
