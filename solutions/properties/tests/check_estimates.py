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

# BEGIN SOLUTION
accepts_other_right_ones = accepts(
    "accepts_other_right_ones",
    "check_estimates",
    "computes with plain Python",
    "subtracts the mean of all examples first",
    "rounds differently",
    points=1,
    hint="A right answer may differ from yours in the last digits.",
    hidden=True,
)

catches_a_shared_variance = catches(
    "catches_a_shared_variance",
    "check_estimates",
    "uses one variance for all classes",
    points=3,
    hint="The law of total variance holds for a variance that is shared, too. Which examples should the variance of class k depend on?",
    title="Catches variances that are the same for all classes.",
    hidden=True,
)

catches_cancellation = catches(
    "catches_cancellation",
    "check_estimates",
    "subtracts the squared mean from the mean square, and loses the variance far from 0",
    points=3,
    hint="Temperatures in kelvin vary as those in celsius do. By how much can you shift the data, and how many digits does a right variance keep there?",
    title="Catches digits that are lost far from 0.",
    hidden=True,
)

catches_an_ignored_floor = catches(
    "catches_an_ignored_floor",
    "check_estimates",
    "ignores the argument variance_floor",
    points=1,
    hint="Which floors does your property use?",
    title="Catches a floor that is not the one asked for.",
    hidden=True,
)

catches_other_empty_classes = catches(
    "catches_other_empty_classes",
    "check_estimates",
    "returns nan for a class without examples",
    "notices an empty class only if it is the last",
    points=2,
    hint="Which class is empty in your property? Does a returned nan pass it?",
    title="Catches every way of not noticing an empty class.",
    hidden=True,
)
# END SOLUTION
