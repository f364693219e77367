"""Attempts that a system keeps beside each other: which one is the latest.

Each is in a folder named by its number or time, as of Submitty (``1``) and Moodle's VPL (``2026-11-20-10-00-00``), or
is a file whose name begins with its time, as of ILIAS (``20261120100000_toy.py``).
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Sequence

_MOST_DIGITS = 4
_NUMBER = re.compile(rf"(?:attempt|version|v)?[ _-]?(?P<number>[0-9]{{1,{_MOST_DIGITS}}})", re.IGNORECASE)
_TIME = re.compile(
    r"(?P<time>[0-9]{4}[-_.]?[0-9]{2}[-_.]?[0-9]{2}(?:[-_.:T ]*[0-9]{2}){2,3}(?:[.,][0-9]+)?(?: ?Z| UTC)?)"
)
_FILE = re.compile(rf"{_TIME.pattern}_(?P<file>.+)", re.DOTALL)


def latest(names: Sequence[str]) -> list[str]:
    """Those of the names that belong to the latest attempt; all of them where they are no attempts at one file."""
    above = len(os.path.commonpath([os.path.dirname(name) for name in names])) if len(names) > 1 else 0  # noqa: PTH120
    inside = {name: name[above:].lstrip("/") for name in names}
    for order in (_by_number, _by_time, _by_time_of_file):
        found = {name: order(rest) for name, rest in inside.items()}
        known = {name: attempt for name, attempt in found.items() if attempt is not None}
        if len(known) == len(names) > 1 and len({file for _, file in known.values()}) == 1:
            last = max(key for key, _ in known.values())
            return [name for name, (key, _) in known.items() if key == last]
    return list(names)


def _by_number(name: str) -> tuple[str, str] | None:
    """The attempt, as text that sorts as the attempts do, and the file."""
    folder, slash, file = name.partition("/")
    match = _NUMBER.fullmatch(folder)
    return (match["number"].zfill(_MOST_DIGITS), file) if slash and match else None


def _by_time(name: str) -> tuple[str, str] | None:
    folder, slash, file = name.partition("/")
    match = _TIME.fullmatch(folder)
    return (_digits(match["time"]), file) if slash and match else None


def _by_time_of_file(name: str) -> tuple[str, str] | None:
    match = _FILE.fullmatch(name)
    return (_digits(match["time"]), match["file"]) if match else None


def _digits(time: str) -> str:
    return re.sub(r"\D", "", time)
