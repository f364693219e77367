"""Question gaussian_log_density: log N(x; mean, variance), elementwise."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, number, prop, recipe

OK_FORMAT = False
name = "gaussian_log_density"


@recipe(
    {"n": 1, "unit": 0, "seed": 0},
    {"n": 1, "unit": -6, "seed": 1},
    {"n": 1, "unit": 4, "seed": 2},
    n=st.integers(1, 5),
    unit=st.sampled_from([0, 0, -6, 4]),
    seed=SEEDS,
)
def places(n, unit, seed):
    """(x, mean, variance), each (n,), in units of 10^unit: x and mean are about as large as the standard deviation."""
    rng = np.random.RandomState(seed)
    x, mean = decimals(rng.normal(size=n) * 3), decimals(rng.normal(size=n) * 3)
    variance = decimals(rng.uniform(0.1, 6, size=n))
    return decimals(x * 10.0**unit, 8), decimals(mean * 10.0**unit, 8), decimals(variance * 100.0**unit, 14)


@recipe(
    {"form": 0, "seed": 0},
    {"form": 1, "seed": 1},
    {"form": 2, "seed": 2},
    {"form": 3, "seed": 3},
    {"form": 4, "seed": 4},
    {"form": 5, "seed": 5},
    form=st.integers(0, 5),
    seed=SEEDS,
)
def shapes_that_broadcast(form, seed):
    """(x, mean, variance) of different shapes that fit together."""
    rng = np.random.RandomState(seed)
    shapes = [
        ((), (), ()),
        ((3,), (), ()),
        ((), (2,), (2,)),
        ((4, 1), (3,), (3,)),
        ((2, 3), (3,), ()),
        ((2, 1, 3), (4, 3), (4, 3)),
    ]
    x, mean, variance = shapes[form]
    return (
        decimals(rng.normal(size=x) * 3),
        decimals(rng.normal(size=mean)),
        decimals(rng.uniform(0.5, 4, size=variance)),
    )


# Values are below 1e3, and an expanded square x²/v − 2xm/v + m²/v of these data cancels to 1e-12 at worst, in any unit.
@prop(
    points=1,
    hint="At its mean the exponential of a Gaussian is 1. Which factor is left?",
    mean=number(-5, 5),
    variance=number(0.1, 9),
)
def at_the_mean(gaussian_log_density, mean, variance):
    """log N(μ; μ, σ²) = −½ log(2πσ²)."""
    expect(gaussian_log_density(mean, mean, variance), -0.5 * np.log(2 * np.pi * variance))


@prop(
    points=1,
    hint="A density integrates to 1. Are both the factor in front and the exponent right?",
    mean=number(-5, 5),
    variance=number(0.1, 9),
)
def integrates_to_1(gaussian_log_density, mean, variance):
    """∫ exp(log N(x; μ, σ²)) dx = 1."""
    # 12 standard deviations each way in steps of a fifth: the sum is the integral to 1e-15, as the
    # function is smooth and both ends are 0.
    x = mean + np.sqrt(variance) * np.linspace(-12, 12, 121)
    expect(np.sum(np.exp(gaussian_log_density(x, mean, variance))) * np.sqrt(variance) / 5, 1.0, what="the integral")


@prop(
    points=2,
    hint="z = (x − μ)/σ counts standard deviations, and the density of x is that of z divided by σ. Is your third argument the variance or the standard deviation? Do you use it as it is, however small?",
    data=places,
)
def standard_units(gaussian_log_density, data):
    """log N(x; μ, σ²) = log N(z; 0, 1) − log σ with z = (x − μ)/σ."""
    x, mean, variance = data
    z = (x - mean) / np.sqrt(variance)
    expect(gaussian_log_density(x, mean, variance), gaussian_log_density(z, 0.0, 1.0) - 0.5 * np.log(variance))


@prop(
    points=2,
    hint="Do you see −inf? Far out the density underflows to 0, and log(0) is −inf. Can you take the logarithm on paper first?",
    mean=number(-5, 5),
    variance=number(0.1, 9),
    deviations=choice([39.0, -39.0, 1000.0, -1000.0, 1e4, -1e4]),
)
def far_from_the_mean(gaussian_log_density, mean, variance, deviations):
    """t standard deviations from the mean, log N is t²/2 below its maximum, for t = 10,000, too."""
    x = mean + deviations * np.sqrt(variance)
    expected = -0.5 * np.log(2 * np.pi * variance) - deviations**2 / 2
    # x itself is rounded: relative errors of a few 1e-16 in a result of up to 5e7, more where squares are expanded.
    expect(gaussian_log_density(x, mean, variance), expected, rtol=1e-9)


@prop(
    points=1,
    hint="The arguments may be numbers or arrays of different shapes. Which of the functions that you use broadcast, and does `math.log`?",
    data=shapes_that_broadcast,
)
def works_elementwise_on_any_shapes(gaussian_log_density, data):
    """Works elementwise, with broadcasting."""
    x, mean, variance = data
    together = gaussian_log_density(x, mean, variance)
    full = [a.copy() for a in np.broadcast_arrays(x, mean, variance)]
    one_by_one = [gaussian_log_density(*map(float, entry)) for entry in zip(*(a.ravel() for a in full))]
    expect(together, np.reshape(one_by_one, full[0].shape))


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "gaussian_log_density",
    points=1,
    hint="Does `x -= mean` or the like change the caller's x? Avoid in-place operations.",
    data=places,
)


# BEGIN SOLUTION
@prop(
    points=2,
    hidden=True,
    hint="Compare with the formula, term by term, for numbers that you can work out by hand. Which term differs?",
    data=places,
)
def equals_the_definition(gaussian_log_density, data, reference):
    """log N(x; μ, σ²) = −½ log(2πσ²) − (x − μ)²/(2σ²)."""
    expect(gaussian_log_density(*data), reference.gaussian_log_density(*data))


# END SOLUTION
