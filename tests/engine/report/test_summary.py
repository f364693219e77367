"""A class in numbers: each is what an independent computation gives."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.model.result import PropertyResult, QuestionResult, SubmissionResult, Verdict
from autograder.model.status import GRADED, failed, not_graded
from autograder.report.summary import Summary, correlation

QUESTIONS = ("a", "b", "c")


def scored(name, *scores, status=GRADED, seconds=0.0):
    """A result whose questions, of two properties worth 1 and 2 points, have these scores."""
    questions = tuple(
        QuestionResult(
            q,
            tuple(
                PropertyResult(f"worth_{p}", "T.", p, False, Verdict.PASSED if int(score) & p else Verdict.FAILED)
                for p in (1, 2)
            ),
        )
        for q, score in zip(QUESTIONS, scores, strict=True)
    )
    return SubmissionResult(name, "toy", status, questions, seconds=seconds)


SCORES = np.array([[3, 3, 0], [3, 1, 1], [0, 0, 3], [2, 2, 0], [1, 0, 3], [3, 2, 2]])


@pytest.fixture
def summary():
    return Summary.of(scored(f"s{i}", *row, seconds=i / 10) for i, row in enumerate(SCORES))


def test_scores_means_and_full_marks(summary):
    assert summary.scores == SCORES.sum(axis=1).tolist()
    assert summary.total == 9
    assert [q.mean for q in summary.questions()] == pytest.approx(SCORES.mean(axis=0))
    assert [q.full for q in summary.questions()] == (SCORES == 3).sum(axis=0).tolist()


def test_discrimination_is_the_correlation_with_the_rest(summary):
    for i, q in enumerate(summary.questions()):
        rest = SCORES.sum(axis=1) - SCORES[:, i]
        assert q.discrimination == pytest.approx(np.corrcoef(SCORES[:, i], rest)[0, 1])


def test_it_is_the_point_biserial_correlation_of_all_or_nothing():
    right, rest = np.array([1, 1, 0, 0, 1, 0]), np.array([9.0, 7, 4, 5, 8, 7])
    share = right.mean()
    expected = (rest[right == 1].mean() - rest[right == 0].mean()) / rest.std() * np.sqrt(share * (1 - share))
    assert correlation(right.tolist(), rest.tolist()) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "other"), [([1, 2, 3, 4], [1, 2, 3, 4]), ([1] * 9, list(range(9))), (list(range(9)), [2] * 9)]
)
def test_where_nothing_varies_or_few_were_graded_there_is_none(one, other):
    assert correlation(one, other) is None


def test_pass_rates_count_what_ran(summary):
    summary.add(scored("lost", 0, 0, 0, status=failed("import error")))
    for (question, name), count in summary.properties.items():
        worth = int(name[-1])
        passed = (SCORES[:, QUESTIONS.index(question)] & worth).astype(bool).sum()
        assert (count.passed, count.judged) == (passed, len(SCORES))
        assert count.rate == pytest.approx(passed / len(SCORES))


def test_what_did_not_run_is_in_the_scores_but_in_no_statistics_of_questions(summary):
    before = summary.questions()
    summary.add(scored("lost", 0, 0, 0, status=failed("import error")))
    assert summary.scores[-1] == 0
    assert summary.questions() == before


def test_what_we_did_not_grade_is_in_no_score(summary):
    summary.add(scored("ours", 0, 0, 0, status=not_graded("disk full")))
    assert len(summary.scores) == len(SCORES)
    assert [s.id for s in summary.not_run] == ["ours"]


def test_the_slowest_come_first(summary):
    assert [s.id for s in summary.slowest(2)] == ["s5", "s4"]


def test_misconceptions_are_listed_by_how_many_hold_them(result):
    other = replace(
        result,
        id="bob",
        questions=(
            replace(
                result.questions[0], diagnoses=(replace(result.questions[0].diagnoses[0], name="other", says="Other."),)
            ),
        ),
    )
    held = Summary.of([other, result, replace(result, id="cyd")]).held()
    assert [(h.name, h.by) for h in held] == [("squares", ["ada", "cyd"]), ("other", ["bob"])]
    assert ("called", "double(np.array(0.5))") in [(s.label, s.text) for s in held[0].example]
