"""A submission gets the same result with and without prefetching."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.grade import Grader
from autograder.grade.prefetch import Prefetcher, PrefetchPlan
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Sandbox
from tests.course.grading.classes import (
    COMPUTED,
    THOROUGH,
    assignment,
    only,
    right_in_all,
    with_a_tenth_of_the_time,
    wrong_in_their_question,
)

HANGS = "\n\ndef predict(*_):\n    while True:\n        pass\n"
EXITS = "\n\nimport os\n\ndef predict(*_):\n    os._exit(3)\n"
PRINTS = "\n\n_predict = predict\n\ndef predict(*args):\n    print('predicting')\n    return _predict(*args)\n"
FAILS_IN_THE_MIDDLE = """

_predict, _seen = predict, []

def predict(*args):
    _seen.append(1)
    if len(_seen) == 25:
        os._exit(3)
    return _predict(*args)
"""


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as sandbox:
        yield sandbox


def singly(sandbox, master, source, monkeypatch):
    """The result without prefetching."""
    with monkeypatch.context() as patched:
        patched.setattr(Prefetcher, "prefetch", lambda *_: None)
        return Grader(master, sandbox).grade(Submission("ada", source))


def without_times(questions):
    return [replace(q, seconds=0) for q in questions]


def reference(name):
    return (assignment(name).folder / f"{name}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("material", COMPUTED, indirect=True)
def test_right_answers_in_several_styles(sandbox, material, monkeypatch):
    for path in right_in_all(material.name)[: 2 if THOROUGH else 1]:
        together = material.results[path.stem]
        alone = singly(sandbox, assignment(material.name), path.read_text(encoding="utf-8"), monkeypatch)
        assert (together.status, together.notes) == (alone.status, alone.notes)
        assert without_times(together.questions) == without_times(alone.questions)
        assert together.score == together.points


@pytest.mark.parametrize("material", COMPUTED, indirect=True)
def test_wrong_answers(sandbox, material, monkeypatch):
    for w in wrong_in_their_question(material.name)[:: 15 if THOROUGH else 30]:
        master = only(assignment(material.name), w.question)
        alone = singly(sandbox, master, w.source, monkeypatch)
        assert without_times([material.wrong[w.id]]) == without_times(alone.questions), w.id
        assert alone.score < alone.points


@pytest.mark.parametrize("more", [HANGS, EXITS, PRINTS], ids=["hangs", "exits", "prints"])
def test_what_loses_its_worker_and_what_prints(sandbox, more, monkeypatch):
    source, master = (
        reference("logistic_regression") + more,
        with_a_tenth_of_the_time(assignment("logistic_regression")),
    )
    together = Grader(master, sandbox, PrefetchPlan(master).complete()).grade(Submission("ada", source))
    alone = singly(sandbox, master, source, monkeypatch)
    assert without_times(together.questions) == without_times(alone.questions)
    assert replace(together, seconds=0, questions=()) == replace(alone, seconds=0, questions=())
    assert ("predicting" in together.output) == (more == PRINTS)


def test_who_loses_a_worker_in_the_middle_is_judged_from_a_fresh_one(sandbox):
    source = reference("logistic_regression") + "\n\nimport os\n" + FAILS_IN_THE_MIDDLE
    master = assignment("logistic_regression")
    result = Grader(master, sandbox, PrefetchPlan(master).complete()).grade(Submission("ada", source))
    assert result.status.words == "graded"
    failed = {q.name for q in result.questions if q.score < q.points}
    assert failed == {"predict"}


def test_unimplemented_functions_are_not_prefetched(sandbox, monkeypatch):
    asked = []
    monkeypatch.setattr(
        Prefetcher,
        "prefetch",
        lambda self, p, names, prefetch=Prefetcher.prefetch: asked.append(prefetch(self, p, names)),
    )
    stubs = "".join(f"def {q.name}(*_):\n    raise NotImplementedError\n" for q in assignment("naive_bayes").questions)
    master = assignment("naive_bayes")
    Grader(master, sandbox, PrefetchPlan(master).complete()).grade(Submission("ada", stubs))
    assert any(found is not None for found in asked)
    questions = len(assignment("naive_bayes").questions)
    assert sum(found is not None for found in asked) <= 2 * questions  # once, and once more when judged again


COUNTS = """

_calls = []

def _counted(function):
    def call(*args):
        _calls.append(1)
        return function(*args) + (1 if len(_calls) % 30 == 0 else 0)
    return call

log_odds, predict_proba, gradient = map(_counted, (log_odds, predict_proba, gradient))
"""


def test_an_answer_that_counts_its_calls_gets_the_same_alone_and_in_a_class(sandbox):
    """Gradescope grades one submission at a time, a class is graded by a complete plan."""
    master, submission = assignment("logistic_regression"), Submission("ada", reference("logistic_regression") + COUNTS)
    alone = Grader(master, sandbox).grade(submission)
    in_a_class = Grader(master, sandbox, PrefetchPlan(master).complete()).grade(submission)
    assert without_times(alone.questions) == without_times(in_a_class.questions)
    assert 0 < alone.score < alone.points


def test_what_was_planned_stays():
    master = assignment("naive_bayes")
    first = master.questions[0].properties[0]
    plan = PrefetchPlan(master)
    planned = plan.of(first)
    assert planned is not None
    assert plan.complete().of(first) is planned
