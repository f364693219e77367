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

# BEGIN SOLUTION
accepts_other_right_ones = accepts(
    "accepts_other_right_ones",
    "check_elbo",
    "takes second moments",
    "rounds differently",
    points=1,
    hint="A right answer may differ from yours in the last digits.",
    hidden=True,
)

catches_a_bound_that_ignores_q = catches(
    "catches_a_bound_that_ignores_q",
    "check_elbo",
    "is the log marginal likelihood whatever q is",
    points=2,
    hint="Is a bound that is always reached a bound that depends on q? What holds away from the posterior?",
    title="Catches a bound that ignores q.",
    hidden=True,
)

catches_a_wrong_q = catches(
    "catches_a_wrong_q",
    "check_elbo",
    "uses only the means of q, not its covariance",
    "subtracts the entropy",
    points=2,
    hint="Which covariances does your q have, apart from the posterior's?",
    title="Catches a wrong use of q's covariance.",
    hidden=True,
)
# END SOLUTION
