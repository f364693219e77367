"""The calls of a case, pasted one after the other, give what they gave."""

import copy

import numpy as np
import pytest

from autograder.checks.functions import Function, as_caller
from autograder.model.calls import Answer, Call
from autograder.model.contract import Returns, Signature
from autograder.wording.transcript import MOST_CALLS, MOST_WITH_RNG, transcript

DRAW = Signature("draw", 1, {"n": "n", "rng": None}, (Returns("real", ("n",)),))


def draw(n, rng):
    return rng.normal(size=n)


def logged(body):
    """The log of what ``body`` calls."""
    log = []
    body(Function(DRAW, as_caller(draw), log, hidden=False))
    return log


def pasted(calls):
    scope = {"np": np, "draw": draw}
    return [np.array_equal(eval(c.call, scope), eval(c.returned, scope)) for c in calls]


def twice_from_the_same_state(f):
    f(2, np.random.default_rng(7))
    f(2, np.random.default_rng(7))


def on_and_on(f):
    rng = np.random.default_rng(7)
    for _ in range(3):
        f(2, rng)


def longer_than_shown(f):
    rng = np.random.default_rng(7)
    for _ in range(MOST_WITH_RNG):
        f(1, rng)


def two_at_once(f):
    one, other = np.random.default_rng(1), np.random.default_rng(2)
    for rng in (one, other, one, other):
        f(1, rng)


def begun_elsewhere(f):
    rng = np.random.default_rng(7)
    rng.random(5)
    f(2, rng)


def begun_anew(f):
    rng = np.random.default_rng(7)
    f(1, rng)
    f(1, rng)
    rng = np.random.default_rng(7)
    f(1, rng)
    f(1, rng)


@pytest.mark.parametrize(
    "body", [twice_from_the_same_state, on_and_on, longer_than_shown, two_at_once, begun_elsewhere, begun_anew]
)
def test_lines_with_generators_can_be_pasted(body):
    shown = transcript(logged(body))
    assert all(pasted(shown))
    assert len(shown) <= MOST_WITH_RNG


def test_a_generator_is_named_only_where_it_goes_on():
    assert [c.call for c in transcript(logged(twice_from_the_same_state))] == ["draw(2, np.random.default_rng(7))"] * 2
    assert [c.call for c in transcript(logged(on_and_on))] == [
        "draw(2, rng := np.random.default_rng(7))",
        "draw(2, rng)",
        "draw(2, rng)",
    ]


def test_without_a_generator_the_last_calls_are_shown():
    log = [Answer(Call("f", (i,), {}), i) for i in range(9)]
    assert [c.call for c in transcript(log)] == ["f(6)", "f(7)", "f(8)"]
    assert len(transcript(log)) == MOST_CALLS
    assert transcript([]) == ()


def test_a_generator_by_name_is_pasteable_too():
    rng = np.random.default_rng(7)
    calls = []
    for _ in range(2):
        before = copy.deepcopy(rng)
        calls.append(Answer(Call("draw", (1,), {"rng": before}), draw(1, rng)))
    assert all(pasted(transcript(calls)))


def test_a_state_that_no_expression_gives_is_not_made_up():
    rng = np.random.default_rng(7)
    rng.integers(5)
    (shown,) = transcript([Answer(Call("draw", (1, rng), {}), 0.0)])
    assert "default_rng(...)" in shown.call


def test_a_function_is_shown_as_its_author_wrote_it():
    def classify(z):
        return z

    classify.as_python = "lambda z: z"
    (shown,) = transcript([Answer(Call("f", (classify,), {}), 0.0)])
    assert shown.call == "f(lambda z: z)"
