"""The top-level statements of a notebook: what each defines and uses, and which are needed."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field


@dataclass
class Statement:
    """Top-level statements of a cell that share lines (nearly always just one).

    Attributes:
        cell: the number of the cell.
        first: the number of its first line in the cell.
        lines: its text.
        nodes: its syntax trees.
        defines: whether it imports something, or defines a function or a class.
        binds: names that it assigns, or whose object it may change; ``f()`` where it calls ``f``.
        uses: global names that it reads.
        makes: global names that a function defined in it assigns.

    """

    cell: int
    first: int
    lines: list[str]
    nodes: list[ast.stmt]
    defines: bool = False
    binds: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)
    makes: set[str] = field(default_factory=set)

    def analyse(self) -> None:
        """Find out what it defines, binds, uses and makes."""
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
        """Its lines inside a ``try`` that prints what it raises."""
        inside = _inside_strings(self.nodes)
        yield "try:"
        for number, line in enumerate(self.lines, self.first):
            yield line if number in inside or not line else f"    {line}"
        place = f"cell {self.cell}, line {self.first}"
        yield "except (Exception, SystemExit) as _error:"
        yield f'    print(f"{place}: {{type(_error).__name__}}: {{_error}}")'


def split(source: str, cell: int, future: dict[str, None]) -> list[Statement]:
    """The statements of a cell, analysed; its ``__future__`` imports go into ``future``."""
    tree = ast.parse(source)
    lines = _without_global(source.split("\n"), tree)
    groups: list[Statement] = []
    end = 0
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            future.update(dict.fromkeys(alias.name for alias in node.names))
            continue
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(d.lineno for d in decorators)])
        last = node.end_lineno or node.lineno
        if groups and first <= end:
            group = groups[-1]
            group.lines += lines[end:last]
            group.nodes.append(node)
            end = max(last, end)
        else:
            groups.append(Statement(cell, first, lines[first - 1 : last], [node]))
            end = last
    for group in groups:
        group.analyse()
    return groups


def _without_global(lines: list[str], tree: ast.Module) -> list[str]:
    """Replace ``global x`` at the top level: it means nothing there, and is an error after a use of x."""
    found: dict[int, list[ast.Global]] = {}
    left: list[ast.AST] = list(tree.body)
    while left:
        node = left.pop()
        if isinstance(node, ast.Global):
            if node.end_lineno == node.lineno:
                found.setdefault(node.lineno, []).append(node)
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            left += ast.iter_child_nodes(node)
    for number, nodes in found.items():
        line, at, parts = lines[number - 1].encode(), 0, []
        for node in sorted(nodes, key=lambda node: node.col_offset):
            parts += [line[at : node.col_offset], b"pass"]
            at = node.end_col_offset or len(line)
        lines[number - 1] = b"".join([*parts, line[at:]]).decode()
    return lines


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _scopes(child)


def _changed(node: ast.AST) -> Iterator[str]:
    """Names whose object a statement may change: ``table.append(1)``, ``table[0] = 1``; and ``f()`` of ``f(1)``."""
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
    """Lines that begin inside a string, whose indentation is part of it."""
    strings = {
        (part.lineno + 1, part.end_lineno)
        for node in nodes
        for part in ast.walk(node)
        if isinstance(part, (ast.Constant, ast.JoinedStr)) and part.end_lineno
    }
    inside: set[int] = set()
    end = 0
    for first, last in sorted(strings):
        inside.update(range(max(first, end + 1), last + 1))
        end = max(end, last)
    return inside


def needed(statements: list[Statement], questions: Collection[str] | None) -> list[Statement]:
    """The statements that define something, bind a question's name, or bind what another needed one uses.

    Args:
        statements: of all cells, in order.
        questions: names whose assignments are needed; every assignment is where this is None.

    """
    binders: dict[str, list[int]] = {}
    makers: dict[str, list[int]] = {}
    kept: set[int] = set()
    for i, statement in enumerate(statements):
        for name in statement.binds:
            binders.setdefault(name, []).append(i)
        for name in statement.makes:
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
            # Whoever calls the function binds the name.
            if i not in called:
                called.add(i)
                wanted += (f"{bound}()" for bound in statements[i].binds)
    return [statements[i] for i in sorted(kept)]
