"""Grades for Canvas' gradebook import, row by row against a gradebook that Canvas exported.

Canvas makes a new column of an assignment that it does not know and takes a blank for a change, so only a column that
is there is written, and only rows that have a grade.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from autograder.courses.people import Share
from autograder.courses.roster import plain_names, read_table
from autograder.model.errors import UsageError
from autograder.model.people import Student, plain_name
from autograder.report import table

_KEPT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_IDS = ("ID", "SIS User ID", "SIS Login ID")
_TITLED = re.compile(r"(?P<title>.+) \(\d+\)")
_POSSIBLE = "points possible"
EXCUSED = "EX"


class Gradebook:
    """An exported gradebook, and its column for this assignment.

    Args:
        path: the CSV file.
        titles: names that the assignment may have in Canvas.

    Raises:
        UsageError: it is no gradebook, or has not exactly one column for the assignment.

    """

    def __init__(self, path: Path, titles: Iterable[str]) -> None:
        header, *rows = read_table(path)
        if missing := [c for c in ("Student", "ID", "Section") if c not in header]:
            raise UsageError(
                f"{path}: expected a gradebook exported from Canvas (Student, ID, Section, ...); {', '.join(missing)} "
                "is missing"
            )
        width = len(header)
        self._at = {name: header.index(name) for name in _KEPT if name in header}
        self.title = _column(path, header, titles)
        self._column = header.index(self.title)
        rows = [[*row, *[""] * (width - len(row))] for row in rows]
        self._rows = [row for row in rows if row[self._at["ID"]].strip()]
        possible = [r[self._column].strip() for r in rows if r[0].strip().casefold() == _POSSIBLE]
        try:
            self.possible = float(possible[0])
        except (IndexError, ValueError):
            raise UsageError(f"{path}: expected the points possible of {self.title!r}; found none") from None
        self._named: dict[str, dict[str, set[int]]] = {c: defaultdict(set) for c in (*_IDS, "Student")}
        for at, row in enumerate(self._rows):
            for column in self._at:
                if column in _IDS and row[self._at[column]].strip():
                    self._named[column][row[self._at[column]].strip().casefold()].add(at)
            for name in plain_names(row[self._at["Student"]]):
                self._named["Student"][name].add(at)

    def match(self, shares: Iterable[Share]) -> tuple[dict[int, str], list[str]]:
        """Row -> submission, and what could not be matched, a line each; nothing that is unclear is matched."""
        found: dict[int, list[Share]] = defaultdict(list)
        problems = []
        for share in shares:
            rows = self._candidates(share.student)
            if len(rows) == 1:
                found[min(rows)].append(share)
            else:
                names = " or ".join(self._name(at) for at in sorted(rows))
                why = f"could be {names}" if rows else "matches no row"
                problems.append(f"{share.submission}: {why} of the gradebook; left out")
        matched = {}
        for at, several in sorted(found.items()):
            ids = list(dict.fromkeys(s.submission for s in several))
            if len(ids) > 1:
                problems.append(f"{self._name(at)}: {len(ids)} submissions ({', '.join(ids)}); left out")
            elif self._rows[at][self._column].strip().upper() == EXCUSED:
                problems.append(f"{self._name(at)}: excused; left out")
            elif typed := several[0].typed:
                problems.append(f"{self._name(at)}: {typed}, for a person to look at; left out")
            else:
                matched[at] = ids[0]
        return matched, problems

    def _candidates(self, student: Student) -> set[int]:
        """The rows that may be this student's: by Canvas' own number, else by any other, else by name."""
        if student.canvas and (rows := self._named["ID"].get(student.canvas.casefold())):
            return rows
        ids = [i.casefold() for i in student.ids]
        rows = set().union(*(self._named[column].get(i, set()) for column in _IDS for i in ids))
        if rows:
            return rows
        names = {*plain_names(student.name), *map(plain_name, student.ids)}
        return set().union(*(self._named["Student"].get(name, set()) for name in names))

    def _name(self, at: int) -> str:
        row = self._rows[at]
        return f"{row[self._at['Student']].strip()} (ID {row[self._at['ID']].strip()})"

    def write(self, grades: Mapping[int, float], points: float) -> str:
        """The CSV file to import: the rows with a grade, scaled from ``points`` to what Canvas gives for all."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        kept = [c for c in _KEPT if c in self._at]
        writer.writerow([*kept, self.title])
        writer.writerow(["    Points Possible", *[""] * (len(kept) - 1), table.points(self.possible)])
        for at, score in sorted(grades.items()):
            cells = [table.harmless(self._rows[at][self._at[c]]) for c in kept]
            writer.writerow([*cells, f"{score * self.possible / points:.2f}"])
        return out.getvalue()


def _column(path: Path, header: Sequence[str], titles: Iterable[str]) -> str:
    wanted = {plain_name(re.sub("_", "", t)) for t in titles} | set(titles)
    known = {h: m["title"] for h in header if (m := _TITLED.fullmatch(h.strip()))}
    found = [h for h, title in known.items() if h in wanted or plain_name(title.replace("_", "")) in wanted]
    if len(found) == 1:
        return found[0]
    raise UsageError(
        f"{path}: expected one column for this assignment; found {', '.join(found or known) or 'no assignments'}; "
        "name it with --canvas-assignment"
    )
