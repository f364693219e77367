"""Answers that were judged before have their verdict: the same as without a memory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.grade import Grader
from autograder.grade.memo import Memo
from autograder.grade.prefetch import PrefetchPlan
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Sandbox
from tests.course.grading.classes import COMPUTED, THOROUGH, assignment, right_answers, wrong_answers

STUB = "\ndef {}(*_):\n    raise NotImplementedError\n"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as sandbox:
        yield sandbox


def grade(grader, number, source):
    result = grader.grade(Submission(f"s{number}", source))
    return replace(result, seconds=0, questions=tuple(replace(q, seconds=0) for q in result.questions))


@pytest.mark.parametrize("name", COMPUTED if THOROUGH else COMPUTED[:1])
def test_grades_are_the_same_with_and_without_a_memory(name, sandbox):
    reference = (assignment(name).folder / f"{name}.py").read_text(encoding="utf-8")
    sources = [
        *(path.read_text(encoding="utf-8") for path in right_answers(name)[:1]),
        *(wrong.source for wrong in wrong_answers(name)[:: 40 if THOROUGH else 60]),
        reference + STUB.format(assignment(name).questions[0].name),
    ]
    plan = PrefetchPlan(assignment(name)).complete()
    with_memory, without = (Grader(assignment(name), sandbox, plan, remembered=n) for n in (4000, 0))
    expected = [grade(without, n, source) for n, source in enumerate(sources)]
    assert [grade(with_memory, n, source) for n, source in enumerate(sources)] == expected
    before = with_memory.verdicts.hits
    assert [grade(with_memory, n, source) for n, source in enumerate(sources)] == expected
    assert with_memory.verdicts.hits > before
    assert without.verdicts.hits == 0


def test_a_memo_forgets_what_was_not_used_for_longest():
    memo = Memo(2)
    memo.put("a", 1)
    memo.put("b", 2)
    assert memo.get("a") == 1
    memo.put("c", 3)
    assert [memo.get(key) for key in "abc"] == [1, None, 3]
    assert memo.hits == 3


def test_a_memo_of_no_entries_remembers_nothing():
    memo = Memo(0)
    memo.put("a", 1)
    assert memo.get("a") is None
