"""Mutants of a reference: its source with one slip, each with a stable id.

Operators work on spans of text (:mod:`~autograder.audit.edits`) instead of cosmic-ray's: a dozen packages fewer to
install, and diffs of the original text.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from autograder.audit.edits import Edit, Source, edits

NOT_CALCULATED = frozenset({"errstate"})
"""Calls whose arguments do not affect results."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """The reference with one slip.

    Attributes:
        id: digest of the function and the changed lines; stable while those lines are.
        unit: the changed function, class or module constant.
        slip: kind of slip.
        source: text of the module.
        questions: names of the questions whose answer may change.
        diff: the changed lines.

    """

    id: str
    unit: str
    slip: str
    source: str
    questions: tuple[str, ...]
    diff: str


def mutants(source: str, questions: tuple[str, ...]) -> list[Mutant]:
    """Every mutant of a reference, in the order of its text.

    A mutant of a question's function concerns that question only: its own checks must catch it, although others may
    call it. A mutant of a helper concerns every question that uses it.

    Args:
        source: text of the reference.
        questions: names of its questions.

    """
    tree, text = ast.parse(source), Source(source)
    units = dict(_units(tree))
    found: dict[str, Mutant] = {}
    seen = {ast.dump(tree)}
    times: Counter[str] = Counter()
    for unit, node in units.items():
        users = (unit,) if unit in questions else tuple(q for q in questions if q in units and uses(units, q, unit))
        for edit in _edits(node, text):
            changed = _apply(text, edit)
            try:
                dump = ast.dump(ast.parse(changed))
            except SyntaxError:
                # Some slips are no Python in some places, such as a keyword argument left out before a star.
                continue
            if dump in seen or not users:
                continue
            seen.add(dump)
            diff = _diff(source, changed)
            key = f"{unit}\n{diff}"
            times[key] += 1
            digest = hashlib.sha256(f"{key}\n{times[key]}".encode()).hexdigest()[:8]
            found[digest] = Mutant(digest, unit, edit.slip, changed, users, diff)
    return list(found.values())


def _units(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name, node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node


def uses(units: Mapping[str, ast.stmt], user: str, used: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether one definition uses another, directly or indirectly."""
    named = {n.id for n in ast.walk(units[user]) if isinstance(n, ast.Name)} & set(units) - seen - {user}
    return used in named or any(uses(units, n, used, seen | named | {user}) for n in named)


def _edits(node: ast.AST, text: Source) -> Iterator[Edit]:
    if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in NOT_CALCULATED:
        return
    if isinstance(node, (ast.JoinedStr, ast.arg)):
        return
    yield from edits(node, text)
    children: Iterator[ast.AST] = ast.iter_child_nodes(node)
    if isinstance(node, ast.FunctionDef):
        children = chain(node.body, (d for d in [*node.args.defaults, *node.args.kw_defaults] if d))
    for child in children:
        yield from _edits(child, text)


def _apply(text: Source, edit: Edit) -> str:
    return (text.bytes[: edit.start] + edit.text.encode() + text.bytes[edit.end :]).decode()


def _diff(source: str, changed: str) -> str:
    lines = difflib.ndiff(source.splitlines(), changed.splitlines())
    return "\n".join(f"{line[0]} {line[2:].strip()}" for line in lines if line[0] in "+-")
