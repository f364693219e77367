"""Misconceptions: known-wrong implementations that name the mistake behind a wrong answer.

``solutions/<name>/misconceptions/<question>.py`` holds them, each a function with a sentence and a hint. They
run in the namespace of the reference, whose imports and functions they may use.
"""

from __future__ import annotations

import ast
import copy
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks.contract import expected_shapes, normalise
from autograder.checks.functions import Call
from autograder.model.assignment import Signature
from autograder.model.errors import AuthoringError, Mismatch
from autograder.model.result import Diagnosis


@dataclass(frozen=True, slots=True)
class Misconception:
    """One known-wrong implementation of a question.

    Attributes:
        question: the function it gets wrong.
        name: its own name.
        says: what is wrong, as one sentence to the student ("your variances divide by n - 1").
        hint: how to find the way back.
        function: the wrong implementation.
        right: the reference's.
        source: its text, as the definition of ``question``.

    """

    question: str
    name: str
    says: str
    hint: str
    function: Callable[..., Any]
    right: Callable[..., Any]
    source: str

    def as_answer(self, reference: str) -> str:
        """The reference's source with this mistake in it: a submission that is wrong in one question."""
        return f"{reference}\n\n{self.source}\n"


def misconception(*, says: str, hint: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a wrong implementation with the sentence and the hint that a student gets."""

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        function.misconception = (says, hint)  # type: ignore[attr-defined]
        return function

    return mark


def load(folder: Path, reference: Mapping[str, Any]) -> dict[str, tuple[Misconception, ...]]:
    """Every misconception in ``folder``, by question; empty where there is no folder.

    Raises:
        AuthoringError: a file does not load, or a function in it has no ``@misconception``.

    """
    return {path.stem: _load_file(path, reference) for path in sorted(folder.glob("*.py"))}


def _load_file(path: Path, reference: Mapping[str, Any]) -> tuple[Misconception, ...]:
    source = path.read_text(encoding="utf-8")
    namespace = dict(reference)
    right = reference.get(path.stem)
    if not callable(right):
        raise AuthoringError(f"{path}: expected a function of the reference; found no {path.stem} in it")
    try:
        tree = ast.parse(source, str(path))
        exec(compile(tree, str(path), "exec"), namespace)  # noqa: S102  (course staff's own file)
    except Exception as error:
        raise AuthoringError(f"{path}: cannot be loaded: {type(error).__name__}: {error}") from error
    found = []
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        function = namespace[node.name]
        if not hasattr(function, "misconception"):
            raise AuthoringError(f"{path}:{node.lineno}: {node.name} lacks @misconception(says=..., hint=...)")
        says, hint = function.misconception
        definition = _as_definition(node, path.stem)
        found.append(Misconception(path.stem, node.name, says, hint, function, right, definition))
    return tuple(found)


def _as_definition(node: ast.FunctionDef, question: str) -> str:
    definition = copy.deepcopy(node)
    definition.name = question
    definition.decorator_list = []
    return ast.unparse(definition)


def diagnose(
    signature: Signature,
    misconceptions: Sequence[Misconception],
    calls: Sequence[Call],
    failing: Sequence[Call],
) -> Diagnosis | None:
    """The one misconception that gives the student's answer in every logged call, or None.

    It must explain all calls, right ones included. Where failing cases call other functions of the student,
    too, some answer of this one must differ from the reference's, or the fault may lie there. When several
    explain the calls, their answers cannot be told apart here and the first in the file is named.

    Args:
        signature: of the question.
        misconceptions: the question's.
        calls: every call of the question's function that its properties made.
        failing: those made in failing cases.

    """
    ours = [c for c in calls if c.function == signature.name]
    shown = [c for c in failing if c.function == signature.name]
    if not shown:
        return None
    alone = len(shown) == len(failing)
    for candidate in misconceptions:
        if not all(_explains(candidate.function, signature, call) for call in ours):
            continue
        if alone or not all(_explains(candidate.right, signature, call) for call in shown):
            return Diagnosis(candidate.name, candidate.says, candidate.hint)
    return None


def _explains(function: Callable[..., Any], signature: Signature, call: Call) -> bool:
    if call.fault is not None and not call.fault.type_names:
        return False
    args, kwargs = copy.deepcopy(call.args), copy.deepcopy(dict(call.kwargs))
    for value in [*args, *kwargs.values()]:
        if isinstance(value, np.ndarray):
            value.flags.writeable = True
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = function(*args, **kwargs)
    except Exception as error:  # noqa: BLE001  (it is wrong on purpose; raising may be how)
        return call.fault is not None and type(error).__name__ == call.fault.type_names[0]
    if call.fault is not None:
        return False
    try:
        value = normalise(signature, expected_shapes(signature, call.args, call.kwargs), value)
    except Mismatch:
        # A wrong shape: the student's must be the same wrong thing.
        return _alike(value, call.value)
    return _alike(value, call.value) and (call.after is None or _left_alike(args, call.after))


def _left_alike(ours: Any, theirs: Any) -> bool:
    """Whether two calls did the same to their arguments: changing them may be the mistake."""
    if isinstance(ours, (list, tuple)):
        return isinstance(theirs, (list, tuple)) and len(ours) == len(theirs) and all(map(_left_alike, ours, theirs))
    return not isinstance(ours, np.ndarray) or _alike(ours, theirs)


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(_alike(a, b) for a, b in zip(one, other, strict=True))
    if one is None or other is None:
        return one is other
    try:
        a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    except (TypeError, ValueError):
        return False
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-9, atol=1e-12, equal_nan=True))
