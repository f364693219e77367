"""Draw once, replay always: the cases of a property are drawn by Hypothesis when an assignment is built.

What was drawn is kept as readable JSON beside the question file (``tests/<question>.json``), smallest case first,
with a digest of the arrays built from it. Replaying it takes no Hypothesis, and gives the same cases on
every machine and with every version.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import NoneType
from typing import Any
from unittest import mock

import numpy as np

from autograder.checks.recipes import Recipe
from autograder.model.errors import AuthoringError
from autograder.model.values import numbers_in

Draws = dict[str, dict[str, Any]]
"""One case as it was drawn: argument -> what its recipe drew."""


def draw_cases(name: str, recipes: Mapping[str, Recipe], count: int) -> list[Draws]:
    """Draw ``count`` cases (edges included, duplicates left out), smallest first.

    Draws depend on the property's name, its recipes and Hypothesis' version only.
    """
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st
    from hypothesis.internal.conjecture.providers import HypothesisProvider

    strategy = st.fixed_dictionaries({arg: st.fixed_dictionaries(dict(r.draws)) for arg, r in recipes.items()})
    drawn: list[Draws] = []

    @seed(zlib.crc32(name.encode()))
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def recorder(case: Draws) -> None:
        drawn.append(case)

    # Hypothesis mixes in constants that it reads from the source of every local module: ours, and a student's.
    with mock.patch.object(HypothesisProvider, "_maybe_draw_constant", return_value=None):
        recorder()
    for argument, draws in (one for case in drawn for one in case.items()):
        if large := {k: v for k, v in draws.items() if not isinstance(v, (int, float, str, NoneType))}:
            raise AuthoringError(
                f"the recipe of {argument} draws {large}; expected numbers, from which it builds what is larger"
            )
    unique = {json.dumps(c, sort_keys=True): c for c in [*_edges(recipes, drawn), *drawn]}
    kept = list(unique.values())[: max(count, len(_edges(recipes, drawn)))]
    return sorted(kept, key=lambda c: numbers_in(build_case(recipes, c)))


def _edges(recipes: Mapping[str, Recipe], drawn: list[Draws]) -> list[Draws]:
    """Every edge of every recipe at least once, the other arguments cycling through theirs."""
    rounds = max(len(r.edges) for r in recipes.values())
    return [
        {arg: dict(r.edges[i % len(r.edges)]) if r.edges else drawn[i % len(drawn)][arg] for arg, r in recipes.items()}
        for i in range(rounds)
    ]


def build_case(recipes: Mapping[str, Recipe], draws: Draws) -> dict[str, Any]:
    """Build the values of a recorded case; arrays are read-only, because cases are shared."""
    values = {arg: _build(arg, r, draws[arg]) for arg, r in recipes.items()}
    _freeze(values)
    return values


def _build(argument: str, recipe: Recipe, drawn: Mapping[str, Any]) -> Any:
    try:
        return recipe.build(**drawn)
    except AuthoringError:
        raise
    except Exception as error:
        code = getattr(recipe.build, "__code__", None)
        at, line = error.__traceback__, getattr(code, "co_firstlineno", 0)
        while at is not None:
            line = at.tb_lineno if at.tb_frame.f_code is code else line
            at = at.tb_next
        where = f"{code.co_filename}, line {line}: " if code else ""
        shown = ", ".join(f"{name}={value!r}" for name, value in drawn.items())
        raise AuthoringError(
            f"{where}the recipe of {argument} fails on {shown}: {type(error).__name__}: {error}"
        ) from error


def _freeze(value: Any) -> None:
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, dict):
        _freeze(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for item in value:
            _freeze(item)


class UnrecordableError(AuthoringError):
    """A recipe builds a value without lasting bits; the message continues a sentence about the recipe."""


def digest(cases: Iterable[Mapping[str, Any]]) -> str:
    """A digest of rebuilt cases, down to the last bit.

    Raises:
        UnrecordableError: a value has no lasting bits, such as a random generator.

    """
    state = hashlib.sha256()
    for case in cases:
        _feed(state, case)
    return state.hexdigest()[:16]


def _feed(state: Any, value: Any) -> None:
    if isinstance(value, (np.ndarray, np.generic)):
        state.update(f"{value.dtype.str}{value.shape}".encode())
        state.update(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, Mapping):
        for key, item in value.items():
            state.update(key.encode())
            _feed(state, item)
    elif isinstance(value, (list, tuple)):
        state.update(f"{len(value)}".encode())
        for item in value:
            _feed(state, item)
    elif callable(value):
        state.update(getattr(value, "__name__", "function").encode())
    elif value is None or isinstance(value, (bool, int, float, str)):
        state.update(repr(value).encode())
    else:
        raise UnrecordableError(
            f"builds a {type(value).__name__}, which cannot be recorded; let it give the seed, and make the "
            f"{type(value).__name__} in the property"
        )


@dataclass(frozen=True, slots=True)
class Recording:
    """What is recorded of one property.

    Attributes:
        cases: published cases, smallest first.
        digest: of the values built from them.
        unpublished: more cases, which only the grader has, so that answers cannot be looked up.
        unpublished_digest: of theirs.
        free: whether some trivial answer passes the property (:mod:`autograder.checks.trivial`).

    """

    cases: list[Draws]
    digest: str = ""
    unpublished: list[Draws] = field(default_factory=list)
    unpublished_digest: str = ""
    free: bool = False


def save_cases(path: Path, properties: Mapping[str, Recording], seed: int = 0) -> None:
    """Write the recordings of a question file's properties, one line per case.

    Args:
        path: the JSON file.
        properties: property -> recording.
        seed: from which they were drawn.

    """
    blocks = [f" {json.dumps(SEED)}: {seed}"] if seed else []
    for name, recorded in properties.items():
        fields = [f'  "digest": {json.dumps(recorded.digest)}', _block("cases", recorded.cases)]
        if recorded.free:
            fields.insert(0, '  "free": true')
        if recorded.unpublished:
            fields += [
                f'  "unpublished_digest": {json.dumps(recorded.unpublished_digest)}',
                _block("unpublished", recorded.unpublished),
            ]
        blocks.append(f" {json.dumps(name)}: {{\n" + ",\n".join(fields) + "\n }")
    path.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")


def _block(name: str, cases: Iterable[Draws]) -> str:
    lines = ",\n".join(f"   {json.dumps(c)}" for c in cases)
    return f'  "{name}": [\n{lines}\n  ]'


def load_seed(path: Path) -> int:
    """The seed from which the cases in ``path`` were drawn; 0 where there are none.

    Raises:
        AuthoringError: the file does not say it, so that other cases would be recorded.

    """
    try:
        return int(_table(path).get(SEED, 0)) if path.is_file() else 0
    except (AuthoringError, ValueError, TypeError) as error:
        raise AuthoringError(f"{path}: cannot be read; remove it, and build with its --seed, if any") from error


def load_cases(path: Path, name: str, recipes: Mapping[str, Recipe]) -> list[Draws]:
    """The published cases of one property; AuthoringError as :func:`load_recording`."""
    return load_recording(path, name, recipes).cases


def load_recording(path: Path, name: str, recipes: Mapping[str, Recipe]) -> Recording:
    """What is recorded of one property.

    Raises:
        AuthoringError: nothing, or cases for other arguments than the property now has.

    """
    entry = _table(path).get(name)
    cases: list[Draws] | None = entry.get("cases") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(cases, list) or not cases:
        raise AuthoringError(f"{path}: no cases of {name}; {_MEND}")
    found = Recording(
        cases,
        str(entry.get("digest", "")),
        list(entry.get("unpublished", [])),
        str(entry.get("unpublished_digest", "")),
        bool(entry.get("free", False)),
    )
    for case in [*found.cases, *found.unpublished]:
        if _arguments(case) != {a: set(r.draws) for a, r in recipes.items()}:
            raise AuthoringError(f"{path}: the cases of {name} were drawn for other arguments; {_MEND}")
    return found


_MEND = "record the cases again with `autograder build`"
SEED = "seed"


def _table(path: Path) -> dict[str, Any]:
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AuthoringError(f"{path}: recorded cases not found; {_MEND}") from None
    except ValueError as error:
        raise AuthoringError(f"{path}: not JSON ({error}); {_MEND}") from error
    return table if isinstance(table, dict) else {}


def _arguments(case: Any) -> dict[str, set[str]] | None:
    if not isinstance(case, dict) or not all(isinstance(d, dict) for d in case.values()):
        return None
    return {argument: set(drawn) for argument, drawn in case.items()}
