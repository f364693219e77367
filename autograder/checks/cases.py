"""Draw once, replay always: the cases of a property are drawn by Hypothesis when an assignment is built.

What was drawn is kept as readable JSON beside the question file (``tests/<question>.json``), smallest case first,
with a digest of the arrays that it stands for. Replaying it takes no Hypothesis, and gives the same cases on
every machine and with every version.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
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
    """The values that a recorded case stands for; arrays are read-only, since cases are shared."""
    values = {arg: r.build(**draws[arg]) for arg, r in recipes.items()}
    _freeze(values)
    return values


def _freeze(value: Any) -> None:
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, dict):
        _freeze(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for item in value:
            _freeze(item)


def digest(cases: Iterable[Mapping[str, Any]]) -> str:
    """A digest of rebuilt cases, down to the last bit.

    Raises:
        AuthoringError: a value has no lasting bits, such as a random generator.

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
        raise AuthoringError(
            f"a recipe builds a {type(value).__name__}, which cannot be recorded; build it in the body"
        )


def save_cases(path: Path, properties: Mapping[str, tuple[list[Draws], str]]) -> None:
    """Write the cases of a question file's properties, one line a case."""
    blocks = []
    for name, (cases, check) in properties.items():
        lines = ",\n".join(f"   {json.dumps(c)}" for c in cases)
        blocks.append(f' {json.dumps(name)}: {{\n  "digest": {json.dumps(check)},\n  "cases": [\n{lines}\n  ]\n }}')
    path.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")


def load_cases(path: Path, name: str, recipes: Mapping[str, Recipe]) -> list[Draws]:
    """The recorded cases of one property.

    Raises:
        AuthoringError: they were never recorded, or for other arguments than the property now has.

    """
    mend = "record the cases again with `autograder build`"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AuthoringError(f"{path}: recorded cases not found; {mend}") from None
    except ValueError as error:
        raise AuthoringError(f"{path}: not JSON ({error}); {mend}") from error
    entry = table.get(name) if isinstance(table, dict) else None
    cases: list[Draws] | None = entry.get("cases") if isinstance(entry, dict) else None
    if not isinstance(cases, list) or not cases:
        raise AuthoringError(f"{path}: no cases of {name}; {mend}")
    for case in cases:
        if _arguments(case) != {a: set(r.draws) for a, r in recipes.items()}:
            raise AuthoringError(f"{path}: the cases of {name} were drawn for other arguments; {mend}")
    return cases


def _arguments(case: Any) -> dict[str, set[str]] | None:
    if not isinstance(case, dict) or not all(isinstance(d, dict) for d in case.values()):
        return None
    return {argument: set(drawn) for argument, drawn in case.items()}
