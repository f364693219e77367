"""Over all misconceptions of an assignment: what is shown is small and can be pasted; what is named is right."""

import statistics
import warnings
from functools import cache

import numpy as np
import pytest

from autograder.checks.diagnosis import diagnose, diagnose_by_check
from autograder.wording.literals import show
from autograder.wording.text import CALL_WIDTH
from tests.course.grading.classes import NAMES, assignment, wrong_answers

MOST_AT_THE_MEDIAN = 6
MEDIANS = {"autoregressive": 8, "naive_bayes": 8}
"""Transition matrices and parameters of classes: the smallest that say anything have more numbers."""


@cache
def judged(name):
    """(wrong answer, its namespace, judgements of its question) for every misconception, in this process."""
    master = assignment(name)
    questions = {q.name: q for q in master.questions}
    found = []
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for w in wrong_answers(name):
            namespace = {"np": np}
            exec(compile(w.source, w.id, "exec"), namespace)
            found.append((w, namespace, questions[w.question].judge({**namespace, "reference": master.reference})))
    return found


def counterexamples(name):
    for w, namespace, judgements in judged(name):
        for judgement in judgements:
            if judgement.result.counterexample and not judgement.result.hidden:
                yield w, namespace, judgement.result, judgement.result.counterexample


def diagnosed(name, question, judgements):
    signature = next(q.signature for q in assignment(name).questions if q.name == question)
    answers = [a for j in judgements for a in j.answers]
    failing = [a for j in judgements for a in j.failing_answers]
    known = assignment(name).misconceptions[question]
    whole, found = diagnose(signature, known, answers, failing), diagnose_by_check(signature, known, judgements)
    assert whole is None or whole == found
    return found


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


@pytest.mark.parametrize("name", NAMES)
def test_every_shown_call_gives_the_shown_answer_when_pasted(name):
    total, not_whole, random, wrong = 0, [], [], []
    for w, namespace, result, example in counterexamples(name):
        total += 1
        if "default_rng(...)" in str(example.calls) or any("<array" in c.call for c in example.calls):
            not_whole.append((w.id, result.name))
            continue
        given = answers(example.calls, namespace)
        # NumPy's global generator gives few different values to some calls: twice the same says little.
        if not all(all(map(same, given, answers(example.calls, namespace))) for _ in range(8)):
            random.append(w.id)
            continue
        wrong += [
            (w.id, result.name, call.call, call.returned or call.raised, answer)
            for call, answer in zip(example.calls, given, strict=True)
            if not reproduced(call, answer)
        ]
    assert total >= 100
    assert not wrong
    assert len(not_whole) <= 0.01 * total, not_whole
    assert len(set(random)) <= 2, random


@pytest.mark.parametrize("name", NAMES)
def test_counterexamples_are_small(name):
    sizes = [example.size for *_, example in counterexamples(name)]
    assert statistics.median(sizes) <= MEDIANS.get(name, MOST_AT_THE_MEDIAN)
    assert not [call.call for *_, e in counterexamples(name) for call in e.calls if len(call.call) > CALL_WIDTH - 10]


def test_over_all_assignments_half_the_inputs_have_six_numbers_or_fewer():
    sizes = [example.size for name in NAMES for *_, example in counterexamples(name)]
    assert statistics.median(sizes) <= MOST_AT_THE_MEDIAN


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_is_named_as_itself_or_not_at_all(name):
    named = {w.id: (w.misconception, diagnosed(name, w.question, js)) for w, _, js in judged(name)}
    assert not {i: (own, d.name) for i, (own, d) in named.items() if d is not None and d.name != own}
    assert [i for i, (_, d) in named.items() if d is None] == [i for i in named if "global_generator" in i]
