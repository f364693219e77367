"""Read ``tests/contract.toml``.

A contract names each question's function, its points, and the shapes of what goes in and out:

    title = "Logistic regression"

    [[question]]
    name = "gradient"
    points = 15
    arguments = { X = "(n, d)", y = "(n,)", theta = "(d,)", prior_precision = "" }
    returns = "real (d,)"

An argument's shape binds the letters, a bare letter (``n_steps = "T"``) binds an integer's value, and
``returns`` refers to them: ``"real (T+1,)"``, ``"integer (n,)"``, ``"real ()"`` for a number,
``"real like z"``, ``"real like x mean variance"`` for a broadcast, ``"integer () or none"``, ``"none"`` for a
property that students write (:mod:`autograder.checks.implementations`), and a list of these for a tuple. A question
may be taken from another assignment, see :mod:`autograder.checks.composition`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from keyword import iskeyword
from pathlib import Path
from typing import Any

from autograder.checks.arguments import is_understood
from autograder.checks.composition import complete
from autograder.model.contract import Contract, Returns, Signature
from autograder.model.errors import AuthoringError
from autograder.model.limits import Limits

FILE = "contract.toml"
_RETURNS = re.compile(r"(real|integer) (?:\((?P<shape>[^)]*)\)|like (?P<like>[\w ]+?))(?P<optional> or none)?")
_BINDING = re.compile(r"|[A-Za-z]\w*|\( *\w+(?: *, *\w+)* *,? *\)")
_DIMENSION = re.compile(r"(?P<symbol>[A-Za-z]\w*)(?:\+(?P<more>\d+))?|(?P<number>\d+)")


@lru_cache(maxsize=64)
def load(path: Path) -> Contract:
    """Read the contract at ``path`` (``.../tests/contract.toml``).

    Raises:
        AuthoringError: the file is missing or says something that is not understood.

    """
    if path.parent.name == "tests":
        path = complete(path.parent.parent) / "tests" / path.name
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AuthoringError(f"{path}: not found; every tests folder holds the contract of its assignment") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthoringError(f"{path}: not a TOML file: {error}") from error
    if not _is_list_of_tables(table.get("question")):
        raise AuthoringError(f"{path}: expected at least one [[question]]; found none")
    for key in ("name", "title"):
        if not isinstance(table.get(key, ""), str):
            raise AuthoringError(f'{path}: expected {key} = "..."; found {table[key]!r}')
    if not isinstance(table.get("rejudge", True), bool):
        raise AuthoringError(f"{path}: expected rejudge = true or false; found {table['rejudge']!r}")
    questions = tuple(_signature(path, number, q) for number, q in enumerate(table["question"], 1))
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
        named=_named(path, table.get("feedback", {})),
    )


def _named(path: Path, table: Any) -> str:
    choices = ("before", "after")
    named = table.get("named", choices[0]) if isinstance(table, dict) else table
    if named not in choices or set(table) - {"named"}:
        raise AuthoringError(f'{path}: [feedback] expects named = "before" or "after" handing in; found {table!r}')
    return str(named)


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _limits(path: Path, table: Mapping[str, Any]) -> Limits:
    if not isinstance(table, dict):
        raise AuthoringError(f"{path}: expected a table [limits]; found {table!r}")
    known = {f.name: f.type for f in fields(Limits)}
    if unknown := set(table) - set(known):
        raise AuthoringError(
            f"{path}: expected in [limits] some of {', '.join(sorted(known))}; found {sorted(unknown)}"
        )
    for name, value in table.items():
        if known[name] == "int" and not (is_number(value) and value == int(value) and value >= 0):
            raise AuthoringError(f"{path}: expected {name} to be a whole number of 0 or more; found {value!r}")
        if known[name] == "float" and not (is_number(value) and value > 0):
            raise AuthoringError(f"{path}: expected {name} to be a number above 0; found {value!r}")
    return Limits(**table)


def is_number(value: Any) -> bool:
    """Whether ``value`` is a finite number of a TOML file."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _signature(path: Path, number: int, table: Mapping[str, Any]) -> Signature:
    if missing := {"name", "points", "arguments", "returns"} - set(table):
        raise AuthoringError(f"{path}: question {table.get('name', number)} lacks {', '.join(sorted(missing))}")
    if not (isinstance(table["name"], str) and table["name"].isidentifier() and not iskeyword(table["name"])):
        raise AuthoringError(
            f"{path}: expected the name of question {number} to be a function's; found {table['name']!r}"
        )
    if not (is_number(table["points"]) and table["points"] >= 0):
        raise AuthoringError(
            f"{path}: expected the points of {table['name']} as a number of 0 or more; found {table['points']!r}"
        )
    if not isinstance(table["arguments"], dict):
        raise AuthoringError(
            f'{path}: expected the arguments of {table["name"]} like {{ X = "(n, d)" }}; found {table["arguments"]!r}'
        )
    for name, text in table["arguments"].items():
        if not (isinstance(text, str) and _BINDING.fullmatch(text)):
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
        own=str(table.get("own", "")),
        takes=_takes(path, table),
    )
    _check_bound(path, signature)
    return signature


def _takes(path: Path, table: Mapping[str, Any]) -> Mapping[str, str]:
    takes = table.get("takes", {})
    for name, text in takes.items():
        if not isinstance(text, str) or not is_understood(text, takes):
            raise AuthoringError(
                f"{path}: expected {name} in takes of {table['name']} to be like '(n, d)', '(n,) < K', 'K', "
                f"'number > 0', 'any' or 'rng'; found {text!r}"
            )
    return dict(takes)


def _check_bound(path: Path, signature: Signature) -> None:
    """Check ``returns`` against the arguments: a typo would accept any shape, or fail a right answer."""
    bound: set[str] = set()
    for binding in signature.arguments.values():
        bound |= {binding} if isinstance(binding, str) else set(binding or ())
    for spec in signature.returns:
        for name in set(spec.like) - set(signature.arguments):
            raise AuthoringError(f"{path}: {signature.name} returns something like {name!r}, which is no argument")
        for dimension in spec.shape:
            size_of(dimension, dict.fromkeys(bound, 1), f"{path}: {signature.name}")


def _binding(text: str) -> tuple[str, ...] | str | None:
    if text.startswith("("):
        return _dimensions(text[1:-1])
    return text or None


def _dimensions(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _returns(path: Path, text: Any) -> Returns:
    if text == "none":
        return Returns("none")
    match = _RETURNS.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise AuthoringError(f"{path}: expected returns like 'real (n, d)' or 'integer like y'; found {text!r}")
    return Returns(
        kind=match[1],
        shape=_dimensions(match["shape"] or ""),
        like=tuple((match["like"] or "").split()),
        optional=match["optional"] is not None,
    )


def size_of(dimension: str, sizes: Mapping[str, int], whose: str) -> int:
    """The size that a dimension such as ``"n"``, ``"T+1"`` or ``"2"`` stands for, given those of the letters."""
    if dimension in sizes:
        return sizes[dimension]
    match = _DIMENSION.fullmatch(dimension)
    if match is None or (match["symbol"] and match["symbol"] not in sizes):
        raise AuthoringError(f"{whose}: {dimension!r} is not bound by any argument")
    if match["number"]:
        return int(match["number"])
    return sizes[match["symbol"]] + int(match["more"] or 0)
