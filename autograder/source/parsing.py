"""Parse a module's text; a syntax error costs its own part only, such as one function."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from autograder.source.left_out import Omission, left_out, readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOT_PYTHON = (SyntaxError, ValueError, MemoryError, RecursionError)
"""What :func:`ast.parse` raises; MemoryError and RecursionError for text that nests too deeply."""
_CONTINUES = re.compile(r"[\s#)\]}]|(?:else|elif|except|finally)\b|\Z")
_DECORATOR = re.compile(r"@")
_IS_OPEN = ("never closed", "unterminated triple-quoted", "unexpected EOF")
"""In the message of a SyntaxError: the part may go on in the next lines that are not indented."""
_MOST_PARTS = 200
_MOST_WORK = 20
"""Times the length of the text that is parsed while parts are sought."""


class ParsedModule(NamedTuple):
    """The statements of a module, and the parts that are not valid Python."""

    statements: list[ast.stmt]
    left_out: list[Omission]


def parse(source: str) -> ParsedModule:
    """Parse ``source``, with ``await`` allowed at the top level as in a notebook.

    Where it is no Python as a whole, it is parsed part by part; a part begins with a line that is not indented.
    """
    try:
        return ParsedModule(_tree(source).body, [])
    except NOT_PYTHON:
        pass
    lines = source.split("\n")
    statements: list[ast.stmt] = []
    missing: list[Omission] = []
    starts = list(_starts(lines))
    ends = [*starts[1:], len(lines)]
    work = _MOST_WORK * (len(source) + 1000)
    at = 0
    while at < len(starts):
        first_error: BaseException | None = None
        for end in range(at, min(at + _MOST_PARTS, len(starts))):
            text = "\n".join(lines[starts[at] : ends[end]])
            work -= len(text)
            try:
                body = _tree(text).body
            except NOT_PYTHON as error:
                first_error = first_error or error
                if work < 0 or not any(words in str(error) for words in _IS_OPEN):
                    break
            else:
                for node in body:
                    ast.increment_lineno(node, starts[at])
                statements += body
                at = end + 1
                break
        else:
            end = at
        if first_error is not None and at <= end:
            line = getattr(first_error, "lineno", None)
            missing.append(
                left_out(lines, starts[at] + 1, readable(first_error), None if line is None else starts[at] + line)
            )
            at += 1
    return ParsedModule(statements, missing)


def _tree(source: str) -> ast.Module:
    tree = compile(source, "<module>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree


def _starts(lines: Sequence[str]) -> Iterator[int]:
    """Indices of the lines with which a part begins; a decorator belongs to what it decorates."""
    decorated = False
    for i, line in enumerate(lines):
        if _CONTINUES.match(line):
            continue
        if not decorated:
            yield i
        decorated = _DECORATOR.match(line) is not None


def first_line(node: ast.stmt) -> int:
    """The line with which a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)])
