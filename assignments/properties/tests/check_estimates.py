"""Question check_estimates: the law of total variance, duplicates, units, the floor, an empty class."""

from autograder.checks import accepts, catches

OK_FORMAT = False
name = "check_estimates"

accepts_right_ones = accepts(
    "accepts_right_ones",
    "check_estimates",
    "loops over the classes",
    "multiplies by indicators",
    "differs in the last digit",
    points=2,
    hint="Compare with a tolerance, and choose the floor so that it does not disturb the other statements.",
)

catches_n_minus_1 = catches(
    "catches_n_minus_1",
    "check_estimates",
    "divides by n_k - 1",
    points=2,
    hint="What happens to the estimates when every example occurs twice?",
)

catches_standard_deviations = catches(
    "catches_standard_deviations",
    "check_estimates",
    "returns standard deviations",
    points=1,
    hint="Metres become centimetres: what happens to a variance?",
)

catches_the_wrong_n = catches(
    "catches_the_wrong_n",
    "check_estimates",
    "divides by n where it should divide by n_k",
    points=1,
    hint="The law of total variance holds for classes of any size. Which sizes do yours have?",
)

catches_a_wrong_floor = catches(
    "catches_a_wrong_floor",
    "check_estimates",
    "adds the floor to every variance",
    "has no floor",
    points=2,
    hint="What must a feature that never changes give? And one that varies more than the floor?",
    title="Catches a floor that is added, or missing.",
)

catches_an_empty_class = catches(
    "catches_an_empty_class",
    "check_estimates",
    "returns zeros for a class without examples",
    points=2,
    hint="A class without examples should raise ValueError: how does a property state that?",
)
