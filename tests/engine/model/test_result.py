"""Points add up from properties to submissions."""

from dataclasses import replace

import pytest

from autograder.model.result import Verdict
from autograder.model.status import GRADED, failed, not_graded


def test_points_are_all_or_nothing_per_property_and_add_up(result):
    assert [q.score for q in result.questions] == [2, 6]
    assert [q.points for q in result.questions] == [4, 6]
    assert (result.score, result.points) == (8, 10)


@pytest.mark.parametrize("verdict", [Verdict.FAILED, Verdict.NOT_JUDGED])
def test_only_a_passed_property_earns_points(result, verdict):
    passed = result.questions[0].properties[0]
    assert passed.score == 2
    assert replace(passed, verdict=verdict).score == 0


@pytest.mark.parametrize(
    ("status", "judged"), [(GRADED, True), (failed("import error"), True), (not_graded("disk full"), False)]
)
def test_only_our_own_fault_leaves_a_submission_unjudged(result, status, judged):
    assert replace(result, status=status).judged is judged
