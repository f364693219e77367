"""Question log_marginal_likelihood: log N(x; mean, W W^T + noise_variance I)."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, decimals, expect, expect_inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "log_marginal_likelihood"

NOISE = st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0])


def build(n, d, q, noise_variance, seed):
    """(X, W, mean, noise_variance): X (n, d), W (d, q)."""
    rng = np.random.RandomState(seed)
    X, W = decimals(rng.normal(size=(n, d)) * 3, 1), decimals(rng.normal(size=(d, q)) * 2, 1)
    return X, W, decimals(rng.normal(size=d) * 3, 1), noise_variance


@recipe(
    {"n": 1, "d": 1, "q": 1, "noise_variance": 0.25, "seed": 2},
    {"n": 1, "d": 2, "q": 1, "noise_variance": 4.0, "seed": 3},
    {"n": 1, "d": 1, "q": 2, "noise_variance": 2.0, "seed": 4},
    n=st.integers(1, 4),
    d=st.integers(1, 4),
    q=st.integers(1, 3),
    noise_variance=NOISE,
    seed=SEEDS,
)
def model(n, d, q, noise_variance, seed):
    """Sides differ, so that a transposed answer shows."""
    d = d + 1 if d == q > 1 else d
    while n > 1 and n in (d, q):
        n += 1
    return build(n, d, q, noise_variance, seed)


@recipe(
    {"n": 1, "q": 1, "noise_variance": 0.25, "seed": 1},
    n=st.integers(1, 3),
    q=st.integers(1, 3),
    noise_variance=NOISE,
    seed=SEEDS,
)
def one_feature(n, q, noise_variance, seed):
    """The model with d = 1."""
    return build(n, 1, q, noise_variance, seed)


@recipe(
    {"n": 1, "q": 1, "noise_variance": 0.25, "seed": 1},
    n=st.sampled_from([1, 3]),
    q=st.sampled_from([1, 3]),
    noise_variance=NOISE,
    seed=SEEDS,
)
def two_features(n, q, noise_variance, seed):
    """The model with d = 2."""
    return build(n, 2, q, noise_variance, seed)


def log_normal(x, mean, variance):
    """The log-density of one normal number."""
    return -0.5 * (np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance)


# With these sizes the covariance has a condition number below 1e3 and the exponent is below 1e4, so solving with it,
# inverting it, or going the way of q x q matrices all come within 1e-11: the default tolerance of 1e-9 admits them.


@prop(
    points=3,
    hint="With W = 0 the hidden z has no say. What is the density of d independent normal numbers?",
    model=model,
)
def without_hidden_causes_features_are_independent(log_marginal_likelihood, model):
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
    X, W, mean, _ = build(1, d, 1, noise_variance, seed)
    return X, np.zeros_like(W), mean, noise_variance


@prop(
    points=2,
    hint="The determinant is 0.01^200 or 100^200 here, which is no float. How do you get its logarithm without it?",
    cases=2,
    model=many_features,
)
def many_features_are_a_longer_sum(log_marginal_likelihood, model):
    """For W = 0 it is that sum for 200 features, too."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W, mean, noise_variance)
    expect(values, log_normal(X, mean, noise_variance).sum(axis=1))


@prop(
    points=3,
    hint="x is a sum of q independent normal numbers w_k z_k, and noise. What is the variance of a sum?",
    model=one_feature,
)
def one_feature_has_a_variance_in_two_parts(log_marginal_likelihood, model):
    """For d = 1 it is log N(x; mean, sum_k w_k^2 + noise_variance)."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W, mean, noise_variance)
    expect(values, log_normal(X[:, 0], mean[0], (W**2).sum() + noise_variance))


@prop(
    points=3,
    hint="Write down the 2 x 2 covariance of x. The features share z: what stands off the diagonal?",
    model=two_features,
)
def two_features_share_what_is_hidden(log_marginal_likelihood, model):
    """For d = 2 it is the Gaussian with variances a, c and covariance b, inverted by hand."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W, mean, noise_variance)
    a, c, b = W[0] @ W[0] + noise_variance, W[1] @ W[1] + noise_variance, W[0] @ W[1]
    r, s = (X - mean).T
    determinant = a * c - b * b
    expect(values, -0.5 * (np.log(4 * np.pi**2 * determinant) + (c * r * r - 2 * b * r * s + a * s * s) / determinant))


@prop(
    points=2,
    hint="z is as likely in one direction as in any other. Is W W^T still the same when W is turned to W R?",
    model=model,
)
def hidden_axes_have_no_names(log_marginal_likelihood, model):
    """Turning the columns of W by a rotation changes nothing."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W @ rotation(W.shape[1]), mean, noise_variance)
    expect(values, log_marginal_likelihood(X, W, mean, noise_variance))


def rotation(q):
    """A rotation of the first two axes whose entries are short decimals; a flip where there is one axis."""
    turn = np.eye(q)
    if q == 1:
        return -turn
    turn[:2, :2] = [[0.6, -0.8], [0.8, 0.6]]
    return turn


@prop(points=1, hint="x counts only as x - mean, and -(x - mean) is as likely as x - mean.", model=model)
def is_centred_at_the_mean(log_marginal_likelihood, model):
    """Moving X and the mean together changes nothing, nor does mirroring X at the mean."""
    X, W, mean, noise_variance = model
    values = log_marginal_likelihood(X, W, mean, noise_variance)
    by = np.arange(1.0, len(mean) + 1)
    expect(log_marginal_likelihood(X + by, W, mean + by, noise_variance), values)
    expect(log_marginal_likelihood(2 * mean - X, W, mean, noise_variance), values)


@prop(
    points=1,
    hint="Features have no order, rows have none either. Where does your code care which comes first?",
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
    hint="A feature that no hidden number reaches is independent of all others. What does it add to the logarithm?",
    model=model,
)
def an_unreached_feature_adds_its_own(log_marginal_likelihood, model):
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


@prop(points=1, hint="Write results to new arrays: `X -= mean` changes the caller's X.", model=model)
def leaves_the_arguments_alone(log_marginal_likelihood, model):
    """The arguments are as they were before the call."""
    expect_inputs_unchanged(log_marginal_likelihood, *model)
