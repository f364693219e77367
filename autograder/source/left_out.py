"""What of a module was left out, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 100
_CELL = re.compile(r"# %% notebook cell (\d+)")


@dataclass(frozen=True, slots=True)
class Omission:
    """A part of a module that was not run.

    Attributes:
        place: ``"line 3"`` or ``"cell 2, line 3"``.
        text: its first line.
        why: the error in a line: ``"ModuleNotFoundError: No module named 'torch'"``.

    """

    place: str
    text: str
    why: str

    def __str__(self) -> str:
        """One line, for people."""
        return f"left out {self.place}: {self.text} ({self.why})"


def cell_mark(number: int) -> str:
    """The line that precedes the lines of a notebook's cell in the text of a module."""
    return f"# %% notebook cell {number}"


def place(lines: Sequence[str], number: int) -> str:
    """Where line ``number`` of a module is, in the student's own counting.

    Args:
        lines: the module's.
        number: counted from 1.

    """
    for at in range(min(number, len(lines)), 0, -1):
        if match := _CELL.fullmatch(lines[at - 1].rstrip("\n")):
            return f"cell {match[1]}, line {number - at}"
    return f"line {number}"


def left_out(lines: Sequence[str], number: int, error: BaseException, at: int | None = None) -> Omission:
    """The part that begins with line ``number`` and could not be had because of ``error``, in line ``at`` if known."""
    why = _cut(in_a_line(error))
    if at is not None and at != number and _text(lines, at):
        why += f" in {place(lines, at)}: {_cut(_text(lines, at))}"
    return Omission(place(lines, number), _cut(_text(lines, number)), why)


def _text(lines: Sequence[str], number: int) -> str:
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def in_a_line(error: BaseException) -> str:
    """An exception in one line: its class and the first line of its message."""
    try:
        message = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception:  # noqa: BLE001  (a student's __str__ may do anything)
        message = ""
    kind = type(error).__name__
    first = str(message).partition("\n")[0]
    return f"{kind}: {first}" if first else kind


def readable(error: BaseException) -> BaseException:
    """The same error, unless the parser calls it a MemoryError that its own stack is too short."""
    if isinstance(error, MemoryError) and error.__traceback__ and error.__traceback__.tb_next is None:
        return SyntaxError("nested too deep to be read")
    return error


def _cut(text: str) -> str:
    text = text[: _LONGEST + 1].encode("utf-8", "replace").decode()  # half of a pair of surrogates is no text
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 4]} ..."
