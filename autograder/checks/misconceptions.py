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
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from autograder.checks.modules import place, unloadable
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
        needs: the statements of its file that it needs: imports, constants, helpers, other misconceptions.
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
    needs: tuple[ast.stmt, ...] = field(repr=False, compare=False, default=())
    behaviour: Behaviour | None = None

    @property
    def source(self) -> str:
        """Its text, as the definition of ``question``, after what it needs of its file.

        The question's own name still means the right answer in it.
        """
        definition = _undecorated(self.node)
        definition.name = self.question
        right = f"_right_{self.question}"
        texts = [ast.unparse(_renamed(each, self.question, right)) for each in (*self.needs, definition)]
        if any(right in text for text in texts):
            texts.insert(0, f"{right} = {self.question}")
        return "\n".join(texts)

    def as_answer(self, reference: str) -> str:
        """The reference's source with this mistake in it: a submission that is wrong in one question."""
        return f"{reference}\n\n{self.source}\n"


def _undecorated(node: ast.FunctionDef) -> ast.FunctionDef:
    plain = copy.copy(node)
    plain.decorator_list = []
    return plain


def _renamed(statement: ast.stmt, old: str, new: str) -> ast.stmt:
    """``statement`` where ``old``, a name of the module, is called ``new``."""
    loads = [n for n in ast.walk(statement) if isinstance(n, ast.Name) and n.id == old]
    if not all(isinstance(n.ctx, ast.Load) for n in loads):
        return statement  # a variable of its own
    statement = copy.deepcopy(statement)
    for n in ast.walk(statement):
        if isinstance(n, ast.Name) and n.id == old:
            n.id = new
    return statement


def _needs(node: ast.FunctionDef, tree: ast.Module) -> tuple[ast.stmt, ...]:
    """The statements of a file that a function in it needs, in their order."""
    statements = [_undecorated(s) if isinstance(s, ast.FunctionDef) else s for s in tree.body if s is not node]
    names, found = _read(_undecorated(node)), dict[int, ast.stmt]()
    while new := {i: s for i, s in enumerate(statements) if i not in found and _bound(s) & names}:
        found |= new
        names |= set().union(*map(_read, new.values()))
    return tuple(found[i] for i in sorted(found))


def _read(statement: ast.stmt) -> set[str]:
    return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement gives a module."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return {statement.name}
    names = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return names | {(n.asname or n.name).partition(".")[0] for n in ast.walk(statement) if isinstance(n, ast.alias)}


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
    if not says.strip() or not hint.strip():
        raise AuthoringError("expected a sentence that says what is wrong, and a hint; found an empty one")

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
    except AuthoringError as error:
        raise AuthoringError(f"{place(path, error)}: {error}") from error
    except (Exception, SystemExit) as error:
        raise unloadable(path, error) from error
    found: list[Misconception] = []
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        function = namespace[node.name]
        if not hasattr(function, "misconception"):
            raise AuthoringError(
                f"{path}, line {node.lineno}: {node.name} lacks @misconception(says=..., hint=...); "
                f"a helper's name begins with an underscore"
            )
        if node.name in (m.name for m in found):
            raise AuthoringError(
                f"{path}, line {node.lineno}: {node.name} is the name of another misconception in this file"
            )
        if not _takes(function, wanted := list(inspect.signature(right).parameters)):
            raise AuthoringError(
                f"{path}, line {node.lineno}: expected {node.name} to take {', '.join(wanted)} like "
                f"{path.stem}; found {node.name}{inspect.signature(function)}"
            )
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
                needs=_needs(node, tree),
                behaviour=behaviour,
            )
        )
    return tuple(found)


def _takes(function: Callable[..., Any], arguments: Sequence[str]) -> bool:
    try:
        inspect.signature(function).bind(*arguments)
    except TypeError:
        return False
    return True


def _sentence(text: str) -> str:
    """``text`` with a capital and a full stop; a name out of code stays as it is."""
    text = re.sub(r"\A(?!exp )(?:[a-z]{2,}|a)(?=[ ,])", lambda word: word[0].capitalize(), text)
    return text if text.endswith((".", "?", "!")) else f"{text}."
