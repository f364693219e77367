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

# BEGIN SOLUTION
accepts_other_right_ones = accepts(
    "accepts_other_right_ones",
    "check_posterior",
    "compares each class with every other",
    "rounds differently",
    points=1,
    hint="A right answer may differ from yours in the last digits.",
    hidden=True,
)

catches_a_wrong_temperature = catches(
    "catches_a_wrong_temperature",
    "check_posterior",
    "halves the log-probabilities before normalising, so that rows still sum to 1",
    points=2,
    hint="Rows may sum to 1 and be wrong. What does Bayes' rule say about posterior and joint?",
    title="Catches probabilities that sum to 1 and are wrong.",
    hidden=True,
)

catches_a_guess_far_out = catches(
    "catches_a_guess_far_out",
    "check_posterior",
    "returns equal probabilities far out",
    "adds a tiny number to every density",
    points=3,
    hint="Far out, finite numbers that sum to 1 are not enough: Bayes' rule holds there, too.",
    title="Catches a guess far out.",
    hidden=True,
)

catches_the_impossible = catches(
    "catches_the_impossible",
    "check_posterior",
    "ignores the priors in both, so that the two agree",
    "returns nan for a class with prior 0",
    "gives an impossible class a small probability",
    points=4,
    hint="Which class can never occur, whatever x is? What must posterior and joint_log_prob be for it?",
    title="Catches what is wrong about a class with prior 0.",
    hidden=True,
)
# END SOLUTION
