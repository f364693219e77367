"""What students read: which lines stand in it, and which must not."""

from dataclasses import replace

import pytest

from autograder.model.errors import Fault
from autograder.model.feedback import CALL_WIDTH, WIDTH, property_text, question_text
from autograder.model.result import Counterexample, Diagnosis, PropertyResult, QuestionResult, ShownCall, Verdict

EXAMPLE = Counterexample(
    case={"z": {"seed": 1}},
    calls=(ShownCall("f(1.0)", returned="3.0"),),
    problem="differs from what it must equal",
    expected="2.0",
    got="3.0",
    difference="off by 1",
)
WRONG = PropertyResult(
    "p", "The title.", 2, False, Verdict.FAILED, "wrong answer", "A hint.", EXAMPLE, cases=9, failing=4
)
PASSED = PropertyResult("q", "Another.", 1, False, Verdict.PASSED, cases=9)


def test_a_wrong_answer_is_called_returned_problem_expected():
    assert property_text(WRONG).splitlines() == [
        "hint: A hint.",
        "called:   f(1.0)",
        "returned: 3.0",
        "problem:  differs from what it must equal",
        "expected: 2.0",
        "          off by 1",
        "(4 of 9 cases fail; this is the smallest)",
    ]


def test_what_was_compared_is_said_when_it_is_not_what_was_returned():
    text = property_text(replace(WRONG, counterexample=replace(EXAMPLE, got="9.0")))
    assert "compared: 9.0" in text


def test_it_is_said_where_nothing_is_expected_too():
    """ "Has the value 0.0 at [1, 0], outside [1, 80]": of what?"""
    counted = replace(EXAMPLE, got="np.array([20.0, 0.0])", expected="", problem="has the value 0.0 at [1]")
    assert "compared: np.array([20.0, 0.0])" in property_text(replace(WRONG, counterexample=counted))


def test_a_raise_is_said_once_and_without_a_problem_line():
    raised = replace(
        EXAMPLE,
        calls=(ShownCall("f(1.0)", raised="ValueError: no (line 2: x)"),),
        problem="ValueError: no",
        expected="",
    )
    text = property_text(replace(WRONG, reason="raised an exception", counterexample=raised))
    assert "raised:   ValueError: no (line 2: x)" in text
    assert "problem:" not in text


def test_a_hidden_property_shows_its_hint_and_no_input():
    text = property_text(replace(WRONG, hidden=True))
    assert "A hint." in text
    assert not any(secret in text for secret in ("f(1.0)", "3.0", "2.0", "off by"))


def test_what_was_not_judged_is_said_not_to_be_the_students_fault():
    text = property_text(replace(WRONG, verdict=Verdict.NOT_JUDGED, reason="disk full"))
    assert text == "could not be judged (not your fault): disk full"


def test_an_unwritten_function_is_no_wrong_answer():
    text = property_text(replace(WRONG, reason=Fault.NOT_WRITTEN.value))
    assert text.startswith("not written yet")
    assert "hint" not in text


def test_a_missing_function_is_named_even_in_a_hidden_property():
    missing = replace(
        WRONG, reason=Fault.MISSING.value, hidden=True, counterexample=replace(EXAMPLE, problem="f is not defined")
    )
    assert "f is not defined" in property_text(missing)


def test_no_line_is_longer_than_the_width():
    long = replace(EXAMPLE, calls=(ShownCall("f(1.0)", returned="1, " * 500),))
    lines = property_text(replace(WRONG, counterexample=long)).splitlines()
    assert max(map(len, lines)) == WIDTH
    assert lines[2].endswith(" ...")


def test_a_call_is_whole_up_to_a_screenful():
    def called(count):
        long = replace(EXAMPLE, calls=(ShownCall("f(" + "1, " * count + ")", returned="3.0"),))
        return property_text(replace(WRONG, counterexample=long)).splitlines()[1]

    assert called(500) == "called:   f(" + "1, " * 500 + ")"
    assert len(called(5000)) == CALL_WIDTH


def test_a_right_question_is_one_line():
    assert question_text(QuestionResult("f", (PASSED,))).split() == ["f", "1", "/", "1", "passed"]


def test_a_wrong_question_names_what_failed_and_the_misconception():
    text = question_text(QuestionResult("f", (PASSED, WRONG), Diagnosis("m", "You square.", "Do not.")))
    assert text.splitlines()[0].split() == ["f", "1", "/", "3", "failed"]
    for part in ("You square.", "Do not.", "The title. (2 points): wrong answer", "called:   f(1.0)"):
        assert part in text
    assert "Another." not in text


@pytest.mark.parametrize("count", [1, 2])
def test_an_unwritten_question_is_one_line(count):
    unwritten = replace(WRONG, reason=Fault.NOT_WRITTEN.value, counterexample=None)
    assert question_text(QuestionResult("f", (unwritten,) * count)).endswith("not written yet")


def test_a_property_that_never_ran_has_no_counterexample_to_show():
    lost = replace(WRONG, reason="import error", counterexample=None, cases=0, failing=0)
    lines = question_text(QuestionResult("f", (lost,))).splitlines()
    assert lines[1:] == ["  - The title. (2 points): import error"]
