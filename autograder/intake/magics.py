"""IPython's own syntax, replaced by plain Python."""

from __future__ import annotations

import ast
import re

NOT_PYTHON = (SyntaxError, ValueError, MemoryError, RecursionError)
"""What :func:`ast.parse` raises; MemoryError and RecursionError for text that nests too deeply."""
_RUNS_ITS_BODY = re.compile(r"%%(time|capture)\b")
_TARGETS = re.compile(r"[\w.,\s]+")
_HELP = re.compile(r"[\w.]+\?{1,2}")


def without_magics(source: str) -> tuple[str, int]:
    """A cell without magics, and how many there were. The other lines keep their numbers."""
    lines = source.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    count = 0
    if lines[first].startswith("%%"):
        if not _RUNS_ITS_BODY.match(lines[first]):
            return "", 1
        lines[first], count = "", 1
    if parses("\n".join(lines)):
        # What looks like a magic is part of an expression or a string.
        return "\n".join(lines), count
    continued = False
    for i, line in enumerate(lines):
        if continued:
            continued, lines[i] = line.endswith("\\"), ""
        elif (plain := _without_magic(line)) is not None:
            count += 1
            continued = line.endswith("\\")
            lines[i] = plain
    return "\n".join(lines), count


def _without_magic(line: str) -> str | None:
    """A statement in the place of a line with a magic, so that no block becomes empty; None for any other line."""
    code = line.lstrip()
    indent = line[: len(line) - len(code)]
    if _is_magic(code):
        return f"{indent}pass"
    target, equals, value = code.partition("=")
    if equals and _TARGETS.fullmatch(target) and _is_magic(value.lstrip()):
        return f"{indent}{target.strip()} = None"
    return None


def _is_magic(code: str) -> bool:
    return code[:1] in {"%", "!", "?"} or _HELP.fullmatch(code.rstrip()) is not None


def parses(source: str) -> bool:
    """Whether the text is Python."""
    try:
        ast.parse(source)
    except NOT_PYTHON:
        return False
    return True
