"""A table of grades that a course system exports and imports: whose rows are whose, and what is written into them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from autograder.courses.people import Submitter
from autograder.courses.tables import Table, is_shortened, shortened
from autograder.model.errors import UsageError
from autograder.model.people import Student, plain_name, plain_names
from autograder.report import table as cells

EXCUSED = "EX"


class Gradebook(ABC):
    """A gradebook, and its column for this assignment.

    Only a column that is there is written, and only rows that have a grade: a system makes a new column of a title
    that it does not know, and takes a blank for a change.

    Args:
        table: as the system exported it.
        titles: names that the assignment may have in the system.

    Raises:
        UsageError: it has not exactly one column for the assignment, or no points are possible there.

    """

    system: ClassVar[str]
    """The course system's name."""
    ids: ClassVar[tuple[str, ...]]
    """Its columns that name a student, the most reliable first, in lower case."""
    own_number: ClassVar[str] = ""
    """The one of them that holds the number by which an export names a student; empty where none does."""
    names: ClassVar[tuple[tuple[str, ...], ...]]
    """Columns that make up a name, the last name first where there are two, in lower case; the first that are there."""

    def __init__(self, table: Table, titles: Iterable[str]) -> None:
        self.table = table
        self.at = {name.casefold(): at for at, name in reversed(list(enumerate(table.header)))}
        self.column = self._column([*titles])
        self.title = table.header[self.column]
        students = self._once([at for at, row in enumerate(table.rows) if self._is_student(row)])
        self.rows = [table.rows[at] for at in students]
        self.raw = [table.raw[at] for at in students]
        self.possible = self._possible()
        if self.possible <= 0:
            raise UsageError(
                f"{table.path}: {self.title!r} has {self.possible:g} points possible, so every grade would be 0; "
                f"set its points in {self.system} and export again"
            )
        self._named: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for number, row in enumerate(self.rows):
            for column in self.ids:
                if cell := self._id(row, column):
                    self._named[column][cell].add(number)
            for name in self._plain_names(row):
                self._named["name"][name].add(number)

    @classmethod
    @abstractmethod
    def fits(cls, table: Table) -> bool:
        """Whether a table is this system's, by the names of its columns or, in other languages, by what they hold."""

    @abstractmethod
    def _column(self, titles: Sequence[str]) -> int:
        """The place of the column of grades."""

    @abstractmethod
    def _possible(self) -> float:
        """The points that the system gives for all of the assignment."""

    @abstractmethod
    def _kept(self) -> list[int]:
        """The places of the columns that are written beside the grades; the column of grades may be among them."""

    def _cell(self, at: int, column: int) -> str | None:
        """What is written into a cell beside the grade; None where the column is to be left out because of it."""
        return cells.harmless(self.rows[at][column])

    def _is_student(self, row: Sequence[str]) -> bool:
        return any(self._id(row, column) for column in self.ids)

    def _once(self, places: Sequence[int]) -> list[int]:
        """The places of rows without those that repeat one: where tables of sections were joined, some are in both.

        Raises:
            UsageError: an id is shortened, so that it may be several students'.

        """
        chosen: dict[tuple[str, ...], int] = {}
        others = []
        for at in places:
            row = self.table.rows[at]
            ids = tuple(self._id(row, column) for column in self.ids)
            if cell := next(filter(is_shortened, ids), None):
                raise UsageError(f"{self.table.path}, line {self.table.lines[at]}: {shortened(cell)}")
            first = self.table.rows[chosen.setdefault(ids, at)]
            if row[self.column] and not first[self.column]:
                chosen[ids] = at
            elif row[self.column] not in {"", first[self.column]}:
                others.append(at)
        return sorted([*chosen.values(), *others])

    def _first_rows(self, kept: Sequence[int]) -> list[list[str]]:  # noqa: ARG002
        """Rows that follow the header."""
        return []

    def _id(self, row: Sequence[str], column: str) -> str:
        return row[self.at[column]].casefold() if column in self.at else ""

    def _name_cells(self, row: Sequence[str]) -> list[str]:
        columns = next((c for c in self.names if all(x in self.at for x in c)), ())
        return [row[self.at[c]] for c in columns]

    def _plain_names(self, row: Sequence[str]) -> tuple[str, ...]:
        several = self._name_cells(row)
        return plain_names(" ".join(several), *several) if len(several) > 1 else plain_names("".join(several))

    def match(self, submitters: Iterable[Submitter]) -> tuple[dict[int, Submitter], list[str]]:
        """Row -> whose it is, and what could not be matched, a line each; nothing that is unclear is matched."""
        found: dict[int, list[Submitter]] = defaultdict(list)
        problems = []
        for submitter in submitters:
            rows = self._candidates(submitter.student)
            if len(rows) == 1:
                found[min(rows)].append(submitter)
            else:
                names = " or ".join(self.name_of(at) for at in sorted(rows))
                why = f"could be {names}" if rows else "matches no row"
                problems.append(f"{submitter.submission}: {why} of the gradebook; left out")
        matched = {}
        for at, several in sorted(found.items()):
            ids = list(dict.fromkeys(s.submission for s in several))
            if len(ids) > 1:
                problems.append(f"{self.name_of(at)}: {len(ids)} submissions ({', '.join(ids)}); left out")
            elif problem := self._closed(self.rows[at]):
                problems.append(f"{self.name_of(at)}: {problem}; left out")
            elif typed := several[0].typed:
                problems.append(f"{self.name_of(at)}: {typed}, for a person to look at; left out")
            else:
                matched[at] = several[0]
        return matched, problems

    def _closed(self, row: Sequence[str]) -> str:
        """Why no grade may be written into a row, or nothing."""
        return "excused" if row[self.column].upper() == EXCUSED else ""

    def _candidates(self, student: Student) -> set[int]:
        """The rows that may be this student's: by the system's own number, else by any other, else by name."""
        numbers = self._named[self.own_number] if self.own_number else {}
        if student.system == self.system and (rows := numbers.get(student.number.casefold())):
            return rows
        # A number of this system, or of another one, may be somebody else's number at the university.
        ids = [i.casefold() for i in student.common_ids]
        others = [self._named[column] for column in self.ids if column != self.own_number]
        rows = set().union(*(named.get(i, set()) for named in others for i in ids))
        unsure = [student.number.casefold()] if student.number and not student.system else []
        rows |= {at for i in (*ids, *unsure) for at in numbers.get(i, set()) if self._may_be_called(at, student.name)}
        return rows or set().union(*(self._named["name"].get(name, set()) for name in student.plain))

    def _may_be_called(self, at: int, name: str) -> bool:
        """Whether the student of a row may have this name: one of the two is unknown, or they share a word."""
        there = " ".join(self._name_cells(self.rows[at]))
        there += f" {there.encode('ascii', 'ignore').decode()}"  # as in the names of a quiz of Canvas
        words, others = (set(re.findall(r"\w+", text.casefold())) for text in (name, there))
        return not (words and others) or bool(words & others)

    def name_of(self, at: int) -> str:
        """What to call the student of a row in a message."""
        row = self.rows[at]
        numbers = [f"{self.table.header[self.at[c]]} {row[self.at[c]]}" for c in self.ids if self._id(row, c)]
        return f"{', '.join(filter(None, self._name_cells(row)))} ({numbers[0]})"

    def without_lower_grades(self, grades: Mapping[int, float], points: float) -> tuple[dict[int, float], list[str]]:
        """The grades that lower no grade of the gradebook, and a line for each of the others."""
        higher = {}
        for at, score in grades.items():
            there = self.table.number(self.rows[at][self.column])
            if there is not None and there > round(score * self.possible / points, 2):
                higher[at] = (
                    f"{self.name_of(at)}: has {there:g} already, more than {score * self.possible / points:.2f}"
                )
        return {at: s for at, s in grades.items() if at not in higher}, [f"{h}; left out" for h in higher.values()]

    def write(self, grades: Mapping[int, float], points: float) -> str:
        """The CSV file to import: the rows with a grade, scaled from ``points`` to what the system gives for all."""
        kept = [c for c in self._kept() if c == self.column or all(self._cell(at, c) is not None for at in grades)]
        columns = kept if self.column in kept else [*kept, self.column]
        rows = [[self.table.header[c] for c in columns], *self._first_rows(columns)]
        for at, score in sorted(grades.items()):
            grade = f"{score * self.possible / points:.2f}"
            rows.append([grade if c == self.column else self._cell(at, c) or "" for c in columns])
        return cells.csv_text(rows)


def titled(table: Table, known: Mapping[int, str], titles: Iterable[str]) -> int:
    """The place of the one column whose title is the assignment's.

    Args:
        table: the gradebook.
        known: the place of each column of grades -> its title there.
        titles: names that the assignment may have.

    Raises:
        UsageError: there is none, or there are several.

    """
    wanted = {plain_name(re.sub("_", "", t)) for t in titles} | set(titles)
    found = [
        at
        for at, title in known.items()
        if title in wanted or table.header[at] in wanted or plain_name(title.replace("_", "")) in wanted
    ]
    if len(found) == 1:
        return found[0]
    shown = ", ".join(table.header[at] for at in found or known)
    raise UsageError(
        f"{table.path}: expected one column for this assignment; found {shown or 'no assignments'}; "
        "name it with --column"
    )
