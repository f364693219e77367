"""Blackboard's table of the Grade Center: columns ``<title> [Total Pts: 100 Score] |<column id>``.

The names of its columns are in the language of the user who exports it; the first four are always the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.courses.gradebook import Gradebook, titled
from autograder.courses.tables import Table

_COLUMN = re.compile(r"(?P<title>.+?) \[[^\]:]*: ?(?:up to )?(?P<points>[0-9.,]+)[^\]]*\] ?\|[0-9]+", re.IGNORECASE)
_KEPT = ("last name", "first name", "username", "student id")


class BlackboardGrades(Gradebook):
    """Rows are matched by username; names and numbers come back, and the column of the assignment."""

    system = "Blackboard"
    ids = ("username", "student id")
    names = (("last name", "first name"),)

    @classmethod
    def fits(cls, table: Table) -> bool:
        """Whether there is a column with its number, and before it a username."""
        first = next((at for at, h in enumerate(table.header) if _COLUMN.fullmatch(h)), 0)
        return first >= len(_KEPT) or (first > 0 and "username" in map(str.casefold, table.header))

    def _column(self, titles: Sequence[str]) -> int:
        if "username" not in self.at:
            self.at |= {name: at for at, name in enumerate(_KEPT)}
        known = {at: m["title"] for at, h in enumerate(self.table.header) if (m := _COLUMN.fullmatch(h))}
        return titled(self.table, known, titles)

    def _possible(self) -> float:
        match = _COLUMN.fullmatch(self.table.header[self.column])
        return (self.table.number(match["points"]) if match else None) or 0.0

    def _kept(self) -> list[int]:
        return [self.at[c] for c in _KEPT if c in self.at]
