"""A property that students write is judged by what it accepts and what it catches."""

import textwrap
from collections import deque

import numpy as np
import pytest

from autograder.checks import implementations, perturbed, question
from autograder.checks.arguments import check_arguments
from autograder.checks.implementations import Implementation
from autograder.model.errors import AuthoringError
from autograder.model.result import QuestionResult, Verdict
from autograder.wording.statements import statements
from tests import means


def good(mean):
    rng = np.random.default_rng(0)
    for n in (1, 2, 5):
        x = rng.exponential(size=n) + 1
        np.testing.assert_allclose(np.sum(x - mean(x)), 0, atol=1e-9)


def exact(mean):
    x = np.array([0.1, 0.2, 0.3])
    assert mean(x) == np.mean(x)
    good(mean)


def never(_):
    pass


def always(_):
    raise AssertionError


def wrong_kind(mean):
    if abs(mean(np.array([0.0, 0.0, 3.0])) - 1) > 1e-9:
        raise ValueError("wrong")


def says_false(mean):
    return mean(np.zeros(3)) == 0


@pytest.fixture
def asked(tmp_path):
    """The question, and a way to judge an answer to it."""
    return question.load(means.write(tmp_path / "means"))


def judged(asked, answer):
    return QuestionResult("check_mean", tuple(j.result for j in asked.judge({"check_mean": answer})))


def problems(result):
    return [p.counterexample.problem if p.counterexample else "" for p in result.properties]


def test_a_good_property_earns_everything(asked):
    assert judged(asked, good).score == 6


def test_what_it_accepts_wrongly_is_said(asked):
    result = judged(asked, lambda mean: good(lambda x: mean(x) if len(x) == 1 else np.mean(x)))
    assert problems(result)[1] == "accepts an implementation that is the median"
    assert problems(result)[3] == "accepts an implementation that divides by n - 1"
    assert result.score == 0  # a property that never raises accepts right ones as well
    assert [p.verdict for p in result.properties] == [Verdict.PASSED, Verdict.FAILED, Verdict.PASSED, Verdict.FAILED]


def test_one_that_refuses_a_right_answer_earns_nothing(asked):
    result = judged(asked, exact)
    failed = [p.name for p in result.properties if p.verdict is Verdict.FAILED]
    assert failed == ["right", "hidden_right"]
    assert result.score == 0
    assert "rejects a right implementation, one that divides the sum: AssertionError" in problems(result)[0]
    example = result.properties[0].counterexample
    assert example.calls[0].call == "check_mean(mean_of_sum)"
    assert example.calls[1].call == "mean_of_sum(np.array([0.1, 0.2, 0.3]))"


@pytest.mark.parametrize("answer", [never, always, wrong_kind, says_false])
def test_these_earn_nothing(asked, answer):
    assert judged(asked, answer).score == 0


def test_what_a_student_reads_of_a_rejected_implementation(asked):
    def bits(mean):
        for x in np.random.default_rng(0).exponential(size=(9, 3)):
            assert mean(x) in {np.mean(x), np.sum(x / 3)}, f"found {mean(x)}"

    def breaks(mean):
        mean("x")

    public, *_ = judged(asked, exact).properties
    lines = [line.text for line in statements(public)]
    assert any(line.startswith("rejects a right implementation, one that divides the sum: Asser") for line in lines)
    assert lines[-1] == "so with 1 of 2 implementations"
    *_, hidden, _ = judged(asked, bits).properties
    lines = [line.text for line in statements(hidden)]
    assert lines[:2] == ["Tolerance?", "a hidden check: its inputs are not shown"]
    assert lines[2].startswith("rejects a right implementation, one that rounds otherwise: AssertionError (line")
    assert "assert mean(x) in" in lines[2]
    assert "AssertionError: found" not in lines[2]
    public, *_ = judged(asked, breaks).properties
    assert any(line.text.startswith("breaks on a right implementation") for line in statements(public))


def test_another_exception_catches_nothing_and_is_told(asked):
    result = judged(asked, wrong_kind)
    assert "ValueError: wrong; only an AssertionError says" in problems(result)[1]
    assert result.properties[0].verdict is Verdict.PASSED


def test_a_returned_value_is_no_verdict(asked):
    assert "returned a bool; expected None: raise AssertionError" in problems(judged(asked, says_false))[0]


def test_cases_are_read_well(asked):
    assert '"that": "divides by n - 1"' in asked.path.with_suffix(".json").read_text(encoding="utf-8")
    assert [p.free for p in asked.properties] == [True, False, True, False]


def test_an_unknown_implementation_is_the_authors_mistake(asked):
    text = asked.path.read_text(encoding="utf-8").replace('"is the median"', '"is the mode"')
    asked.path.write_text(text, encoding="utf-8")
    with pytest.raises(AuthoringError, match="expected 'is the mode' in WRONG; found 'is the median'"):
        question.load(asked.path).record()


def test_implementations_get_copies():
    x = np.arange(3.0)
    exec_in = {}
    exec(textwrap.dedent("def shift(x):\n    x += 1\n    return x"), exec_in)
    found = Implementation(exec_in["shift"], "shifts")
    np.testing.assert_array_equal(found(x), x + 1)
    np.testing.assert_array_equal(found(x), [1, 2, 3])


def test_lists_of_numbers_arrive_as_arrays():
    found = Implementation(lambda *args, **kwargs: [type(a) for a in (*args, *kwargs.values())], "looks at types")
    assert found([1, 2], (0.5, 1.0), [[1, 2], [3]], ["a"], 3, x=[[1.0], [2.0]]) == [
        np.ndarray,
        np.ndarray,
        list,
        list,
        int,
        np.ndarray,
    ]


def test_the_last_calls_are_noted():
    seen = deque(maxlen=2)
    found = Implementation(np.sqrt, "is the root").watched(seen)
    for x in (1.0, 4.0, 9.0):
        found(x)
    assert [(a.call.args, a.value) for a in seen] == [((4.0,), 2.0), ((9.0,), 3.0)]


def test_a_perturbed_function_is_as_right_and_has_other_bits():
    x = np.random.default_rng(0).normal(size=200)
    other = perturbed(lambda x: (x, np.arange(3)))(x)
    assert 50 < np.sum(other[0] != x) < 200
    np.testing.assert_allclose(other[0], x, rtol=1e-15)
    assert np.all(np.abs(other[0]) <= np.abs(x))
    np.testing.assert_array_equal(other[1], np.arange(3))
    exact = np.array([0.0, 1.0, np.inf, -np.inf, np.nan])
    np.testing.assert_array_equal(perturbed(lambda x: x)(exact), exact)


def test_what_an_implementation_remembers_it_forgets_before_the_next_property(tmp_path):
    path = means.write(tmp_path / "means")
    hidden = tmp_path / "means" / "implementations" / "check_mean.py"
    remembers = "def spoils(x):\n    spoils.calls += 1\n    return np.mean(x) + (spoils.calls > 1)\n"
    begin = "\ndef begin():\n    spoils.calls = 0\n\nspoils.begin = begin\n\nRIGHT"
    text = hidden.read_text(encoding="utf-8").replace("\nRIGHT", begin, 1)
    start = text.index("def spoils")
    hidden.write_text(text[:start] + remembers + text[text.index(begin) :], encoding="utf-8")
    implementations._module.cache_clear()
    asked = question.load(path)
    once = [judged(asked, lambda mean: never(mean(np.ones(3)))).properties for _ in range(2)]
    assert once[0] == once[1]
    twice = judged(asked, lambda mean: np.testing.assert_equal(mean(np.ones(3)), mean(np.ones(3))))
    assert "accepts an implementation that divides by n - 1" in problems(twice)[3]
    assert twice.properties[3].failing == 1


def all_of(X, y, n_classes, spread, rng, z=0):
    return X, y, n_classes, spread, rng, z


TAKES = {"X": "(n, 2)", "y": "(n,) < K", "n_classes": "K", "spread": "number > 0", "rng": "rng", "z": "any"}
RNG = np.random.default_rng(0)
RIGHT_ONES = {"X": np.ones((3, 2)), "y": np.array([0, 1, 1]), "n_classes": 2, "spread": 0.5, "rng": RNG, "z": 1.0}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"X": np.ones(3)}, "X: expected shape (n, 2); found shape (3,)"),
        ({"y": [0, 1]}, "y: expected shape (n,), where n = 3; found shape (2,)"),
        ({"y": [0, 1, 2]}, "y: expected whole numbers from 0 to 1"),
        ({"y": [0, 0.5, 1]}, "y: expected whole numbers"),
        ({"n_classes": 2.5}, "n_classes: expected whole numbers"),
        ({"n_classes": [2]}, "n_classes: expected a number; found shape (1,)"),
        ({"spread": 0}, "spread: expected positive numbers"),
        ({"spread": "x"}, "spread: expected real numbers; found a value of type str"),
        ({"z": [[1], [1, 2]]}, "z: expected real numbers; found a value of type list"),
        ({"rng": 3}, "rng: expected a numpy.random.Generator; found a value of type int"),
    ],
)
def test_arguments_are_held_to_the_contract(given, says):
    with pytest.raises((TypeError, ValueError)) as caught:
        check_arguments(all_of, TAKES)(**{**RIGHT_ONES, **given})
    assert str(caught.value) == says


def test_arguments_and_values_are_stored_in_one_way():
    found = check_arguments(all_of, TAKES)(
        [[True, 0]] * 3, [0.0, 1.0, 1.0], np.array(2), np.float32(1), RNG, z=np.zeros(2, np.int8)
    )
    assert [(type(v).__name__, getattr(v, "dtype", None)) for v in found] == [
        ("ndarray", np.float64),
        ("ndarray", np.int64),
        ("int64", np.int64),
        ("float64", np.float64),
        ("Generator", None),
        ("ndarray", np.float64),
    ]


def test_an_argument_that_the_contract_does_not_know_is_the_authors_mistake():
    with pytest.raises(AuthoringError, match="all_of takes z; the contract's takes has no such name"):
        check_arguments(all_of, {name: text for name, text in TAKES.items() if name != "z"})


def test_order_stays_where_it_is_asked_for():
    x = 1 - np.arange(50) * 2.0**-53
    assert np.any(np.diff(perturbed(np.sort)(x)) < 0)
    moved = perturbed(np.sort, monotone=True)(x)
    assert np.all(np.diff(moved) >= 0)
    assert np.sum(moved != np.sort(x)) == 49
