"""The list of a class as a CSV file, whoever wrote it: Canvas, Gradescope, the registrar."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.model.errors import UsageError
from autograder.model.people import Student, SubmissionMetadata, plain_name

_IDS = ("id", "canvas id", "student id", "sis user id", "sid", "sis id", "sis login id", "login", "email", "submission")
_NAMES = ("name", "student", "full name")


def read_roster(path: Path) -> list[Student]:
    """Every student of the class.

    A first line names the columns: at least one of ``id, canvas id, student id, sid, login, email, ...``, and
    where there are such, ``name`` (or ``student``, or ``first name`` and ``last name``) and ``group``.

    Raises:
        UsageError: it cannot be read, names no such column, or holds a student twice.

    """
    rows = read_table(path)
    header = [re.sub(r"[\s_]+", " ", cell).strip().casefold() for cell in rows[0]]
    if not set(_IDS) & set(header):
        raise UsageError(f"{path}: expected a column such as id, sid or email; found {', '.join(header)}")
    students = []
    first: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = {column: cell.strip() for column, cell in zip(header, row, strict=False)}
        ids = tuple(cells[c] for c in _IDS if cells.get(c))
        if not ids:  # the line of points in a gradebook of Canvas, and its test student
            continue
        name = next((cells[c] for c in _NAMES if cells.get(c)), "")
        name = name or " ".join(cells[c] for c in ("first name", "last name") if cells.get(c))
        if ids[0].casefold() in first:
            raise UsageError(f"{path}, line {number}: {ids[0]} stands in line {first[ids[0].casefold()]} already")
        first[ids[0].casefold()] = number
        # A gradebook of Canvas, which calls its own number ID, is a roster too.
        canvas = cells.get("canvas id") or (cells.get("id", "") if "sis user id" in header else "")
        given = (cells.get("last name", ""), cells.get("first name", ""))
        students.append(Student((*ids, *plain_names(name, *given)), name, cells.get("group", ""), canvas))
    if not students:
        raise UsageError(f"{path}: expected a line for each student; found none")
    return students


def read_table(path: Path) -> list[list[str]]:
    """The rows of a CSV file, separated by commas or semicolons; the first one is its header.

    Raises:
        UsageError: it cannot be read, or is empty.

    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        byte = error.object[error.start : error.start + 1].hex()
        raise UsageError(f"{path}: expected UTF-8 text; found the byte 0x{byte}: save it as UTF-8") from None
    first = text.partition("\n")[0]
    separator = ";" if ";" in first and "," not in first else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UsageError(f"{path}: expected a CSV table; {error}") from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise UsageError(f"{path}: expected a CSV table; found an empty file")
    return rows


def plain_names(name: str, last: str = "", first: str = "") -> tuple[str, ...]:
    """The names under which Canvas may have filed a student: it writes "Lovelace, Ada" as lovelaceada."""
    head, _, tail = name.rpartition(" ")
    several = (plain_name(name), plain_name(f"{tail} {head}"), plain_name(f"{last} {first}"))
    return tuple(dict.fromkeys(n for n in several if n))


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
