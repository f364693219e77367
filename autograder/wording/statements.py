"""A result in words: what is said, and how it stands in plain text (pytest, the notebook, the terminal)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.model.errors import LOST, Fault
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


NOT_RUN = "not run"
NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said of a property: every form that feedback takes is made of these.

    ``label`` is ``"mistake"`` or ``"advice"`` (of a misconception), ``"hint"``, ``"called"``, ``"returned"``,
    ``"raised"``, ``"stopped"``, ``"problem"``, ``"compared"``, ``"expected"``, ``"difference"`` or ``"remark"``.
    """

    label: str
    text: str


CODE = frozenset({"called", "returned", "raised", "stopped", "problem", "compared", "expected", "difference"})
"""Labels of what a call gave: lines to be shown as they stand, one under the other."""
_FAULTS = frozenset(map(str, Fault))
_LOST = frozenset(map(str, LOST))
_LINE = re.compile(r" \(((?:[^()]*, )?line \d+.*)\)\Z", re.DOTALL)
"""The student's own line, at the end of what is said of an exception."""


def said(result: PropertyResult) -> tuple[Said, ...]:
    """What there is to say of a property that did not pass; of a hidden one its hint, never its inputs."""
    if result.reason == NOT_REACHED:
        return (Said("remark", "not reached: grading was ended before"),)
    if result.verdict is Verdict.NOT_JUDGED:
        return (Said("remark", f"could not be judged (not your fault): {result.reason}"),)
    if result.reason == Fault.NOT_WRITTEN:
        return (Said("remark", "not written yet: the function still raises NotImplementedError"),)
    if result.cases == 0:
        return (Said("remark", f"{NOT_RUN}: {result.reason}"),)
    # The hint speaks of values: it would mislead where none were compared.
    compared = not result.refused and result.reason not in _FAULTS
    lines = [Said("hint", result.hint)] if compared else []
    if result.reason == Fault.MISSING and result.counterexample:
        lines.append(Said("problem", result.counterexample.problem))
    elif result.hidden:
        lines.append(Said("remark", f"a hidden check: its inputs are not shown{'' if compared else _instead(result)}"))
    elif result.counterexample:
        lines += _counterexample(result.counterexample, "stopped" if result.reason in _LOST else "raised")
    if result.cases > 1 and result.failing and result.reason not in _LOST | {Fault.MISSING}:
        smallest = "; this is the smallest" if result.failing > 1 and not result.hidden else ""
        fail = "cases fails" if result.failing == 1 else "cases fail"
        lines.append(Said("remark", f"{result.failing} of {result.cases} {fail}{smallest}"))
    return tuple(lines)


def _instead(result: PropertyResult) -> str:
    return f"; what happened: {'the answer was of another kind or shape' if result.refused else result.reason}"


def told(question: QuestionResult, result: PropertyResult) -> tuple[Said, ...]:
    """The same, seen among the other properties of its question: a mistake and a cause are told once.

    The misconception behind the question's wrong answers stands with the first property that it explains.
    """
    if result.verdict is not Verdict.FAILED:
        return said(result)
    groups = by_cause(question)
    same = next(group[0] for group in groups if result.name in {p.name for p in group})
    if same.name != result.name:
        return (Said("remark", f"the same as in “{same.title}”"),)
    named = question.diagnosis
    failed = [p for p, *_ in groups if p.verdict is Verdict.FAILED]
    explains = [p for p in failed if named and (not named.checks or p.name in named.checks)]
    if named is None or result not in explains:
        return among(question, result)
    if explains[0] != result:
        return (Said("remark", f"the mistake that is named under “{explains[0].title}”"), *among(question, result))
    return (Said("mistake", mistake(question)), Said("advice", named.hint), *among(question, result))


def among(question: QuestionResult, result: PropertyResult) -> tuple[Said, ...]:
    """What there is to say of a property itself: of one that was not tried, why not."""
    if reason(question, result) == NOT_TRIED:
        return (Said("remark", f"{NOT_TRIED}, since other checks of this question ended so: {result.reason}"),)
    return said(result)


def mistake(question: QuestionResult) -> str:
    """The misconception behind a question's wrong answers, in words; says where it is behind some of them only."""
    if question.diagnosis is None:
        return ""
    count = len(question.diagnosis.checks)
    return f"In {count} of these checks: {question.diagnosis.says}" if count else question.diagnosis.says


def not_run(question: QuestionResult) -> bool:
    """Whether none of its properties ran: the module could not be imported, or is none."""
    return all(p.cases == 0 and p.verdict is Verdict.FAILED for p in question.properties)


def reason(question: QuestionResult, result: PropertyResult) -> str:
    """Why a property did not pass, in a word or two; a reason that befell another is not its own."""
    if result.cases or result.verdict is not Verdict.FAILED:
        return result.reason
    return NOT_RUN if not_run(question) else NOT_TRIED


def by_cause(question: QuestionResult) -> list[list[PropertyResult]]:
    """The properties that did not pass; those with the very same cause stand with the first of them.

    The same cause is an exception of one type on one line, an answer of one wrong kind or shape, or not being tried.
    """
    groups: dict[object, list[PropertyResult]] = {}
    for result in question.properties:
        if result.verdict is not Verdict.PASSED:
            groups.setdefault(_cause(question, result) or id(result), []).append(result)
    return list(groups.values())


def _cause(question: QuestionResult, result: PropertyResult) -> tuple[str, ...] | None:
    if reason(question, result) in {NOT_TRIED, Fault.NOT_WRITTEN, NOT_REACHED}:
        return (result.reason,)
    if result.counterexample is None or result.hidden:
        return None
    if result.reason == Fault.RAISED and result.counterexample.calls:
        text = result.counterexample.calls[-1].raised
        line = _LINE.search(text)
        return (text.partition(":")[0], line[1]) if line else (text,)
    if result.refused or result.reason == Fault.MISSING:
        # Sizes differ from case to case; what matters is which dimensions there are.
        return (re.sub(r"\d+(?=[,)\]])", "n", result.counterexample.problem),)
    return None


def property_text(result: PropertyResult) -> str:
    """Several lines on a property that did not pass; hidden ones show their hint only."""
    return _text(said(result))


def _text(lines: Sequence[Said]) -> str:
    if len(lines) == 1 and lines[0].label == "remark":
        return _cut(lines[0].text)
    return "\n".join(map(line_text, lines))


def line_text(line: Said) -> str:
    """One thing said, as one line of plain text; those about a call stand in two columns."""
    if line.label in {"mistake", "advice"}:
        return line.text
    if line.label == "remark":
        return _cut(f"({line.text})")
    if line.label == "called":
        return _cut(f"called:   {line.text}", CALL_WIDTH)
    if line.label == "difference":
        return _cut(f"{'':9} {line.text}")
    return _cut(f"{line.label}: {line.text}" if line.label == "hint" else f"{line.label + ':':9} {line.text}")


def explained(question: QuestionResult, result: PropertyResult) -> str:
    """The feedback on one property, seen among the others of its question."""
    return _text(told(question, result))


def points_text(points: float) -> str:
    """Points with their noun."""
    return f"{points:g} point{'' if points == 1 else 's'}"


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
        *(f"{q.name}: {mistake(q)}" for q in result.questions if q.diagnosis),
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
    if not_run(question):
        return f"{head}  {NOT_RUN}: {wrong[0].reason}"
    lines = [f"{head}  failed"]
    if question.diagnosis:
        lines += [f"  {mistake(question)}", f"  {question.diagnosis.hint}"]
    for result, *others in by_cause(question):
        lines.append(f"  - {result.title} ({points_text(result.points)}): {reason(question, result)}")
        lines += [f"      {line}" for line in _text(among(question, result)).splitlines()]
        lines += [f"      the same in: {other.title} ({points_text(other.points)})" for other in others]
    return "\n".join(lines)


def _counterexample(example: Counterexample, ended: str) -> list[Said]:
    lines = []
    last = example.calls[-1] if example.calls else None
    for call in example.calls:
        lines.append(Said("called", call.call))
        label = ended if call is last else "raised"
        lines.append(Said(label, call.raised) if call.raised else Said("returned", call.returned))
    if not (last and last.raised):
        lines.append(Said("problem", example.problem))
    if example.got and last and not last.raised and (example.what or example.got != last.returned):
        # What was computed from the answers: the problem and the difference speak of it.
        lines.append(Said("compared", f"{example.what}: {example.got}" if example.what else example.got))
    if example.expected:
        lines.append(Said("expected", example.expected))
    if example.difference:
        lines.append(Said("difference", example.difference))
    if example.made > len(example.calls):
        lines.append(Said("remark", f"the last {len(example.calls)} of {example.made} calls of this case"))
    return lines


def _cut(line: str, width: int = WIDTH) -> str:
    return line if len(line) <= width else f"{line[: width - 4]} ..."
