"""The grades of a class as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.model.people import printable
from autograder.model.result import SubmissionResult
from autograder.model.status import Status

MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of ``grades.csv``: a submission, or one student of a submission.

    Attributes:
        submission: its id.
        score: points earned; None where there is no score, which is not a zero.
        max_score: points of the assignment.
        status: what became of it.
        scores: points by question, in the assignment's order; empty where there is no score.
        student: the first of the student's ids.
        name: the student's name.
        late: how late, in words, or empty.
        penalty: points that being late costs.
        final: the score less the penalty; None where there is no score or the student is excused.
        section: the student's section.
        written: points of written questions, which a person judges; None where there are none.
        excused: whether the student is excused: no final grade, which is not a zero.
        comment: of course staff, for the student.
        override: decision of course staff that overrides the checks: what, who and why.

    """

    submission: str
    score: float | None
    max_score: float
    status: Status
    scores: tuple[float, ...] = ()
    student: str = ""
    name: str = ""
    late: str = ""
    penalty: float | None = None
    final: float | None = None
    section: str = ""
    written: float | None = None
    excused: bool = False
    comment: str = ""
    override: str = ""


def row(result: SubmissionResult) -> Row:
    """One submission's row."""
    if not result.judged:
        return Row(result.id, None, result.points, result.status)
    scores = tuple(q.score for q in result.questions)
    return Row(result.id, result.score, result.points, result.status, scores)


def header(questions: Sequence[str]) -> tuple[str, ...]:
    """Column names of ``grades.csv``, those of the students left out."""
    return ("submission", "score", "max_score", "status", *questions)


def cells(row: Row, questions: int, columns: Sequence[str] = ()) -> tuple[str, ...]:
    """A row as the text of its cells.

    Args:
        row: the row.
        questions: how many there are.
        columns: further fields of the row, by name.

    """
    return (
        harmless(row.submission),
        _number(row.score),
        points(row.max_score),
        harmless(row.status.words),
        *(map(points, row.scores) if row.score is not None else ("" for _ in range(questions))),
        *(_cell(getattr(row, column)) for column in columns),
    )


def _cell(value: str | float | None) -> str:
    return harmless(value) if isinstance(value, str) else _number(value)


def _number(value: float | None) -> str:
    return "" if value is None else points(value)


def points(value: float) -> str:
    """Points with as many decimals as they need."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows as text, never runs as a formula (OWASP, CSV injection)."""
    # A file's name need not be UTF-8; the table is.
    flat = printable(cell.encode("utf-8", "backslashreplace").decode("utf-8"))
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@")) and flat != "-" else flat


def write(questions: Sequence[str], rows: Iterable[Row], columns: Sequence[str] = ()) -> str:
    """The text of ``grades.csv``, sorted by submission; ``columns`` follow those of the questions."""
    found = sorted(cells(row, len(questions), columns) for row in rows)
    return csv_text([(*header(questions), *columns), *found], "\n", mark=True)


def csv_text(rows: Iterable[Sequence[str]], ending: str = "\r\n", *, mark: bool = False) -> str:
    """Rows as the text of a CSV file.

    Args:
        rows: cells that are :func:`harmless`.
        ending: of each line.
        mark: a byte order mark, without which Excel and Word misread letters that are not English. Programs that import
            a table may take it for a part of the first column's name.

    """
    out = io.StringIO()
    csv.writer(out, lineterminator=ending).writerows(rows)
    return MARK + out.getvalue() if mark else out.getvalue()
