"""Prefetched calls: which are planned, and that an answer replaces exactly its call."""

import copy

import numpy as np
import pytest

from autograder.checks.judging import judge
from autograder.checks.prefetch import MOST_GUESSES, MOST_NUMBERS, PlannedCall, PrefetchedAnswers, plan
from autograder.model.calls import Answer, Call
from autograder.model.errors import Fault, StudentFault
from autograder.model.result import Verdict
from autograder.model.values import identical

TWICE = """
    @prop(points=1, hint="Add.", cases=8, z=arrays(largest=4))
    def is_twice(f, z):
        expect(f(z), 2 * z)
        expect(f(z + 1), 2 * z + 2)
"""
CHAINED = """
    @prop(points=1, hint="Add.", cases=8, z=arrays(largest=4))
    def four_times(f, z):
        expect(f(f(z)), 4 * z)
        expect(f(z + 1), 2 * z + 2)
"""
DRAWS = """
    @prop(points=1, hint="Add.", cases=8, n=whole(1, 40))
    def draws(f, n):
        rng = np.random.default_rng(n)
        f(rng)
        f(rng)
        f(np.random.default_rng(n))
"""


def read_only(*values):
    array = np.array(values)
    array.flags.writeable = False
    return array


@pytest.fixture
def only(write_question):
    return lambda text, **more: write_question(text, **more).properties[0]


SAME = [
    0.5,
    float("nan"),
    3,
    None,
    "x",
    True,
    np.float32(2),
    np.arange(3.0),
    np.array([np.nan, -0.0]),
    (1, [np.zeros(2)], {"a": 1.0}),
    np.random.default_rng(3),
]


@pytest.mark.parametrize("value", SAME, ids=range(len(SAME)))
def test_a_copy_is_identical(value):
    assert identical(value, copy.deepcopy(value))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (0.0, -0.0),
        (1.0, 1),
        (1, True),
        (0.1, 0.1 + 2**-55),
        (np.float32(1), np.float64(1)),
        (np.zeros(2), np.zeros((1, 2))),
        (np.zeros(2), np.zeros(2, np.float32)),
        (np.array([0.0]), np.array([-0.0])),
        ((1,), [1]),
        ((1,), (1, 1)),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (np.random.default_rng(3), np.random.default_rng(4)),
        (np.array([None]), np.array([None])),
        (len, len),
    ],
    ids=range(14),
)
def test_what_a_function_could_tell_apart_is_not_identical(one, other):
    assert not identical(one, other)


def test_all_calls_of_a_case_are_planned_with_their_shapes(only):
    found = only(TWICE)
    planned = plan(found, {"f": lambda z: 2 * z})
    assert [len(case) for case in planned] == [2] * len(found.cases)
    for case, (_, values) in zip(planned, found.cases, strict=True):
        assert case[0].call.args[0] is values["z"]
        assert np.array_equal(case[1].call.args[0], values["z"] + 1)
        assert case[1].shapes == (values["z"].shape,)


def test_a_call_on_an_answer_is_not_planned_but_those_after_it_are(only):
    found = only(CHAINED)
    for case, (_, values) in zip(plan(found, {"f": lambda z: 2 * z}), found.cases, strict=True):
        given = [planned.call.args[0] for planned in case]
        # Twice 0 is 0 whichever way it was computed.
        expected = [values["z"], values["z"] + 1] if values["z"].any() else [values["z"]] * 2 + [values["z"] + 1]
        assert len(given) == len(expected)
        assert all(map(np.array_equal, given, expected))


def test_a_call_that_goes_on_with_a_generator_is_planned_as_the_reference_draws(only):
    found = only(DRAWS, returns='"real ()"')
    planned = plan(found, {"f": lambda rng: rng.random()})
    for case, (_, values) in zip(planned, found.cases, strict=True):
        assert [p.guessed for p in case] == [False, True, False]
        assert identical(case[0].call.args, case[2].call.args)
        rng = np.random.default_rng(values["n"])
        rng.random()
        assert identical(case[1].call.args[0], rng)


def test_few_calls_are_planned_so(only):
    many = DRAWS.replace("        f(rng)\n        f(rng)\n", "        for _ in range(9):\n            f(rng)\n")
    for case in plan(only(many, returns='"real ()"'), {"f": lambda rng: rng.random()}):
        assert [p.guessed for p in case] == [False, *[True] * MOST_GUESSES, False]


@pytest.mark.parametrize(
    ("draws", "used"), [(lambda rng: rng.random(), 3), (lambda rng: rng.random(3).sum(), 2)], ids=range(2)
)
def test_who_draws_otherwise_is_asked_and_the_next_planned_call_is_still_used(only, draws, used):
    found = only(DRAWS, returns='"real ()"')

    def ask(call):
        (rng,) = (copy.deepcopy(a) for a in call.args)
        return Answer(call, draws(rng), generators=(rng,))

    planned = plan(found, {"f": lambda rng: rng.random()})
    asked = [PrefetchedAnswers(case, [ask(p.call) for p in case]) for case in planned]
    with_them, without = judge(found, {"f": draws}, asked), judge(found, {"f": draws})
    assert [a.value for a in with_them.answers] == [a.value for a in without.answers]
    assert [a.taken for a in asked] == [used] * len(asked)


def test_large_calls_and_functions_are_not_planned(only):
    large = TWICE.replace("2 * z + 2)", "2 * z + 2)\n        f(np.zeros(20_001))\n        f(len)")
    assert MOST_NUMBERS < 20_001
    planned = plan(only(large), {"f": lambda z: np.zeros(0) if callable(z) else 2 * z})
    assert {len(case) for case in planned} == {2}


def test_an_answer_replaces_its_call_only():
    call = Call("f", (read_only(1.0, 2.0),))
    for other in (
        Call("g", call.args),
        Call("f", (np.array([1.0, 2.5]),)),
        Call("f", call.args, {"k": 1}),
        Call("f", call.args, want_arguments=True),
    ):
        prefetched = PrefetchedAnswers([PlannedCall(call, ((2,),))], [Answer(call, 3.0)])
        assert prefetched.take(other) is None
        answer, shapes = prefetched.take(Call("f", (np.array([1.0, 2.0]),)))
        assert (answer.value, shapes) == (3.0, ((2,),))
        assert prefetched.take(call) is None


def test_generators_are_moved_to_where_the_call_left_them():
    rng, moved = np.random.default_rng(5), np.random.default_rng(5)
    call = Call("f", (copy.deepcopy(rng),))
    moved.random(3)
    PrefetchedAnswers([PlannedCall(call)], [Answer(call, 1.0, generators=(moved,))]).take(Call("f", (rng,)))
    assert identical(rng, moved)


def prefetched(found, f):
    """What ``f`` answers to the planned calls of the property ``found``."""

    def answer(call):
        try:
            return Answer(call, f(*call.args))
        except ZeroDivisionError:
            return Answer(call, fault=StudentFault(Fault.RAISED, "ZeroDivisionError", "", ("ZeroDivisionError",)))

    return [PrefetchedAnswers(case, [answer(p.call) for p in case]) for case in plan(found, {"f": lambda z: 2 * z})]


def never(*_):
    raise AssertionError("was prefetched")


def test_a_verdict_needs_no_call_that_was_prefetched(only):
    found = only(TWICE)
    judged = judge(found, {"f": never}, prefetched(found, lambda z: 2 * z))
    assert judged.result.verdict is Verdict.PASSED
    assert len(judged.answers) == 2 * len(found.cases)


@pytest.mark.parametrize("wrong", [lambda z: 2 * z + 1e-3, lambda z: z, lambda _: 1 // 0, lambda _: None], ids=range(4))
def test_a_wrong_answer_gives_the_same_result_prefetched_or_not(only, wrong):
    found = only(CHAINED)
    before, without = judge(found, {"f": wrong}, prefetched(found, wrong)), judge(found, {"f": wrong})
    assert before.result.verdict is Verdict.FAILED
    if before.result.reason == Fault.RAISED:
        assert (before.result.failing, before.result.points) == (without.result.failing, without.result.points)
    else:
        assert before.result == without.result
