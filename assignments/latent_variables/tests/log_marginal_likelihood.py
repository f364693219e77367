"""Question log_marginal_likelihood: log N(x; mean, W W^T + noise_variance I)."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

from autograder.checks.models import (
    NOISE,
    latent_linear_arrays,
    latent_linear_model,
    log_normal,
    rotation,
    with_zeros,
)

OK_FORMAT = False
name = "log_marginal_likelihood"

model = latent_linear_model()


@recipe(
    {"n": 1, "q": 1, "noise_variance": 0.25, "seed": 1},
    n=st.integers(1, 3),
    q=st.integers(1, 3),
    noise_variance=NOISE,
    seed=SEEDS,
)
def one_feature(n, q, noise_variance, seed):
    """The model with d = 1."""
    return latent_linear_arrays(n, 1, q, noise_variance, seed)


@recipe(
    {"n": 1, "q": 1, "noise_variance": 0.25, "seed": 1},
    n=st.sampled_from([1, 3]),
    q=st.sampled_from([1, 3]),
    noise_variance=NOISE,
    seed=SEEDS,
)
def two_features(n, q, noise_variance, seed):
    """The model with d = 2."""
    return latent_linear_arrays(n, 2, q, noise_variance, seed)


# With these sizes the covariance has a condition number below 1e3 and the exponent is below 1e4, so solving with it,
# inverting it, or going the way of q x q matrices all come within 1e-11: the default tolerance of 1e-9 admits them.


@prop(
    points=3,
    hint="With W = 0, z does not affect x. What is the density of d independent Gaussian features?",
    model=model,
)
def without_w_features_are_independent(log_marginal_likelihood, model):
    """For W = 0 it is the sum over features of log N(x_j; mean_j, noise_variance)."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, np.zeros_like(W), mean, noise_variance)
    expect(values, log_normal(X, mean, noise_variance).sum(axis=1))


@recipe(
    {"d": 200, "noise_variance": 0.01, "seed": 1},
    {"d": 200, "noise_variance": 100.0, "seed": 2},
    d=st.just(200),
    noise_variance=st.sampled_from([0.01, 100.0]),
    seed=SEEDS,
)
def many_features(d, noise_variance, seed):
    """Many features, with noise of standard deviation 0.1 or 10."""
    X, W, mean, _ = latent_linear_arrays(1, d, 1, noise_variance, seed)
    return X, np.zeros_like(W), mean, noise_variance


@prop(
    points=2,
    hint="The determinant is 0.01^200 or 100^200 here, which no float holds. How do you get its logarithm directly?",
    cases=2,
    model=many_features,
)
def many_features_are_a_longer_sum(log_marginal_likelihood, model):
    """For W = 0 and 200 features it is the same sum."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W, mean, noise_variance)
    expect(values, log_normal(X, mean, noise_variance).sum(axis=1))


@prop(
    points=2,
    hint="x is a sum of q independent terms w_k z_k, plus noise. What is the variance of a sum?",
    model=one_feature,
)
def one_feature_has_a_variance_in_two_parts(log_marginal_likelihood, model):
    """For d = 1 it is log N(x; mean, Σ_k w_k² + noise_variance)."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W, mean, noise_variance)
    expect(values, log_normal(X[:, 0], mean[0], (W**2).sum() + noise_variance))


@prop(
    points=3,
    hint="Write down the 2 × 2 covariance of x. The features share z: what is off the diagonal?",
    model=two_features,
)
def two_features_covary_through_w(log_marginal_likelihood, model):
    """For d = 2 it is the Gaussian with variances a, c and covariance b, inverted by hand."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W, mean, noise_variance)
    a, c, b = W[0] @ W[0] + noise_variance, W[1] @ W[1] + noise_variance, W[0] @ W[1]
    r, s = (X - mean).T
    determinant = a * c - b * b
    expect(values, -0.5 * (np.log(4 * np.pi**2 * determinant) + (c * r * r - 2 * b * r * s + a * s * s) / determinant))


@prop(
    points=1,
    hint="All directions of z are equally likely. Is WWᵀ the same when W becomes WR?",
    model=model,
)
def rotating_the_latent_space_changes_nothing(log_marginal_likelihood, model):
    """Rotating the columns of W changes nothing."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W @ rotation(W.shape[1]), mean, noise_variance)
    expect(values, log_marginal_likelihood(X, W, mean, noise_variance))


@prop(
    points=1,
    hint="Does x enter your formula only as x − mean? Do you keep noise_variance from being small, or add something to it?",
    model=model,
)
def is_centred_at_the_mean(log_marginal_likelihood, model):
    """Shifting X and the mean alike changes nothing, nor does reflecting X about the mean; in units 10⁶ times as large, d log 10⁶ is added."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W, mean, noise_variance)
    by = np.arange(1.0, len(mean) + 1)
    expect(log_marginal_likelihood(X + by, W, mean + by, noise_variance), values)
    expect(log_marginal_likelihood(2 * mean - X, W, mean, noise_variance), values)
    # The covariance is 1e-12 of what it was, and its condition number is the same.
    unit = 1e-6
    in_units = log_marginal_likelihood(unit * X, unit * W, unit * mean, unit**2 * noise_variance)
    expect(in_units, values - len(mean) * np.log(unit))


@prop(
    points=1,
    hint="Neither features nor rows have an order. Where does your code depend on which comes first?",
    model=model,
)
def features_and_rows_have_no_order(log_marginal_likelihood, model):
    """Reversing the features changes nothing; reversing the rows reverses the values."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W, mean, noise_variance)
    expect(log_marginal_likelihood(X[:, ::-1], W[::-1], mean[::-1], noise_variance), values)
    expect(log_marginal_likelihood(X[::-1], W, mean, noise_variance), values[::-1])


@prop(
    points=1,
    hint="A feature that does not depend on z is independent of all others. What does it add to the logarithm?",
    model=model,
)
def a_feature_without_weights_adds_its_own_term(log_marginal_likelihood, model):
    """One more feature with a row of zeros in W adds log N(x_j; mean_j, noise_variance)."""
    X, W, mean, noise_variance = model
    new = np.arange(1.0, len(X) + 1)
    wider = log_marginal_likelihood(
        np.column_stack([X, new]),
        np.vstack([W, np.zeros(W.shape[1])]),
        np.append(mean, 0.5),
        noise_variance,
    )
    own = log_normal(new, 0.5, noise_variance)
    expect(wider, log_marginal_likelihood(X, W, mean, noise_variance) + own)


leaves_the_arguments_alone = inputs_unchanged(
    "leaves_the_arguments_alone",
    "log_marginal_likelihood",
    points=1,
    arguments=lambda model, zeros: (*(with_zeros(*model[:-1]) if zeros else model[:-1]), model[-1]),
    hint="Does `X -= mean` or the like change the caller's X? Avoid in-place operations.",
    model=model,
    zeros=choice([True, False]),
)
