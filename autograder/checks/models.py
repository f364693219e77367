"""What questions about one model share: its densities, its symmetries, and recipes of its parameters.

Everything here is public: students see it beside the checks that use it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from autograder.checks.recipes import SEEDS, Array, Recipe, decimals

NOISE = st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0])
"""Noise variances, 1 among them; the others tell a variance from a standard deviation."""


def different_sides(n: int, d: int, q: int) -> tuple[int, int]:
    """Numbers of rows and of features that differ from each other and from ``q``, except 1 by 1.

    A transposed answer shows then.
    """
    d = d + 1 if d == q > 1 else d
    while n > 1 and n in (d, q):
        n += 1
    return n, d


def log_normal(x: Any, mean: Any, variance: Any) -> Any:
    """The log-density of N(mean, variance) at x, elementwise."""
    return -0.5 * (np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance)


def rotation(q: int) -> Array:
    """A (q, q) rotation of the first two axes with short decimals; a reflection where there is one axis."""
    turn = np.eye(q)
    if q == 1:
        return -turn
    turn[:2, :2] = [[0.6, -0.8], [0.8, 0.6]]
    return turn


def with_zeros(*arrays: Array) -> tuple[Array, ...]:
    """The same arrays with 0 in the place of every second entry, the first included: what one might repair in place."""
    changed = tuple(np.array(a) for a in arrays)
    for a in changed:
        a.flat[::2] = 0.0
    return changed


def latent_linear_model() -> Recipe:
    """``(X, W, mean, noise_variance)``: X (n, d), W (d, q), of x = W z + mean + noise; sides differ."""

    def build(n: int, d: int, q: int, noise_variance: float, seed: int) -> tuple[Array, Array, Array, float]:
        return latent_linear_arrays(*different_sides(n, d, q), q, noise_variance, seed)

    draws = {"n": st.integers(1, 4), "d": st.integers(1, 4), "q": st.integers(1, 3), "noise_variance": NOISE}
    edges = (
        {"n": 1, "d": 1, "q": 1, "noise_variance": 0.25, "seed": 2},
        {"n": 1, "d": 2, "q": 1, "noise_variance": 4.0, "seed": 3},
        {"n": 1, "d": 1, "q": 2, "noise_variance": 2.0, "seed": 4},
    )
    return Recipe(build, {**draws, "seed": SEEDS}, edges)


def latent_linear_arrays(n: int, d: int, q: int, noise_variance: float, seed: int) -> tuple[Array, Array, Array, float]:
    """``(X, W, mean, noise_variance)`` of exactly these sides."""
    rng = np.random.RandomState(seed)
    X, W = decimals(rng.normal(size=(n, d)) * 3, 1), decimals(rng.normal(size=(d, q)) * 2, 1)
    return X, W, decimals(rng.normal(size=d) * 3, 1), noise_variance


def short_classification_data() -> Recipe:
    """``(X, y, theta)`` of few short numbers: X (n, d), binary labels y (n,), weights (d,), n != d except 1 by 1."""

    def build(n: int, d: int, seed: int) -> tuple[Array, Array, Array]:
        rng = np.random.RandomState(seed)
        d = d + 1 if n == d > 1 else d
        X = decimals(rng.normal(size=(n, d)), 1)
        y = (rng.uniform(size=n) < 0.5).astype(np.int64)
        return X, y, decimals(rng.normal(size=d), 1)

    draws = {"n": st.integers(1, 6), "d": st.integers(1, 4), "seed": SEEDS}
    return Recipe(build, draws, ({"n": 1, "d": 1, "seed": 1}, {"n": 1, "d": 1, "seed": 3}, {"n": 2, "d": 1, "seed": 4}))


def logistic_log_posterior(X: Array, y: Array, theta: Array, prior_precision: float) -> Any:
    """The log-posterior straight from its definition: accurate enough for moderate numbers."""
    p = 1 / (1 + np.exp(-(X @ theta)))
    return np.sum(np.log(np.where(y == 1, p, 1 - p))) - prior_precision / 2 * np.sum(theta**2)


def indistinguishable_classes(weights: Sequence[int], *, fewest: int = 1) -> Recipe:
    """``(X, priors, means, variances)``: all classes have the same density, no two the same prior.

    Args:
        weights: what the priors are proportional to; as many classes as there are weights, at most.
        fewest: number of classes, at least.

    """

    def build(n: int, d: int, k: int, seed: int) -> tuple[Array, Array, Array, Array]:
        rng = np.random.RandomState(seed)
        while d == k or n == d > 1:
            d += 1
        chosen = rng.permutation(list(weights))[:k]
        means, variances = decimals(rng.normal(size=d)), decimals(rng.uniform(0.5, 3, size=d))
        X = decimals(rng.normal(size=(n, d)))
        return X, chosen / chosen.sum(), np.tile(means, (k, 1)), np.tile(variances, (k, 1))

    draws = {"n": st.integers(1, 3), "d": st.integers(1, 4), "k": st.integers(fewest, len(weights)), "seed": SEEDS}
    return Recipe(build, draws, ({"n": 1, "d": 1, "k": 2, "seed": 0}, {"n": 1, "d": 3, "k": 2, "seed": 1}))


def with_an_impossible_class(X: Array, priors: Array, means: Array, variances: Array) -> tuple[Array, ...]:
    """The arguments with one class more, of prior 0 and with tiny variances: what one might repair in place."""
    narrow = np.full((1, X.shape[1]), 1e-12)
    return X, np.append(priors, 0.0), np.vstack([means, means[:1] + 1]), np.vstack([variances, narrow])


def known_joint(*more: Mapping[str, Any], labelled: bool = False) -> Recipe:
    """``(log_evidence, conditional)``: log P(x_i) (n,) and P(y | x_i) (n, K), whose rows sum to 1.

    Args:
        more: edges, beside the usual ones.
        labelled: whether labels y (n,) come third.

    """

    def build(n: int, k: int, deep: bool, seed: int) -> tuple[Array, ...]:
        rng = np.random.RandomState(seed)
        k = k + 1 if k == n and n > 1 else k
        weights = rng.randint(1, 10, size=(n, k)).astype(np.float64)
        # One example may lie at log P = 0 and the next at -50,000, in one array.
        depths = np.array([0.0, 40.0, 800.0, 5e4])[rng.randint(0, 4, size=n)] if deep else np.zeros(n)
        model = decimals(rng.normal(size=n) * 2 - depths), weights / weights.sum(axis=1, keepdims=True)
        return (*model, rng.randint(0, k, size=n).astype(np.int64)) if labelled else model

    draws = {"n": st.integers(1, 6), "k": st.integers(1, 4), "deep": st.booleans(), "seed": SEEDS}
    edges = (
        {"n": 1, "k": 2, "deep": False, "seed": 0},
        {"n": 1, "k": 2, "deep": True, "seed": 1},
        {"n": 2, "k": 3, "deep": False, "seed": 2},
    )
    return Recipe(build, draws, (*edges, *more))


def joint_of(model: Sequence[Array]) -> Array:
    """The log joint, log P(x, y) = log P(x) + log P(y | x) of what :func:`known_joint` builds, (n, K)."""
    log_evidence, conditional = model[:2]
    joint: Array = log_evidence[:, np.newaxis] + np.log(conditional)
    return joint


def distribution(rng: np.random.RandomState, size: int, *, least: int = 0) -> Array:
    """A distribution over ``size`` tokens in steps of 1/20, each entry at least ``least``/20."""
    counts = np.bincount(rng.randint(size, size=20 - least * size), minlength=size)
    return np.asarray((counts + least) / 20)


def markov_chain(rng: np.random.RandomState, size: int, *, least: int = 0) -> tuple[Array, Array]:
    """``(initial, transition)``: tables (V,) and (V, V) of ``size`` tokens, in steps of 1/20."""
    initial = distribution(rng, size, least=least)
    return initial, np.array([distribution(rng, size, least=least) for _ in range(size)])


def sparse_markov_chain(rng: np.random.RandomState, size: int) -> tuple[Array, Array]:
    """``(initial, transition)`` with zeros, and rows whose sum is off 1 by rounding: what one might repair in place."""
    draws = rng.randint(size, size=(size + 1, 3))
    tables = np.array([np.bincount(row, weights=[7, 2, 1], minlength=size) / 10 for row in draws])
    return tables[0], tables[1:]


def softmax_classification_data(*, rows: int = 6, features: int = 4, classes: int = 4, scale: float = 1.0) -> Recipe:
    """``(X, y, Theta)`` of few short numbers: X (n, d), labels y (n,), weights (K, d), sides that differ but for 1."""

    def build(n: int, d: int, k: int, seed: int) -> tuple[Array, Array, Array]:
        rng = np.random.RandomState(seed)
        n, d = different_sides(n, d, k)
        X = decimals(rng.normal(size=(n, d)) * scale, 1)
        return X, rng.randint(0, k, size=n).astype(np.int64), decimals(rng.normal(size=(k, d)) * scale, 1)

    draws = {"n": st.integers(1, rows), "d": st.integers(1, features), "k": st.integers(2, classes), "seed": SEEDS}
    edges = (
        {"n": 1, "d": 1, "k": 2, "seed": 1},
        {"n": 1, "d": 1, "k": 2, "seed": 3},
        {"n": 3, "d": 1, "k": 2, "seed": 4},
        {"n": 1, "d": 2, "k": 3, "seed": 5},
    )
    return Recipe(build, draws, edges)


def softmax_log_posterior(X: Array, y: Array, Theta: Array, prior_precision: float) -> Any:
    """The log-posterior of softmax regression straight from its definition: accurate enough for moderate numbers."""
    weights = np.exp(X @ Theta.T)
    P = weights / weights.sum(axis=1, keepdims=True)
    return np.sum(np.log(P[np.arange(len(y)), y])) - prior_precision / 2 * np.sum(Theta**2)
