"""Self-contained pages: style, script and pictures are inside, nothing is loaded."""

from __future__ import annotations

import base64
import hashlib
import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.model.errors import Fault
from autograder.model.result import PropertyResult, QuestionResult, SubmissionResult, Verdict
from autograder.report import figures
from autograder.report.columns import Columns
from autograder.report.listing import listing
from autograder.report.roll import Roll
from autograder.report.similarity import Pair, clusters
from autograder.report.summary import Summary
from autograder.report.table import Row, points
from autograder.wording import statements, text
from autograder.wording.statements import CODE, stand_in_note

TEMPLATES = Path(__file__).parent / "templates"
SLOWEST = 10
MOST_NAMES = 12
"""Students with a misconception who are listed at once; the others are folded."""
LOW = 0.2
"""A discrimination below this is worth a look: the usual rule of thumb of item analysis (Ebel, 1954)."""


_NOBODY = Roll()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"points": points, "href": href}
    environment.globals |= {"script": _asset("script.js"), "style": _asset("style.css")}
    environment.globals["script_hash"] = base64.b64encode(
        hashlib.sha256(str(_asset("script.js")).encode()).digest(),
    ).decode()
    return environment


@cache
def _asset(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704  (a file of ours)


def href(identity: str, folder: str = "feedback") -> str:
    """The address of a student's page, seen from the class page; file names need not be UTF-8."""
    return f"{folder}/{quote(f'{identity}.html', safe='', errors='surrogateescape')}"


def student_page(result: SubmissionResult, rows: Sequence[Row] = (), roll: Roll = _NOBODY) -> str:
    """The page of one student, without inputs of hidden properties.

    Args:
        result: of the submission.
        rows: of its students.
        roll: when and by which checks the class was graded.

    """
    return _text(
        "student.html",
        result=result,
        rows=rows,
        roll=roll,
        questions=[_question(q) for q in result.questions],
        score=points(result.score) if result.judged else "",
        total=points(result.points),
    )


def _question(q: QuestionResult) -> dict[str, Any]:
    return {
        "name": q.name,
        "score": points(q.score),
        "points": points(q.points),
        "state": _state(q),
        "mistakes": [(statements.mistake(d), d.hint) for d in q.diagnoses],
        "passed": [p for p in q.properties if p.earned],
        "failed": [_property(q, *group) for group in statements.by_cause(q)],
        "unwritten": _unwritten(q),
    }


def _state(q: QuestionResult) -> str:
    if all(p.verdict is Verdict.NOT_JUDGED for p in q.properties):
        return "not judged"
    if _unwritten(q):
        return "not written yet"
    if statements.not_run(q):
        return statements.NOT_RUN
    if q.score == q.points:
        return stand_in_note(q) or "right"
    return stand_in_note(q) or ("partly right" if q.score else "wrong")


def _unwritten(q: QuestionResult) -> bool:
    return all(p.reason == Fault.NOT_WRITTEN for p in q.properties)


def _property(q: QuestionResult, p: PropertyResult, *same: PropertyResult) -> dict[str, Any]:
    """One property that did not pass, with those that did not for the very same cause."""
    lines = statements.without_diagnosis(q, p)
    picture = None if p.hidden or p.counterexample is None else figures.comparison(p.counterexample)
    return {
        "title": p.title,
        "points": text.points_text(p.points),
        "reason": statements.reason(q, p),
        "same": [f"{other.title} ({text.points_text(other.points)})" for other in same],
        "hint": next((line.text for line in lines if line.label == "hint"), ""),
        "code": [line for line in lines if line.label in CODE],
        "remarks": [line.text for line in lines if line.label == "remark"],
        "picture": picture,
    }


def code_page(result: SubmissionResult, source: str, rows: Sequence[Row] = ()) -> str:
    """A student's code with the functions marked that fail, for the instructor: hidden counterexamples included.

    Args:
        result: of the submission.
        source: the text of its answer.
        rows: of its students.

    """
    wrong = [q for q in result.questions if q.score < q.points]
    return _text(
        "code.html",
        result=result,
        rows=rows,
        score=points(result.score) if result.judged else "",
        total=points(result.points),
        questions=[_question(_unhidden(q)) for q in wrong],
        listing=listing(source, [q.name for q in wrong]),
    )


def _unhidden(q: QuestionResult) -> QuestionResult:
    return replace(q, properties=tuple(replace(p, hidden=False) for p in q.properties))


def class_page(summary: Summary, roll: Roll = _NOBODY, with_code: Collection[str] = ()) -> str:
    """The page of a class, for the instructor; ``with_code`` are the submissions that have a page with their code."""
    scores = summary.scores
    seconds = [s.seconds for s in summary.students]
    return _text(
        "class.html",
        summary=summary,
        roll=roll,
        with_code=with_code,
        rows=roll.by_submission,
        named=any(row.name for row in roll.rows),
        late=any(row.late for row in roll.rows),
        charged=any(row.penalty or row.override for row in roll.rows),
        questions=summary.questions(),
        total=points(summary.total),
        histogram=figures.histogram(scores, summary.total),
        mean=f"{statistics.fmean(scores):.1f}" if scores else "-",
        median=f"{statistics.median(scores):.1f}" if scores else "-",
        full=sum(abs(s - summary.total) < 1e-9 for s in scores),
        time=f"{sum(seconds):.1f}",
        median_time=f"{statistics.median(seconds):.2f}" if seconds else "-",
        slowest=summary.slowest(SLOWEST),
        shade=shade,
        low=LOW,
        most=MOST_NAMES,
        code=CODE,
    )


def similarity_page(
    assignment: str,
    pairs: Sequence[Pair],
    count: int,
    threshold: float,
    *,
    compared: int,
    left_out: Mapping[str, str],
) -> str:
    """The pairs of answers that share much, side by side, the first of ``count``; for the instructor alone."""
    return _text(
        "similarity.html",
        assignment=assignment,
        pairs=pairs,
        clusters=clusters(pairs),
        count=count,
        threshold=percent(threshold),
        compared=compared,
        left_out=left_out,
        percent=percent,
    )


def audit_page(totals: Columns, audits: Sequence[Mapping[str, Any]]) -> str:
    """What audits found, for authors: what to fix first, then the tables of each."""
    return _text("audit.html", totals=totals, audits=audits)


def percent(share: float) -> str:
    """A proportion from 0 to 1 in whole percent."""
    return f"{100 * share:.0f}"


def shade(score: float, worth: float) -> str:
    """Class of a cell of the heat map: none, some, half, most, all of the points."""
    share = score / worth if worth else 1.0
    if share >= 1 - 1e-9:
        return "h4"
    return "h0" if share <= 0 else f"h{1 + min(int(share * 3), 2)}"


def _text(template: str, **values: Any) -> str:
    page = _environment().get_template(template).render(**values)
    # Names of files and words of students need not be valid UTF-8; pages are.
    return page.encode("utf-8", "backslashreplace").decode("utf-8")
