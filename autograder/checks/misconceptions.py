"""Misconceptions: known wrong implementations of a question, each with a sentence and a hint for students.

``solutions/<name>/misconceptions/<question>.py`` holds them as functions. They run in the namespace of the reference,
whose imports and functions they may use. One that depends on a constant of the student's choice lists several:
``@misconception(says=..., hint=..., epsilon=TINY)``. One whose answers differ from student to student, because a solver
stops somewhere or draws are random, has a predicate on the recorded answers, too: ``behaviour=_stops_early``. Helpers
have a name that begins with an underscore.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from autograder.model.calls import Answer
from autograder.model.errors import AuthoringError

TINY = (1e-6, *(10.0**-n for n in range(7, 17)), 1e-20, 1e-30, 1e-50, 1e-100, 1e-200, 1e-300, 1e-308)
TINY += (float(np.finfo(np.float64).eps), float(np.finfo(np.float64).tiny))
"""What people write where they fear log(0) or a division by 0."""


Behaviour: TypeAlias = Callable[[Sequence[Answer]], bool]


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
        node: its definition in its file.
        behaviour: recognises it in all answers of a student's, where equal answers cannot; or None.

    """

    question: str
    name: str
    says: str
    hint: str
    function: Callable[..., Any]
    variants: tuple[Callable[..., Any], ...]
    right: Callable[..., Any]
    node: ast.FunctionDef = field(repr=False, compare=False)
    behaviour: Behaviour | None = None

    @property
    def source(self) -> str:
        """Its text, as the definition of ``question``."""
        definition = copy.copy(self.node)
        definition.name = self.question
        definition.decorator_list = []
        return ast.unparse(definition)

    def as_answer(self, reference: str) -> str:
        """The reference's source with this mistake in it: a submission that is wrong in one question."""
        return f"{reference}\n\n{self.source}\n"


def misconception(
    *, says: str, hint: str, behaviour: Behaviour | None = None, **family: Sequence[float]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a wrong implementation with the sentence and the hint that a student gets.

    Args:
        says: what is wrong.
        hint: how to find the way back.
        behaviour: a predicate on all answers to the question that recognises the mistake.
        family: for a parameter beyond the question's, which has a default, other values that make the same mistake.

    """

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        others = tuple(partial(function, **{name: value}) for name, values in family.items() for value in values)
        function.misconception = (says, hint, (function, *others), behaviour)  # type: ignore[attr-defined]
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
    found: list[Misconception] = []
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        function = namespace[node.name]
        if not hasattr(function, "misconception"):
            raise AuthoringError(f"{path}:{node.lineno}: {node.name} lacks @misconception(says=..., hint=...)")
        if node.name in (m.name for m in found):
            raise AuthoringError(f"{path}:{node.lineno}: {node.name} is the name of another misconception in this file")
        says, hint, variants, behaviour = function.misconception
        found.append(
            Misconception(
                question=path.stem,
                name=node.name,
                says=_sentence(says),
                hint=hint,
                function=function,
                variants=variants,
                right=right,
                node=node,
                behaviour=behaviour,
            )
        )
    return tuple(found)


def _sentence(text: str) -> str:
    """``text`` with a capital and a full stop; a name out of code stays as it is."""
    text = re.sub(r"\A(?!exp )(?:[a-z]{2,}|a)(?=[ ,])", lambda word: word[0].capitalize(), text)
    return text if text.endswith((".", "?", "!")) else f"{text}."
