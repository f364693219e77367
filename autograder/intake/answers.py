"""Which questions a module answers, judging from its text."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Collection

from autograder.source.parsing import parse

_LONG_STRING = re.compile(r"(\"{3}|'{3}).*?\1", re.DOTALL)
_DEFINITION = re.compile(r"^(?:async )?def (\w+)", re.MULTILINE)


def answered(source: str, questions: Collection[str]) -> frozenset[str]:
    """The questions that ``source`` defines at its top level, stubs left out."""
    if not any(question in source for question in questions):
        return frozenset()  # as in modules of data, which take seconds to parse
    found: set[str] = set()
    for node in parse(source).statements:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            # The last definition counts.
            (found.discard if is_stub(node) else found.add)(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(found & set(questions))


def imported(source: str) -> frozenset[str]:
    """The last parts of the names of the modules that ``source`` imports at its top level."""
    found: set[str] = set()
    for node in parse(source).statements:
        if isinstance(node, ast.Import):
            found |= {alias.name.rpartition(".")[2] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {(node.module or "").rpartition(".")[2], *(alias.name for alias in node.names)}
    return frozenset(found)


def misnamed(source: str, questions: Collection[str]) -> dict[str, str]:
    """Questions that ``source`` does not define -> a function of a similar name that it does."""
    if set(_DEFINITION.findall(_LONG_STRING.sub("", source))).issuperset(questions):
        return {}  # as most do: a large class is read each time it is graded, and parsing takes half of that
    statements = parse(source).statements
    functions = {n.name for n in statements if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))}
    # A name that is bound in any other way, or imported, may be the answer.
    bound = {
        node.id
        for n in statements
        for node in ast.walk(n)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    bound |= {a.asname or a.name for n in statements if isinstance(n, (ast.Import, ast.ImportFrom)) for a in n.names}
    if "*" in bound:
        return {}
    others = sorted(functions - set(questions))
    found = {q: difflib.get_close_matches(q, others, 1) for q in sorted(set(questions) - functions - bound)}
    return {question: near[0] for question, near in found.items() if near}


def is_stub(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is not written yet."""
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]  # its docstring, or "..."
    if not body or isinstance(body[0], ast.Pass):
        return len(body) <= 1
    raised = body[0].exc if len(body) == 1 and isinstance(body[0], ast.Raise) else None
    raised = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
