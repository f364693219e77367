"""Names whose object a statement may change, without running it.

``table.append(1)`` and ``table[0] = 1`` change ``table``. A call on a library, such as ``y = np.dot(X, X)``, changes
neither the library nor what is passed, unless the function is known to, or its value is not used.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

_DRAWS = frozenset({"matplotlib", "seaborn", "plotly", "tqdm", "IPython", "time", "timeit", "math", "cmath"})
"""Packages whose functions change nothing that is passed."""
_COMPUTES = frozenset({"numpy", "scipy", "pandas", "sklearn", "random"})
"""Packages some of whose functions do. A call on another may change it: ``sys``, a student's own module."""
_CHANGES_LIBRARY = re.compile(
    r"(?!setdiff1d|setxor1d)(?:set|reset|seed|register|switch|enable|disable)"
    r"|(?:use|rc|rcdefaults|rc_file|ion|ioff|update|clear|pop|remove|extend)$"
)
"""Functions that change a library's state: ``np.random.seed``, ``np.seterr``, ``plt.style.use``."""
_CHANGES_ARGUMENTS = frozenset(
    {
        *("shuffle", "fill_diagonal", "copyto", "put", "put_along_axis", "place", "putmask", "at", "nditer"),
        *("sort", "fill", "partition", "itemset", "setfield", "set_fill_value"),
    }
)
_FILLS = frozenset(
    {
        *("append", "appendleft", "extend", "insert", "add", "update", "setdefault"),
        *("pop", "popitem", "remove", "discard", "clear", "sort", "reverse", "fill"),
    }
)
"""Methods that change a list, a dict, a set or an array."""


@dataclass
class Changes:
    """What a statement may change.

    Attributes:
        names: changed, whatever they are; ``f()`` where it calls ``f``.
        filled: those that it stores items or attributes in, or calls a method of that does.
        called_on: names that it calls something on: changed, unless they are a library's.
        passed: name of a function or of what it is called on -> names passed: changed, if it is such a library's.
        arguments: names that it passes to what changes them, whatever is called on: changed, unless a library's.

    """

    names: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    called_on: set[str] = field(default_factory=set)
    passed: dict[str, set[str]] = field(default_factory=dict)
    arguments: set[str] = field(default_factory=set)

    def add(self, statement: ast.AST) -> None:
        """Add what a statement may change."""
        for node in ast.walk(statement):
            if isinstance(node, ast.Call):
                self._add_call(node)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                self._pass(*_chain(node.value))
            elif isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, (ast.Store, ast.Del)):
                root, calls = _chain(node)
                (self.called_on if calls else self.names).add(root)
                self.filled.add(root)
                self.arguments.update(_arguments(calls))

    def _add_call(self, call: ast.Call) -> None:
        root, calls = _chain(call)
        if isinstance(call.func, ast.Name):
            last = root
            self.names.add(f"{root}()")
        else:
            last = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            changes = len(calls) == 1 and _CHANGES_LIBRARY.match(last)
            (self.names if changes else self.called_on).add(root)
            if last in _FILLS:
                self.filled.add(root)
        if last in _CHANGES_ARGUMENTS:
            self._pass(root, calls)
        if last == "shuffle":
            self.arguments.update(_arguments(calls))
        self.arguments.update(name for k in call.keywords if k.arg == "out" for name in _roots(k.value))

    def _pass(self, root: str, calls: Collection[ast.Call]) -> None:
        self.passed.setdefault(root, set()).update(_arguments(calls))

    def known(self, libraries: Mapping[str, str], functions: Collection[str], filling: Collection[str]) -> set[str]:
        """The names whose object may change.

        Args:
            libraries: names that are bound by imports only -> the package.
            functions: names of functions and classes, which nothing changes that they are passed to.
            filling: those of them that change what is passed to them.

        """
        called_on = {name for name in self.called_on if libraries.get(name) not in _DRAWS | _COMPUTES}
        changing = {root for root in self.passed if libraries.get(root) in _COMPUTES or root in filling}
        passed = {name for root in changing for name in self.passed[root]}
        return self.names | called_on | ((self.arguments | passed) - set(functions) - set(libraries))


def _chain(node: ast.AST) -> tuple[str, list[ast.Call]]:
    """The name with which ``np.random.rand(3).sort()`` begins, or "", and the calls in it, the last one first."""
    calls: list[ast.Call] = []
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call, ast.Starred)):
        if isinstance(node, ast.Call):
            calls.append(node)
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else "", calls


def _arguments(calls: Collection[ast.Call]) -> Iterator[str]:
    for call in calls:
        for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
            yield from _roots(argument)


def _roots(node: ast.AST) -> Iterator[str]:
    """Names whose object, or a view of it, an expression may be; none for ``f(table)``, which is taken for new."""
    root, calls = _chain(node)
    if root and not (calls and isinstance(calls[-1].func, ast.Name)):
        yield root
        yield from _arguments(calls)
