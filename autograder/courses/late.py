"""The penalty for handing in late."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from autograder.model.errors import UsageError
from autograder.model.people import SubmissionMetadata

_PER = {"day": timedelta(days=1), "hour": timedelta(hours=1)}
_KEYS = {"due", "per", "percent", "cap", "grace", "marked"}
_MOST_GRACE = 1_000_000
"""Minutes, almost two years."""
_MOST_MARKED = 10_000


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """Takes ``percent`` of all points for each ``per`` begun after ``due``, at most ``cap`` percent.

    Attributes:
        per: ``day`` or ``hour``.
        percent: of the points of the assignment.
        cap: percent that are taken at most.
        due: with its offset from UTC; None where only the system's LATE mark is to count. A system that goes by a clock
            of its own is taken to go by this one.
        grace: minutes after ``due`` in which nothing is taken; after them, the time since ``due`` counts.
        marked: how many ``per`` a mark LATE counts for, where there is no time or nothing is due.
        path: the file that says so, for messages.

    """

    per: str
    percent: float
    cap: float = 100
    due: datetime | None = None
    grace: float = 0
    marked: int = 1
    path: Path = Path("late.toml")

    def units(self, metadata: SubmissionMetadata | None, extension: timedelta = timedelta(0)) -> int:
        """How many days or hours late, after an extension of the time due."""
        if metadata is None:
            return 0
        if metadata.at is None or self.due is None:
            return max(0, math.ceil(self.marked - extension / _PER[self.per])) if metadata.late else 0
        late = metadata.at.replace(tzinfo=metadata.at.tzinfo or self.due.tzinfo) - self.due - extension
        return 0 if late <= timedelta(minutes=self.grace) else math.ceil(late / _PER[self.per])

    def penalty(self, metadata: SubmissionMetadata | None, points: float, extension: timedelta = timedelta(0)) -> float:
        """Points to take, to two decimals."""
        return round(points * min(self.units(metadata, extension) * self.percent, self.cap) / 100, 2)


def read_policy(path: Path) -> LatePolicy:
    """The policy in a TOML file.

    Raises:
        UsageError: it cannot be read, or does not say what is meant.

    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # no UTF-8, no TOML, or a number with thousands of digits
        raise UsageError(f"{path}: expected a TOML file; {error}") from error
    if unknown := set(table) - _KEYS:
        raise UsageError(f"{path}: expected {', '.join(sorted(_KEYS))}; found {', '.join(sorted(unknown))}")
    if table.get("per") not in _PER:
        raise UsageError(f'{path}: expected per = "day" or per = "hour"; found {table.get("per")!r}')
    due = table.get("due")
    if due is not None and (not isinstance(due, datetime) or due.tzinfo is None):
        raise UsageError(f"{path}: expected due with its offset, such as 2026-11-20T23:59:00+01:00; found {due}")
    return LatePolicy(
        per=table["per"],
        percent=_number(path, table, "percent", None, 100),
        cap=_number(path, table, "cap", 100, 100),
        due=due,
        grace=_number(path, table, "grace", 0, _MOST_GRACE),
        marked=int(_number(path, table, "marked", 1, _MOST_MARKED, whole=True)),
        path=path,
    )


def _number(
    path: Path, table: dict[str, Any], key: str, default: float | None, most: float, *, whole: bool = False
) -> float:
    value = table.get(key, default)
    kinds = (int,) if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not 0 <= value <= most:
        wanted = f"a {'whole ' if whole else ''}number, 0 to {most}"
        raise UsageError(f"{path}: expected {key} to be {wanted}; found {value!r}")
    return float(value)
