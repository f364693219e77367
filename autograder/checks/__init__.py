"""What question files are written with; students get this package too.

>>> from autograder.checks import expect, prop, linear_data
"""

from autograder.checks.behaviour import not_from_rng, rng_is_not_used
from autograder.checks.expectations import (
    expect,
    expect_at_most,
    expect_between,
    expect_different,
    expect_inputs_unchanged,
    expect_raises,
)
from autograder.checks.implementations import accepts, catches, perturbed
from autograder.checks.misconceptions import TINY, misconception
from autograder.checks.property import inputs_unchanged, prop
from autograder.checks.recipes import (
    SEEDS,
    Recipe,
    arrays,
    choice,
    classification_data,
    decimals,
    gaussian_classes,
    labelled_data,
    labels,
    linear_data,
    number,
    recipe,
    seeds,
    whole,
)
from autograder.source.draws import fixed_draws

__all__ = [
    "SEEDS",
    "TINY",
    "Recipe",
    "accepts",
    "arrays",
    "catches",
    "choice",
    "classification_data",
    "decimals",
    "expect",
    "expect_at_most",
    "expect_between",
    "expect_different",
    "expect_inputs_unchanged",
    "expect_raises",
    "fixed_draws",
    "gaussian_classes",
    "inputs_unchanged",
    "labelled_data",
    "labels",
    "linear_data",
    "misconception",
    "not_from_rng",
    "number",
    "perturbed",
    "prop",
    "recipe",
    "rng_is_not_used",
    "seeds",
    "whole",
]
