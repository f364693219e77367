"""Trivial answers: functions that return something of the right shape without computing what is asked.

Some properties hold for them: a constant is symmetric, and leaves its arguments unchanged. Such a property is *free*,
which is recorded beside its cases. It earns its points only in a question in which a property passes that is not free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.checks.judging import REFERENCE, holds
from autograder.checks.returns import Shape, expected_shapes

if TYPE_CHECKING:
    from autograder.checks.property import prop
    from autograder.model.contract import Contract, Signature

Array = np.ndarray[Any, Any]
Make = Callable[[Shape, Sequence[Any]], Any]
"""Makes one returned value from its shape and the call's arguments."""


def _constant(value: float) -> Make:
    return lambda shape, _: np.full(shape, value)


def _numbers(argument: Any) -> Array:
    """The numbers in an argument, in one row; generators and functions hold none."""
    if isinstance(argument, (list, tuple)):
        return np.concatenate([np.zeros(0), *map(_numbers, argument)])
    if isinstance(argument, (bool, int, float, np.ndarray, np.number)):
        return np.asarray(argument, dtype=np.float64).ravel()
    return np.zeros(0)


def _argument(index: int) -> Make:
    """Argument ``index`` itself, repeated or cut to the shape."""

    def make(shape: Shape, arguments: Sequence[Any]) -> Array:
        numbers = _numbers(arguments[index % len(arguments)])
        return np.resize(numbers if numbers.size else np.zeros(1), shape)

    return make


def _total(shape: Shape, arguments: Sequence[Any]) -> Array:
    return np.full(shape, sum(_numbers(a).sum() for a in arguments))


def numbers_of(arguments: Sequence[Any]) -> Array:
    """All numbers among the arguments, in one row."""
    return np.concatenate([np.zeros(0), *map(_numbers, arguments)])


def _mean(shape: Shape, arguments: Sequence[Any]) -> Array:
    numbers = numbers_of(arguments)
    return np.full(shape, numbers.mean() if numbers.size else 0.0)


def _size(shape: Shape, arguments: Sequence[Any]) -> Array:
    return np.full(shape, float(len(np.atleast_1d(_numbers(arguments[0])))))


def _uniform(shape: Shape, _: Sequence[Any]) -> Array:
    return np.full(shape, 1 / shape[-1] if shape and shape[-1] else 1.0)


def _log_uniform(shape: Shape, arguments: Sequence[Any]) -> Array:
    return np.log(_uniform(shape, arguments))


def _first_is_one(shape: Shape, _: Sequence[Any]) -> Array:
    value = np.zeros(shape)
    value[..., :1] = 1.0
    return value


def _identity(shape: Shape, _: Sequence[Any]) -> Array:
    return np.broadcast_to(np.eye(shape[-2], shape[-1]), shape) if len(shape) > 1 else np.ones(shape)


def _range(shape: Shape, _: Sequence[Any]) -> Array:
    return np.arange(float(np.prod(shape))).reshape(shape)


def _raises(_shape: Shape, _: Sequence[Any]) -> Any:
    raise ValueError("trivial")


def _random(draw: Callable[[np.random.Generator, Shape], Array]) -> Make:
    generator = np.random.default_rng(1)
    return lambda shape, _: draw(generator, shape)


def _probabilities(generator: np.random.Generator, shape: Shape) -> Array:
    values = generator.random(shape)
    return values / values.sum(axis=-1, keepdims=True) if shape else values


def _falling(generator: np.random.Generator, shape: Shape) -> Array:
    return np.sort(generator.random(np.prod(shape, dtype=int)))[::-1].reshape(shape)


TRIVIAL: Mapping[str, Make] = {
    **{f"constant {value:g}": _constant(value) for value in (0, 1, -1, 0.5, 2, 0.1, 10, 1e6, np.inf, -np.inf, np.nan)},
    **{f"argument {i + 1}": _argument(i) for i in range(6)},
    "sum of all arguments": _total,
    "mean of all arguments": _mean,
    "size of the first argument": _size,
    "uniform": _uniform,
    "log uniform": _log_uniform,
    "one in the first place": _first_is_one,
    "identity": _identity,
    "range": _range,
    "raises": _raises,
    "random numbers": _random(lambda generator, shape: generator.random(shape)),
    "random normal numbers": _random(lambda generator, shape: generator.normal(size=shape)),
    "random bits": _random(lambda generator, shape: generator.integers(0, 2, shape).astype(float)),
    "random small integers": _random(lambda generator, shape: generator.integers(0, 4, shape).astype(float)),
    "random probabilities": _random(_probabilities),
    "falling random numbers": _random(_falling),
}


def function(signature: Signature, make: Make) -> Callable[..., Any]:
    """A trivial answer to one question."""

    def trivial(*args: Any, **kwargs: Any) -> Any:
        arguments = [*args, *kwargs.values()]
        values = [
            _as_kind(make(shape, arguments), returns.kind)
            for returns, shape in zip(signature.returns, expected_shapes(signature, args, kwargs), strict=True)
        ]
        return tuple(values) if signature.several else values[0]

    trivial.__name__ = signature.name
    return trivial


def _as_kind(value: Array, kind: str) -> Array | None:
    if kind == "none":
        return None
    return np.trunc(value) if kind == "integer" and np.isfinite(value).all() else value


def namespace(contract: Contract, make: Make) -> dict[str, Any]:
    """A trivial answer to every question."""
    return {q.name: function(q, make) for q in contract.questions}


def is_free(p: prop, reference: Any) -> bool:
    """Whether some trivial answer passes ``p``: to all of its functions, or to one where the others are right."""
    return any(passes(p, reference, make) for make in TRIVIAL.values())


def passes(p: prop, reference: Any, make: Make) -> bool:
    """Whether a trivial answer passes ``p``: to all of its functions, or to one where the others are right."""
    return any(holds(p, {**vars(reference), REFERENCE: reference, **names}) for names in _namespaces(p, make))


def _namespaces(p: prop, make: Make) -> Iterator[dict[str, Any]]:
    functions = namespace(p.contract, make)
    yield {name: functions[name] for name in p.functions}
    if len(p.functions) > 1:
        yield {p.path.stem: functions[p.path.stem]}
