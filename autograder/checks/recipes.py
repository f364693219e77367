"""Recipes: what Hypothesis draws are a few small numbers, and arrays are built from them.

Drawing ``n, d, seed`` and building arrays with ``numpy.random.RandomState(seed)`` (whose streams NumPy promises
not to change) is faster than drawing elements, gives more varied data, and makes a case a few bytes of
readable JSON. Values are rounded to short decimals, so that a last bit of libm does not matter and
counterexamples read well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import strategies as st

from autograder.model.errors import AuthoringError

Array = np.ndarray[Any, Any]
SEEDS = st.integers(0, 2**31 - 1)


@dataclass(frozen=True)
class Recipe:
    """How one drawn argument of a property is made.

    Attributes:
        build: makes the value from what was drawn (by keyword); deterministic.
        draws: name -> strategy of a JSON scalar.
        edges: draws that are always among the cases, before any that Hypothesis draws.

    """

    build: Callable[..., Any]
    draws: Mapping[str, st.SearchStrategy[Any]]
    edges: tuple[Mapping[str, Any], ...] = field(default=())

    def __post_init__(self) -> None:
        for name, strategy in self.draws.items():
            if not isinstance(strategy, st.SearchStrategy):
                raise AuthoringError(
                    f"expected a Hypothesis strategy for {name}, such as st.integers(1, 4); found {strategy!r}"
                )
        for edge in self.edges:
            if set(edge) != set(self.draws):
                raise AuthoringError(f"expected an edge of {', '.join(self.draws)}; found {dict(edge)}")

    def __call__(self, *_: Any, **__: Any) -> Recipe:
        """A recipe is no function: say how it is used.

        Raises:
            AuthoringError: always.

        """
        name = getattr(self.build, "__name__", "it")
        raise AuthoringError(f"{name} is already a recipe; use it without brackets: data={name}")

    def also(self, *edges: Mapping[str, Any]) -> Recipe:
        """The same recipe with more explicit edge cases."""
        return Recipe(self.build, self.draws, (*self.edges, *edges))


def recipe(*edges: Mapping[str, Any], **draws: st.SearchStrategy[Any]) -> Callable[[Callable[..., Any]], Recipe]:
    """Decorate a builder to make a :class:`Recipe` of it.

    Example::

        @recipe({"n": 1, "seed": 0}, n=st.integers(1, 8), seed=SEEDS)
        def points(n, seed):
            return decimals(np.random.RandomState(seed).normal(size=n))
    """
    return lambda build: Recipe(build, draws, tuple(edges))


def decimals(values: Any, places: int = 2) -> Array:
    """Round to short decimals; never -0.0, which reads as a puzzle."""
    return np.asarray(np.round(values, places) + 0.0)


def choice(options: Sequence[Any]) -> Recipe:
    """One of ``options``, each of which becomes a case: for stability sets and hand-picked inputs."""
    listed = list(options)
    edges = tuple({"choice": i} for i in range(len(listed)))
    return Recipe(lambda choice: listed[choice], {"choice": st.integers(0, len(listed) - 1)}, edges)


def number(low: float, high: float, places: int = 2) -> Recipe:
    """A number in [low, high] with so many decimal places."""
    scale = 10**places
    draws = {"hundredths" if places == 2 else "units": st.integers(round(low * scale), round(high * scale))}
    return Recipe(lambda **drawn: next(iter(drawn.values())) / scale, draws)


def whole(low: int, high: int) -> Recipe:
    """An integer in [low, high]."""
    return Recipe(lambda value: value, {"value": st.integers(low, high)})


def seeds() -> Recipe:
    """A seed, for ``np.random.default_rng(seed)`` inside a property."""
    return Recipe(lambda seed: seed, {"seed": SEEDS})


def arrays(*, scale: float = 3.0, dimensions: tuple[int, ...] = (0, 1, 2), largest: int = 5) -> Recipe:
    """A float array of one of these numbers of dimensions, normal with standard deviation ``scale``."""

    def build(ndim: int, size: int, seed: int) -> Array:
        rng = np.random.RandomState(seed)
        # Sides differ, so that a transposed answer shows.
        shape = tuple(size + i for i in range(ndim))
        return decimals(rng.normal(size=shape) * scale)

    draws = {"ndim": st.sampled_from(dimensions), "size": st.integers(1, largest), "seed": SEEDS}
    return Recipe(build, draws)


def _different(n: int, d: int) -> int:
    """A number of features that is not the number of rows, or a transposed answer passes."""
    return d + 1 if n == d else d


def linear_data(*, scale: float = 1.5, rows: int = 8, features: int = 5) -> Recipe:
    """``(X, theta)``: X (n, d) and weights (d,), n != d (except 1 by 1)."""

    def build(n: int, d: int, seed: int) -> tuple[Array, Array]:
        rng = np.random.RandomState(seed)
        d = d if n == 1 else _different(n, d)
        return decimals(rng.normal(size=(n, d)) * scale), decimals(rng.normal(size=d) * scale)

    draws = {"n": st.integers(1, rows), "d": st.integers(1, features), "seed": SEEDS}
    return Recipe(build, draws, ({"n": 1, "d": 1, "seed": 1}, {"n": 2, "d": 1, "seed": 2}, {"n": 1, "d": 3, "seed": 3}))


def classification_data(*, scale: float = 1.5, rows: int = 8, features: int = 4) -> Recipe:
    """``(X, y, theta)``: X (n, d), binary labels y (n,), weights (d,), n != d (except 1 by 1)."""

    def build(n: int, d: int, seed: int) -> tuple[Array, Array, Array]:
        rng = np.random.RandomState(seed)
        d = d if n == 1 else _different(n, d)
        X = decimals(rng.normal(size=(n, d)) * scale)
        y = (rng.uniform(size=n) < 0.5).astype(np.int64)
        return X, y, decimals(rng.normal(size=d) * scale)

    draws = {"n": st.integers(1, rows), "d": st.integers(1, features), "seed": SEEDS}
    return Recipe(build, draws, ({"n": 1, "d": 1, "seed": 1}, {"n": 1, "d": 1, "seed": 3}, {"n": 4, "d": 2, "seed": 4}))


def labels(*, classes: int = 4, rows: int = 12, every_class: bool = False) -> Recipe:
    """``(y, n_classes)``: labels 0..K-1, in no order; with ``every_class`` each occurs."""

    def build(n: int, k: int, seed: int) -> tuple[Array, int]:
        rng = np.random.RandomState(seed)
        y = rng.randint(0, k, size=n)
        if every_class:
            y = rng.permutation(np.concatenate([np.arange(k), y]))
        return y.astype(np.int64), k

    draws = {"n": st.integers(1, rows), "k": st.integers(1, classes), "seed": SEEDS}
    return Recipe(build, draws, ({"n": 1, "k": 1, "seed": 0}, {"n": 1, "k": 3, "seed": 1}))


def labelled_data(*, classes: int = 3, rows: int = 10, features: int = 4, per_class: int = 1) -> Recipe:
    """``(X, y, n_classes)``: X (n, d) around class means, every label at least ``per_class`` times, shuffled."""

    def build(n: int, d: int, k: int, seed: int) -> tuple[Array, Array, int]:
        rng = np.random.RandomState(seed)
        y = rng.permutation(np.concatenate([np.repeat(np.arange(k), per_class), rng.randint(0, k, size=n)]))
        while d in (k, len(y)):
            d += 1
        centres = rng.normal(size=(k, d)) * 3
        return decimals(centres[y] + rng.normal(size=(len(y), d))), y.astype(np.int64), k

    draws = {"n": st.integers(0, rows), "d": st.integers(1, features), "k": st.integers(1, classes), "seed": SEEDS}
    return Recipe(build, draws, ({"n": 2, "d": 1, "k": 1, "seed": 0}, {"n": 3, "d": 1, "k": 2, "seed": 1}))


def gaussian_classes(*, classes: int = 3, rows: int = 5, features: int = 4) -> Recipe:
    """``(X, priors, means, variances)``: X (n, d), priors (K,) > 0, means and variances (K, d).

    d differs from K and n, except that n and d may both be 1.
    """

    def build(n: int, d: int, k: int, seed: int) -> tuple[Array, Array, Array, Array]:
        rng = np.random.RandomState(seed)
        while d == k or (n == d and n > 1):
            d += 1
        weights = rng.randint(1, 10, size=k)
        means = decimals(rng.normal(size=(k, d)) * 2)
        variances = decimals(rng.uniform(0.2, 4.0, size=(k, d)))
        X = decimals(means[rng.randint(0, k, size=n)] + rng.normal(size=(n, d)) * 2)
        return X, weights / weights.sum(), means, variances

    draws = {"n": st.integers(1, rows), "d": st.integers(1, features), "k": st.integers(1, classes), "seed": SEEDS}
    return Recipe(build, draws, ({"n": 1, "d": 1, "k": 2, "seed": 0}, {"n": 1, "d": 2, "k": 1, "seed": 1}))
