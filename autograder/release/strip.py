"""Remove the solution from a file, code or tests, marked in Otter's syntax.

A block from ``# BEGIN SOLUTION`` to ``# END SOLUTION`` becomes ``raise NotImplementedError`` in the body of a
function, and is removed elsewhere.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.model.errors import AuthoringError

BEGIN = "# BEGIN SOLUTION"
END = "# END SOLUTION"
_LIKE_A_MARKER = re.compile(r"#\s*(BEGIN|END)\b.*\bSOLUTION|#\s*SOLUTION\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A marked block: line numbers of its two markers, from 1, and its indentation."""

    begin: int
    end: int
    indentation: str


def blocks(text: str, path: Path) -> Iterator[Block]:
    """Marked blocks of a file, in order.

    Raises:
        AuthoringError: a marker is stray, nested, unclosed or misspelt; names the line.

    """
    opened: tuple[int, str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        indentation = line[: len(line) - len(line.lstrip())]
        if content == BEGIN:
            if opened:
                raise AuthoringError(f"{path}:{number}: {BEGIN} inside the block that begins in line {opened[0]}")
            opened = number, indentation
        elif content == END:
            if not opened:
                raise AuthoringError(f"{path}:{number}: {END} without {BEGIN}")
            if opened[1] != indentation:
                raise AuthoringError(f"{path}:{number}: {END} is not indented like {BEGIN} in line {opened[0]}")
            yield Block(opened[0], number, indentation)
            opened = None
        elif _LIKE_A_MARKER.search(line):
            raise AuthoringError(
                f"{path}:{number}: expected {BEGIN!r} or {END!r} on a line of its own; found {content!r}"
            )
    if opened:
        raise AuthoringError(f"{path}:{opened[0]}: {BEGIN} without {END}")


def strip(text: str, path: Path) -> str:
    """The text without its solution.

    Args:
        text: of a Python file.
        path: of the file, for messages.

    Raises:
        AuthoringError: a marker is wrong, or the file does not parse before or after.

    """
    bodies = _function_bodies(text, path)
    lines = text.splitlines()
    kept: list[str] = []
    after = 0
    for block in blocks(text, path):
        kept += lines[after : block.begin - 1]
        if block.indentation and any(first < block.begin <= last for first, last in bodies):
            kept.append(f"{block.indentation}raise NotImplementedError")
        after = block.end
    kept += lines[after:]
    stripped = re.sub(r"\n{4,}", "\n\n\n", "\n".join(kept)).strip("\n") + "\n"
    _parse(stripped, path, "without its solution ")
    return stripped


def _function_bodies(text: str, path: Path) -> list[tuple[int, int]]:
    functions = (n for n in ast.walk(_parse(text, path, "")) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return [(f.lineno, f.end_lineno or f.lineno) for f in functions]


def _parse(text: str, path: Path, what: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise AuthoringError(f"{path}: {what}it is not valid Python: {error.msg} (line {error.lineno})") from None
