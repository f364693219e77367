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
