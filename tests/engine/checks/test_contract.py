"""The contract: its little language, and values of every odd kind held to it."""

import array
import collections
import dataclasses
from fractions import Fraction

import numpy as np
import pytest

from autograder.checks import contract
from autograder.checks.contract import load
from autograder.checks.returns import bind, describe, expected_shapes, normalise
from autograder.model.errors import AuthoringError, Mismatch
from autograder.model.limits import Limits
from autograder.model.values import Opaque

QUESTION = '[[question]]\nname = "f"\npoints = 5\narguments = { X = "(n, d)", z = "", T = "T" }\n'


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "toy" / "tests" / "contract.toml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def signature(write):
    """The signature of ``f(X, z, T)`` with the given ``returns``."""
    return lambda returns: load(write(f"{QUESTION}returns = {returns}\n")).signature("f")


def held(signature, value, **arguments):
    return normalise(signature, expected_shapes(signature, (), arguments), value)


def test_a_contract_has_its_questions_in_order_with_points_and_limits(write):
    second = QUESTION.replace('"f"', '"g"') + 'returns = "real ()"\n'
    path = write(
        'title = "T"\nrejudge = false\n[limits]\ncall_seconds = 0.5\n' + QUESTION + 'returns = "real like z"\n' + second
    )
    found = load(path)
    assert [q.name for q in found.questions] == ["f", "g"]
    assert (found.name, found.title, found.points, found.rejudge) == ("toy", "T", 10, False)
    assert found.limits == dataclasses.replace(Limits(), call_seconds=0.5)
    assert dict(found.questions[0].arguments) == {"X": ("n", "d"), "z": None, "T": "T"}
    assert found.signature("h") is None


@pytest.mark.parametrize(
    ("text", "kind", "shape", "like", "optional"),
    [
        ("real ()", "real", (), (), False),
        ("integer (n,)", "integer", ("n",), (), False),
        ("real (n, d)", "real", ("n", "d"), (), False),
        ("real (T+1,)", "real", ("T+1",), (), False),
        ("real (3,)", "real", ("3",), (), False),
        ("real like z", "real", (), ("z",), False),
        ("real like X z", "real", (), ("X", "z"), False),
        ("integer () or none", "integer", (), (), True),
        ("real like z or none", "real", (), ("z",), True),
    ],
)
def test_returns_are_read(signature, text, kind, shape, like, optional):
    assert signature(f'"{text}"').returns == (contract.Returns(kind, shape, like, optional),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "not a TOML file"),
        ("", "at least one [[question]]"),
        ('question = "f"', "at least one [[question]]"),
        ('[question]\nname = "f"', "at least one [[question]]"),
        ("[limits]\nseconds = 3\n" + QUESTION + 'returns = "real ()"', "found ['seconds']"),
        ('[limits]\ncall_seconds = "3"\n' + QUESTION + 'returns = "real ()"', "'3'"),
        ("[limits]\ncall_seconds = -2\n" + QUESTION + 'returns = "real ()"', "a number above 0; found -2"),
        ("[limits]\ncall_seconds = inf\n" + QUESTION + 'returns = "real ()"', "a number above 0; found inf"),
        ("[limits]\nmemory = 0.5\n" + QUESTION + 'returns = "real ()"', "a whole number of 0 or more; found 0.5"),
        ("limits = 3\n" + QUESTION + 'returns = "real ()"', "a table [limits]; found 3"),
        ('[feedback]\nnamd = "after"\n' + QUESTION + 'returns = "real ()"', "found {'namd': 'after'}"),
        ("title = 3\n" + QUESTION + 'returns = "real ()"', 'expected title = "..."; found 3'),
        ('rejudge = "no"\n' + QUESTION + 'returns = "real ()"', "expected rejudge = true or false; found 'no'"),
        (QUESTION, "question f lacks returns"),
        (QUESTION.replace('name = "f"\n', "") + 'returns = "real ()"', "question 1 lacks name"),
        (QUESTION.replace('"f"', '"f 1"') + 'returns = "real ()"', "a function's; found 'f 1'"),
        (QUESTION.replace('"(n, d)"', '"(n d)"') + 'returns = "real ()"', "found '(n d)'"),
        (QUESTION.replace('"(n, d)"', '"(n, d"') + 'returns = "real ()"', "found '(n, d'"),
        (QUESTION.replace("arguments = {", "arguments = 3 #") + 'returns = "real ()"', "found 3"),
        (QUESTION.replace("5", "-5") + 'returns = "real ()"', "0 or more; found -5"),
        (QUESTION.replace("5", "true") + 'returns = "real ()"', "0 or more; found True"),
        (QUESTION + 'returns = "float"', "found 'float'"),
        (QUESTION + 'returns = "real"', "found 'real'"),
        (QUESTION + 'returns = "real (n"', "found 'real (n'"),
        (QUESTION + 'returns = "complex ()"', "found 'complex ()'"),
        (QUESTION + 'returns = ["real ()", "reel ()"]', "found 'reel ()'"),
        (QUESTION + "returns = 3", "found 3"),
        (QUESTION + 'returns = "real (m,)"', "'m'"),
        (QUESTION + 'returns = "real (n-1,)"', "'n-1'"),
        (QUESTION + 'returns = "real like Z"', "'Z'"),
        (QUESTION.replace('"(n, d)"', "3") + 'returns = "real ()"', "found 3"),
        (QUESTION.replace("5", '"five"') + 'returns = "real ()"', "'five'"),
        (2 * (QUESTION + 'returns = "real ()"\n'), "twice"),
        (QUESTION + 'returns = "none"\ntakes = { X = "(n, d" }', "found '(n, d'"),
        (QUESTION + 'returns = "none"\ntakes = { X = "(n,) > 1" }', "found '(n,) > 1'"),
        (QUESTION + 'returns = "none"\ntakes = { X = "(n,) < K" }', "found '(n,) < K'"),
    ],
)
def test_a_contract_that_is_not_understood_names_its_file_and_what_was_found(write, text, says):
    path = write(text)
    with pytest.raises(AuthoringError) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)


def test_a_missing_contract_is_named(tmp_path):
    with pytest.raises(AuthoringError, match=r"contract\.toml: not found"):
        load(tmp_path / "contract.toml")


def test_arguments_are_bound_by_place_and_by_name(signature):
    assert bind(signature('"real ()"'), (1, 2), {"T": 3}) == {"X": 1, "z": 2, "T": 3}


# --- what is taken, and as what ---


@pytest.mark.parametrize(
    "value", [2, 2.0, np.float32(2), np.int8(2), np.array(2.0), np.array(2), Fraction(2), np.array(Fraction(2))]
)
def test_any_number_is_a_real_number(signature, value):
    found = held(signature('"real ()"'), value)
    assert type(found) is float
    assert found == 2.0


@pytest.mark.parametrize("value", [1, True, np.True_, 1.0, np.uint8(1), np.array(1.0), np.array(True)])
def test_any_whole_number_is_an_integer(signature, value):
    found = held(signature('"integer ()"'), value)
    assert type(found) is int
    assert found == 1


@pytest.mark.parametrize(
    "value",
    [
        [1, 0, 2],
        (1, 0, 2),
        np.array([1, 0, 2], dtype=np.int16),
        np.array([1.0, 0.0, 2.0], dtype=np.float32),
        np.array([1, 0, 2], dtype=object),
        [np.array(1), 0.0, Fraction(2)],
        range(1, 4),
        array.array("d", [1, 0, 2]),
        collections.deque([1, 0, 2]),
        memoryview(np.array([1, 0, 2])),
    ],
)
@pytest.mark.parametrize("kind", ["real", "integer"])
def test_anything_that_numpy_turns_into_the_shape_is_taken(signature, value, kind):
    found = held(signature(f'"{kind} (n,)"'), value, X=np.zeros((3, 2)))
    assert found.dtype == (np.float64 if kind == "real" else np.int64)
    assert np.array_equal(found, np.asarray(list(value), dtype=float))


def test_values_of_one_shape_may_come_in_one_array(signature):
    both = signature('["real (n,)", "integer (n,)"]')
    real, whole = held(both, np.array([[0.5, 1.5], [1, 2]]), X=np.zeros((2, 2)))
    assert (real.tolist(), whole.tolist()) == ([0.5, 1.5], [1, 2])
    with pytest.raises(Mismatch, match=r"returned an array of shape \(3, 2\); expected a tuple of 2 values"):
        held(both, np.zeros((3, 2)), X=np.zeros((2, 2)))
    with pytest.raises(Mismatch, match=r"returned an array of shape \(2, 3\); expected a tuple of 2 values"):
        held(both, np.zeros((2, 3)), X=np.zeros((2, 2)))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_are_real_numbers_but_no_integers(signature, value):
    both = signature('["real ()", "real ()"]')
    np.testing.assert_equal(held(both, (value, 1)), (value, 1.0))
    with pytest.raises(Mismatch, match="not whole numbers"):
        held(dataclasses.replace(both, returns=(contract.Returns("integer"),), several=False), value)


@pytest.mark.parametrize("value", [0.5, 1e300, 2.0**63, np.uint64(2**64 - 1), [1, 2, 0.25]])
def test_what_is_not_whole_is_no_integer(signature, value):
    returns = '"integer (n,)"' if isinstance(value, list) else '"integer ()"'
    with pytest.raises(Mismatch, match="not whole numbers"):
        held(signature(returns), value, X=np.zeros((3, 2)))


class Hostile:
    def __float__(self):
        raise RuntimeError

    def __array__(self, *args, **kwargs):
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None (is a `return` missing?)"),
        ("2.0", "a str"),
        (b"2", "a bytes"),
        ({0: 2.0}, "a dict"),
        ({2.0}, "a set"),
        (2j, "a complex"),
        (np.array(2j), "an array of complex128 values"),
        (np.array("2"), "an array of <U1 values"),
        (np.array("2", dtype=object), "an array of object values"),
        (np.array(None), "an array of object values"),
        (np.datetime64("2020-01-01"), "a datetime64"),
        (Opaque("Foo", "<Foo>"), "a Foo object"),
        (Opaque("Index"), "an Index object"),
        (Opaque(""), "a  object"),
        (lambda: 2, "a function"),
        (iter([2.0]), "a list_iterator"),
        (10**400, "an int"),
        (Hostile(), "a Hostile"),
    ],
)
def test_what_is_no_number_is_described(signature, value, words):
    with pytest.raises(Mismatch) as caught:
        held(signature('"real ()"'), value)
    assert str(caught.value) == f"returned {words}; expected a number"


@pytest.mark.parametrize(
    "value",
    [
        [1, None, 2],
        [1, "2", 3],
        np.array([1, "2", 3], dtype=object),
        [1, [2], 3],
        [1, 2j, 3],
        [1, Opaque("Foo"), 3],
        [1, Hostile(), 3],
    ],
)
def test_a_container_of_something_else_is_no_array_of_numbers(signature, value):
    with pytest.raises(
        Mismatch, match=r"returned an? (list of 3 items|array of object values); expected numbers of shape \(3,\)"
    ):
        held(signature('"real (n,)"'), value, X=np.zeros((3, 2)))


@pytest.mark.parametrize("shape", [(), (3, 1), (1, 3), (2,), (4,), (0,), (3, 2)])
def test_another_shape_is_never_taken(signature, shape):
    with pytest.raises(Mismatch) as caught:
        held(signature('"real (n,)"'), np.zeros(shape), X=np.zeros((3, 2)))
    assert str(caught.value) == f"returned shape {shape}; expected shape (3,)"


@pytest.mark.parametrize("value", [[1.0], np.zeros((1, 1)), np.zeros(0), (1.0, 2.0)])
def test_a_single_number_is_no_array(signature, value):
    with pytest.raises(Mismatch, match=r"expected a single number \(shape \(\)\)"):
        held(signature('"real ()"'), value)


def test_a_shape_may_add_to_a_bound_integer(signature):
    spec = signature('"real (T+1,)"')
    assert held(spec, np.zeros(4), T=3).shape == (4,)
    with pytest.raises(Mismatch, match=r"shape \(3,\); expected shape \(4,\)"):
        held(spec, np.zeros(3), T=np.int64(3))


def test_a_shape_may_be_a_number(signature):
    with pytest.raises(Mismatch, match=r"expected shape \(3,\)"):
        held(signature('"real (3,)"'), [1, 2])


def test_like_is_the_broadcast_shape_of_the_arguments_given(signature):
    spec = signature('"real like X z"')
    assert held(spec, np.zeros((3, 2)), X=np.zeros((3, 2)), z=np.zeros(2)).shape == (3, 2)
    assert held(spec, np.zeros((3, 2)), X=np.zeros((3, 1)), z=[0.0, 1.0]).shape == (3, 2)
    with pytest.raises(Mismatch, match=r"expected shape \(3, 2\)"):
        held(spec, np.zeros(2), X=np.zeros((3, 2)), z=0.0)


def test_none_is_an_answer_only_where_the_contract_says_so(signature):
    spec = signature('"integer () or none"')
    assert held(spec, None) is None
    assert held(spec, 3) == 3
    with pytest.raises(Mismatch, match="not whole numbers"):
        held(spec, np.nan)


@pytest.mark.parametrize("container", [tuple, list])
def test_several_values_come_as_a_tuple(signature, container):
    spec = signature('["real (d,)", "integer ()"]')
    first, second = held(spec, container([[1, 2], 3.0]), X=np.zeros((3, 2)))
    assert first.tolist() == [1.0, 2.0]
    assert (second, type(second)) == (3, int)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.zeros((2, 2)), "an array of shape (2, 2)"),
        (([1, 2],), "a tuple of shape (1, 2)"),
        (([1, 2], 3, 4), "a tuple of 3 items"),
        (None, "None (is a `return` missing?)"),
        (7.0, "a float"),
    ],
)
def test_several_values_are_nothing_but_a_tuple_of_as_many(signature, value, words):
    with pytest.raises(Mismatch) as caught:
        held(signature('["real (d,)", "integer ()"]'), value, X=np.zeros((3, 2)))
    assert str(caught.value) == f"returned {words}; expected a tuple of 2 values"


def test_the_wrong_item_of_a_tuple_is_counted_from_zero(signature):
    with pytest.raises(Mismatch, match=r"item 1 of the result: returned shape \(1,\)"):
        held(signature('["real (d,)", "integer ()"]'), ([1, 2], [3]), X=np.zeros((3, 2)))


def test_the_answer_is_a_new_array_or_the_same_values(signature):
    value = np.array([1.5, -0.0, np.inf])
    found = held(signature('"real (n,)"'), value, X=np.zeros((3, 2)))
    assert found.tobytes() == value.tobytes()


def test_a_list_is_described_by_its_shape_where_it_has_one():
    assert describe([[1, 2], [3, 4]]) == "a list of shape (2, 2)"
    assert describe([1, "a"]) == "a list of 2 items"


def test_values_in_another_order_are_suspected(signature):
    f = signature('["real (n,)", "real (d,)"]')
    with pytest.raises(Mismatch) as caught:
        held(f, (np.zeros(3), np.zeros(2)), X=np.zeros((2, 3)))
    assert str(caught.value) == (
        "item 0 of the result: returned shape (3,); expected shape (2,) (are the values in another order?)"
    )
    with pytest.raises(Mismatch) as caught:
        held(f, (np.zeros(4), np.zeros(2)), X=np.zeros((2, 3)))
    assert "order" not in str(caught.value)
