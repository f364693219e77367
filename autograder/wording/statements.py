"""What there is to say about a result, in statements that each output renders in its own form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.model.errors import LOST, Fault
from autograder.model.result import (
    NOT_REACHED,
    Counterexample,
    Diagnosis,
    PropertyResult,
    QuestionResult,
    SubmissionResult,
    Verdict,
)

NOT_RUN = "not run"
IMPLEMENTATION = "implementation"
"""What a case is of a property that judges a student's property."""
NOT_TRIED = "not tried"
UNPAID = "passed, no points yet"
NEVER_RAISES = (
    "passed, but a property that never raises would pass this check, too: "
    "it earns points once your property catches something"
)
BLOCKED = "passed, but nothing of this question counts until your property accepts every right implementation"
NOT_PAID = (
    "passed, but a constant or a copy of an argument would pass this check, too: "
    "it earns points once another check of this question, one that needs the computation, passes"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of feedback on a property. Every output renders these.

    ``label`` is ``"mistake"`` or ``"advice"`` (of a misconception), ``"hint"``, ``"called"``, ``"returned"``,
    ``"raised"``, ``"stopped"``, ``"problem"``, ``"compared"``, ``"expected"``, ``"difference"`` or ``"remark"``.
    """

    label: str
    text: str


CODE = frozenset({"called", "returned", "raised", "stopped", "problem", "compared", "expected", "difference"})
"""Labels of the lines about a call. Outputs show them verbatim, one under the other."""
_FAULTS = frozenset(map(str, Fault))
_LOST = frozenset(map(str, LOST))
_LINE = re.compile(r" \(((?:[^()]*, )?line \d+.*)\)\Z", re.DOTALL)
"""The student's own line, at the end of the text of an exception."""


def statements(result: PropertyResult) -> tuple[Statement, ...]:
    """Statements about a property that earned nothing. A hidden one shows its hint, never its inputs."""
    if result.verdict is Verdict.PASSED:
        if result.blocked:
            return (Statement("remark", BLOCKED),)
        return () if result.paid else (Statement("remark", NEVER_RAISES if result.required else NOT_PAID),)
    if result.reason == NOT_REACHED:
        return (Statement("remark", "not reached: grading stopped earlier"),)
    if result.verdict is Verdict.NOT_JUDGED:
        return (Statement("remark", f"could not be judged (not your fault): {result.reason}"),)
    if result.reason == Fault.NOT_WRITTEN:
        return (Statement("remark", "not written yet: the function still raises NotImplementedError"),)
    if result.cases == 0:
        return (Statement("remark", f"{NOT_RUN}: {result.reason}"),)
    # The hint is about values: it would mislead where none were compared.
    compared = not result.refused and result.reason not in _FAULTS
    lines = [Statement("hint", result.hint)] if compared else []
    if result.reason == Fault.MISSING and result.counterexample and not result.hidden:
        lines.append(Statement("problem", result.counterexample.problem))
    elif result.hidden:
        ended = "" if compared else _ended(result)
        lines.append(Statement("remark", f"a hidden check: its inputs are not shown{ended}"))
        if result.required and compared and result.counterexample:  # the inputs are the student's own
            lines.append(Statement("problem", result.counterexample.problem))
    elif result.counterexample:
        lines += _counterexample(result.counterexample, "stopped" if result.reason in _LOST else "raised")
    if result.cases > 1 and result.failing and result.reason not in _LOST | {Fault.MISSING}:
        lines.append(Statement("remark", _how_many(result)))
    return tuple(lines)


def _how_many(result: PropertyResult) -> str:
    if result.counterexample and IMPLEMENTATION in result.counterexample.case:
        return f"so with {result.failing} of {result.cases} implementations"
    smallest = "; this is the smallest" if result.failing > 1 and not result.hidden else ""
    fail = "cases fails" if result.failing == 1 else "cases fail"
    return f"{result.failing} of {result.cases} {fail}{smallest}"


def _ended(result: PropertyResult) -> str:
    return f"; what happened: {'the answer had the wrong type or shape' if result.refused else result.reason}"


def statements_in_question(question: QuestionResult, result: PropertyResult) -> tuple[Statement, ...]:
    """Statements about a property beside the others of its question, where each mistake and each cause appears once.

    A diagnosed misconception appears with the first property that it explains.
    """
    if result.verdict is not Verdict.FAILED:
        return statements(result)
    groups = by_cause(question)
    same = next(group[0] for group in groups if result.name in {p.name for p in group})
    if same.name != result.name:
        return (Statement("remark", f"the same as in “{same.title}”"),)
    lines: list[Statement] = []
    for named in question.diagnoses:
        explained = [p for p, *_ in groups if explains(named, p)]
        if result not in explained:
            continue
        if explained[0] == result:
            lines += [Statement("mistake", mistake(named)), Statement("advice", named.hint)]
        else:
            lines.append(Statement("remark", f"see the mistake named under “{explained[0].title}”"))
    return (*lines, *without_diagnosis(question, result))


def without_diagnosis(question: QuestionResult, result: PropertyResult) -> tuple[Statement, ...]:
    """Statements about a property itself. For one that was not tried they say why not.

    The hint of a property that a named mistake explains is left out: the mistake has a hint of its own.
    """
    if reason(question, result) == NOT_TRIED:
        return (Statement("remark", f"{NOT_TRIED}: earlier checks ended with: {result.reason}"),)
    named = not result.hidden and any(explains(one, result) for one in question.diagnoses)
    return tuple(line for line in statements(result) if line.label != "hint" or not named)


def explains(named: Diagnosis, result: PropertyResult) -> bool:
    """Whether a diagnosed misconception explains that a property failed."""
    return result.verdict is Verdict.FAILED and (not named.checks or result.name in named.checks)


def mistake(named: Diagnosis) -> str:
    """A diagnosed misconception as a sentence, with the number of checks where it explains only some of them."""
    count = len(named.checks)
    checks = "1 of these checks" if count == 1 else f"{count} of these checks"
    return f"In {checks}: {named.says}" if count else named.says


def not_run(question: QuestionResult) -> bool:
    """Whether no property of the question ran, for example because the module cannot be imported."""
    return all(p.cases == 0 and p.verdict is Verdict.FAILED for p in question.properties)


def reason(question: QuestionResult, result: PropertyResult) -> str:
    """Why a property earned nothing, in a word or two. Another property's reason is not its own."""
    if result.verdict is Verdict.PASSED and not result.earned:
        return UNPAID
    if result.cases or result.verdict is not Verdict.FAILED:
        return result.reason
    return NOT_RUN if not_run(question) else NOT_TRIED


def by_cause(question: QuestionResult) -> list[list[PropertyResult]]:
    """The properties that did not pass, grouped by cause.

    Two properties share a cause when both meet the same exception on the same line, a result of the same wrong kind or
    shape, or were not tried.
    """
    groups: dict[object, list[PropertyResult]] = {}
    for result in question.properties:
        if not result.earned:
            groups.setdefault(_cause(question, result) or id(result), []).append(result)
    return list(groups.values())


def _cause(question: QuestionResult, result: PropertyResult) -> tuple[str, ...] | None:
    if result.verdict is Verdict.PASSED:
        return (UNPAID,)
    if reason(question, result) in {NOT_TRIED, Fault.NOT_WRITTEN, NOT_REACHED}:
        return (result.reason,)
    if result.counterexample is None or result.hidden:
        return None
    if result.reason == Fault.RAISED and result.counterexample.calls:
        text = result.counterexample.calls[-1].raised
        line = _LINE.search(text)
        return (text.partition(":")[0], line[1]) if line else (text,)
    if result.reason in _LOST and result.counterexample.calls:
        line = _LINE.search(result.counterexample.calls[-1].raised)
        return (result.reason, line[1]) if line else None
    if result.refused or result.reason == Fault.MISSING:
        # Sizes differ from case to case; what matters is which dimensions there are.
        return (re.sub(r"\d+(?=[,)\]])", "n", result.counterexample.problem),)
    return None


def stand_in_note(question: QuestionResult) -> str:
    """A note naming the functions that the reference replaced; empty where it replaced none."""
    return f"right, given {' and '.join(question.given)}" if question.given else ""


def headlines(result: SubmissionResult) -> list[str]:
    """Lines about a submission as a whole, without its message and its output."""
    unwritten = [q.name for q in result.questions if all(p.reason == Fault.NOT_WRITTEN for p in q.properties)]
    return [
        f"{result.assignment}: {result.score:g} of {result.points:g} points ({result.status})",
        *result.notes,
        *([f"not written yet: {', '.join(unwritten)}"] if unwritten else []),
        *(f"{q.name}: {mistake(named)}" for q in result.questions for named in q.diagnoses),
    ]


def _counterexample(example: Counterexample, ended: str) -> list[Statement]:
    lines = []
    last = example.calls[-1] if example.calls else None
    for call in example.calls:
        lines.append(Statement("called", call.call))
        label = ended if call is last else "raised"
        lines.append(Statement(label, call.raised) if call.raised else Statement("returned", call.returned))
    # A student's property has raised before the calls that it made, which come after it, and may have raised as well.
    if not (last and last.raised) or (last is not example.calls[0] and example.calls[0].raised):
        lines.append(Statement("problem", example.problem))
    if example.got and last and not last.raised and (example.what or example.got != last.returned):
        # What was computed from the answers: the problem and the difference are about it.
        lines.append(Statement("compared", f"{example.what}: {example.got}" if example.what else example.got))
    if example.expected:
        lines.append(Statement("expected", example.expected))
    if example.difference:
        lines.append(Statement("difference", example.difference))
    if example.made > len(example.calls):
        lines.append(Statement("remark", f"the last {len(example.calls)} of {example.made} calls of this case"))
    return lines
