"""What is shown can be pasted: its text gives the same value back."""

import numpy as np
import pytest

from autograder.checks import (
    arrays,
    choice,
    classification_data,
    gaussian_classes,
    labelled_data,
    labels,
    linear_data,
    number,
    seeds,
    whole,
)
from autograder.checks.cases import build_case, draw_cases
from autograder.model.calls import Answer, Call
from autograder.model.errors import Fault, StudentFault
from autograder.model.values import Opaque, numbers_in
from autograder.wording.literals import LONGEST_TEXT, MOST_NUMBERS, cut, show
from autograder.wording.transcript import transcript

RECIPES = {
    "arrays": arrays(dimensions=(0, 1, 2, 3), largest=3),
    "wide arrays": arrays(scale=1e6),
    "edge values": choice(
        [0.0, -0.0, np.inf, -np.inf, np.nan, 1e-300, 0.1 + 0.2, np.array([np.nan, np.inf, -np.inf, -0.0])]
    ),
    "odd values": choice(
        [(), (1,), [], [(1.5,), [True, None]], np.zeros(0), np.zeros((0, 3)), np.array([True, False]), "it's", None]
    ),
    "odd dtypes": choice([np.array([1, 2], dtype=t) for t in ("int8", "uint64", "float32", "complex128", "bool")]),
    "scalars": choice([np.float64(0.1), np.int64(3), np.bool_(1), np.array(2), np.array(-np.inf)]),
    "number": number(-2, 2),
    "whole": whole(-5, 5),
    "seeds": seeds(),
    "linear": linear_data(),
    "classification": classification_data(),
    "labels": labels(),
    "labelled": labelled_data(),
    "gaussian": gaussian_classes(),
}


def pasted(text):
    return eval(text, {"np": np})


def same(one, other):
    """Equal down to the bit, containers and dtypes included."""
    if isinstance(one, (tuple, list)):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    a, b = np.asarray(one), np.asarray(other)
    # A NaN has many bit patterns; any of them is one.
    return a.dtype == b.dtype and a.shape == b.shape and (a.tobytes() == b.tobytes() or repr(a) == repr(b))


@pytest.mark.parametrize("name", RECIPES)
def test_a_shown_call_gives_the_same_arguments_when_pasted(name):
    shown = 0
    for case in draw_cases(name, {"it": RECIPES[name]}, 40):
        value = build_case({"it": RECIPES[name]}, case)["it"]
        if numbers_in(value) >= MOST_NUMBERS:
            continue
        text = transcript([Answer(Call("f", (value, 1), {"key": value}))])[0].call
        first, second, key = eval(text, {"np": np, "f": lambda *args, key: (*args, key)})
        assert same(first, value)
        assert second == 1
        assert same(key, value)
        shown += 1
    assert shown >= 5


def test_the_text_of_a_float_is_exact():
    rng = np.random.default_rng(0)
    values = rng.normal(size=50) * 10.0 ** rng.integers(-300, 300, size=50)
    assert same(pasted(show(values)), values)


@pytest.mark.parametrize(("size", "whole_text"), [(MOST_NUMBERS, True), (MOST_NUMBERS + 1, False)])
@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "bool"])
def test_a_long_array_is_shortened_to_its_shape_and_first_values(size, whole_text, dtype):
    value = np.random.RandomState(0).randint(1000, 9999, size=size).astype(dtype)
    text = show(value)
    if whole_text:
        assert same(pasted(text), value)
    else:
        first = ", ".join(show(v) for v in value[:4])
        assert text == f"<array of shape ({size},): [{first}, ...]>"


LONG = {
    "constant": np.full(2000, 0.1),
    "constant rows": np.repeat([[0.1], [-2.5]], 2000, axis=1),
    "constant columns": np.tile([0.1, 0.2, 0.3], (500, 1)),
    "runs": np.array([[0.25] + [0.0] * 2000]),
    "grid": np.linspace(-3.0, 2.5, 121),
    "column of a grid": np.linspace(-28.0, 28.0, 141).reshape(-1, 1),
    "counting": np.arange(3000),
    "repeated": np.tile([0, 1, 2, 2], 250),
    "diagonal": np.diag(np.full(100, 1e-6)),
    "nan and infinities": np.array([np.nan] + [np.inf] * 99 + [-np.inf] * 99),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_array_is_shown_as_what_makes_it(name):
    text = show(LONG[name])
    assert len(text) < 120
    assert same(pasted(text), LONG[name])


@pytest.mark.parametrize("value", [np.zeros(99), np.zeros((2, 99)), np.random.RandomState(1).choice([0.0, -0.0], 99)])
def test_a_negative_zero_is_not_lost_in_a_long_array(value):
    value = value.copy()
    value[..., -1] = -0.0
    text = show(value)
    assert text.startswith("<array") or same(pasted(text), value)


def test_in_a_call_longer_arrays_are_written_out_than_in_an_answer():
    tokens = np.random.RandomState(0).randint(0, 3, size=1000)
    rows = np.random.RandomState(0).randint(-9, 9, size=(60, 2)) / 10
    for value in (tokens, rows):
        assert show(value).startswith("<array of shape")
        (shown,) = transcript([Answer(Call("f", (value,)), value)])
        assert shown.returned.startswith("<array of shape")
        assert same(eval(shown.call, {"np": np, "f": lambda x: x}), value)


@pytest.mark.parametrize("dtype", ["float32", "int8", "bool", "complex128", "uint64"])
def test_other_dtypes_are_not_shortened_into_something_else(dtype):
    assert show(np.ones(99, dtype=dtype)).startswith("<array of shape (99,)")


def test_a_generator_a_function_and_what_did_not_cross_are_named():
    def helper():
        pass

    assert show(np.random.default_rng(3)) == "np.random.default_rng(3)"
    assert show(np.random.default_rng([0, 197])) == "np.random.default_rng([0, 197])"
    further = np.random.default_rng([0, 197])
    further.random(5)
    assert eval(show(further), {"np": np}).random() == further.random()
    assert show(np.random.default_rng()).startswith("np.random.default_rng(")
    assert show(helper) == "helper"
    assert show(float) == "float"
    assert show(Opaque("DataFrame", "secret")) == "<DataFrame>"
    assert show([helper, Opaque("Foo")]) == "[helper, <Foo>]"


class Unspeakable:
    def __repr__(self):
        raise RuntimeError("ha")


def test_a_value_that_cannot_be_printed_is_named_by_its_type():
    assert show(Unspeakable()) == "<Unspeakable>"
    assert show([1, Unspeakable()]) == "[1, <Unspeakable>]"
    assert "<Unspeakable>" in show(np.array([Unspeakable()], dtype=object))


def test_a_call_shows_what_it_returned():
    (shown,) = transcript([Answer(Call("f", (1, np.array([2.0])), {"k": (3,)}), np.array([0.5]))])
    assert (shown.call, shown.returned, shown.raised) == ("f(1, np.array([2.0]), k=(3,))", "np.array([0.5])", "")


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (StudentFault(Fault.RAISED, "ValueError: no", "line 3: x"), "ValueError: no (line 3: x)"),
        (StudentFault(Fault.EXITED, "called exit(0)"), "called exit(0)"),
        (StudentFault(Fault.TIMED_OUT), "timed out"),
    ],
    ids=["raised", "exited", "timed out"],
)
def test_a_call_that_gave_no_answer_shows_why(fault, text):
    (shown,) = transcript([Answer(Call("f"), fault=fault)])
    assert (shown.call, shown.returned, shown.raised) == ("f()", "", text)


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (3, 1),
        ("abc", 1),
        (np.zeros((3, 4)), 12),
        (np.zeros(0), 0),
        ([np.zeros(2), (1, 2)], 4),
        ({"a": np.zeros(3), "b": 1}, 4),
        ((), 0),
    ],
)
def test_numbers_are_counted_through_containers(value, count):
    assert numbers_in(value) == count


@pytest.mark.parametrize(
    "value",
    [
        list(range(10**6)),
        [[0.5] * 100] * 10_000,
        "x" * 10**7,
        dict.fromkeys(range(1000), "y" * 1000),
        Opaque("z" * 10**6),
        10**9000,
        (np.zeros(10**6), [np.arange(30)] * 10**5),
    ],
    ids=range(7),
)
def test_no_text_of_a_value_is_long(value):
    assert len(cut(show(value))) <= LONGEST_TEXT
    assert len(show(value)) <= 3 * LONGEST_TEXT
