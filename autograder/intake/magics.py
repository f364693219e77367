"""IPython's own syntax, replaced by plain Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import NamedTuple

from autograder.intake.open_lines import OpenStatement
from autograder.intake.prompts import without_prompts
from autograder.source.parsing import NOT_PYTHON

_RUNS_ITS_BODY = re.compile(r"%%(time|capture|prun|debug|memit)\b")


def _options(values: str, flags: str) -> str:
    """A pattern of options in one letter: those that have values, and those that have none."""
    return rf"(?:\s+-[{values}]\s*(?:\"[^\"]*\"|'[^']*'|\S+)|\s+-[{flags}]+(?=\s))*"


_TIME = r"time(?:\s+--no-raise-error)?"
_RUNS_ITS_LINE = re.compile(
    rf"%(?:{_TIME}|prun{_options('DlsT', 'rq')}|memit{_options('rti', 'coh')}|mprun{_options('fT', 'rc')}"
    rf"|lprun{_options('fmDTu', 'rsz')}|debug(?:\s+(?:-b|--breakpoint)\s+\S+)?)\s+(\S.*)"
)
"""Magics whose statement binds names in the notebook; that of ``%timeit`` binds none."""
_RETURNS_ITS_VALUE = re.compile(rf"%{_TIME}\s+(.*)")
_IS_PYLAB = re.compile(r"%pylab\b")
_PYLAB = "import numpy, numpy as np; from numpy import *"
"""Of what ``%pylab`` imports, that which answers may use."""
_WRITES = re.compile(r"%%(?:writefile|file)\s+(-a\s+|--append\s+)?[\"']?([^\"'\s]+\.py)[\"']?\s*")
_RUNS_A_FILE = re.compile(r"%run(?:\s+-\w+)*\s+[\"']?(?:\./)?([\w/]+)(?:\.py)?[\"']?(?:\s.*)?")
_TARGETS = re.compile(r"[\w.,\s]+")
_HELP = re.compile(r"[\w.]+\?{1,2}")


class PlainCell(NamedTuple):
    """A cell without magics.

    Attributes:
        source: plain Python; lines keep their numbers.
        magics: how many magics there were.
        writes: the name of the .py file that the cell writes its source to, or empty.
        appends: whether to what it wrote before.
        dropped: the first line of a cell that is left out for its magic, such as ``%%bash``, or empty.

    """

    source: str
    magics: int = 0
    writes: str = ""
    appends: bool = False
    dropped: str = ""


def without_magics(source: str) -> PlainCell:
    """Replace the magics of a cell."""
    lines = without_prompts(source.split("\n"))
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    count = 0
    if lines[first].startswith("%%"):
        writes = _WRITES.fullmatch(lines[first])
        if not writes and not _RUNS_ITS_BODY.match(lines[first]):
            return PlainCell("", 1, dropped=lines[first].strip())
        lines[first], count = "", 1
        if writes:
            return PlainCell("\n".join(lines), 1, writes=writes[2], appends=bool(writes[1]))
    if _parses("\n".join(lines)):
        # What looks like a magic is part of an expression or a string.
        return PlainCell("\n".join(lines), count)
    plain, found, unclosed = _replaced(lines, len(lines))
    if unclosed is not None:
        # A mistake, which costs its own part only: magics may follow it.
        plain, found, _ = _replaced(lines, unclosed + 1)
    return PlainCell("\n".join(plain), count + found)


def _replaced(lines: Sequence[str], any_from: int) -> tuple[list[str], int, int | None]:
    """The lines without magics, how many there were, and the line of a statement that does not end, if any.

    Only a line that begins a statement is a magic; from ``any_from`` on, each line may be one.
    """
    plain = list(lines)
    count = 0
    statement = OpenStatement()
    begin = at = 0
    while at < len(lines):
        first = at
        if at >= any_from or not statement.is_continued_by(lines[at]):
            begin = at
            if _is_magic_line(lines[at]):
                while lines[at].endswith("\\") and at + 1 < len(lines):
                    at += 1
                    plain[at] = ""
                parts = [line.rstrip()[:-1] for line in lines[first:at]]
                plain[first] = _without_magic(" ".join([*parts, lines[at]]))
                count += 1
                at += 1
                continue
        if at < any_from:
            statement.add(lines[at])
        at += 1
    return plain, count, begin if statement and any_from == len(lines) else None


def _is_magic_line(line: str) -> bool:
    code = line.lstrip()
    target, equals, value = code.partition("=")
    return _is_magic(code) or bool(equals and _TARGETS.fullmatch(target) and _is_magic(value.lstrip()))


def _without_magic(line: str) -> str:
    """A statement in the place of a line with a magic: what IPython runs as Python, or one that does nothing."""
    code = line.lstrip()
    indent = line[: len(line) - len(code)]
    if _is_magic(code):
        if match := _RUNS_A_FILE.fullmatch(code):
            statement = f"from {match[1].replace('/', '.')} import *"
            return indent + (statement if _parses(statement) else "pass")
        match = _RUNS_ITS_LINE.match(code)
        return indent + (match[1] if match and _parses(match[1]) else _PYLAB if _IS_PYLAB.match(code) else "pass")
    target, _, value = code.partition("=")
    match = _RETURNS_ITS_VALUE.match(value.lstrip())
    statement = f"{target.strip()} = {match[1] if match else None}"
    return indent + (statement if _parses(statement) else f"{target.strip()} = None")


def _is_magic(code: str) -> bool:
    return code[:1] in {"%", "!", "?"} or _HELP.fullmatch(code.rstrip()) is not None


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except NOT_PYTHON:
        return False
    return True
