"""A student's properties against the student's own answers of other assignments, where these are in folders beside."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.checks import contract
from autograder.doors.local import LocalAnswer
from autograder.intake.answers import answered
from autograder.intake.reader import read_beside
from autograder.model.calls import Call
from autograder.model.contract import Contract, Signature
from autograder.model.errors import AutograderError, Fault, StudentFault
from autograder.model.submission import Submission, Unreadable

if TYPE_CHECKING:
    from autograder.sandbox.sandbox import Sandbox

_MODULE = "own_answers_of_{}"
_CALLS = """

def own_{check}():
    import {module} as own
    {check}({arguments})
"""


def tried_confined(folder: Path, rules: Contract, submission: Submission, sandbox: Sandbox) -> list[str]:
    """What each property says of the student's own functions, a line each; all of it runs in a worker."""
    from autograder.sandbox.budget import Budget  # not on every system

    found = list(_pairs(folder, rules))
    helpers = {_MODULE.format(q.own): answer.source for q, answer in found}
    calls = [
        _CALLS.format(
            check=q.name, module=_MODULE.format(q.own), arguments=", ".join(f"own.{name}" for name in q.arguments)
        )
        for q, _ in found
    ]
    source = submission.source + "".join(calls)
    said: list[str] = []
    for q, _ in found:
        both = replace(submission, source=source, helpers={**helpers, **submission.helpers})
        with sandbox.open(both, rules.name, rules.limits, Budget(rules.limits)) as session:
            said += _said(q, session.call(Call(f"own_{q.name}")).fault)
    return said


def tried_here(folder: Path, rules: Contract, answer: LocalAnswer) -> list[str]:
    """What each property says of the student's own functions, run in this process: for an answer that is loaded."""
    said: list[str] = []
    for q, _ in _pairs(folder, rules):
        beside = folder.absolute().parent / q.own
        answer.clock.begin()
        with contextlib.suppress(StudentFault):  # its own checks say so
            own = LocalAnswer(beside, contract.load(beside / "tests" / contract.FILE)).module
            functions = tuple(getattr(own, name) for name in q.arguments)
            if q.name in answer.functions:
                said += _said(q, answer.functions[q.name].call(Call(q.name, functions)).fault)
    return said


def _pairs(folder: Path, rules: Contract) -> Iterator[tuple[Signature, Submission]]:
    for q in rules.questions:
        beside = folder.absolute().parent / q.own
        if not q.own or not (beside / "tests" / contract.FILE).is_file():
            continue
        try:
            names = [other.name for other in contract.load(beside / "tests" / contract.FILE).questions]
        except AutograderError:
            continue
        found = read_beside(beside, q.own, questions=names)
        if not isinstance(found, Unreadable) and answered(found.source, list(q.arguments)) >= {*q.arguments}:
            yield q, found


def _said(q: Signature, fault: StudentFault | None) -> Iterable[str]:
    functions = " and ".join(q.arguments)
    if fault is None:
        return [f"{q.name} accepts your own {functions} of {q.own}"]
    if fault.fault is not Fault.RAISED:
        return []  # not written yet; what else ends a property, its checks say
    why = " ".join(fault.message.split())[:200]
    return [f"{q.name} rejects your own {functions} of {q.own} ({why}): one of the two is wrong"]
