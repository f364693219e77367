"""Over all misconceptions of an assignment: what is shown is small and can be pasted."""

import statistics
import warnings
from functools import cache

import numpy as np
import pytest

from autograder.wording.literals import show
from autograder.wording.text import CALL_WIDTH
from tests.course.grading.classes import COMPUTED, THOROUGH, wrong_in_their_question

MOST_AT_THE_MEDIAN = 6
MEDIANS = {"autoregressive": 8, "naive_bayes": 8, "essentials": 7}
"""Transition matrices and parameters of classes, also those that essentials takes over: the smallest that say anything
have more numbers."""
LARGE = {"converges_on_many_examples"}
"""Checks that are about hundreds of examples, of which no call is short enough to be shown whole."""


@pytest.fixture
def counterexamples(material):
    """(wrong answer, property's result, counterexample) for all that students may see."""
    return list(shown(material))


def shown(material):
    for w in wrong_in_their_question(material.name):
        for result in material.wrong[w.id].properties:
            if result.counterexample and not result.hidden:
                yield w, result, result.counterexample


@cache
def namespace_of(wrong):
    namespace = {"np": np}
    exec(compile(wrong.source, wrong.id, "exec"), namespace)
    return namespace


def answers(calls, namespace):
    """What the calls give when they are pasted one after the other; an exception's name where there is none."""
    scope, given = dict(namespace), []
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for call in calls:
            try:
                given.append(eval(call.call, scope))
            except Exception as error:  # noqa: BLE001
                given.append(f"{type(error).__name__}: {error}")
    return given


def same(one, other):
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) or isinstance(other, str) or one is None or other is None:
        return one == other
    a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-9, atol=1e-12, equal_nan=True)


def reproduced(call, answer):
    """Whether the answer is the shown one; where it is too long to be shown, whether it has the shown shapes."""
    if call.raised:
        return isinstance(answer, str) and call.raised.startswith(answer)
    if "<array of shape" in call.returned:
        parts = answer if isinstance(answer, tuple) else (answer,)
        return all(f"shape {np.shape(a)}" in call.returned or show(a) in call.returned for a in parts)
    return same(eval(call.returned, {"np": np}), answer)


@pytest.mark.parametrize("material", COMPUTED, indirect=True)
def test_every_shown_call_gives_the_shown_answer_when_pasted(counterexamples):
    not_whole, random, wrong = [], [], []
    for w, result, example in counterexamples:
        if result.name in LARGE:
            continue
        if "default_rng(...)" in str(example.calls) or any("<array" in c.call for c in example.calls):
            not_whole.append((w.id, result.name))
            continue
        given = answers(example.calls, namespace_of(w))
        different = [
            (w.id, result.name, call.call, call.returned or call.raised, answer)
            for call, answer in zip(example.calls, given, strict=True)
            if not reproduced(call, answer)
        ]
        # NumPy's global generator gives few different values to some calls: twice the same says little.
        if different and not all(all(map(same, given, answers(example.calls, namespace_of(w)))) for _ in range(8)):
            random.append(w.id)
            continue
        wrong += different
    assert len(counterexamples) >= (100 if THOROUGH else 30)
    assert not wrong
    assert len(not_whole) <= 0.01 * len(counterexamples), not_whole
    assert len(set(random)) <= 2, random


@pytest.mark.parametrize("material", COMPUTED, indirect=True)
def test_counterexamples_are_small(counterexamples, material):
    sizes = [example.size for *_, example in counterexamples]
    assert statistics.median(sizes) <= MEDIANS.get(material.name, MOST_AT_THE_MEDIAN)
    assert not [call.call for *_, e in counterexamples for call in e.calls if len(call.call) > CALL_WIDTH - 10]


def test_over_all_assignments_half_the_inputs_have_six_numbers_or_fewer(material_of):
    sizes = [example.size for name in COMPUTED for *_, example in shown(material_of(name))]
    assert statistics.median(sizes) <= MOST_AT_THE_MEDIAN
