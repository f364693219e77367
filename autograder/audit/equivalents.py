"""Equivalent mutants: declared one by one with a reason, and compared with the reference on new cases.

``solutions/<name>/equivalents.toml``::

    [[mutant]]
    id = "1bdc6122"
    reason = "A length is never below 0."

    [[mutant]]
    id = "2de977d2"
    agrees = "contract"
    reason = "Another right answer: the handout leaves the order of the draws open."

    [keep]
    "*.leaves_*" = "The only check that names this mistake to a student."
    "log_odds" = "Why its wrong answers earn the same points."

With ``agrees = "values"`` (the default) the mutant must return what the reference returns on every call that the
properties make in newly drawn cases. With ``agrees = "contract"`` it must pass every property on those cases.
"""

from __future__ import annotations

import fnmatch
import multiprocessing
import os
import tomllib
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from autograder.audit.mutants import Mutant
from autograder.audit.time_limit import end_after
from autograder.checks.cases import Draws, build_case, draw_cases
from autograder.checks.composition import EQUIVALENTS
from autograder.checks.judging import REFERENCE, run_case
from autograder.checks.property import prop
from autograder.checks.question import Question
from autograder.checks.returns import expected_shapes, normalise
from autograder.grade import Assignment
from autograder.model.calls import Answer, Call
from autograder.model.contract import Signature
from autograder.model.errors import AuthoringError, Mismatch
from autograder.model.values import alike, copied
from autograder.wording.literals import show

FILE = EQUIVALENTS
CASES = 40
"""Number of new cases of each property."""
SECONDS = 60
"""CPU seconds that comparing a mutant may take."""
WAYS = ("values", "contract")


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mutant that is declared equivalent."""

    id: str
    reason: str
    agrees: str = "values"


@dataclass(frozen=True, slots=True)
class Equivalents:
    """Contents of an ``equivalents.toml``."""

    mutants: Mapping[str, Equivalent] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)


def load(path: Path) -> Equivalents:
    """Read the file; empty if it does not exist.

    Raises:
        AuthoringError: it is not valid.

    """
    if not path.exists():
        return Equivalents()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthoringError(f"{path}: not a TOML file: {error}") from error
    argued: dict[str, Equivalent] = {}
    for entry in table.get("mutant", []):
        unknown = set(entry) - {"id", "reason", "agrees", "change"}
        if unknown or not all(str(entry.get(key, "")).strip() for key in ("id", "reason")):
            raise AuthoringError(f"{path}: expected each [[mutant]] to have an id and a reason; found {entry}")
        if entry.get("agrees", "values") not in WAYS:
            raise AuthoringError(f"{path}: expected agrees to be one of {WAYS}; found {entry['agrees']!r}")
        if entry["id"] in argued:
            raise AuthoringError(f"{path}: expected each mutant once; found {entry['id']} twice")
        argued[entry["id"]] = Equivalent(entry["id"], entry["reason"], entry.get("agrees", "values"))
    return Equivalents(argued, {str(k): str(v) for k, v in table.get("keep", {}).items()})


@dataclass(frozen=True, slots=True)
class NewCases:
    """New cases of a question, with the reference's answers to the calls that its properties make.

    Attributes:
        question: the question.
        cases: property, draws, and the values built from them.
        answers: calls of the question's function, and the reference's answer to each.

    """

    question: Question
    cases: tuple[tuple[prop, Draws, Mapping[str, Any]], ...]
    answers: tuple[tuple[Call, Any], ...]


def draw_new_cases(assignment: Assignment, question: Question, count: int = CASES) -> NewCases:
    """Draw new cases of every property of a question, and answer them with the reference.

    Raises:
        AuthoringError: the reference fails one.

    """
    right = {**vars(assignment.reference), REFERENCE: assignment.reference}
    cases = []
    log: list[Answer] = []
    for p in question.properties:
        # Draws depend on the name: a different name gives different cases, the same ones in every audit.
        for draws in draw_cases(f"{question.name}.{p.id} explored", p.recipes, count):
            values = build_case(p.recipes, draws)
            trouble = run_case(p, right, values, log)
            if trouble is not None:
                raise AuthoringError(f"{question.name}.{p.id}: the reference fails {draws}: {trouble}")
            cases.append((p, draws, values))
    ours = [a.call for a in log if a.call.function == question.name]
    answers = tuple((c, _outcome(question.signature, c, right[question.name])) for c in ours)
    return NewCases(question, tuple(cases), answers)


def find_difference(assignment: Assignment, mutant: Mutant, way: str, new_cases: Sequence[NewCases]) -> str:
    """Where an equivalent mutant differs from the reference on new cases; empty if nowhere.

    Runs in its own process, because a mutant may never end.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_in_child, args=(theirs, assignment, mutant, way, new_cases))
    child.start()
    theirs.close()
    try:
        found = str(ours.recv())
    except EOFError:
        found = f"it did not end within {SECONDS} s"
    child.join()
    return found


def _in_child(answer: Any, assignment: Assignment, mutant: Mutant, way: str, new_cases: Sequence[NewCases]) -> None:
    end_after(SECONDS)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    try:
        found = _compare(assignment, mutant, way, new_cases)
    except Exception as error:  # noqa: BLE001  (whatever it raises is where it differs)
        found = f"{type(error).__name__}: {error}"
    answer.send(found)


def _compare(assignment: Assignment, mutant: Mutant, way: str, new_cases: Sequence[NewCases]) -> str:
    theirs: dict[str, Any] = {"__name__": f"mutant_{mutant.id}"}
    exec(compile(mutant.source, f"mutant {mutant.id}", "exec"), theirs)  # noqa: S102  (the staff's own, but for a slip)
    for e in new_cases:
        if e.question.name not in mutant.questions:
            continue
        if way == "contract":
            for p, draws, values in e.cases:
                trouble = run_case(p, {**theirs, REFERENCE: assignment.reference}, values, [])
                if trouble is not None:
                    return f"{p.id} does not hold for {draws}: {trouble}"
            continue
        for call, right in e.answers:
            outcome = _outcome(e.question.signature, call, theirs[e.question.name])
            if not alike(outcome, right):
                arguments = ", ".join(show(a) for a in call.args)
                return f"{e.question.name}({arguments}) is {show(outcome)}; the reference's is {show(right)}"
    return ""


def _outcome(signature: Signature, call: Call, function: Any) -> Any:
    try:
        value = function(*copied(call.args), **copied(dict(call.kwargs)))
    except Exception as error:  # noqa: BLE001  (raising may be the right answer)
        return type(error).__name__
    try:
        return normalise(signature, expected_shapes(signature, call.args, call.kwargs), value)
    except Mismatch as mismatch:
        return mismatch.problem


def stale_entries(reasons: Equivalents, found: Sequence[Mutant], properties: Sequence[str]) -> list[str]:
    """Messages about entries whose mutant or property no longer exists."""
    ids = {m.id for m in found}
    stale = [
        f"{FILE}: no mutant {i} any more; remove it, or argue for the new one" for i in reasons.mutants if i not in ids
    ]
    return stale + [
        f"{FILE}: [keep] names {name}, which is neither a property nor a question"
        for name in reasons.keep
        if not fnmatch.filter(properties, name)
    ]
