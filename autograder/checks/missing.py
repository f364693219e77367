"""Say why a function is not there, where its definition was left out of the module."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from autograder.model.errors import Fault
from autograder.model.result import PropertyResult, QuestionResult

_DEFINITION = re.compile(r"left out (?P<place>[^:]+): (?:async\s+)?def\s+(?P<name>\w+).*? \((?P<why>\w+: .*)\)")


def explain_missing(question: QuestionResult, notes: Iterable[str]) -> QuestionResult:
    """The result of a question. Where its function is missing since its definition was left out, it says so.

    Args:
        question: the result.
        notes: what was left out of the answer, and why, in the words of :mod:`autograder.source.execution`.

    """
    if not any(p.reason == Fault.MISSING for p in question.properties):
        return question
    why = {
        found["name"]: f": its definition in {found['place']} was left out ({found['why']})"
        for found in map(_DEFINITION.fullmatch, notes)
        if found
    }
    return replace(question, properties=tuple(_explained(p, why) for p in question.properties))


def _explained(result: PropertyResult, why: dict[str, str]) -> PropertyResult:
    example = result.counterexample
    name, _, rest = example.problem.partition(" ") if example else ("", "", "")
    if example is None or result.reason != Fault.MISSING or rest != "is not defined" or name not in why:
        return result
    return replace(result, counterexample=replace(example, problem=example.problem + why[name]))
