"""Brightspace's table of grades: columns ``<item> Points Grade <Numeric MaxPoints:100 ...>``, ``#`` ends a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.courses.gradebook import Gradebook, titled
from autograder.courses.tables import Table
from autograder.model.errors import UsageError

_ITEM = re.compile(r"(?P<title>.+?) Points Grade(?: ?<.*?MaxPoints:(?P<points>[0-9.,]+).*>)?", re.IGNORECASE)
_OTHER_ITEM = re.compile(r"(?P<title>.+?) ?<.*?MaxPoints:(?P<points>[0-9.,]+).*>", re.IGNORECASE)
"""The same in another language, where the words for points are not known."""
_END = "end-of-line indicator"


class BrightspaceGrades(Gradebook):
    """The columns that Brightspace reads come back: who, the item, and the end of the line.

    OrgDefinedId is the university's number; the number of the user in Brightspace's folders is in no column.
    """

    system = "Brightspace"
    ids = ("orgdefinedid", "username", "email")
    names = (("last name", "first name"),)

    @classmethod
    def fits(cls, table: Table) -> bool:
        """Whether a line ends as Brightspace's do, and begins with whom it is about."""
        header = [h.casefold() for h in table.header]
        ends = header[-1] == _END or (bool(table.rows) and all(row[len(header) - 1] == "#" for row in table.rows))
        return ends and ("orgdefinedid" in header or "username" in header)

    def _column(self, titles: Sequence[str]) -> int:
        self.at[_END] = len(self.table.header) - 1
        known = {}
        for at, name in enumerate(self.table.header):
            if match := _ITEM.fullmatch(name):
                known[at] = match["title"]
            elif match := _OTHER_ITEM.fullmatch(name):  # "Title Note en points <...>"
                known[at] = next((t for t in titles if match["title"].casefold().startswith(t.casefold())), name)
        return titled(self.table, known, titles)

    def _possible(self) -> float:
        match = _ITEM.fullmatch(self.title) or _OTHER_ITEM.fullmatch(self.title)
        number = self.table.number(match["points"] or "") if match else None
        if number is None:
            raise UsageError(f"{self.table.path}: expected MaxPoints of {self.title!r}; export it with points grades")
        return number

    def _id(self, row: Sequence[str], column: str) -> str:
        return super()._id(row, column).removeprefix("#")

    def _kept(self) -> list[int]:
        kept = {*(self.at[c] for c in ("orgdefinedid", "username", _END) if c in self.at), self.column}
        return sorted(kept)
