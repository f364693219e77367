"""Decisions of course staff that override the checks: ``overrides.csv`` in the output folder, which no command writes.

    student,question,score,points,extension,excused,comment,by,reason
    ada,sigmoid,3.5,,,,,Prof. Hopper,asked for a second look
    bob,,,,2 days,,,Prof. Hopper,ill
    cyd,essay,8,10,,,Well argued.,T. Assistant,written question

``student`` is an id of the submission, for all of a group, or of one student. A score without a question is that of the
whole submission; a question that the checks do not know is a written one, whose ``points`` say what it is worth.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from autograder.courses.tables import Table, read_table
from autograder.model.errors import UsageError
from autograder.model.people import Student, printable
from autograder.report.table import Row, points

FILE = "overrides.csv"
_WHO = ("student", "submission")
_COLUMNS = ("question", "score", "points", "extension", "excused", "comment", "by", "reason")
_EXTENSION = re.compile(r"(\d+(?:\.\d+)?) *(day|hour)s?", re.IGNORECASE)
_MOST_DAYS = 3650
"""Of an extension."""
_YES = {"yes": True, "true": True, "1": True, "x": True, "": False, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Override:
    """One row of the file.

    Attributes:
        student: an id of the submission, or of one of its students.
        question: whose score it is, or empty.
        score: points given; None where none are.
        written: what the question is worth where the checks do not know it; None for theirs.
        extension: how much later the work may come.
        excused: whether the student is excused: no final grade, which is not a zero.
        comment: for the student.
        by: who decided.
        reason: why.
        line: of the file.

    """

    student: str
    question: str
    score: float | None
    written: float | None
    extension: timedelta
    excused: bool
    comment: str
    by: str
    reason: str
    line: int


def read_overrides(path: Path, questions: Mapping[str, float]) -> list[Override]:
    """The rows of the file; none where there is no file.

    Args:
        path: of the file.
        questions: points by name.

    Raises:
        UsageError: a row does not say what is meant: names the file and the line.

    """
    if not path.exists():
        return []
    table = read_table(path)
    header = [h.casefold() for h in table.header]
    named = [h for h in header if h]
    who = [h for h in named if h in _WHO]
    if set(named) - {*_WHO, *_COLUMNS} or len(who) != 1 or len(set(named)) < len(named):
        raise UsageError(
            f"{path}, line 1: expected the columns student, {', '.join(_COLUMNS)}; found {', '.join(table.header)}"
        )
    found: list[Override] = []
    for line, cells in zip(table.lines, table.rows, strict=True):
        try:
            found.append(_override(table, _by_column(header, cells), who[0], questions, line))
        except ValueError as error:
            raise UsageError(f"{path}, line {line}: {error}") from None
    return found


def _by_column(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells by the name of their column, in lower case; spreadsheets add columns with neither name nor content."""
    row = dict(zip(header, cells, strict=True))
    for at, (name, cell) in enumerate(zip(header, cells, strict=True), 1):
        if cell and not name:
            raise ValueError(f"expected nothing in column {at}, which has no name; found {cell!r}")
    return row


def _override(table: Table, row: Mapping[str, str], who: str, questions: Mapping[str, float], line: int) -> Override:
    def cell(name: str) -> str:
        return row.get(name, "")

    def number(name: str) -> float | None:
        if not cell(name):
            return None
        value = table.number(cell(name))
        if value is None or not 0 <= value < math.inf:
            raise ValueError(f"expected a number of {name}, 0 or more; found {cell(name)!r}")
        return value

    if not cell(who):
        raise ValueError(f"expected a {who}; found none")
    if not cell("by") or not cell("reason"):
        raise ValueError("expected who decided (by) and why (reason); found an empty cell")
    question, score, written = cell("question"), number("score"), number("points")
    if question and question not in questions and written is None:
        raise ValueError(
            f"expected one of the questions {', '.join(questions)}, or the points of a written one; found {question!r}"
        )
    if written is not None and (not question or question in questions):
        raise ValueError("expected points only of a written question; the others have theirs from the assignment")
    if question and score is None:
        raise ValueError(f"expected a score of {question}; found none")
    most = written if written is not None else questions.get(question, sum(questions.values()))
    if score is not None and score > most and (question or written is not None):
        raise ValueError(f"expected at most {points(most)} points; found {points(score)}")
    match = _EXTENSION.fullmatch(cell("extension"))
    if cell("extension") and not match:
        raise ValueError(f"expected an extension such as '2 days' or '12 hours'; found {cell('extension')!r}")
    days = float(match[1]) / (24 if match[2].lower() == "hour" else 1) if match else 0.0
    if days > _MOST_DAYS:
        raise ValueError(f"expected an extension of at most {_MOST_DAYS} days; found {cell('extension')!r}")
    if cell("excused").casefold() not in _YES:
        raise ValueError(f"expected yes, no or an empty cell under excused; found {cell('excused')!r}")
    excused = _YES[cell("excused").casefold()]
    if score is None and not days and not excused and not cell("comment"):
        raise ValueError("expected a score, an extension, an excuse or a comment; found none")
    by, reason = cell("by"), cell("reason")
    extension, comment = timedelta(days=days), cell("comment")
    return Override(cell(who), question, score, written, extension, excused, comment, by, reason, line)


def _twice(one: Override, other: Override) -> str:
    """What both rows decide, so that only one of them can count; empty where they may stand side by side."""
    if one.score is not None and other.score is not None and one.question == other.question:
        return f"a score in {one.question} for" if one.question else "a total score for"
    return "an extension for" if one.extension and other.extension else ""


def _key(identity: str) -> str:
    """An id for comparison; a file's name may spell a letter with its accent apart (NFD), as macOS does."""
    return printable(unicodedata.normalize("NFC", identity)).casefold()


class Overrides:
    """The overrides of a class, by submission and student.

    Args:
        path: of the file, for messages.
        given: its rows.
        questions: names of the questions in their order.
        known: the id of each submission, with its students; for who handed in nothing, an id of the student.

    Raises:
        UsageError: a row names nobody of the class, or more than one, or decides what another row decides.

    """

    def __init__(
        self,
        path: Path,
        given: Sequence[Override],
        questions: Sequence[str],
        known: Iterable[tuple[str, Sequence[Student]]],
    ) -> None:
        self._questions = list(questions)
        self._of: dict[tuple[str, Student], list[Override]] = defaultdict(list)
        self.written: dict[str, float] = {}
        submissions: dict[str, list[tuple[str, Student]]] = defaultdict(list)
        students: dict[str, list[tuple[str, Student]]] = defaultdict(list)
        for submission, several in known:
            for student in dict.fromkeys(several):
                submissions[_key(submission)].append((submission, student))
                for identity in dict.fromkeys(map(_key, student.ids)):
                    students[identity].append((submission, student))
        for one in given:
            found = submissions.get(_key(one.student)) or students.get(_key(one.student), [])
            ids = list(dict.fromkeys(submission for submission, _ in found))
            if len(ids) != 1:
                what = f"could be {', '.join(ids)}" if ids else "is nobody of this class"
                raise UsageError(f"{path}, line {one.line}: {one.student} {what}; expected an id of a submission")
            for who in found:
                for other in self._of[who]:
                    if what := _twice(one, other):
                        called = f" ({other.student})" if other.student != one.student else ""
                        raise UsageError(
                            f"{path}, line {one.line}: line {other.line}{called} has {what} {one.student} already; "
                            "keep one of the two"
                        )
                self._of[who].append(one)
            if one.written is not None and self.written.setdefault(one.question, one.written) != one.written:
                raise UsageError(
                    f"{path}, line {one.line}: {one.question} is worth {points(self.written[one.question])} points "
                    f"in an earlier line and {points(one.written)} here"
                )

    def __bool__(self) -> bool:
        return bool(self._of)

    def extension(self, submission: str, student: Student) -> timedelta:
        """How much later a student's submission may come."""
        return sum((o.extension for o in self._of.get((submission, student), ())), timedelta(0))

    def without_score(self, question: str, known: Mapping[str, Sequence[Student]]) -> list[str]:
        """Submissions with a student who has no score in a written question, and none of the whole either."""

        def lacks(submission: str, student: Student) -> bool:
            mine = self._of.get((submission, student), ())
            return not any(o.excused or (o.score is not None and o.question in {"", question}) for o in mine)

        return [i for i, students in known.items() if any(lacks(i, s) for s in students)]

    def apply(self, row: Row, student: Student) -> Row:
        """Apply the overrides to a student's row, and add the points of written questions to its maximum."""
        row = replace(row, max_score=row.max_score + sum(self.written.values()))
        mine = self._of.get((row.submission, student), [])
        if not mine:
            return row
        scores = list(row.scores) or [0.0] * len(self._questions)
        written, whole = None, None
        changes = []
        for one in mine:
            what = []
            if one.score is not None and one.question in self._questions:
                at = self._questions.index(one.question)
                what.append(f"{one.question} {points(one.score)} instead of {points(scores[at])}")
                scores[at] = one.score
            elif one.score is not None and one.question:
                what.append(f"{one.question} {points(one.score)} of {points(one.written or 0.0)}")
                written = (written or 0.0) + one.score
            elif one.score is not None:
                what.append(f"score {points(one.score)}")
                whole = one.score
            if one.extension:
                what.append(f"extension of {one.extension.total_seconds() / 3600:g} hours")
            if one.excused:
                what.append("excused")
            changes.append(f"{', '.join(what) or 'comment'} ({one.by}: {one.reason})")
        earned = row.score is not None or any(o.score is not None for o in mine)
        return replace(
            row,
            score=None if not earned else whole if whole is not None else sum(scores) + (written or 0.0),
            scores=tuple(scores) if earned else (),
            written=written,
            excused=any(o.excused for o in mine),
            comment=" ".join(o.comment for o in mine if o.comment),
            override="; ".join(changes),
        )
