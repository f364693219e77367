"""Question latent_posterior: p(z | x) is N(means[i], covariance)."""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

from autograder.checks.models import NOISE, latent_linear_model, log_normal, rotation, with_zeros

OK_FORMAT = False
name = "latent_posterior"

model = latent_linear_model()


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


@prop(
    points=2,
    hint="Complete the square in z of log p(z) + log p(x | z). What is the coefficient of z², and that of z?",
    model=one_by_one,
)
def bayes_rule_holds_at_every_z(latent_posterior, model):
    """For d = q = 1, log p(z | x) + log p(x) = log p(x | z) + log p(z), for every z."""
    x, w, mean, noise_variance, z = model
    means, covariance = latent_posterior(x[:, None], np.array([[w]]), np.array([mean]), noise_variance)
    joint = log_normal(x, w * z + mean, noise_variance) + log_normal(z, 0, 1)
    # Where the covariance is not positive there is no density; the comparison then fails on nan.
    posterior = log_normal(z, means[:, 0], covariance[0, 0])
    # Half a squared distance over a variance as small as 0.25 / 9.25: terms reach 1e4.
    expect(posterior + log_normal(x, mean, w * w + noise_variance), joint, atol=1e-8, what="log p(z | x) + log p(x)")


@prop(
    points=3,
    hint="At its mean a Gaussian has gradient 0. What is the gradient of log p(z) + log p(x | z) with respect to z?",
    model=model,
)
def prior_and_data_balance_at_the_mean(latent_posterior, model):
    """The posterior mean m satisfies Wᵀ(x − Wm − mean)/noise_variance = m."""
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
    points=2,
    hint="Precisions (1/variance) add up: 1 from the prior, w_j²/noise_variance from each feature. Do you return a precision or a covariance?",
    model=separate,
)
def every_feature_adds_precision(latent_posterior, model):
    """If each feature depends on one latent variable, z_k has variance 1/(1 + Σ_j w_jk²/noise_variance), and they are independent."""
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
    hint="Without noise, x determines z; with very much noise, x carries no information. What does your formula give in both limits?",
    model=clear,
)
def noise_decides_how_much_x_tells(latent_posterior, model):
    """As noise_variance goes to 0 the posterior concentrates on the z with x = Wz + mean; as it grows, it becomes N(0, I)."""
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
    points=1,
    hint="If the latent axes are rotated, the posterior rotates with them. Do you use WᵀW or WWᵀ, and where?",
    model=model,
)
def rotates_with_the_latent_space(latent_posterior, model):
    """Rotating the columns of W rotates the means and the covariance."""
    X, W, mean, noise_variance = model
    turn = rotation(W.shape[1])
    means, covariance = latent_posterior(X, W, mean, noise_variance)
    means_turned, covariance_turned = latent_posterior(X, W @ turn, mean, noise_variance)
    expect(means_turned, means @ turn, what="means")
    expect(covariance_turned, turn.T @ covariance @ turn, what="covariance")


@prop(
    points=1,
    hint="If W = 0, x carries no information about z. What do you know about z then?",
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
    hint="x enters only as x − mean, each row by itself, and its units do not matter. Do you add something to a matrix, or to noise_variance?",
    model=model,
)
def each_row_stands_for_itself(latent_posterior, model):
    """Each mean depends on its own row only; the covariance does not depend on X; neither depends on the units of x."""
    X, W, mean, noise_variance = model
    means, covariance = latent_posterior(X, W, mean, noise_variance)
    by = np.arange(1.0, len(mean) + 1)
    means_moved, covariance_moved = latent_posterior(X[:1] + by, W, mean + by, noise_variance)
    expect(means_moved, means[:1], what="means")
    expect(covariance_moved, covariance, what="covariance")
    # noise_variance is 1e-12 of what it was, and condition numbers are the same.
    unit = 1e-6
    means_in_units, covariance_in_units = latent_posterior(unit * X, unit * W, unit * mean, unit**2 * noise_variance)
    expect(means_in_units, means, what="means")
    expect(covariance_in_units, covariance, what="covariance")


leaves_the_arguments_alone = inputs_unchanged(
    "leaves_the_arguments_alone",
    "latent_posterior",
    points=1,
    arguments=lambda model, zeros: (*(with_zeros(*model[:-1]) if zeros else model[:-1]), model[-1]),
    hint="Does `X -= mean` or the like change the caller's X? Avoid in-place operations.",
    model=model,
    zeros=choice([True, False]),
)


# BEGIN SOLUTION
@prop(
    points=2,
    hidden=True,
    hint="Compute the log-density of your posterior at some z. What must it be together with log p(x)?",
    model=model,
)
def joint_over_posterior_is_the_marginal(latent_posterior, model, reference):
    """log p(x, z) − log p(z | x) = log p(x), at every z and in any dimension."""
    X, W, mean, noise_variance = model
    means, covariance = latent_posterior(X, W, mean, noise_variance)
    Z = np.ones_like(means)
    # A singular covariance has no inverse: the pseudo-inverse raises nothing, and log 0 fails the comparison.
    precision = np.linalg.pinv(np.clip(np.nan_to_num(covariance), -1e100, 1e100))
    offset = Z - means
    log_det = np.linalg.slogdet(covariance)[1]
    distance = np.sum((offset @ precision) * offset, axis=1)
    posterior = -0.5 * (len(covariance) * np.log(2 * np.pi) + log_det + distance)
    joint = reference.log_joint(X, Z, W, mean, noise_variance)
    # Terms reach 1e4, and a precision that is inverted twice is good to 1e-11 of them.
    expect(joint - posterior, reference.log_marginal_likelihood(X, W, mean, noise_variance), atol=1e-6)


@prop(
    points=1,
    hidden=True,
    hint="Work out a case with d = 3 and q = 2 by hand. Does the mean or the covariance differ?",
    model=model.also({"n": 3, "d": 40, "q": 4, "noise_variance": 0.5, "seed": 5}),
)
def equals_the_formula(latent_posterior, model, reference):
    """Means and covariance are those of the exact posterior."""
    means, covariance = latent_posterior(*model)
    exact_means, exact_covariance = reference.latent_posterior(*model)
    expect(means, exact_means, what="means")
    expect(covariance, exact_covariance, what="covariance")


# END SOLUTION
