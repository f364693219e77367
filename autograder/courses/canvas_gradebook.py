"""Canvas' gradebook: a column ``<title> (<assignment id>)`` for each assignment, a row of points possible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.courses.gradebook import Gradebook, titled
from autograder.courses.tables import Table
from autograder.model.errors import UsageError
from autograder.model.people import is_test_student
from autograder.report import table as cells

_TITLED = re.compile(r"(?P<title>.+) \((?P<number>\d+)\)")
_DROPPED = re.compile(r"(?:current|final) (?:score|points|grade)|\(read only\)", re.IGNORECASE)
_POSSIBLE = "points possible"
_KEPT = ("student", "lastname", "firstname", "id", "sis user id", "sis login id", "integration id", "root account")
_NO_GRADE = {"", "-", "N/A"}
"""N/A: not assigned to the student, or anonymous."""
_LOGIN_OF_TEST_STUDENT = re.compile(r"[0-9a-f]{40}")


class CanvasGradebook(Gradebook):
    """Rows are matched by Canvas' number first; the columns of the export come back, and the one of the assignment."""

    system = "Canvas"
    ids = ("id", "sis user id", "sis login id", "integration id")
    own_number = "id"
    names = (("student",), ("lastname", "firstname"))

    @classmethod
    def fits(cls, table: Table) -> bool:
        """Whether there are Canvas' id, a section and a name; Canvas writes them in English everywhere."""
        header = {h.casefold() for h in table.header}
        return {"id", "section"} <= header and ("student" in header or {"lastname", "firstname"} <= header)

    def _column(self, titles: Sequence[str]) -> int:
        columns = {at: m for at, h in enumerate(self.table.header) if (m := _TITLED.fullmatch(h))}
        known = {at: m["title"] for at, m in columns.items()}
        numbered = [at for at, m in columns.items() if m["number"] in titles]
        at = numbered[0] if len(numbered) == 1 else titled(self.table, known, titles)
        if _DROPPED.search(known[at]):
            raise UsageError(
                f"{self.table.path}: Canvas leaves out a column called {self.table.header[at]!r} on import, as if it "
                "were a total of its own; give the assignment another title"
            )
        return at

    def _possible(self) -> float:
        found = [row[self.column] for row in self.table.rows if any(c.casefold() == _POSSIBLE for c in row)]
        number = self.table.number(found[0]) if found else None
        if number is None:
            raise UsageError(f"{self.table.path}: expected the points possible of {self.title!r}; found none")
        return number

    def _is_student(self, row: Sequence[str]) -> bool:
        # Canvas names its Test Student in its own language.
        named = is_test_student("".join(self._plain_names(row)[:1]))
        test = named or _LOGIN_OF_TEST_STUDENT.fullmatch(self._id(row, "sis login id"))
        return bool(self._id(row, "id")) and not (test and not self._id(row, "sis user id"))

    def _id(self, row: Sequence[str], column: str) -> str:
        return super()._id(row, column).removesuffix(".0")  # of programs that count with it

    def _closed(self, row: Sequence[str]) -> str:
        if problem := super()._closed(row):
            return problem
        cell = row[self.column]
        known = cell.upper() in _NO_GRADE or self.table.number(cell) is not None
        return "" if known else f"already has {cell!r}, which is not a number"

    def _kept(self) -> list[int]:
        return [at for at, h in enumerate(self.table.header) if h.casefold() in {*_KEPT, "section"}]

    def _first_rows(self, kept: Sequence[int]) -> list[list[str]]:
        name = next(at for at in kept if self.table.header[at].casefold() in {"student", "lastname"})
        row = {name: "    Points Possible", self.column: cells.points(self.possible)}
        return [[row.get(at, "") for at in kept]]
