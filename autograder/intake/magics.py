"""IPython's own syntax, replaced by plain Python."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from autograder.source.parsing import NOT_PYTHON

_RUNS_ITS_BODY = re.compile(r"%%(time|capture|prun|debug)\b")
_WRITES = re.compile(r"%%(?:writefile|file)\s+(?:-a\s+|--append\s+)?[\"']?([^\"'\s]+\.py)[\"']?\s*")
_TARGETS = re.compile(r"[\w.,\s]+")
_HELP = re.compile(r"[\w.]+\?{1,2}")


class PlainCell(NamedTuple):
    """A cell without magics.

    Attributes:
        source: plain Python; lines keep their numbers.
        magics: how many magics there were.
        writes: the name of the .py file that the cell writes its source to, or empty.
        dropped: the first line of a cell that is left out for its magic, such as ``%%bash``, or empty.

    """

    source: str
    magics: int = 0
    writes: str = ""
    dropped: str = ""


def without_magics(source: str) -> PlainCell:
    """Replace the magics of a cell."""
    lines = source.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    count = 0
    if lines[first].startswith("%%"):
        writes = _WRITES.fullmatch(lines[first])
        if not writes and not _RUNS_ITS_BODY.match(lines[first]):
            return PlainCell("", 1, dropped=lines[first].strip())
        lines[first], count = "", 1
        if writes:
            return PlainCell("\n".join(lines), 1, writes=writes[1])
    if _parses("\n".join(lines)):
        # What looks like a magic is part of an expression or a string.
        return PlainCell("\n".join(lines), count)
    continued = False
    for i, line in enumerate(lines):
        if continued:
            continued, lines[i] = line.endswith("\\"), ""
        elif (plain := _without_magic(line)) is not None:
            count += 1
            continued = line.endswith("\\")
            lines[i] = plain
    return PlainCell("\n".join(lines), count)


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


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except NOT_PYTHON:
        return False
    return True
