"""Question latent_posterior: p(z given x) is N(means[i], covariance)."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, decimals, expect, expect_inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "latent_posterior"

NOISE = st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0])


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
    """(X, W, mean, noise_variance); sides differ, so that a transposed answer shows."""
    rng = np.random.RandomState(seed)
    d = d + 1 if d == q > 1 else d
    while n > 1 and n in (d, q):
        n += 1
    X, W = decimals(rng.normal(size=(n, d)) * 3, 1), decimals(rng.normal(size=(d, q)) * 2, 1)
    return X, W, decimals(rng.normal(size=d) * 3, 1), noise_variance


# The matrices have condition numbers below 1e3: inverses, solves and detours through d x d matrices all come within
# 1e-11 of the exact result, well inside the default tolerance of 1e-9.


@recipe(
    {"n": 1, "x": 1, "w": 1, "noise_variance": 4.0, "seed": 1},
    n=st.sampled_from([1, 2, 3]),
    x=st.integers(-50, 50),
    w=st.integers(-30, 30),
    noise_variance=NOISE,
    seed=SEEDS,
)
def one_by_one(n, x, w, noise_variance, seed):
    """The model with d = q = 1 as (x, w, mean, noise_variance, z): x and z (n,), the rest numbers."""
    rng = np.random.RandomState(seed)
    xs = decimals(x / 10 + np.arange(n))
    return xs, w / 10, float(rng.randint(-3, 4)), noise_variance, decimals(rng.normal(size=n) * 2, 1)


def log_normal(x, mean, variance):
    """The log-density of one normal number."""
    return -0.5 * (np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance)


@prop(
    points=2,
    hint="Complete the square in z of log p(z) + log p(x given z): what stands before z^2, and what before z?",
    model=one_by_one,
)
def bayes_rule_holds_at_every_z(latent_posterior, model):
    """For d = q = 1, log p(z given x) + log p(x) = log p(x given z) + log p(z), whatever z is."""
    x, w, mean, noise_variance, z = model
    means, covariance = latent_posterior(x[:, None], np.array([[w]]), np.array([mean]), noise_variance)
    joint = log_normal(x, w * z + mean, noise_variance) + log_normal(z, 0, 1)
    # Where the covariance is not positive there is no density; the comparison then fails on nan.
    posterior = log_normal(z, means[:, 0], covariance[0, 0])
    # Half a squared distance over a variance as small as 0.25 / 9.25: terms reach 1e4.
    expect(
        posterior + log_normal(x, mean, w * w + noise_variance), joint, atol=1e-8, what="log p(z given x) + log p(x)"
    )


@prop(
    points=3,
    hint="At its mean a Gaussian has slope 0. Set the gradient of log p(z) + log p(x given z) with respect to z to 0.",
    model=model,
)
def prior_and_data_balance_at_the_mean(latent_posterior, model):
    """At the posterior mean the pull of the data, W^T (x - W m - mean) / noise_variance, equals the pull of the prior, m."""
    X, W, mean, noise_variance = model
    means, _ = latent_posterior(X, W, mean, noise_variance)
    # An error of 1e-12 in m is multiplied by W^T W / noise_variance, some 1e2.
    expect((X - means @ W.T - mean) @ W / noise_variance, means, atol=1e-8, rtol=1e-8)


@recipe(
    {"n": 1, "q": 1, "more": 0, "noise_variance": 4.0, "seed": 1},
    {"n": 1, "q": 1, "more": 1, "noise_variance": 0.5, "seed": 2},
    n=st.sampled_from([1, 5]),
    q=st.integers(1, 3),
    more=st.integers(0, 3),
    noise_variance=NOISE,
    seed=SEEDS,
)
def separate(n, q, more, noise_variance, seed):
    """A model in which each feature comes from one hidden number only."""
    rng = np.random.RandomState(seed)
    d = q + more
    W = np.zeros((d, q))
    W[np.arange(d), np.arange(d) % q] = decimals(rng.uniform(0.5, 3, size=d), 1)
    return decimals(rng.normal(size=(n, d)) * 3, 1), W, decimals(rng.normal(size=d), 1), noise_variance


@prop(
    points=3,
    hint="Precisions (1 / variance) add up: the prior brings 1, and each feature w_j^2 / noise_variance. Is yours a precision or a covariance?",
    model=separate,
)
def every_feature_adds_precision(latent_posterior, model):
    """Where each feature has one hidden cause, z_k has the variance 1 / (1 + sum_j w_jk^2 / noise_variance), and they are independent."""
    X, W, mean, noise_variance = model
    _, covariance = latent_posterior(X, W, mean, noise_variance)
    expect(covariance, np.diag(1 / (1 + (W**2).sum(axis=0) / noise_variance)), what="covariance")


@recipe(
    {"n": 1, "q": 1, "more": 1, "seed": 1},
    n=st.sampled_from([1, 2]),
    q=st.integers(1, 3),
    more=st.integers(1, 2),
    seed=SEEDS,
)
def clear(n, q, more, seed):
    """(Z, W, mean) with X = W z + mean telling all about z: the singular values of W are at least 1."""
    rng = np.random.RandomState(seed)
    W = np.vstack([np.diag(rng.randint(1, 4, size=q).astype(float)), decimals(rng.normal(size=(more, q)), 1)])
    return decimals(rng.normal(size=(n, q)), 1), W, decimals(rng.normal(size=q + more), 1)


@prop(
    points=2,
    hint="Without noise, x tells z exactly. Drowned in noise, x tells nothing, and the posterior is the prior.",
    model=clear,
)
def noise_decides_how_much_x_tells(latent_posterior, model):
    """As noise_variance goes to 0 the posterior closes in on the z with x = W z + mean; as it grows, it becomes N(0, I)."""
    Z, W, mean = model
    X = decimals(Z @ W.T + mean)
    means, covariance = latent_posterior(X, W, mean, 1e-6)
    # The exact values are within 1e-6 |z| of the limit; a d x d detour with condition number 1e7 adds 1e-8.
    expect(means, Z, atol=1e-4, rtol=0, what="means")
    expect(covariance, 0 * covariance, atol=1e-4, rtol=0, what="covariance")
    means, covariance = latent_posterior(X, W, mean, 1e8)
    # The exact values are within |W| |x - mean| / 1e8 = 1e-6 of the limit.
    expect(means, 0 * Z, atol=1e-4, rtol=0, what="means")
    expect(covariance, np.eye(Z.shape[1]), atol=1e-4, rtol=0, what="covariance")


@prop(
    points=2,
    hint="If the hidden axes are turned, the posterior turns with them. Is W^T W in your formula where it should be?",
    model=model,
)
def turns_with_the_hidden_axes(latent_posterior, model):
    """Turning the columns of W turns the means and the covariance in the same way."""
    X, W, mean, noise_variance = model
    turn = rotation(W.shape[1])
    means, covariance = latent_posterior(X, W, mean, noise_variance)
    means_turned, covariance_turned = latent_posterior(X, W @ turn, mean, noise_variance)
    expect(means_turned, means @ turn, what="means")
    expect(covariance_turned, turn.T @ covariance @ turn, what="covariance")


def rotation(q):
    """A rotation of the first two axes whose entries are short decimals; a flip where there is one axis."""
    turn = np.eye(q)
    if q == 1:
        return -turn
    turn[:2, :2] = [[0.6, -0.8], [0.8, 0.6]]
    return turn


@prop(
    points=1,
    hint="If W = 0, x says nothing of z. What do you know of z then?",
    model=model,
)
def an_unrelated_x_leaves_the_prior(latent_posterior, model):
    """For W = 0 the posterior is the prior N(0, I)."""
    X, W, mean, noise_variance = model
    means, covariance = latent_posterior(X, np.zeros_like(W), mean, noise_variance)
    expect(means, np.zeros((len(X), W.shape[1])), what="means")
    expect(covariance, np.eye(W.shape[1]), what="covariance")


@prop(
    points=1,
    hint="x counts only as x - mean, each row by itself; and no row has a say in the covariance.",
    model=model,
)
def rows_are_on_their_own(latent_posterior, model):
    """Moving X and the mean together changes nothing; the first row alone has the same mean and covariance."""
    X, W, mean, noise_variance = model
    means, covariance = latent_posterior(X, W, mean, noise_variance)
    by = np.arange(1.0, len(mean) + 1)
    means_moved, covariance_moved = latent_posterior(X[:1] + by, W, mean + by, noise_variance)
    expect(means_moved, means[:1], what="means")
    expect(covariance_moved, covariance, what="covariance")


@prop(points=1, hint="Write results to new arrays: `X -= mean` changes the caller's X.", model=model)
def leaves_the_arguments_alone(latent_posterior, model):
    """The arguments are as they were before the call."""
    expect_inputs_unchanged(latent_posterior, *model)
