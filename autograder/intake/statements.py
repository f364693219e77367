"""The top-level statements of a notebook: what each defines and uses, and which are needed."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from autograder.intake.changes import Changes
from autograder.source.left_out import Omission, left_out
from autograder.source.parsing import first_line, parse

_HELP = "autograder.doors.notebook"
"""What a notebook imports to draw and to check. It is not there when an answer is graded."""
_IN_A_NOTEBOOK = re.compile(r"^if\b[ (]*__name__ *== *([\"'])__main__\1[ )]*:")
"""What holds in a notebook, and not in a module that is imported."""
_DEEPEST = 300
"""Levels of syntax: scopes nested in hundreds take the compiler seconds."""


@dataclass
class Statement:
    """Top-level statements of a cell that share lines (nearly always just one).

    Attributes:
        cell: the number of the cell.
        first: the number of its first line in the cell.
        lines: its text.
        nodes: its syntax trees.
        defines: whether it imports something, or defines a function or a class.
        assigns: names that it assigns or imports.
        changes: what it may change.
        uses: global names that it reads.
        makes: global names that a function defined in it assigns.
        filled: global names of objects that a function defined in it fills.
        filling: functions defined in it that fill what is passed to them.

    """

    cell: int
    first: int
    lines: list[str]
    nodes: list[ast.stmt]
    defines: bool = False
    assigns: set[str] = field(default_factory=set)
    changes: Changes = field(default_factory=Changes)
    uses: set[str] = field(default_factory=set)
    makes: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    filling: set[str] = field(default_factory=set)
    _used_inside: set[str] = field(default_factory=set)

    def analyse(self) -> None:
        """Find out what it defines, assigns, changes, uses and makes."""
        try:
            table = symtable.symtable("\n".join(self.lines), "cell", "exec")
        except (SyntaxError, ValueError, RecursionError):
            # An await outside of functions, which notebooks allow, or an error that only the compiler finds.
            self._analyse_names()
        else:
            self._analyse_symbols(table)
        for node in self.nodes:
            # Which names it imports is not known here.
            self.defines |= any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in ast.walk(node))
            self.changes.add(node)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                of_function = Changes()
                of_function.add(node)
                self.filled |= of_function.filled & self._used_inside
                if of_function.filled & {a.arg for a in (*node.args.posonlyargs, *node.args.args)}:
                    self.filling.add(node.name)

    def _analyse_symbols(self, table: symtable.SymbolTable) -> None:
        for symbol in table.get_symbols():
            self.defines |= symbol.is_imported() or symbol.is_namespace()
            if symbol.is_assigned() or symbol.is_imported():
                self.assigns.add(symbol.get_name())
            if symbol.is_referenced():
                self.uses.add(symbol.get_name())
        for inner in _scopes(table):
            for symbol in inner.get_symbols():
                if symbol.is_global():
                    self.uses.add(symbol.get_name())
                    self._used_inside.add(symbol.get_name())
                    if symbol.is_assigned():
                        self.makes.add(symbol.get_name())

    def _analyse_names(self) -> None:
        """The same from the names alone, without scopes."""
        for node in (part for statement in self.nodes for part in ast.walk(statement)):
            if isinstance(node, ast.Name):
                (self.uses if isinstance(node.ctx, ast.Load) else self.assigns).add(node.id)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                self.assigns |= {(a.asname or a.name).partition(".")[0] for a in node.names}
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.assigns.add(node.name)
            self.defines |= isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef))


def split(source: str, cell: int, future: dict[str, None]) -> tuple[list[Statement], list[Omission]]:
    """The statements of a cell, analysed, and what of it is no Python; ``__future__`` imports go into ``future``."""
    parsed = parse(source)
    lines = source.split("\n")
    missing = list(parsed.left_out)
    groups: list[Statement] = []
    end = 0
    for node in parsed.statements:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            future.update(dict.fromkeys(alias.name for alias in node.names))
            continue
        first = first_line(node)
        last = node.end_lineno or node.lineno
        if _is_too_deep(node):
            missing.append(left_out(lines, first, RecursionError("nested too deeply")))
        elif groups and first <= end:
            group = groups[-1]
            group.lines += lines[end:last]
            group.nodes.append(node)
            end = max(last, end)
        else:
            text = lines[first - 1 : last]
            if isinstance(node, ast.If):
                text[0] = _IN_A_NOTEBOOK.sub("if True:", text[0])
            groups.append(Statement(cell, first, text, [node]))
            end = last
    for group in groups:
        group.analyse()
    return groups, missing


def _is_too_deep(tree: ast.AST) -> bool:
    level: list[ast.AST] = [tree]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _scopes(child)


def without_help(statements: list[Statement], questions: Collection[str]) -> list[Statement]:
    """Leave out what a notebook draws and checks with, and what could not run without it; never an answer."""
    left = list(statements)
    ours: set[str] = set()
    while True:
        kept = [s for s in left if s.assigns & set(questions) or not _needs_help(s, ours)]
        if len(kept) == len(left):
            return kept
        ours |= {name for s in left for name in s.assigns} - {name for s in kept for name in s.assigns}
        left = kept


def _needs_help(statement: Statement, ours: Collection[str]) -> bool:
    if all(isinstance(node, ast.ImportFrom) and node.module == _HELP for node in statement.nodes):
        return True
    if all(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) for node in statement.nodes):
        decorators = (d for node in statement.nodes for d in getattr(node, "decorator_list", ()))
        return any(isinstance(part, ast.Name) and part.id in ours for d in decorators for part in ast.walk(d))
    return not statement.uses.isdisjoint(ours)


def needed(statements: list[Statement], questions: Collection[str] | None) -> list[Statement]:
    """The statements that define something, bind a question's name, or bind what another needed one uses.

    Args:
        statements: of all cells, in order.
        questions: names whose assignments are needed; every assignment is where this is None.

    """
    binders: dict[str, list[int]] = {}
    makers: dict[str, list[int]] = {}
    kept: set[int] = set()
    libraries, functions = _libraries(statements), _functions(statements)
    filling = set().union(*(statement.filling for statement in statements))
    for i, statement in enumerate(statements):
        for name in statement.assigns | statement.changes.known(libraries, functions, filling):
            binders.setdefault(name, []).append(i)
        # An answer that keeps its own results for later needs no call of it.
        fills = () if statement.assigns & set(questions or ()) else statement.filled
        for name in statement.makes.union(fills):
            makers.setdefault(name, []).append(i)
        assigns = any(isinstance(node, (ast.Assign, ast.AnnAssign)) for node in statement.nodes)
        if statement.defines or (assigns and questions is None):
            kept.add(i)
    wanted = [*(questions or ()), *(name for i in kept for name in statements[i].uses)]
    called: set[int] = set()
    while wanted:
        name = wanted.pop()
        for i in binders.pop(name, ()):
            if i not in kept:
                kept.add(i)
                wanted += statements[i].uses
        for i in makers.pop(name, ()):
            # A call of the function binds the name.
            if i not in called:
                called.add(i)
                wanted += (f"{bound}()" for bound in statements[i].assigns)
    return [statements[i] for i in sorted(kept)]


def _libraries(statements: Sequence[Statement]) -> dict[str, str]:
    """Names that are bound by imports from one package only -> the package."""
    packages: dict[str, set[str]] = {}
    for statement in statements:
        imported: dict[str, set[str]] = {}
        for node in (part for top in statement.nodes for part in ast.walk(top)):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    name = alias.asname or alias.name.partition(".")[0]
                    imported.setdefault(name, set()).add(alias.name.partition(".")[0])
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    package = "" if node.level else str(node.module).partition(".")[0]
                    imported.setdefault(alias.asname or alias.name, set()).add(package)
            elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                imported.setdefault(node.id, set()).add("")
        for name in statement.assigns | statement.makes:
            packages.setdefault(name, set()).update(imported.get(name, {""}))
    return {name: package for name, (package, *others) in packages.items() if package and not others}


def _functions(statements: Sequence[Statement]) -> set[str]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for statement in statements for node in statement.nodes if isinstance(node, kinds)}
