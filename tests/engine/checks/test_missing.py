"""A function that is not there because its definition was left out."""

from dataclasses import replace

import pytest

from autograder.checks.missing import explain_missing
from autograder.model.errors import Fault
from autograder.model.result import Counterexample, PropertyResult, QuestionResult, Verdict

GONE = PropertyResult(
    "p",
    "Title.",
    1,
    False,
    Verdict.FAILED,
    Fault.MISSING.value,
    "",
    Counterexample({}, (), "f is not defined"),
    cases=1,
)


def problem(*notes: str, result: PropertyResult = GONE) -> str:
    (found,) = explain_missing(QuestionResult("f", (result,)), notes).properties
    return found.counterexample.problem if found.counterexample else ""


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (
            "left out line 3: def f(x): (SyntaxError: x in line 4: y (1))",
            "line 3 was left out (SyntaxError: x in line 4: y (1))",
        ),
        ("left out cell 2, line 3: async def f(x) (E: no)", "cell 2, line 3 was left out (E: no)"),
    ],
)
def test_it_is_said_where_the_definition_was_and_why(note, why):
    assert problem("another note", note) == f"f is not defined: its definition in {why}"


@pytest.mark.parametrize("note", ["left out line 3: def g(x): (E: no)", "left out line 3: f(x) (E: no)", "f", ""])
def test_other_notes_say_nothing_of_it(note):
    assert problem(note) == "f is not defined"


def test_other_faults_are_told_as_they_were():
    note = "left out line 3: def f(x): (E: no)"
    assert problem(note, result=replace(GONE, reason=Fault.RAISED.value)) == "f is not defined"
    assert problem(note, result=replace(GONE, counterexample=None)) == ""
