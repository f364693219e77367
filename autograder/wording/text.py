"""Feedback as plain text, for pytest, the notebook, Otter and the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from autograder.model.errors import Fault
from autograder.model.result import PropertyResult, QuestionResult, SubmissionResult
from autograder.wording.statements import (
    NOT_RUN,
    Statement,
    by_cause,
    headlines,
    mistake,
    not_run,
    reason,
    stand_in_note,
    statements,
    statements_in_question,
    without_diagnosis,
)

WIDTH = 400
"""Longest line of feedback in characters. Longer lines are cut."""
_CHECK = "  - "
_TITLE = re.compile(r"(?:  - |      the same in: )(?P<title>.+ \(\S+ points?\))")
"""A line that names a check."""
PRINTED_LINES = 20
"""Shown of what a submission printed above the feedback on its questions."""
NAME_WIDTH = 24
"""Columns for a question's name, where only one question is shown."""
CALL_WIDTH = 3000
"""Longest call in characters. Calls are longer because students paste them."""


def property_text(result: PropertyResult) -> str:
    """Feedback on one property by itself."""
    return _text(statements(result))


def _text(lines: Sequence[Statement]) -> str:
    if len(lines) == 1 and lines[0].label == "remark":
        return _cut(lines[0].text)
    return "\n".join(map(line_text, lines))


def line_text(line: Statement) -> str:
    """One statement as one line. Lines about a call have two columns."""
    if line.label in {"mistake", "advice"}:
        return line.text
    if line.label == "remark":
        return _cut(f"({line.text})")
    if line.label == "called":
        return _cut(f"called:   {line.text}", CALL_WIDTH)
    if line.label == "difference":
        return _cut(f"{'':9} {line.text}")
    return _cut(f"{line.label}: {line.text}" if line.label == "hint" else f"{line.label + ':':9} {line.text}")


def as_text(question: QuestionResult, result: PropertyResult) -> str:
    """Feedback on one property beside the others of its question."""
    return _text(statements_in_question(question, result))


def points_text(points: float) -> str:
    """A number of points with its noun."""
    return f"{points:g} point{'' if points == 1 else 's'}"


def head_text(result: SubmissionResult) -> str:
    """A submission as a whole, in plain text."""
    lines = headlines(result)
    if result.message:
        lines.insert(1, result.message)
    if result.output:
        lines += ["", "Your code printed:", printed(result.output)]
    return "\n".join(lines)


def printed(output: str, most: int = PRINTED_LINES) -> str:
    """The first lines of what a submission printed, long ones cut, and how many follow."""
    lines = [_cut(line) for line in output.rstrip("\n").split("\n")]
    more = len(lines) - most
    return "\n".join([*lines[:most], *([f"... {more} more line{'' if more == 1 else 's'}"] if more > 0 else [])])


def name_width(questions: Iterable[QuestionResult]) -> int:
    """Columns for the questions' names, so that their points stand below each other."""
    return max((len(q.name) for q in questions), default=0) + 1


def question_text(question: QuestionResult, width: int = NAME_WIDTH) -> str:
    """One line for a question, followed by the reasons where it is wrong."""
    head = f"{question.name:{width}} {question.score:g} / {question.points:g}"
    wrong = [p for p in question.properties if not p.earned]
    if not wrong:
        return f"{head}  {stand_in_note(question) or 'passed'}"
    if all(p.reason == Fault.NOT_WRITTEN for p in question.properties):
        return f"{head}  not written yet"
    if undefined(question):
        return f"{head}  not defined"
    if not_run(question):
        return f"{head}  {NOT_RUN}: {wrong[0].reason}"
    lines = [f"{head}  failed"]
    for named in question.diagnoses:
        lines += [f"  {mistake(named)}", f"  {named.hint}"]
    for result, *others in by_cause(question):
        lines.append(f"  - {result.title} ({points_text(result.points)}): {reason(question, result)}")
        lines += [f"      {line}" for line in _text(without_diagnosis(question, result)).splitlines()]
        lines += [f"      the same in: {other.title} ({points_text(other.points)})" for other in others]
    return "\n".join(lines)


def unwritten(question: QuestionResult) -> bool:
    """Whether the student has not begun with the question."""
    return all(p.reason == Fault.NOT_WRITTEN for p in question.properties) or undefined(question)


def undefined(question: QuestionResult) -> bool:
    """Whether there is no such function, and nothing to say about it: as in a notebook, which begins without stubs."""
    nothing = f"{question.name} is not defined"
    return all(
        p.reason == Fault.MISSING and (p.counterexample is None or p.counterexample.problem == nothing)
        for p in question.properties
    )


def brief_text(question: QuestionResult, width: int = NAME_WIDTH) -> str:
    """One line for a question, with the first of its checks that failed."""
    head, *rest = question_text(question, width).splitlines()
    first = next((line for line in rest if line.startswith(_CHECK)), "")
    return f"{head}: {first.removeprefix(_CHECK)}" if first else head


def question_lines(question: QuestionResult, most: int, width: int = NAME_WIDTH) -> list[str]:
    """The first ``most`` lines of :func:`question_text`; then how many follow, and the checks among these by title."""
    lines = question_text(question, width).splitlines()
    if len(lines) <= most:
        return lines
    left = [match for line in lines[most:] if (match := _TITLE.match(line))]
    also = ["  also failing:", *(f"  - {m['title']}" for m in left)] if left else []
    return [*lines[:most], f"  ... {len(lines) - most} more lines: fix the above first", *also]


def _cut(line: str, width: int = WIDTH) -> str:
    return line if len(line) <= width else f"{line[: width - 4]} ..."
