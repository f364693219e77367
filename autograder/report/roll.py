"""The people of a graded class as the pages need them: rows of ``grades.csv``, when and by which checks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.model.status import Kind, Status
from autograder.report.files import as_table
from autograder.report.table import Row

FILE = "class.json"


@dataclass(frozen=True, slots=True)
class Roll:
    """The class.

    Attributes:
        rows: of ``grades.csv``; several for a submission of a group.
        checks: their version, in words.
        at: the date and time of grading, in words.

    """

    rows: tuple[Row, ...] = ()
    checks: str = ""
    at: str = ""

    @property
    def by_submission(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each submission."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.submission].append(row)
        return found

    @property
    def absent(self) -> list[Row]:
        """Students who handed in nothing."""
        return [row for row in self.rows if row.status.kind is Kind.NO_SUBMISSION]

    @property
    def sections(self) -> list[str]:
        """The sections that there are."""
        return sorted({row.section for row in self.rows if row.section})


def to_text(roll: Roll) -> str:
    """The roll as JSON."""
    return json.dumps(as_table(roll)) + "\n"


def read_roll(folder: Path) -> Roll:
    """The roll of an output folder; empty where none can be read, as after an interrupted grading."""
    try:
        plain = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Roll(tuple(map(_row, plain["rows"])), plain["checks"], plain["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return Roll()


def differ(one: Roll, other: Roll) -> bool:
    """Whether two rolls differ in more than the time."""
    return to_text(replace(one, at="")) != to_text(replace(other, at=""))


def _row(plain: dict[str, Any]) -> Row:
    status = Status(Kind(plain["status"]["kind"]), plain["status"]["detail"])
    return Row(**{**plain, "status": status, "scores": tuple(plain["scores"])})
