"""Question sigmoid: 1 / (1 + exp(-z)), exact to 1e-12 for every z."""

import numpy as np

from autograder.checks import arrays, choice, expect, expect_between, expect_inputs_unchanged, prop

OK_FORMAT = False
name = "sigmoid"

LARGE = [-1e308, -1000.0, -745.0, -710.0, -37.0, -36.0, 36.0, 37.0, 710.0, 745.0, 1000.0, 1e308]


@prop(points=2, hint="sigmoid(z) is a probability, and it stays one when exp(-z) overflows.", z=choice(LARGE))
def stays_between_0_and_1(sigmoid, z):
    """0 <= sigmoid(z) <= 1, however large z is."""
    expect_between(sigmoid(z), 0, 1)


@prop(points=3, hint="P(Y=1) and P(Y=0) are sigmoid(z) and sigmoid(-z): add them.", z=arrays())
def two_classes_share_the_probability(sigmoid, z):
    """sigmoid(z) + sigmoid(-z) = 1."""
    expect(sigmoid(z) + sigmoid(-z), np.ones(np.shape(z)), atol=1e-12)


@prop(points=1, hint="Write the result to a new array.", z=arrays(dimensions=(1, 2)))
def leaves_z_alone(sigmoid, z):
    """The argument is as it was before the call."""
    expect_inputs_unchanged(sigmoid, z)


# BEGIN SOLUTION
@prop(points=4, hidden=True, hint="Compare with 1 / (1 + exp(-z)) worked out by hand for a z of your choice.", z=arrays())
def equals_the_definition(sigmoid, z, reference):
    """sigmoid(z) = 1 / (1 + exp(-z))."""
    expect(sigmoid(z), reference.sigmoid(z), atol=1e-12)
# END SOLUTION
