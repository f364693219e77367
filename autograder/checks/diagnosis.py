"""Misconceptions: known-wrong implementations that name the mistake behind a wrong answer.

``solutions/<name>/misconceptions/<question>.py`` holds them, each a function with a sentence and a hint. They
run in the namespace of the reference, whose imports and functions they may use. One that hangs on a constant of
the student's choice names several: ``@misconception(says=..., hint=..., epsilon=TINY)``.
"""

from __future__ import annotations

import ast
import copy
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from autograder.checks.contract import expected_shapes, normalise
from autograder.model.calls import Call
from autograder.model.contract import Signature
from autograder.model.errors import AuthoringError, Mismatch
from autograder.model.result import Diagnosis, PropertyResult
from autograder.model.values import alike

TINY = (1e-6, *(10.0**-n for n in range(7, 17)), 1e-20, 1e-30, 1e-50, 1e-100, 1e-200, 1e-300, 1e-308)
TINY += (float(np.finfo(np.float64).eps), float(np.finfo(np.float64).tiny))
"""What people write where they fear log(0) or a division by 0."""
FEWEST_CHECKS = 2
"""So many failing checks a mistake must explain to be named where others of the question are not explained."""


@dataclass(frozen=True, slots=True)
class Misconception:
    """One known-wrong implementation of a question.

    Attributes:
        question: the function it gets wrong.
        name: its own name.
        says: what is wrong, as one sentence to the student ("your variances divide by n - 1").
        hint: how to find the way back.
        function: the wrong implementation.
        variants: it, and the same with the other constants of its family.
        right: the reference's.
        source: its text, as the definition of ``question``.

    """

    question: str
    name: str
    says: str
    hint: str
    function: Callable[..., Any]
    variants: tuple[Callable[..., Any], ...]
    right: Callable[..., Any]
    source: str

    def as_answer(self, reference: str) -> str:
        """The reference's source with this mistake in it: a submission that is wrong in one question."""
        return f"{reference}\n\n{self.source}\n"


class Judged(Protocol):
    """A property as it was judged: its result, the calls that it made, and those of its failing cases."""

    @property
    def result(self) -> PropertyResult: ...  # noqa: D102

    @property
    def calls(self) -> Sequence[Call]: ...  # noqa: D102

    @property
    def failing_calls(self) -> Sequence[Call]: ...  # noqa: D102


def misconception(
    *, says: str, hint: str, **family: Sequence[float]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a wrong implementation with the sentence and the hint that a student gets.

    Args:
        says: what is wrong.
        hint: how to find the way back.
        family: for a parameter beyond the question's, which has a default, other values that make the same mistake.

    """

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        others = tuple(partial(function, **{name: value}) for name, values in family.items() for value in values)
        function.misconception = (says, hint, (function, *others))  # type: ignore[attr-defined]
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
        says, hint, variants = function.misconception
        definition = _as_definition(node, path.stem)
        found.append(Misconception(path.stem, node.name, _sentence(says), hint, function, variants, right, definition))
    return tuple(found)


def _sentence(text: str) -> str:
    """``text`` with a capital and a full stop; a name out of code stays as it is."""
    text = re.sub(r"\A(?!exp )(?:[a-z]{2,}|a)(?=[ ,])", lambda word: word[0].capitalize(), text)
    return text if text.endswith((".", "?", "!")) else f"{text}."


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
        if not _explains_all(candidate, signature, ours):
            continue
        if alone or not all(_explains(candidate.right, signature, call) for call in shown):
            return Diagnosis(candidate.name, candidate.says, candidate.hint)
    return None


def diagnose_by_check(
    signature: Signature, misconceptions: Sequence[Misconception], judged: Sequence[Judged]
) -> Diagnosis | None:
    """The misconception that :func:`diagnose` finds over all checks or, where there is none, in most failing ones.

    Whoever makes two mistakes has an answer that no single one explains. A mistake is then named by the failing
    checks in which it gives all of the student's answers, if there are at least ``FEWEST_CHECKS`` and in each a value
    of the student's differs from the reference's: a check that fails through another function only is none of them,
    and the same exception says too little.

    Args:
        signature: of the question.
        misconceptions: the question's; of several that explain as many checks the first is named.
        judged: the question's checks.

    """
    whole = diagnose(
        signature, misconceptions, [c for j in judged for c in j.calls], [c for j in judged for c in j.failing_calls]
    )
    if whole is not None or not misconceptions:
        return whole
    right = misconceptions[0].right
    ours = {
        j.result.name: [c for c in j.calls if c.function == signature.name]
        for j in judged
        if any(
            c.function == signature.name and c.fault is None and not _explains(right, signature, c)
            for c in j.failing_calls
        )
    }
    if len(ours) < FEWEST_CHECKS:
        return None
    explained = [
        tuple(name for name, calls in ours.items() if _explains_all(m, signature, calls)) for m in misconceptions
    ]
    checks = max(explained, key=len)
    if len(checks) < FEWEST_CHECKS:
        return None
    best = misconceptions[explained.index(checks)]
    return Diagnosis(best.name, best.says, best.hint, checks)


def _explains_all(candidate: Misconception, signature: Signature, calls: Sequence[Call]) -> bool:
    return any(all(_explains(variant, signature, call) for call in calls) for variant in candidate.variants)


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
        return alike(value, call.value)
    return alike(value, call.value) and (call.after is None or _left_alike(args, call.after))


def _left_alike(ours: Any, theirs: Any) -> bool:
    """Whether two calls did the same to their arguments: changing them may be the mistake."""
    if isinstance(ours, (list, tuple)):
        return isinstance(theirs, (list, tuple)) and len(ours) == len(theirs) and all(map(_left_alike, ours, theirs))
    return not isinstance(ours, np.ndarray) or alike(ours, theirs)
