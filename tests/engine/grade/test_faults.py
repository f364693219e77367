"""What ends a call costs the checks that make such calls, and the rest of the question only where time is lost."""

from __future__ import annotations

import textwrap

import pytest

from autograder.grade import Assignment, Grader
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Sandbox
from tests.course.grading.classes import ROOT

FAILS = {"exits": "raise SystemExit('an array, please')", "uses all memory": "np.zeros((10**6, 10**6))"}


@pytest.mark.parametrize("how", FAILS)
def test_checks_that_never_meet_a_fault_are_paid(how):
    """Two checks pass a number to ``log_odds``; a third passes arrays only."""
    folder = ROOT / "solutions" / "logistic_regression"
    source = (folder / "logistic_regression.py").read_text(encoding="utf-8") + textwrap.dedent(f"""
        _log_odds = log_odds

        def log_odds(p):
            if np.ndim(p) == 0:
                {FAILS[how]}
            return _log_odds(p)
    """)
    with Sandbox() as sandbox:
        (question,) = Grader(Assignment(folder, only="log_odds"), sandbox).grade(Submission("ada", source)).questions
    failed = {p.name for p in question.properties if p.verdict != "passed"}
    assert {"certainty_is_infinite", "takes_the_logarithm_of_the_odds"} <= failed
    assert "undoes_the_sigmoid" not in failed
