"""What students read: which lines it has, and which it must not have."""

from dataclasses import replace

import pytest

from autograder.model.errors import Fault
from autograder.model.result import Counterexample, Diagnosis, PropertyResult, QuestionResult, ShownCall, Verdict
from autograder.wording.statements import reason
from autograder.wording.text import (
    CALL_WIDTH,
    WIDTH,
    as_text,
    brief_text,
    name_width,
    property_text,
    question_text,
    unwritten,
)

EXAMPLE = Counterexample(
    case={"z": {"seed": 1}},
    calls=(ShownCall("f(1.0)", returned="3.0"),),
    problem="does not equal the expected value",
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
        "problem:  does not equal the expected value",
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


def test_the_text_of_a_missing_function_is_not_shown_in_a_hidden_property():
    missing = replace(
        WRONG, reason=Fault.MISSING.value, hidden=True, counterexample=replace(EXAMPLE, problem="f is not defined")
    )
    assert "f is not defined" not in property_text(missing)
    assert "what happened: not defined" in property_text(missing)
    assert "f is not defined" in property_text(replace(missing, hidden=False))


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
    text = question_text(QuestionResult("f", (PASSED, WRONG), (Diagnosis("m", "You square.", "Do not."),)))
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
    assert question_text(QuestionResult("f", (lost,))).split(maxsplit=4)[4] == "not run: import error"
    assert property_text(lost) == "not run: import error"


# --- a hint speaks of values ---

RAISED = replace(
    WRONG,
    name="r",
    title="Raises.",
    reason=Fault.RAISED.value,
    counterexample=replace(
        EXAMPLE, calls=(ShownCall("f(1.0)", raised="TypeError: no 3 (line 2: return g(x) (y))"),), expected=""
    ),
)
REFUSED = replace(
    WRONG,
    name="s",
    title="Of another shape.",
    refused=True,
    counterexample=replace(EXAMPLE, problem="returned shape (3, 1); expected shape (3,)", expected="", difference=""),
)
TIMED_OUT = replace(
    WRONG,
    name="t",
    title="Ends.",
    reason=Fault.TIMED_OUT.value,
    counterexample=replace(EXAMPLE, calls=(ShownCall("f(1.0)", raised="took too long"),), expected="", difference=""),
    failing=1,
)
UNTRIED = replace(TIMED_OUT, name="u", title="Untried.", points=1, counterexample=None, cases=0, failing=0)


@pytest.mark.parametrize("result", [RAISED, REFUSED, TIMED_OUT])
@pytest.mark.parametrize("hidden", [False, True])
def test_there_is_no_hint_where_nothing_was_compared(result, hidden):
    text = property_text(replace(result, hidden=hidden))
    assert "hint" not in text
    assert "A hint." in property_text(replace(WRONG, hidden=hidden))
    if hidden:
        wanted = "the wrong type or shape" if result.refused else result.reason
        assert text.strip("()").startswith("a hidden check: its inputs are not shown; what happened: ")
        assert wanted in text
        assert "f(1.0)" not in text


def test_what_took_too_long_was_stopped_and_raised_nothing():
    text = property_text(TIMED_OUT)
    assert "stopped:  took too long" in text
    assert "raised" not in text
    assert "fails" not in text, "the others were not tried"


def test_an_earlier_exception_is_one_even_where_the_last_call_was_stopped():
    calls = (ShownCall("f(0.0)", raised="ValueError: no"), ShownCall("f(1.0)", raised="took too long"))
    text = property_text(replace(TIMED_OUT, counterexample=replace(EXAMPLE, calls=calls)))
    assert "raised:   ValueError: no" in text
    assert "stopped:  took too long" in text


def test_one_failing_case_of_several_is_said():
    assert property_text(replace(WRONG, failing=1)).splitlines()[-1] == "(1 of 9 cases fails)"
    assert "fails" not in property_text(replace(WRONG, failing=1, cases=1))


def test_what_was_compared_is_named_where_the_check_names_it():
    named = replace(EXAMPLE, got="3.0", what="number of steps")
    assert "compared: number of steps: 3.0" in property_text(replace(WRONG, counterexample=named))


def test_it_is_said_that_there_were_more_calls():
    text = property_text(replace(WRONG, counterexample=replace(EXAMPLE, made=200)))
    assert "(the last 1 of 200 calls of this case)" in text
    assert "calls of" not in property_text(replace(WRONG, counterexample=replace(EXAMPLE, made=1)))


# --- one cause, shown once ---


def again(result, name, title, **changes):
    return replace(result, name=name, title=title, **changes)


def with_call(result, **changes):
    calls = (replace(result.counterexample.calls[-1], **changes),)
    return again(result, "again", "Again.", counterexample=replace(result.counterexample, calls=calls), points=1)


def with_problem(problem):
    return again(REFUSED, "again", "Again.", counterexample=replace(REFUSED.counterexample, problem=problem), points=1)


STUCK = replace(
    RAISED,
    reason="timed out",
    counterexample=replace(
        EXAMPLE, calls=(ShownCall("f(1.0)", raised="used more than 2 s of computing time (line 2: while True:)"),)
    ),
)
SAME = [
    (RAISED, with_call(RAISED, call="f(2.0)", raised="TypeError: no 4 (line 2: return g(x) (y))")),
    (REFUSED, with_problem("returned shape (12, 1); expected shape (12,)")),
    (STUCK, with_call(STUCK, call="f(2.0)", raised="used more than 1 s of computing time (line 2: while True:)")),
    (TIMED_OUT, UNTRIED, replace(UNTRIED, name="again", title="Again.")),
]
DIFFERENT = [
    (RAISED, with_call(RAISED, raised="ValueError: no 3 (line 2: return g(x) (y))")),
    (RAISED, with_call(RAISED, raised="TypeError: no 3 (line 4: return h(x) (y))")),
    (RAISED, with_call(RAISED, raised="TypeError: no 3 (helpers.py, line 2: return g(x) (y))")),
    (REFUSED, with_problem("returned shape (); expected shape (12,)")),
    (REFUSED, with_problem("returned None (is a `return` missing?); expected numbers of shape (12,)")),
    (REFUSED, RAISED),
    (STUCK, with_call(STUCK, raised="used more than 2 s of computing time (line 9: while True:)")),
    (WRONG, again(WRONG, "again", "Again.")),
    (replace(RAISED, hidden=True), again(RAISED, "again", "Again.", hidden=True)),
]


@pytest.mark.parametrize("results", SAME)
def test_the_same_cause_is_told_once(results):
    *_, first, last = results
    question = QuestionResult("f", results)
    assert question_text(question).splitlines()[-1].strip() == "the same in: Again. (1 point)"
    assert as_text(question, first) != as_text(question, last)
    named = replace(question, diagnoses=(Diagnosis("m", "You square.", "Do not."),))
    for asked in (question, named):
        assert as_text(asked, last) == f"the same as in “{first.title}”"


@pytest.mark.parametrize("results", DIFFERENT)
def test_causes_that_differ_are_told_each(results):
    question = QuestionResult("f", results)
    assert "the same" not in question_text(question)
    for result in results:
        assert as_text(question, result) == property_text(result)


def test_a_question_whose_function_is_not_there_is_one_line_like_one_that_is_not_written():
    missing = replace(
        WRONG, reason=Fault.MISSING.value, counterexample=replace(EXAMPLE, calls=(), problem="f is not defined")
    )
    gone = QuestionResult("f", (missing, replace(missing, name="h", hidden=True, counterexample=None)))
    assert question_text(gone).endswith("0 / 4  not defined")
    assert unwritten(gone)
    for problem in ("f is not defined: its definition in line 3 was left out (E: no)", "g is not defined"):
        other = replace(missing, counterexample=replace(missing.counterexample, problem=problem))
        assert problem in question_text(QuestionResult("f", (other,)))
        assert not unwritten(QuestionResult("f", (other,)))


def test_what_was_not_tried_is_not_said_to_have_timed_out():
    question = QuestionResult("f", (TIMED_OUT, UNTRIED))
    assert (reason(question, TIMED_OUT), reason(question, UNTRIED)) == ("timed out", "not tried")
    assert as_text(question, UNTRIED) == "not tried: earlier checks ended with: timed out"


def test_a_mistake_is_told_with_the_first_of_the_checks_that_it_explains():
    other = again(WRONG, "w", "Other.")
    whole = QuestionResult("f", (PASSED, WRONG, other), (Diagnosis("m", "You square.", "Do not."),))
    assert as_text(whole, WRONG).startswith("You square.\nDo not.\ncalled:")
    assert as_text(whole, other).startswith("(see the mistake named under “The title.”)\ncalled:")
    third = again(WRONG, "x", "Third.")
    some = QuestionResult("f", (WRONG, other, third), (Diagnosis("m", "You square.", "Do not.", ("w", "x")),))
    assert as_text(some, WRONG) == property_text(WRONG)
    assert as_text(some, other).startswith("In 2 of these checks: You square.\nDo not.\n")
    assert as_text(some, third).startswith("(see the mistake named under “Other.”)")
    assert "In 2 of these checks: You square." in question_text(some)


def test_points_stand_below_each_other_however_long_a_name_is():
    questions = [QuestionResult("f", (PASSED,)), QuestionResult("a_very_long_name_of_a_question", (PASSED,))]
    width = name_width(questions)
    one, other = (brief_text(q, width) for q in questions)
    assert one.index("1 / 1") == other.index("1 / 1")
