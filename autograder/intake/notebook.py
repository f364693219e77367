"""A notebook as the text of a module: definitions and what they need, without the exploration.

Cells run in the order of the file. A statement is kept when it imports or defines something, binds a question's
name, or binds what a kept statement uses. Plots, prints and training runs are left out and take no time. A kept
statement that raises prints its exception, and the next one runs, as in Jupyter. A cell that is no Python is left out.
"""

from __future__ import annotations

import ast
from collections.abc import Collection

from autograder.intake.cells import code_cells
from autograder.intake.magics import NOT_PYTHON, without_magics
from autograder.intake.statements import Statement, needed, split
from autograder.model.errors import IntakeError
from autograder.model.limits import MIB, IntakeLimits

_DEEPEST = 300
"""Levels of syntax: scopes nested in hundreds take the compiler seconds."""


def to_module(
    data: bytes,
    origin: str,
    questions: Collection[str] | None,
    limits: IntakeLimits,
) -> tuple[str, list[str]]:
    """The notebook in ``data`` as module text, with notes on what was left out.

    Args:
        data: the file's bytes.
        origin: its name, for messages.
        questions: names whose assignments are kept; every assignment is where this is None.
        limits: how much code there may be in the cells.

    Raises:
        IntakeError: it is no notebook, or one in another language.

    """
    cells = list(code_cells(data, origin))
    if sum(len(source) for _, source in cells) > limits.cells:
        raise IntakeError(f"{origin}: expected at most {limits.cells // MIB} MiB of code; found more", "too large")
    notes: list[str] = []
    future: dict[str, None] = {}
    statements: list[Statement] = []
    broken: list[str] = []
    magics = 0
    for number, raw in cells:
        source, left_out = without_magics(raw)
        magics += left_out
        try:
            _check_depth(ast.parse(source))
            compile(source, f"cell {number}", "exec", dont_inherit=True)
            statements += split(source, number, future)
        except NOT_PYTHON as error:
            line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
            notes.append(f"left out cell {number}: {_first_line(error)}{line}")
            broken.append(source)
    if magics:
        notes.append(f"left out {magics} magic commands")
    kept = needed(statements, questions)
    if not kept and broken:
        # Nothing is left to grade: the import will say what is wrong.
        return broken[0], notes
    if len(kept) < len(statements):
        notes.append(f"left out {len(statements) - len(kept)} statements that no definition needs")
    head = [f"from __future__ import {name}" for name in future]
    return "\n".join([*head, *(line for s in kept for line in s.guarded())]) + "\n", notes


def _check_depth(tree: ast.AST) -> None:
    level: list[ast.AST] = [tree]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise RecursionError("nested too deeply")


def _first_line(error: BaseException) -> str:
    message = error.msg if isinstance(error, SyntaxError) else str(error) or type(error).__name__
    return message.partition("\n")[0]
