"""The grades of a class as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from autograder.model.result import SubmissionResult

Row = tuple[str, ...]


def header(questions: Sequence[str]) -> Row:
    """Column names of ``grades.csv``."""
    return ("submission", "score", "max_score", "status", *questions)


def row(result: SubmissionResult) -> Row:
    """One submission's row; a submission that was not graded has no numbers, which is not a zero."""
    if not result.judged:
        return (
            harmless(result.id),
            "",
            points(result.points),
            harmless(result.status),
            *("" for _ in result.questions),
        )
    return (
        harmless(result.id),
        points(result.score),
        points(result.points),
        harmless(result.status),
        *(points(q.score) for q in result.questions),
    )


def points(value: float) -> str:
    """Points with as many decimals as they need."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows as text, never runs as a formula (OWASP, CSV injection)."""
    # A file's name need not be UTF-8; the table is.
    flat = " ".join(cell.encode("utf-8", "backslashreplace").decode("utf-8").split())
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@")) else flat


def write(questions: Sequence[str], rows: Iterable[Row], columns: Sequence[str] = ()) -> str:
    """The text of ``grades.csv``, sorted by submission; ``columns`` follow those of the questions."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*header(questions), *columns))
    writer.writerows(sorted(rows))
    return out.getvalue()
