"""A result in words: what is said, and how it stands in plain text (pytest, the notebook, the terminal)."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.model.errors import Fault
from autograder.model.result import (
    NOT_REACHED,
    Counterexample,
    PropertyResult,
    QuestionResult,
    SubmissionResult,
    Verdict,
)

WIDTH = 400
"""A line of feedback longer than this is cut: a counterexample is read, not scrolled."""
CALL_WIDTH = 3000
"""But a call is whole, so that it can be pasted: about a screenful."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said of a property: every form that feedback takes is made of these.

    ``label`` is ``"hint"``, ``"called"``, ``"returned"``, ``"raised"``, ``"problem"``, ``"compared"``,
    ``"expected"``, ``"difference"`` or ``"remark"``.
    """

    label: str
    text: str


CODE = frozenset({"called", "returned", "raised", "problem", "compared", "expected", "difference"})
"""Labels of what a call gave: lines to be shown as they stand, one under the other."""


def said(result: PropertyResult) -> tuple[Said, ...]:
    """What there is to say of a property that did not pass; of a hidden one its hint, never its inputs."""
    if result.reason == NOT_REACHED:
        return (Said("remark", "not reached: grading was ended before"),)
    if result.verdict is Verdict.NOT_JUDGED:
        return (Said("remark", f"could not be judged (not your fault): {result.reason}"),)
    if result.reason == Fault.NOT_WRITTEN:
        return (Said("remark", "not written yet: the function still raises NotImplementedError"),)
    lines = [Said("hint", result.hint)]
    if result.reason == Fault.MISSING and result.counterexample:
        lines.append(Said("problem", result.counterexample.problem))
    elif result.hidden:
        lines.append(Said("remark", "a hidden check: its inputs are not shown"))
    elif result.counterexample:
        lines += _counterexample(result.counterexample)
    if result.failing > 1:
        smallest = "" if result.hidden else "; this is the smallest"
        lines.append(Said("remark", f"{result.failing} of {result.cases} cases fail{smallest}"))
    return tuple(lines)


def property_text(result: PropertyResult) -> str:
    """Several lines on a property that did not pass; hidden ones show their hint only."""
    lines = said(result)
    if len(lines) == 1 and lines[0].label == "remark":
        return _cut(lines[0].text)
    return "\n".join(line_text(line) for line in lines)


def line_text(line: Said) -> str:
    """One thing said, as one line of plain text; those about a call stand in two columns."""
    if line.label == "remark":
        return _cut(f"({line.text})")
    if line.label == "called":
        return _cut(f"called:   {line.text}", CALL_WIDTH)
    if line.label == "difference":
        return _cut(f"{'':9} {line.text}")
    return _cut(f"{line.label}: {line.text}" if line.label == "hint" else f"{line.label + ':':9} {line.text}")


def explained(question: QuestionResult, result: PropertyResult) -> str:
    """The feedback on one property with the misconception behind the question's wrong answers, if it is known."""
    if question.diagnosis is None or result.verdict is not Verdict.FAILED:
        return property_text(result)
    return f"{question.diagnosis.says}\n{question.diagnosis.hint}\n{property_text(result)}"


def given(question: QuestionResult) -> str:
    """What stood in for the student's own functions, as words to add; empty when nothing did."""
    return f"right, given {' and '.join(question.given)}" if question.given else ""


def headlines(result: SubmissionResult) -> list[str]:
    """What is said of a submission as a whole, in lines, besides its message and what it printed."""
    unwritten = [q.name for q in result.questions if all(p.reason == Fault.NOT_WRITTEN for p in q.properties)]
    return [
        f"{result.assignment}: {result.score:g} of {result.points:g} points ({result.status})",
        *result.notes,
        *([f"not written yet: {', '.join(unwritten)}"] if unwritten else []),
        *(f"{q.name}: {q.diagnosis.says}" for q in result.questions if q.diagnosis),
    ]


def head_text(result: SubmissionResult) -> str:
    """A submission as a whole, in plain text."""
    lines = headlines(result)
    if result.message:
        lines.insert(1, result.message)
    if result.output:
        lines += ["", "Your code printed:", result.output]
    return "\n".join(lines)


def question_text(question: QuestionResult) -> str:
    """A question in a line when it is right or not begun, with the reasons below when it is wrong."""
    head = f"{question.name:24} {question.score:g} / {question.points:g}"
    wrong = [p for p in question.properties if p.verdict is not Verdict.PASSED]
    if not wrong:
        return f"{head}  {given(question) or 'passed'}"
    if all(p.reason == Fault.NOT_WRITTEN for p in question.properties):
        return f"{head}  not written yet"
    lines = [f"{head}  failed"]
    if question.diagnosis:
        lines += [f"  {question.diagnosis.says}", f"  {question.diagnosis.hint}"]
    for result in wrong:
        lines.append(f"  - {result.title} ({result.points:g} points): {result.reason}")
        if not wholly_lost(result):
            lines += [f"      {line}" for line in property_text(result).splitlines()]
    return "\n".join(lines)


def wholly_lost(result: PropertyResult) -> bool:
    """Whether the property never ran, because the module could not be imported or a worker was lost before."""
    return result.cases == 0


def _counterexample(example: Counterexample) -> list[Said]:
    lines = []
    for call in example.calls:
        lines.append(Said("called", call.call))
        lines.append(Said("raised", call.raised) if call.raised else Said("returned", call.returned))
    last = example.calls[-1] if example.calls else None
    if not (last and last.raised):
        lines.append(Said("problem", example.problem))
    if example.got and last and not last.raised and example.got != last.returned:
        # What was computed from the answers: the problem and the difference speak of it.
        lines.append(Said("compared", example.got))
    if example.expected:
        lines.append(Said("expected", example.expected))
    if example.difference:
        lines.append(Said("difference", example.difference))
    return lines


def _cut(line: str, width: int = WIDTH) -> str:
    return line if len(line) <= width else f"{line[: width - 4]} ..."
