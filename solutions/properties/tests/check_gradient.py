"""Question check_gradient: the gradient belongs to the log-posterior, prior included, and is a sum over examples."""

from autograder.checks import accepts, catches

OK_FORMAT = False
name = "check_gradient"

accepts_right_ones = accepts(
    "accepts_right_ones",
    "check_gradient",
    "computes with matrices",
    "loops over the examples",
    "differs in the last digit",
    points=2,
    hint="How exact is a difference quotient? Too small a step loses digits, too large a step does not approximate the derivative.",
)

catches_a_missing_prior = catches(
    "catches_a_missing_prior",
    "check_gradient",
    "leaves the prior out of the gradient",
    points=2,
    hint="Which prior_precision does your property use?",
)

catches_a_wrong_sign = catches(
    "catches_a_wrong_sign",
    "check_gradient",
    "has the wrong sign in the gradient",
    points=1,
    hint="A step along the gradient makes the log-posterior larger, not smaller.",
)

catches_a_mean = catches(
    "catches_a_mean",
    "check_gradient",
    "divides the gradient by the number of examples",
    points=2,
    hint="How many examples does your property draw?",
)

catches_predicted_labels = catches(
    "catches_predicted_labels",
    "check_gradient",
    "subtracts predicted labels, not probabilities",
    points=2,
    hint="Compare the gradient with differences of log_posterior, at a θ that is not special.",
)

catches_forgotten_examples = catches(
    "catches_forgotten_examples",
    "check_gradient",
    "uses the first example only in the gradient",
    points=2,
    hint="How many examples does your property draw?",
)

# BEGIN SOLUTION
accepts_other_right_ones = accepts(
    "accepts_other_right_ones",
    "check_gradient",
    "codes the labels as -1 and 1",
    "rounds differently",
    points=1,
    hint="A right answer may differ from yours in the last digits; a difference quotient magnifies them.",
    hidden=True,
)

catches_a_prior_missing_in_both = catches(
    "catches_a_prior_missing_in_both",
    "check_gradient",
    "leaves the prior out of both, so that the two agree",
    points=2,
    hint="Two wrong functions can agree with each other. What does log_posterior change by when prior_precision changes?",
    title="Catches a pair without any prior.",
    hidden=True,
)

catches_a_wrong_prior_in_both = catches(
    "catches_a_wrong_prior_in_both",
    "check_gradient",
    "adds the penalty in both, so that the two agree",
    "forgets the factor 1/2 of the penalty in both",
    "does not penalise the first weight in either",
    points=3,
    hint="What exactly does the prior add to the log-posterior, for every weight?",
    title="Catches a wrong prior in both.",
    hidden=True,
)

catches_means_in_both = catches(
    "catches_means_in_both",
    "check_gradient",
    "takes the mean over the examples in both",
    points=3,
    hint="What happens to a sum when every example occurs twice?",
    title="Catches a mean over the examples in both.",
    hidden=True,
)
# END SOLUTION
