"""A result in words, as plain text: the same in pytest, the notebook, the terminal and results.json."""

from __future__ import annotations

from autograder.model.errors import Fault
from autograder.model.result import Counterexample, PropertyResult, QuestionResult, Verdict

WIDTH = 400
"""A line of feedback longer than this is cut: a counterexample is read, not scrolled."""


def property_text(result: PropertyResult) -> str:
    """Several lines on a property that did not pass; hidden ones show their hint only."""
    if result.verdict is Verdict.NOT_JUDGED:
        return f"could not be judged (not your fault): {result.reason}"
    if result.reason == Fault.NOT_WRITTEN:
        return "not written yet: the function still raises NotImplementedError"
    lines = [f"hint: {result.hint}"]
    if result.reason == Fault.MISSING and result.counterexample:
        lines.append(f"problem: {result.counterexample.problem}")
    elif result.hidden:
        lines.append("(a hidden check: its inputs are not shown)")
    elif result.counterexample:
        lines += _counterexample(result.counterexample)
    if result.failing > 1:
        lines.append(f"({result.failing} of {result.cases} cases fail; this is the smallest)")
    return "\n".join(_cut(line) for line in lines)


def explained(question: QuestionResult, result: PropertyResult) -> str:
    """The feedback on one property with the misconception behind the question's wrong answers, if it is known."""
    if question.diagnosis is None or result.verdict is not Verdict.FAILED:
        return property_text(result)
    return f"{question.diagnosis.says}\n{question.diagnosis.hint}\n{property_text(result)}"


def given(question: QuestionResult) -> str:
    """What stood in for the student's own functions, as words to add; empty when nothing did."""
    return f"right, given {' and '.join(question.given)}" if question.given else ""


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


def _counterexample(example: Counterexample) -> list[str]:
    lines = []
    for call in example.calls:
        lines.append(f"called:   {call.call}")
        lines.append(f"raised:   {call.raised}" if call.raised else f"returned: {call.returned}")
    last = example.calls[-1] if example.calls else None
    if not (last and last.raised):
        lines.append(f"problem:  {example.problem}")
    if example.expected:
        if example.got and last and example.got != last.returned:
            lines.append(f"compared: {example.got}")
        lines.append(f"expected: {example.expected}")
    if example.difference:
        lines.append(f"          {example.difference}")
    return lines


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 4]} ..."
