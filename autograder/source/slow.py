"""Choose the line to name where time is up: that of the loop, since it is chance which line inside it was running."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LOOP = re.compile(r"\s*(?:async\s+)?(?:for|while)\b")
_BODY = re.compile(r"\s*(?:async\s+)?(?:def|class)\b")


def slow_line(frames: Sequence[tuple[str, int]], lines_of: Callable[[str], Sequence[str]]) -> tuple[str, int]:
    """File and line of the first loop on the way to where the code is, or of the last line where there is none.

    Args:
        frames: file and line of each call that is under way in the student's files, the outermost first; at least one.
        lines_of: file -> its lines.

    """
    for file, number in frames:
        if loop := loop_around(lines_of(file), number):
            return file, loop
    return frames[-1]


def loop_around(lines: Sequence[str], number: int) -> int:
    """The first line of the outermost loop of a function that line ``number`` is in; 0 where it is in none.

    It goes by indentation: the text may be too deep for a parser, or need not be Python in all of its lines.
    """
    if not 0 < number <= len(lines):
        return 0
    depth = _indentation(lines[number - 1])
    found = number if _LOOP.match(lines[number - 1]) else 0
    for at in range(number - 1, 0, -1):
        line = lines[at - 1]
        if not line.strip() or line.lstrip().startswith("#") or _indentation(line) >= depth:
            continue
        if _BODY.match(line):
            break
        depth = _indentation(line)
        if _LOOP.match(line):
            found = at
    return found


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())
