"""A notebook to the text of a module: imports and definitions count, exploration does not.

Cells run in the order they stand in. A statement is kept when it imports or defines something, binds a question's
name, or touches a name that something kept refers to; plots, prints and training runs fall away, and
take no time. What is kept runs on its own: when it raises, that is printed and the next goes on, as in Jupyter. A cell
that is no Python is left out, as in Jupyter.
"""

from __future__ import annotations

import ast
import json
import re
import symtable
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from autograder.model.errors import IntakeError
from autograder.model.limits import MIB, IntakeLimits

_MAGIC = re.compile(r"^(\s*)(?:([\w.,\s]+)=\s*)?([%!?].*|[\w.]+\?{1,2}\s*)$")
_BODY_COUNTS = re.compile(r"%%(time|capture)\b")
# A cell may nest too deeply for the parser; scopes nested in hundreds take the compiler seconds.
_NOT_PYTHON = (SyntaxError, ValueError, MemoryError, RecursionError)
_DEEPEST = 300


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
        limits: how much code may stand in the cells.

    Raises:
        IntakeError: it is no notebook, or not one in Python.

    """
    cells = list(_code_cells(data, origin))
    if sum(len(source) for _, source in cells) > limits.cells:
        raise IntakeError(f"{origin}: expected at most {limits.cells // MIB} MiB of code; found more", "too large")
    notes: list[str] = []
    future: dict[str, None] = {}
    statements: list[_Statement] = []
    broken: list[str] = []
    magics = 0
    for number, raw in cells:
        source, left_out = without_magics(raw)
        magics += left_out
        try:
            _check_depth(ast.parse(source))
            compile(source, f"cell {number}", "exec", dont_inherit=True)
            statements += _statements(source, number, future)
        except _NOT_PYTHON as error:
            line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
            notes.append(f"left out cell {number}: {_first_line(error)}{line}")
            broken.append(source)
    if magics:
        notes.append(f"left out {magics} magic commands")
    kept = _kept(statements, questions)
    if not kept and broken:
        # Nothing is left to grade: let the import say what is wrong.
        return broken[0], notes
    if len(kept) < len(statements):
        notes.append(f"left out {len(statements) - len(kept)} statements that no definition needs")
    head = [f"from __future__ import {name}" for name in future]
    return "\n".join([*head, *(line for s in kept for line in s.guarded())]) + "\n", notes


def _code_cells(data: bytes, origin: str) -> Iterator[tuple[int, str]]:
    try:
        table = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise IntakeError(f"{origin}: expected a notebook in UTF-8; {error.reason} at byte {error.start}") from None
    except ValueError as error:
        raise IntakeError(f"{origin}: expected a notebook, which is JSON; found something else ({error})") from None
    except RecursionError:
        raise IntakeError(f"{origin}: expected a notebook; found JSON nested too deeply") from None
    cells = _cells(table)
    if cells is None:
        raise IntakeError(f"{origin}: expected a notebook; found JSON without cells")
    language = _language(table)
    if language not in {"", "python", "ipython"}:
        raise IntakeError(f"{origin}: expected a notebook in Python; found one in {language[:20]}")
    number = 0
    for cell in cells:
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        number += 1
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        if isinstance(source, str) and source.strip():
            yield number, source.replace("\r\n", "\n").replace("\r", "\n")


def _cells(table: Any) -> list[Any] | None:
    if not isinstance(table, dict):
        return None
    cells = table.get("cells")
    sheets = table.get("worksheets")
    if cells is None and isinstance(sheets, list):  # notebooks before version 4
        parts = [s.get("cells") for s in sheets if isinstance(s, dict)]
        cells = [c for part in parts if isinstance(part, list) for c in part]
    return cells if isinstance(cells, list) else None


def _language(table: dict[str, Any]) -> str:
    metadata = table.get("metadata")
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    language = kernel.get("language", "") if isinstance(kernel, dict) else ""
    return language.lower() if isinstance(language, str) else ""


def without_magics(source: str) -> tuple[str, int]:
    """A cell without IPython's own syntax, and how much of it there was; other lines keep their numbers."""
    lines = source.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    count = 0
    if lines[first].startswith("%%"):
        if not _BODY_COUNTS.match(lines[first]):
            return "", 1
        lines[first], count = "", 1
    if _parses("\n".join(lines)):
        # What looks like a magic here is part of an expression or a text.
        return "\n".join(lines), count
    goes_on = False
    for i, line in enumerate(lines):
        if goes_on:
            goes_on, lines[i] = line.endswith("\\"), ""
        elif match := _MAGIC.match(line):
            count += 1
            goes_on = line.endswith("\\")
            # A statement is left in its place, or the block it stands in may be empty.
            lines[i] = match[1] + (f"{match[2].strip()} = None" if match[2] else "pass")
    return "\n".join(lines), count


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except _NOT_PYTHON:
        return False
    return True


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


@dataclass
class _Statement:
    """Top-level statements of a cell that share their lines (nearly always just one)."""

    cell: int
    first: int
    lines: list[str]
    nodes: list[ast.stmt]
    defines: bool = False
    binds: set[str] = field(default_factory=set)
    """Names it assigns, or may change by calling one of their methods."""
    uses: set[str] = field(default_factory=set)
    makes: set[str] = field(default_factory=set)
    """Global names that a function defined here assigns."""

    def look(self) -> None:
        table = symtable.symtable("\n".join(self.lines), "cell", "exec")
        for symbol in table.get_symbols():
            self.defines |= symbol.is_imported() or symbol.is_namespace()
            if symbol.is_assigned() or symbol.is_imported():
                self.binds.add(symbol.get_name())
            if symbol.is_referenced():
                self.uses.add(symbol.get_name())
        for inner in _scopes(table):
            for symbol in inner.get_symbols():
                if symbol.is_global():
                    self.uses.add(symbol.get_name())
                    if symbol.is_assigned():
                        self.makes.add(symbol.get_name())
        self.binds |= {name for node in self.nodes for name in _changed(node)}

    def guarded(self) -> Iterator[str]:
        """The statement as module text that prints what it raises."""
        inside = _inside_strings(self.nodes)
        yield "try:"
        for number, line in enumerate(self.lines, self.first):
            yield line if number in inside or not line else f"    {line}"
        place = f"cell {self.cell}, line {self.first}"
        yield "except (Exception, SystemExit) as _error:"
        yield f'    print(f"{place}: {{type(_error).__name__}}: {{_error}}")'


def _statements(source: str, cell: int, future: dict[str, None]) -> list[_Statement]:
    tree = ast.parse(source)
    lines = _without_global(source.split("\n"), tree)
    groups: list[_Statement] = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            future.update(dict.fromkeys(alias.name for alias in node.names))
            continue
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(d.lineno for d in decorators)])
        last = node.end_lineno or node.lineno
        if groups and first < groups[-1].first + len(groups[-1].lines):
            group = groups[-1]
            group.lines = lines[group.first - 1 : max(last, group.first + len(group.lines) - 1)]
            group.nodes.append(node)
        else:
            groups.append(_Statement(cell, first, lines[first - 1 : last], [node]))
    for group in groups:
        group.look()
    return groups


def _without_global(lines: list[str], tree: ast.Module) -> list[str]:
    """``global x`` says nothing at the top level, but must not follow a use of x, which other cells may hold."""
    left: list[ast.AST] = list(tree.body)
    while left:
        node = left.pop()
        if isinstance(node, ast.Global):
            line = lines[node.lineno - 1].encode()
            if node.end_lineno == node.lineno:
                lines[node.lineno - 1] = (line[: node.col_offset] + b"pass" + line[node.end_col_offset :]).decode()
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            left += ast.iter_child_nodes(node)
    return lines


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _scopes(child)


def _changed(node: ast.AST) -> Iterator[str]:
    """Names whose object a statement may change: ``table.append(1)``, ``table[0] = 1``; and ``f`` of ``f()``."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            target: ast.AST = part.func
        elif isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.ctx, (ast.Store, ast.Del)):
            target = part
        else:
            continue
        called_directly = isinstance(target, ast.Name)
        while isinstance(target, (ast.Attribute, ast.Subscript, ast.Call)):
            target = target.func if isinstance(target, ast.Call) else target.value
        if isinstance(target, ast.Name):
            yield f"{target.id}()" if called_directly else target.id


def _inside_strings(nodes: Iterable[ast.AST]) -> set[int]:
    """Lines that begin inside a text, whose indentation is part of it."""
    inside: set[int] = set()
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, (ast.Constant, ast.JoinedStr)) and part.end_lineno:
                inside.update(range(part.lineno + 1, part.end_lineno + 1))
    return inside


def _kept(statements: list[_Statement], questions: Collection[str] | None) -> list[_Statement]:
    setters: dict[str, set[str]] = {}
    for statement in statements:
        for name in statement.binds if statement.makes else ():
            setters.setdefault(f"{name}()", set()).update(statement.makes)
    binders: dict[str, list[int]] = {}
    kept: set[int] = set()
    for i, statement in enumerate(statements):
        for name in statement.binds.union(*(setters.get(name, ()) for name in statement.binds)):
            binders.setdefault(name, []).append(i)
        assigns = any(isinstance(node, (ast.Assign, ast.AnnAssign)) for node in statement.nodes)
        if statement.defines or (assigns and questions is None):
            kept.add(i)
    wanted = [*(questions or ()), *(name for i in kept for name in statements[i].uses)]
    while wanted:
        for i in binders.pop(wanted.pop(), ()):
            if i not in kept:
                kept.add(i)
                wanted += statements[i].uses
    return [statements[i] for i in sorted(kept)]
