"""The sample classes: each wrong answer is diagnosed with its own mistake or with none, by the grader's own steps.

The keys, ``solutions/*/class.toml``, name the mistakes that a reader of the sources agreed with.
"""

import tomllib
from contextlib import contextmanager
from functools import cache

import pytest

from autograder import intake
from autograder.grade import Grader
from autograder.grade.grader import _QuestionRun
from autograder.grade.prefetch import Prefetcher, PrefetchPlan
from autograder.model.result import Verdict
from autograder.sandbox.sandbox import Budget, Sandbox
from tests.course.grading.classes import MASTERS, NAMES, ROOT, assignment

FEWEST_NAMED = {"essentials": 6}
CLASSES = {name: ROOT / "solutions" / name / "class" for name in NAMES}
ENDLESS = {
    "autoregressive": {"noah_jensen", "rosa_klein"},
    "latent_variables": {"david_hilbert", "achilles"},
    "logistic_regression": {"ludwig_boltzmann", "zeno"},
    "naive_bayes": {"david_hilbert", "sisyphus"},
    "two_paths": {"georg_cantor", "kurt_goedel"},
}
"""They use up their time or memory, seconds each; their wrong questions have no name, which the grading of the class shows."""


def key(name):
    return tomllib.loads((MASTERS[NAMES.index(name)] / "class.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as opened:
        yield opened


@cache
def prefetch_plan(name):
    return PrefetchPlan(assignment(name))


@contextmanager
def judging(name, sandbox, found):
    """A function that judges one question of what was handed in, as grading does."""
    master = assignment(name)
    questions = {q.name: q for q in master.questions}
    limits = master.contract.limits
    submission = intake.read_entry(found, name, questions=list(questions))
    budget = Budget(limits)
    with sandbox.open(submission, name, limits, budget) as session:
        names = master.namespace(session, session.functions())
        prefetcher = Prefetcher(prefetch_plan(name), session, budget)
        grader = Grader(master, sandbox)

        def judge(question):
            trial = _QuestionRun(questions[question])
            for hidden in (False, True):
                trial.judge(names, budget, prefetcher, hidden=hidden)
            return grader._result_of(trial)

        yield judge


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_answer_is_named_by_its_own_mistake_or_by_none(name, sandbox):
    expected, everything = key(name), {q.name for q in assignment(name).questions}
    found = {}
    for handed_in in intake.find([CLASSES[name]], name):
        entry = expected[handed_in.id]
        if entry["status"] != "graded" or handed_in.id in ENDLESS.get(name, set()) or set(entry["wrong"]) == everything:
            continue
        with judging(name, sandbox, handed_in) as judge:
            for question in entry["wrong"]:
                result = judge(question)
                assert result.score < result.points, (handed_in.id, question)
                found[handed_in.id, question] = result.diagnosis and result.diagnosis.name
    wanted = {(i, q): m for i, entry in expected.items() for q, m in entry.get("diagnosis", {}).items()}
    assert {pair: m for pair, m in found.items() if m is not None} == wanted
    assert len(wanted) >= FEWEST_NAMED.get(name, 10)


@pytest.mark.parametrize("name", NAMES)
def test_the_keys_name_known_mistakes_of_wrong_questions(name):
    known = assignment(name).misconceptions
    for identity, entry in key(name).items():
        for question, mistake in entry.get("diagnosis", {}).items():
            assert question in entry["wrong"], identity
            assert mistake in {m.name for m in known[question]}, identity


@pytest.mark.parametrize("name", NAMES)
def test_right_answers_get_no_diagnosis(name, sandbox):
    """One of each class, whole; all wheats are held to the same by the grading of the material."""
    right = {i for i, entry in key(name).items() if entry["status"] == "graded" and not entry["wrong"]}
    handed_in = next(f for f in intake.find([CLASSES[name]], name) if f.id == min(right))
    with judging(name, sandbox, handed_in) as judge:
        for question in assignment(name).questions:
            result = judge(question.name)
            assert result.diagnosis is None, (handed_in.id, question.name)
            assert {p.verdict for p in result.properties} == {Verdict.PASSED}, (handed_in.id, question.name)
