"""Question check_sampler: proportions, means, variances, independence, and the use of rng."""

from autograder.checks import accepts, catches

OK_FORMAT = False
name = "check_sampler"

accepts_right_ones = accepts(
    "accepts_right_ones",
    "check_sampler",
    "draws the classes first",
    "draws the noise first, and compares with thresholds",
    "differs in the last digit",
    points=2,
    hint="Means of n draws scatter by σ/√n. How many of those do you allow, and how often is that exceeded by chance?",
)

catches_a_wrong_spread = catches(
    "catches_a_wrong_spread",
    "check_sampler",
    "uses the variance as the standard deviation",
    points=2,
    hint="Which variances does your property use? For 1 the mistake does not show.",
)

catches_ignored_priors = catches(
    "catches_ignored_priors",
    "check_sampler",
    "draws every class equally often",
    points=1,
    hint="Which priors does your property use?",
)

catches_shared_noise = catches(
    "catches_shared_noise",
    "check_sampler",
    "uses the same noise for all features of an example",
    points=2,
    hint="Features are independent given the class: what is their covariance within a class?",
)

catches_a_fixed_seed = catches(
    "catches_a_fixed_seed",
    "check_sampler",
    "uses a fixed seed of its own: rng makes no difference",
    points=1,
    hint="Two generators with different seeds: what must differ?",
)

# BEGIN SOLUTION
accepts_other_right_ones = accepts(
    "accepts_other_right_ones",
    "check_sampler",
    "draws the number of each label, then shuffles",
    "draws the class and the features of each example together",
    "rounds differently",
    "discards 1 random numbers first",
    "discards 2 random numbers first",
    "discards 3 random numbers first",
    "discards 5 random numbers first",
    "discards 8 random numbers first",
    "discards 13 random numbers first",
    points=1,
    hint="Another right sampler draws other numbers: with limits at 2 or 3 standard errors one of many comparisons fails by chance.",
    hidden=True,
)

catches_dependent_examples = catches(
    "catches_dependent_examples",
    "check_sampler",
    "sorts the examples by class",
    "returns every example twice",
    points=3,
    hint="Examples are independent: what does one say about the next?",
    title="Catches examples that depend on each other.",
    hidden=True,
)

catches_other_uses_of_rng = catches(
    "catches_other_uses_of_rng",
    "check_sampler",
    "draws from a generator of its own",
    "draws from a copy of rng, so that rng stays where it was",
    points=2,
    hint="The same state of rng gives the same sample; and the next sample from the same rng is another one.",
    title="Catches a wrong use of rng.",
    hidden=True,
)

catches_a_little_too_wide = catches(
    "catches_a_little_too_wide",
    "check_sampler",
    "draws with variances that are 30 % too large",
    points=1,
    hint="A variance from n draws scatters by about σ²√(2/n). How many do you draw?",
    title="Catches variances that are a little too large.",
    hidden=True,
)
# END SOLUTION
