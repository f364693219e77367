"""Every expectation can fail: on nan, on a wrong shape, on the smallest violation; and passes at its boundary."""

import numpy as np
import pytest

from autograder.checks import (
    expect,
    expect_at_most,
    expect_between,
    expect_different,
    expect_inputs_unchanged,
    expect_raises,
)
from autograder.checks.functions import Function
from autograder.checks.local_caller import LocalCaller
from autograder.model.calls import Answer
from autograder.model.contract import Returns, Signature
from autograder.model.errors import AuthoringError, Fault, InfrastructureError, Mismatch, StudentFault

NUMBERS = np.array([[0.0, -1.5], [2.0, 1e300], [1e-300, 3.0]])
UP, DOWN = np.inf, -np.inf


def one_off(array, where, value):
    changed = array.copy()
    changed[where] = value
    return changed


# --- expect ---


@pytest.mark.parametrize("value", [0, 1.5, True, np.inf, -np.inf, NUMBERS, [1, 2], np.zeros((0, 3)), None])
def test_expect_takes_what_is_equal(value):
    expect(value, value)


@pytest.mark.parametrize("at", list(np.ndindex(NUMBERS.shape)))
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 7.25])
def test_expect_sees_one_wrong_value_wherever_it_stands(at, wrong):
    with pytest.raises(Mismatch) as caught:
        expect(one_off(NUMBERS, at, wrong), NUMBERS)
    assert f"at [{at[0]}, {at[1]}]" in caught.value.difference
    assert "1 of 6 values differ" in caught.value.difference


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (np.nan, np.nan),
        (np.nan, 0.0),
        (0.0, np.nan),
        (np.inf, -np.inf),
        (np.inf, 1e308),
        (1e308, np.inf),
        (np.nan, np.inf),
    ],
)
def test_expect_takes_no_nan_and_no_other_infinity_whatever_the_tolerance(actual, expected):
    for atol, rtol in [(1e-9, 1e-9), (1e9, 0), (0, 1e9)]:
        with pytest.raises(Mismatch):
            expect(actual, expected, atol=atol, rtol=rtol)


@pytest.mark.parametrize(
    ("atol", "rtol", "expected", "edge"), [(0.5, 0, 2.0, 2.5), (0, 0.25, 2.0, 2.5), (0.25, 0.125, -2.0, -2.5)]
)
def test_expect_ends_where_its_tolerance_ends(atol, rtol, expected, edge):
    expect(edge, expected, atol=atol, rtol=rtol)
    with pytest.raises(Mismatch):
        expect(np.nextafter(edge, np.inf if edge > 0 else -np.inf), expected, atol=atol, rtol=rtol)


def test_expect_is_exact_where_no_tolerance_is_given():
    expect(0.1, 0.1, atol=0, rtol=0)
    with pytest.raises(Mismatch):
        expect(np.nextafter(0.1, 1), 0.1, atol=0, rtol=0)


def test_the_relative_tolerance_is_of_the_expected_value():
    expect(0.0, 1.0, atol=0, rtol=1)
    with pytest.raises(Mismatch):
        expect(1.0, 0.0, atol=0, rtol=1)


@pytest.mark.parametrize("shape", [(), (6,), (2, 3), (3, 1), (1, 3, 2), (3, 2, 1)])
def test_expect_never_broadcasts(shape):
    with pytest.raises(Mismatch, match=r"has shape .*; expected shape \(3, 2\)"):
        expect(np.ones(shape), np.ones((3, 2)))


@pytest.mark.parametrize(("actual", "expected"), [(None, 0), (None, np.nan), (0, None), (np.nan, None)])
def test_only_none_is_none(actual, expected):
    with pytest.raises(Mismatch, match="does not equal" if actual is None else "expected None"):
        expect(actual, expected)


@pytest.mark.parametrize("parts", [(np.ones((2, 3)), np.zeros(2)), ({1, 2},), np.array])
def test_a_tuple_of_several_arrays_is_a_mistake_of_the_check(parts):
    with pytest.raises(AuthoringError, match=r"compares a number or an array; found .*; compare the parts of a tuple"):
        expect(parts, parts)


def test_a_mismatch_carries_both_values_and_says_how_far_off():
    with pytest.raises(Mismatch) as caught:
        expect([3.0, 4.0], [2.0, 4.0])
    found = caught.value
    assert (found.got, found.expected) == ([3.0, 4.0], [2.0, 4.0])
    assert found.difference == (
        "largest difference at [0]: 3.0 instead of 2.0, off by 1 (relative 0.5); 1 of 2 values differ"
    )


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(3.0, 2.0), (3, 2), ([3.0], [2.0]), ([1, 2, 3], [3, 2, 1]), (np.ones((2, 2), int), [[0, 1]] * 2)],
)
def test_single_values_and_integers_speak_for_themselves(actual, expected):
    with pytest.raises(Mismatch) as caught:
        expect(actual, expected)
    assert caught.value.difference == ""


def test_nan_is_named_as_the_problem_and_is_at_no_distance():
    with pytest.raises(Mismatch, match="contains nan") as caught:
        expect([1.0, np.nan], [0.0, 1.0])
    assert caught.value.difference == "largest difference at [1]: nan instead of 1.0; 2 of 2 values differ"
    with pytest.raises(Mismatch) as caught:
        expect([1.0, np.inf], [0.0, 1.0])
    assert "inf instead of 1.0, infinitely far off; 2" in caught.value.difference


def test_nan_is_never_what_is_expected():
    """It can only come from another answer of the student's."""
    for actual in ([1.0, 2.0], [np.nan, 2.0]):
        with pytest.raises(Mismatch, match="one of your answers contains nan") as caught:
            expect(actual, [np.nan, 2.0])
        assert caught.value.expected is None
        assert caught.value.got == [np.nan, 2.0]


def test_a_tolerance_that_is_part_of_the_statement_is_told():
    with pytest.raises(Mismatch, match=r"does not equal the expected value, ±0\.25"):
        expect([0.3, 0.7], [0.75, 0.25], atol=0.25, rtol=0)
    with pytest.raises(Mismatch, match=r"expected value$"):
        expect([0.3, 0.7], [0.75, 0.25], atol=1e-4)


def test_what_was_compared_may_have_a_name():
    for fails in (lambda: expect(1, 2, what="a count"), lambda: expect_between(3, 1, 2, what="a count")):
        with pytest.raises(Mismatch) as caught:
            fails()
        assert caught.value.what == "a count"


def test_bounds_have_all_their_digits():
    with pytest.raises(Mismatch, match=r"outside \[-99980.52, -99980.51\]"):
        expect_between(-99980.0, -99980.52, -99980.51)


# --- expect_between ---


@pytest.mark.parametrize("value", [0.0, 1.0, 0.5, [0, 1], NUMBERS * 0])
def test_between_includes_its_bounds(value):
    expect_between(value, 0, 1)


@pytest.mark.parametrize("value", [np.nextafter(0, -1), np.nextafter(1, 2), np.nan, np.inf, -np.inf])
def test_between_sees_the_smallest_violation(value):
    with pytest.raises(Mismatch, match=r"outside \[0, 1\]"):
        expect_between(value, 0, 1)
    with pytest.raises(Mismatch, match=r"at \[2, 1\], outside \[0, 1\]"):
        expect_between(one_off(np.zeros((3, 2)), (2, 1), value), 0, 1)


def test_between_takes_bounds_for_each_value():
    expect_between([1, 2], [1, 1], [2, 2])
    with pytest.raises(Mismatch, match=r"has the value 2.0 at \[1\], outside \[0, 1\]"):
        expect_between([2, 2], [1, 0], [2, 1])


@pytest.mark.parametrize(("low", "high"), [(np.nan, 1), (0, np.nan), (1, 0)])
def test_nothing_lies_between_bounds_that_are_no_interval(low, high):
    with pytest.raises(Mismatch):
        expect_between(0.5, low, high)


@pytest.mark.parametrize("low", [np.zeros(2), np.zeros((2, 3)), np.zeros((3, 1))])
def test_bounds_of_another_shape_are_a_mismatch(low):
    with pytest.raises(Mismatch, match=r"has shape \(3,\); expected shape"):
        expect_between(np.full(3, 0.5), low, 1)
    with pytest.raises(Mismatch, match=r"has shape \(3,\); expected shape"):
        expect_between(np.full(3, 0.5), 0, low + 1)


# --- expect_at_most ---


@pytest.mark.parametrize(
    ("value", "bound", "slack"),
    [(1, 1, 0), (1.5, 1, 0.5), (UP, UP, 0), (DOWN, 0, 0), ([0, 1], [0, 1], 0), ([0, 1], 1, 0)],
)
def test_at_most_includes_its_bound(value, bound, slack):
    expect_at_most(value, bound, slack=slack)


@pytest.mark.parametrize(
    ("value", "bound", "slack"),
    [(np.nextafter(1, 2), 1, 0), (np.nextafter(1.5, 2), 1, 0.5), (UP, 1e308, 1), (np.nan, UP, 0), (0, np.nan, 0)],
)
def test_at_most_sees_the_smallest_violation(value, bound, slack):
    with pytest.raises(Mismatch, match="expected at most"):
        expect_at_most(value, bound, slack=slack)
    with pytest.raises(Mismatch, match=r"at \[2, 1\]; expected at most"):
        expect_at_most(
            one_off(np.full((3, 2), DOWN), (2, 1), value), one_off(np.full((3, 2), UP), (2, 1), bound), slack=slack
        )


@pytest.mark.parametrize("shape", [(2,), (3, 1), (3, 3)])
def test_at_most_holds_no_value_to_a_bound_of_another_shape(shape):
    with pytest.raises(Mismatch, match=r"has shape \(3,\); expected shape"):
        expect_at_most(np.zeros(3), np.ones(shape))


# --- expect_different ---


@pytest.mark.parametrize("other", [1.0, np.array([1.0, np.nextafter(2.0, 3)]), np.array([2, 1])])
def test_different_takes_the_smallest_difference(other):
    expect_different(np.array([1.0, 2.0]) if np.shape(other) else np.nextafter(1.0, 2), other)


@pytest.mark.parametrize("value", [1, np.inf, [0.1, 0.2], [[1], [2]]])
def test_different_sees_what_is_the_same(value):
    with pytest.raises(Mismatch, match="the same result twice"):
        expect_different(value, value)
    with pytest.raises(Mismatch, match="the same result twice"):
        expect_different(value, np.array(value, dtype=np.float64))


@pytest.mark.parametrize(
    ("one", "other"), [(np.nan, np.nan), (np.nan, 1), (1, np.nan), ([1, np.nan], [1, 2]), ([np.nan, 1], [np.nan, 1])]
)
def test_nan_is_no_draw_that_differs(one, other):
    with pytest.raises(Mismatch, match="contains nan"):
        expect_different(one, other)


def test_a_draw_of_another_shape_is_no_different_draw():
    with pytest.raises(Mismatch, match=r"has shape \(2,\); expected shape \(3,\)"):
        expect_different([1, 2], [1, 2, 3])


# --- about calls ---


def function(body, *names):
    """``body`` as a property sees it, and the log of its calls."""
    return Function(Signature("f", 1, dict.fromkeys(names), (Returns("real"),)), LocalCaller(body), [], hidden=False)


def raiser(error):
    def body(*_):
        raise error

    return body


class WorseError(ValueError):
    pass


@pytest.mark.parametrize("error", [ValueError("no"), WorseError(), np.linalg.LinAlgError()])
def test_raises_takes_the_exception_and_its_subclasses(error):
    expect_raises(ValueError, function(raiser(error)), 1)


@pytest.mark.parametrize("error", [TypeError(), Exception(), ArithmeticError()])
def test_raises_takes_no_other_exception(error):
    with pytest.raises(StudentFault) as caught:
        expect_raises(ValueError, function(raiser(error)), 1)
    assert caught.value.fault is Fault.RAISED


def test_raises_takes_no_answer():
    with pytest.raises(Mismatch, match="returned a value; expected it to raise ValueError"):
        expect_raises(ValueError, function(lambda _: 0.0), 1)


@pytest.mark.parametrize(("error", "fault"), [(NotImplementedError(), Fault.NOT_WRITTEN), (SystemExit(), Fault.EXITED)])
def test_raises_takes_no_other_fault(error, fault):
    with pytest.raises(StudentFault) as caught:
        expect_raises(Exception, function(raiser(error)), 1)
    assert caught.value.fault is fault


CHANGES = {
    "X by a bit": lambda X, y, s: X.__setitem__((1, 1), np.nextafter(X[1, 1], 9)),
    "X to nan": lambda X, y, s: X.__setitem__((0, 0), np.nan),
    "X in order": lambda X, y, s: X.sort(axis=0),
    "X in shape": lambda X, y, s: X.resize((4, 1), refcheck=False),
    "y by one": lambda X, y, s: y.__setitem__(0, y[0] + 1),
    "s within": lambda X, y, s: s[0].__setitem__(0, 9),
    "s longer": lambda X, y, s: s.append(s[0]),
    "s in order": lambda X, y, s: s.reverse(),
    "s to nothing": lambda X, y, s: s.clear(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_argument_is_named(change):
    arguments = np.array([[3.0, 1.0], [2.0, 5.0]]), np.array([1, 0]), [np.array([1, 2]), np.array([3])]
    before = [np.copy(a) if isinstance(a, np.ndarray) else [np.copy(i) for i in a] for a in arguments]

    def body(X, y, s):
        CHANGES[change](X, y, s)
        return 0.0

    with pytest.raises(Mismatch, match=f"changed its argument {change[0]}$"):
        expect_inputs_unchanged(function(body, "X", "y", "s"), *arguments)
    np.testing.assert_equal(list(arguments), before, err_msg="the property's own arrays must not change")


def test_unchanged_arguments_pass_nan_and_read_only_arrays_included():
    X = np.array([np.nan, 1.0])
    X.flags.writeable = False
    expect_inputs_unchanged(function(lambda X, y, s: 0.0, "X", "y", "s"), X, np.array([1, 2]), [X, X])


@pytest.mark.parametrize("answer", [np.zeros((2, 1)), [0.0, 0.0], (np.zeros(2), np.zeros((2, 2)))])
def test_an_answer_of_another_shape_says_nothing_about_the_arguments(answer):
    expect_inputs_unchanged(function(lambda X: answer, "X"), np.zeros(2))
    with pytest.raises(Mismatch, match="changed its argument X"):
        expect_inputs_unchanged(function(lambda X: X.fill(1) or answer, "X"), np.zeros(2))


@pytest.mark.parametrize("answer", [None, "done", (None, 0.0)])
def test_without_an_answer_nothing_was_left_alone(answer):
    with pytest.raises(Mismatch, match="returned"):
        expect_inputs_unchanged(function(lambda X: answer, "X"), np.zeros(2))


@pytest.mark.parametrize("after", [None, (), (np.zeros(2),)])
def test_arguments_that_did_not_come_back_were_not_checked(after):
    class Forgetful:
        def call(self, call):
            return Answer(call, 0.0, after)

    f = Function(Signature("f", 1, {"X": None, "y": None}, (Returns("real"),)), Forgetful(), [], hidden=False)
    with pytest.raises(InfrastructureError, match="f"):
        expect_inputs_unchanged(f, np.zeros(2), np.zeros(2))


def test_an_infinite_value_is_not_blamed_on_the_formula():
    with pytest.raises(Mismatch, match=r"infinite where a finite number is expected\. Did an exponential overflow"):
        expect(np.inf, 2.0)
    with pytest.raises(Mismatch, match=r"does not equal the expected value$"):
        expect(2.0, np.inf)
