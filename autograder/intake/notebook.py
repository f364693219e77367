"""A notebook as the text of a module: definitions and what they need, without the exploration.

A statement is kept when it imports or defines something, binds a question's name, or binds what a kept statement
uses. Plots, prints and training runs are left out and take no time. A comment marks the cell of the kept statements,
which keep their line numbers in it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from autograder.intake.answers import is_stub
from autograder.intake.cells import read_cells
from autograder.intake.magics import PlainCell, without_magics
from autograder.intake.statements import Statement, needed, split, without_help
from autograder.model.errors import IntakeError
from autograder.model.limits import MIB, IntakeLimits
from autograder.source.left_out import Omission, cell_mark

_MOST_NAMED = 5


@dataclass
class NotebookModule:
    """What was made of a notebook.

    Attributes:
        source: the module's text.
        helpers: the modules that its cells write with ``%%writefile``, name -> source.
        notes: what was left out.

    """

    source: str = ""
    helpers: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def to_module(
    data: bytes,
    origin: str,
    questions: Collection[str] | None,
    limits: IntakeLimits,
    module_name: str = "",
) -> NotebookModule:
    """Read the notebook in ``data``.

    Args:
        data: the file's bytes.
        origin: its name, for messages.
        questions: names whose assignments are kept; every assignment is where this is None.
        limits: how much code there may be in the cells.
        module_name: a cell that writes the file of this name counts as code.

    Raises:
        IntakeError: it is no notebook, or one in another language.

    """
    cells = read_cells(data, origin)
    if sum(len(cell.source) for cell in cells if cell.number) > limits.cells:
        raise IntakeError(f"{origin}: expected at most {limits.cells // MIB} MiB of code; found more", "too large")
    made = NotebookModule()
    future: dict[str, None] = {}
    statements: list[Statement] = []
    broken: list[str] = []
    magics = 0
    for number, raw in cells:
        if not number:
            _note_definitions(made, raw, questions, "a cell that is not a code cell")
            continue
        plain = without_magics(raw)
        magics += plain.magics
        if plain.dropped:
            _note_definitions(made, raw, questions, f"cell {number}, which begins with {plain.dropped[:40]}")
            continue
        if plain.writes and not _writes_the_answer(made, number, plain, module_name):
            continue
        found, missing = split(plain.source, number, future)
        statements += found
        if missing:
            broken.append(f"{cell_mark(number)}\n{plain.source}")
            made.notes += (str(_in_cell(part, number)) for part in missing)
    if magics:
        made.notes.append(f"left out {magics} magic commands")
    kept = needed(without_help(statements, questions or ()), questions)
    made.notes += _defined_again(kept, questions or ())
    if not kept and broken:
        # Nothing is left to grade: the import will say what is wrong.
        made.source = broken[0]
        return made
    if len(kept) < len(statements):
        made.notes.append(f"left out {len(statements) - len(kept)} statements that no definition needs")
    head = [f"from __future__ import {name}" for name in future]
    made.source = "\n".join([*head, *_lines(kept)]) + "\n"
    return made


def _defined_again(statements: Sequence[Statement], questions: Collection[str]) -> Iterator[str]:
    """A remark on each question that is answered in one cell, and bound anew in a later one."""
    cells: dict[str, list[int]] = {}
    for statement in statements:
        stubs = {f.name for f in statement.nodes if isinstance(f, ast.FunctionDef) and is_stub(f)}
        for question in statement.assigns.intersection(questions):
            of_question = cells.setdefault(question, [])
            if of_question or question not in stubs:
                of_question.append(statement.cell)
    for question, numbers in cells.items():
        if len(set(numbers)) > 1:
            yield f"{question} is defined in cells {', '.join(map(str, numbers[:_MOST_NAMED]))}: the last one counts"


def _note_definitions(made: NotebookModule, text: str, questions: Collection[str] | None, where: str) -> None:
    defined = [n for n in re.findall(r"^[ \t]*def[ \t]+(\w+)", text, re.MULTILINE) if n in (questions or ())]
    if defined:
        made.notes.append(f"{', '.join(defined[:_MOST_NAMED])} in {where} was not read: put it into a code cell")


def _writes_the_answer(made: NotebookModule, number: int, plain: PlainCell, module_name: str) -> bool:
    """Whether the file that a cell writes is the module itself; any other becomes a helper."""
    path = plain.writes.removesuffix(".py").removeprefix("./")
    folders, _, name = path.rpartition("/")
    if name == module_name:
        made.notes.append(f"cell {number} writes {name}.py: it is read as a part of the notebook")
        return True
    # A folder that begins with / is on sys.path, as a rule.
    helper = name if folders.startswith("/") or not folders else f"{folders.replace('/', '.')}.{name}"
    if all(part.isidentifier() for part in helper.split(".")):
        before = made.helpers.get(helper, "") if plain.appends else ""
        made.helpers[helper] = before + plain.source
    return False


def _in_cell(part: Omission, number: int) -> Omission:
    return Omission(f"cell {number}, {part.place}", part.text, part.why)


def _lines(kept: Sequence[Statement]) -> Iterator[str]:
    for cell, statements in groupby(kept, key=lambda s: s.cell):
        yield cell_mark(cell)
        at = 1
        for statement in statements:
            yield from [""] * (statement.first - at)
            yield from statement.lines
            at = statement.first + len(statement.lines)
