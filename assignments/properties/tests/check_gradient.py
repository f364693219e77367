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
