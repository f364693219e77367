"""Read ``tests/contract.toml`` and hold returned values to it.

A contract names each question's function, its points, and the shapes of what goes in and out:

    title = "Logistic regression"

    [[question]]
    name = "gradient"
    points = 15
    arguments = { X = "(n, d)", y = "(n,)", theta = "(d,)", prior_precision = "" }
    returns = "real (d,)"

An argument's shape binds the letters, a bare letter (``n_steps = "T"``) binds an integer's value, and
``returns`` speaks of them: ``"real (T+1,)"``, ``"integer (n,)"``, ``"real ()"`` for a number,
``"real like z"``, ``"real like x mean variance"`` for a broadcast, ``"integer () or none"``, and a list of
these for a tuple.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from autograder.model.contract import Contract, Returns, Signature
from autograder.model.errors import AuthoringError, Mismatch
from autograder.model.limits import Limits
from autograder.model.values import Opaque

FILE = "contract.toml"
_RETURNS = re.compile(r"(real|integer) (?:\((?P<shape>[^)]*)\)|like (?P<like>[\w ]+?))(?P<optional> or none)?")
_DIMENSION = re.compile(r"(?P<symbol>[A-Za-z]\w*)(?:\+(?P<more>\d+))?|(?P<number>\d+)")


@lru_cache(maxsize=64)
def load(path: Path) -> Contract:
    """Read the contract at ``path`` (``.../tests/contract.toml``).

    Raises:
        AuthoringError: the file is missing or says something that is not understood.

    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AuthoringError(f"{path}: not found; every tests folder holds the contract of its assignment") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthoringError(f"{path}: not a TOML file: {error}") from error
    if not _is_list_of_tables(table.get("question")):
        raise AuthoringError(f"{path}: expected at least one [[question]]; found none")
    questions = tuple(_signature(path, q) for q in table["question"])
    names = [q.name for q in questions]
    if twice := {n for n in names if names.count(n) > 1}:
        raise AuthoringError(f"{path}: expected each question once; found twice: {', '.join(sorted(twice))}")
    return Contract(
        name=str(table.get("name", path.parent.parent.name)),
        title=str(table.get("title", path.parent.parent.name)),
        questions=questions,
        path=path.parent.parent,
        limits=_limits(path, table.get("limits", {})),
        rejudge=bool(table.get("rejudge", True)),
    )


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _limits(path: Path, table: Mapping[str, Any]) -> Limits:
    known = {f.name for f in fields(Limits)}
    if unknown := set(table) - known:
        raise AuthoringError(f"{path}: [limits] knows {sorted(known)}; found {sorted(unknown)}")
    for name, value in table.items():
        if not isinstance(value, (int, float)):
            raise AuthoringError(f"{path}: expected {name} to be a number; found {value!r}")
    return Limits(**table)


def _signature(path: Path, table: Mapping[str, Any]) -> Signature:
    if missing := {"name", "points", "arguments", "returns"} - set(table):
        raise AuthoringError(f"{path}: question {table.get('name', '?')} lacks {sorted(missing)}")
    if not isinstance(table["points"], (int, float)):
        raise AuthoringError(f"{path}: expected the points of {table['name']} as a number; found {table['points']!r}")
    for name, text in table["arguments"].items():
        if not isinstance(text, str):
            raise AuthoringError(
                f"{path}: expected {name} of {table['name']} to be like '(n, d)' or ''; found {text!r}"
            )
    returns = table["returns"]
    several = isinstance(returns, list)
    signature = Signature(
        name=table["name"],
        points=table["points"],
        arguments={name: _binding(text) for name, text in table["arguments"].items()},
        returns=tuple(_returns(path, text) for text in (returns if several else [returns])),
        several=several,
    )
    _check_bound(path, signature)
    return signature


def _check_bound(path: Path, signature: Signature) -> None:
    """Hold ``returns`` to the arguments: a slip here would let any shape pass, or fail a student's call."""
    bound: set[str] = set()
    for binding in signature.arguments.values():
        bound |= {binding} if isinstance(binding, str) else set(binding or ())
    for spec in signature.returns:
        for name in set(spec.like) - set(signature.arguments):
            raise AuthoringError(f"{path}: {signature.name} returns something like {name!r}, which is no argument")
        for dimension in spec.shape:
            _size(dimension, dict.fromkeys(bound, 1), f"{path}: {signature.name}")


def _binding(text: str) -> tuple[str, ...] | str | None:
    if text.startswith("("):
        return _dimensions(text[1:-1])
    return text or None


def _dimensions(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _returns(path: Path, text: Any) -> Returns:
    match = _RETURNS.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise AuthoringError(f"{path}: expected returns like 'real (n, d)' or 'integer like y'; found {text!r}")
    return Returns(
        kind=match[1],
        shape=_dimensions(match["shape"] or ""),
        like=tuple((match["like"] or "").split()),
        optional=match["optional"] is not None,
    )


def bind(signature: Signature, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments by name, as the call gave them."""
    named = dict(zip(signature.arguments, args, strict=False))
    named.update(kwargs)
    return named


Shape = tuple[int, ...]


def expected_shapes(signature: Signature, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Shape, ...]:
    """The shape of each value that a call must return."""
    named = bind(signature, args, kwargs)
    return tuple(_expected_shape(spec, signature, named) for spec in signature.returns)


def normalise(signature: Signature, shapes: Sequence[Shape], value: Any) -> Any:
    """The returned ``value`` as the contract states it: float64 or int64 arrays, floats, ints, tuples of them.

    Type and shape are settled here, before any value is compared.

    Args:
        signature: of the function that returned it.
        shapes: as :func:`expected_shapes` gives them for the call.
        value: what was returned.

    Raises:
        Mismatch: it is something else; says what, in words.

    """
    if not signature.several:
        return _one(signature.returns[0], shapes[0], value, "")
    wanted = len(signature.returns)
    if not isinstance(value, (tuple, list)) or len(value) != wanted:
        raise Mismatch(f"returned {describe(value)}; expected a tuple of {wanted} values", refused=True)
    return tuple(
        _one(spec, shape, item, f"item {i} of the result: ")
        for i, (spec, shape, item) in enumerate(zip(signature.returns, shapes, value, strict=True))
    )


def _one(spec: Returns, shape: Shape, value: Any, prefix: str) -> Any:
    if value is None and spec.optional:
        return None
    array = real_array(value)
    if array is None:
        wanted = "a number" if shape == () else f"numbers of shape {shape}"
        raise Mismatch(f"{prefix}returned {describe(value)}; expected {wanted}", refused=True)
    if array.shape != shape:
        wanted = "a single number (shape ())" if shape == () else f"shape {shape}"
        raise Mismatch(f"{prefix}returned shape {array.shape}; expected {wanted}", refused=True)
    if spec.kind == "integer":
        with np.errstate(invalid="ignore"):
            whole = array.astype(np.int64)
        if not np.array_equal(whole, array):
            raise Mismatch(f"{prefix}returned values that are not whole numbers: {describe(value)}", refused=True)
        return whole if shape else int(whole)
    array = array.astype(np.float64)
    return array if shape else float(array)


def real_array(value: Any) -> np.ndarray[Any, Any] | None:
    """``value`` as an array of real numbers, or None where it is something else."""
    if value is None or isinstance(value, (str, bytes, dict, Opaque)):
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O":
            # NumPy would read "2" as a number here, and None as nan.
            if any(item is None or isinstance(item, (str, bytes)) for item in array.flat):
                return None
            array = array.astype(np.float64)
    except Exception:  # noqa: BLE001  (a student's class may raise anything where it is asked for a number)
        return None
    return array if array.dtype.kind in "biuf" else None


def describe(value: Any) -> str:
    """A few words for a value that is not what was expected."""
    if value is None:
        return "None (is a `return` missing?)"
    if isinstance(value, Opaque):
        return f"{_a(value.type_name)} object"
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "biuf":
            return f"an array of shape {value.shape}"
        return f"an array of {value.dtype} values"
    if isinstance(value, (list, tuple)):
        if (array := real_array(value)) is not None:
            return f"a {type(value).__name__} of shape {array.shape}"
        return f"a {type(value).__name__} of {len(value)} items"
    return _a(type(value).__name__)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in {*"aeiou"} else f"a {noun}"


def _expected_shape(spec: Returns, signature: Signature, named: Mapping[str, Any]) -> Shape:
    if spec.like:
        return np.broadcast_shapes(*(np.shape(named[name]) for name in spec.like if name in named))
    sizes: dict[str, int] = {}
    for name, binding in signature.arguments.items():
        if name not in named or binding is None:
            continue
        if isinstance(binding, str):
            sizes.setdefault(binding, int(named[name]))
        else:
            for symbol, size in zip(binding, np.shape(named[name]), strict=False):
                sizes.setdefault(symbol, size)
    return tuple(_size(dimension, sizes, f"contract of {signature.name}") for dimension in spec.shape)


def _size(dimension: str, sizes: Mapping[str, int], whose: str) -> int:
    match = _DIMENSION.fullmatch(dimension)
    if match is None or (match["symbol"] and match["symbol"] not in sizes):
        raise AuthoringError(f"{whose}: {dimension!r} is not bound by any argument")
    if match["number"]:
        return int(match["number"])
    return sizes[match["symbol"]] + int(match["more"] or 0)
