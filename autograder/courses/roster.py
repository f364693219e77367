"""The list of a class, whoever wrote it: Canvas, Gradescope, Moodle, GitHub Classroom, the registrar."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.courses.tables import read_table
from autograder.model.errors import UsageError
from autograder.model.people import Student, SubmissionMetadata, plain_name, plain_names

_IDS = (
    *("id", "canvas id", "student id", "sis user id", "sid", "sis id", "sis login id", "login", "login id"),
    *("id number", "student number", "matriculation number", "matrikelnummer", "id nummer", "org defined id"),
    *("orgdefinedid", "netid", "net id", "uni id", "username", "user name", "user id", "benutzername", "anmeldename"),
    *("email", "e mail", "mail", "email address", "e mail address", "e mail adresse"),
    *("identifier", "roster identifier", "github username", "github login", "submission"),
)
"""Columns that name a student, the best first."""
_NAMES = ("name", "student", "full name", "student name", "display name", "vollständiger name")
_FIRST = ("first name", "firstname", "given name", "forename", "vorname")
_LAST = ("last name", "lastname", "surname", "family name", "nachname")
_GROUPS = ("group", "group name", "team", "gruppe")
_SECTIONS = ("section", "sections", "section name", "class section")
_ROLES = ("role", "roles", "rolle", "course role", "enrollment role")
_STAFF = frozenset(
    {
        *(
            "instructor",
            "teacher",
            "ta",
            "assistant",
            "reader",
            "designer",
            "observer",
            "admin",
            "administrator",
            "grader",
        ),
        *("tutor", "staff", "manager", "lecturer", "professor", "owner", "facilitator", "editingteacher"),
        *(
            "teacherenrollment",
            "taenrollment",
            "designerenrollment",
            "observerenrollment",
            "dozent",
            "dozentin",
            "trainer",
        ),
    }
)
_TEST_STUDENT = ("studenttest", "teststudent")


def read_roster(path: Path) -> list[Student]:
    """Every student of the class; who has the role of staff is none, nor is Canvas' test student.

    The header names the columns: at least one of ``id, student id, sid, login, username, NetID, email, ...``, and
    where there are such, ``name`` (or ``student``, or ``first name`` and ``last name``), ``group``, ``section`` and
    ``role``. A student who stands in several sections is one.

    Raises:
        UsageError: it cannot be read, names no such column, or holds a student twice.

    """
    table = read_table(path)
    header = [" ".join(re.split(r"[\W_]+", cell.casefold())).strip() for cell in table.header]
    if not set(_IDS) & set(header):
        raise UsageError(f"{path}: expected a column such as id, sid or email; found {', '.join(header)}")
    students: dict[str, Student] = {}
    lines: dict[str, int] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        cells = {column: cell for column, cell in zip(header, row, strict=False) if cell}
        student = _student(cells, canvas="sis user id" in header)
        if student is None:
            continue
        key = student.ids[0].casefold()
        if key in students and not _same_person(students[key], student):
            raise UsageError(f"{path}, line {line}: {student.ids[0]} stands in line {lines[key]} already")
        students[key] = _merged(students[key], student) if key in students else student
        lines.setdefault(key, line)
    if not students:
        raise UsageError(f"{path}: expected a line for each student; found none")
    return list(students.values())


def _student(cells: Mapping[str, str], *, canvas: bool) -> Student | None:
    """The student of a line, of a gradebook of Canvas or another list; None where it is of staff, or of nobody."""
    ids = tuple(cells[c] for c in _IDS if c in cells)
    if not ids:  # the line of points in a gradebook of Canvas
        return None
    if set(re.split(r"\W+", _cell(cells, _ROLES).casefold())) & _STAFF:
        return None
    last, first = _cell(cells, _LAST), _cell(cells, _FIRST)
    name = _cell(cells, _NAMES) or " ".join(filter(None, (first, last)))
    if canvas and plain_name(name) in _TEST_STUDENT and "sis user id" not in cells:
        return None
    # A gradebook of Canvas, which calls its own number ID, is a roster too.
    number = cells.get("canvas id") or (cells.get("id", "") if canvas else "")
    return Student(
        (*ids, *plain_names(name, last, first)),
        name,
        _cell(cells, _GROUPS),
        _cell(cells, _SECTIONS),
        *(("Canvas", number) if number else ()),
    )


def _cell(cells: Mapping[str, str], columns: Iterable[str]) -> str:
    return next((cells[c] for c in columns if c in cells), "")


def _same_person(one: Student, other: Student) -> bool:
    return one.section != other.section and not (one.name and other.name and one.name != other.name)


def _merged(one: Student, other: Student) -> Student:
    sections = dict.fromkeys([*one.section.split(", "), *other.section.split(", ")])
    return replace(
        one,
        ids=tuple(dict.fromkeys([*one.ids, *other.ids])),
        name=one.name or other.name,
        group=one.group or other.group,
        section=", ".join(filter(None, sections)),
    )


class Matcher:
    """Finds the student that another list means, by what both call them; what could mean two means nobody."""

    def __init__(self, students: Sequence[Student]) -> None:
        self.students = students
        named: dict[str, set[int]] = defaultdict(set)
        for at, student in enumerate(students):
            for identity in student.ids:
                named[identity.casefold()].add(at)
        self._named = named

    def of(self, ids: Iterable[str]) -> int | None:
        """The place of the student with one of these ids, the first one that names exactly one; None: nobody."""
        for identity in ids:
            found = self._named.get(identity.casefold(), set())
            if len(found) == 1:
                return next(iter(found))
        return None

    def members(self, group: str) -> list[int]:
        """The places of a group's members."""
        wanted = plain_name(group)
        return [at for at, s in enumerate(self.students) if wanted and s.group and plain_name(s.group) == wanted]


def places(matcher: Matcher, identity: str, metadata: SubmissionMetadata | None) -> list[int]:
    """The places in the roster of all whose submission this is; its id counts where no system says more."""
    if metadata is None or not metadata.students:
        at = matcher.of([identity])
        return [] if at is None else [at]
    found: dict[int, None] = {}
    for student in metadata.students:
        at = matcher.of(student.ids)
        found |= dict.fromkeys([*([] if at is None else [at]), *matcher.members(student.name)])
    return list(found)
