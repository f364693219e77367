"""Files for a course system or a mail program to import: grades and feedback pages."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.courses.gradebook import Gradebook
from autograder.courses.people import Grade, Submitter
from autograder.model.errors import UsageError
from autograder.model.people import Student
from autograder.report.files import as_table
from autograder.report.table import csv_text, harmless, points

_NOT_UTF_8 = re.compile("[\ud800-\udfff]")
GRADES = "students.json"
"""In the output folder: the grade of each student, with what systems call them."""


@dataclass(frozen=True, slots=True)
class ClassExport:
    """A graded class, to be exported.

    Attributes:
        titles: names that the assignment may have in a course system.
        grades: of every student who handed something in, was given a score or is excused.

    """

    titles: tuple[str, ...]
    grades: tuple[Grade, ...]


def as_text(graded: ClassExport) -> str:
    """The class as ASCII, to read again with :func:`read_class`: names of files need not be UTF-8."""
    return json.dumps(as_table(graded), indent=1) + "\n"


def read_class(folder: Path) -> ClassExport:
    """The class that was graded into a folder.

    Raises:
        UsageError: the folder holds no grades of a class, or they cannot be read.

    """
    path = folder / GRADES
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return ClassExport(tuple(found["titles"]), tuple(_grade(entry) for entry in found["grades"]))
    except FileNotFoundError:
        raise UsageError(f"{folder}: expected the output folder of a grading; found no {GRADES}") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(f"{path}: expected the grades of a class; found {type(error).__name__}: {error}") from error


def _grade(entry: dict[str, Any]) -> Grade:
    student = entry.pop("student")
    return Grade(Student(**{**student, "ids": tuple(student["ids"]), "plain": tuple(student["plain"])}), **entry)


@dataclass(frozen=True, slots=True)
class FilledGradebook:
    """A gradebook with the grades filled in.

    Attributes:
        text: the CSV file to import.
        grades: how many it holds.
        unmatched: a line on each student whose row is not clear.
        without_grade: a line on each student whose row is clear, and who is excused or has no score.
        lower: a line on each student who has a higher grade there.

    """

    text: str
    grades: int
    unmatched: tuple[str, ...]
    without_grade: tuple[str, ...]
    lower: tuple[str, ...]


def fill(gradebook: Gradebook, grades: Sequence[Grade]) -> FilledGradebook:
    """Fill in a gradebook: who has no score, is not clear, or has more already, is left out."""
    matched, unmatched = gradebook.match(Submitter(g.student, g.submission, g.typed) for g in grades)
    # By student, too: course staff may have decided on one of a group.
    of_student = {(g.submission, g.student): g for g in grades}
    of_all = max((g.max_score for g in grades), default=1.0)
    of_row = {at: of_student[s.submission, s.student] for at, s in matched.items()}
    known = {at: g.final for at, g in of_row.items() if g.final is not None}
    without = [
        f"{gradebook.name_of(at)}: {'excused' if g.excused else g.status}; left out"
        for at, g in of_row.items()
        if g.final is None
    ]
    raised, lower = gradebook.without_lower_grades(known, of_all)
    text = gradebook.write(raised, of_all)
    return FilledGradebook(text, len(raised), tuple(unmatched), tuple(without), tuple(lower))


def feedback_zip(grades: Sequence[Grade], system: str, pages: Path) -> tuple[bytes, int] | None:
    """The pages of all who have a score under the names that a course system takes as feedback, and how many.

    None where the class did not come from an export of that system, or the system takes no feedback.

    Args:
        grades: of the class.
        system: its name.
        pages: the folder of the students' pages, ``<submission>.html``.

    Raises:
        UsageError: there are no pages.

    """
    ours = [g for g in grades if g.system.casefold() == system.casefold() and g.score is not None]
    named = {g.feedback: g.submission for g in ours if g.feedback}
    if not named:
        return None
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, submission in sorted(named.items()):
            page = pages / f"{submission}.html"
            try:
                # Systems go by the numbers in the name; a zip holds no name that is not UTF-8.
                archive.writestr(_NOT_UTF_8.sub("\N{REPLACEMENT CHARACTER}", name), page.read_bytes())
            except OSError as error:
                why = f"cannot be read ({error.strerror}); write the pages with `autograder report`"
                raise UsageError(f"{page}: {why}") from error
    return out.getvalue(), len(named)


def gradescope_table(grades: Sequence[Grade]) -> str:
    """A CSV file with the columns of the one that Gradescope gives as "download grades"."""
    header = ["First Name", "Last Name", "SID", "Email", "Total Score", "Max Points", "Status", "Submission ID"]
    rows = []
    for g in grades:
        first, last = _first_and_last(g.student.name)
        total = "" if g.final is None else points(g.final)
        status = "Graded" if g.final is not None else "Ungraded"
        rows.append(
            [first, last, _sid(g.student), mail_of(g.student), total, points(g.max_score), status, g.submission]
        )
    return csv_text([header, *map(_harmless, rows)])


def mail_merge(grades: Sequence[Grade]) -> str:
    """A CSV file for a mail program: a letter for each student, with the page to attach."""
    header = [
        "name",
        "first_name",
        "email",
        "submission",
        "score",
        "final",
        "max_score",
        "status",
        "late",
        "attachment",
    ]
    rows = []
    for g in grades:
        score, final = ("" if x is None else points(x) for x in (g.score, g.final))
        first, _ = _first_and_last(g.student.name)
        who = [g.student.name, first, mail_of(g.student), g.submission]
        rows.append([*who, score, final, points(g.max_score), g.status, g.late, f"feedback/{g.submission}.html"])
    return csv_text([header, *map(_harmless, rows)], mark=True)


TABLES: Mapping[str, Callable[[Sequence[Grade]], str]] = {"gradescope": gradescope_table, "mail": mail_merge}
"""Tables that need no gradebook of the system, by name."""


def mail_of(student: Student) -> str:
    """The e-mail address of a student, where one is known, or nothing."""
    return next((i for i in student.ids if "@" in i), "")


def _sid(student: Student) -> str:
    return next((i for i in student.common_ids if "@" not in i), "")


def _first_and_last(name: str) -> tuple[str, str]:
    if "," in name:
        last, _, first = name.partition(",")
        return first.strip(), last.strip()
    first, _, last = name.rpartition(" ")
    return (first, last) if first else (last, "")


def _harmless(row: Sequence[str]) -> list[str]:
    return [harmless(cell) for cell in row]
