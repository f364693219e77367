"""Properties that a trivial answer passes are found, and pay only beside one that needs the computation."""

import shutil
import types

import numpy as np
import pytest

from autograder.checks import question, trivial
from autograder.checks.judging import judge
from autograder.model.result import QuestionResult, Verdict

CONTRACT = '[[question]]\nname = "f"\npoints = 6\narguments = { z = "" }\nreturns = "real like z"\n'
PROPERTIES = """
from autograder.checks import *

OK_FORMAT = False
name = "f"

@prop(points=3, hint="Add.", z=arrays())
def is_twice(f, z):
    expect(f(z), 2 * z)

@prop(points=2, hint="Add.", z=arrays())
def is_odd(f, z):
    expect(f(-z), -f(z))

leaves_z_alone = inputs_unchanged("leaves_z_alone", "f", points=1, z=arrays())
"""
REFERENCE = types.ModuleType("reference")
REFERENCE.f = lambda z: 2 * z


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """The question with its cases; read only."""
    tests = tmp_path_factory.mktemp("trivial") / "tests"
    tests.mkdir()
    (tests / "contract.toml").write_text(CONTRACT, encoding="utf-8")
    (tests / "f.py").write_text(PROPERTIES, encoding="utf-8")
    question.load(tests / "f.py").record(reference=REFERENCE)
    return question.load(tests / "f.py")


def result(found, f):
    return QuestionResult("f", tuple(judge(p, {"f": f}).result for p in found.properties))


def test_what_a_trivial_answer_passes_is_free(recorded):
    assert [p.free for p in recorded.properties] == [False, True, True]


@pytest.mark.parametrize("name", trivial.TRIVIAL)
def test_no_trivial_answer_is_paid(recorded, name):
    found = result(recorded, trivial.namespace(recorded.properties[0].contract, trivial.TRIVIAL[name])["f"])
    assert found.score == 0


def test_a_right_answer_keeps_all(recorded):
    assert result(recorded, lambda z: 2 * z).score == 6


def test_what_passed_and_is_not_paid_says_why(recorded):
    from autograder.wording.text import question_text

    found = result(recorded, np.zeros_like)
    assert [p.verdict for p in found.properties] == [Verdict.FAILED, Verdict.PASSED, Verdict.PASSED]
    assert [p.paid for p in found.properties] == [True, False, False]
    assert "a constant or a copy of an argument would pass this check, too" in question_text(found)


def test_where_every_property_is_free_all_are_paid(recorded):
    found = result(recorded, np.zeros_like)
    assert QuestionResult("f", found.properties[1:]).score == 3


def test_unpublished_cases_are_others_and_another_seed_gives_other_cases(recorded, tmp_path):
    first = recorded.properties[0].recording
    assert first.unpublished
    assert not [c for c in first.unpublished if c in first.cases]
    copy = shutil.copytree(recorded.path.parent, tmp_path / "tests") / recorded.path.name
    question.load(copy).record(2027, REFERENCE)
    (other, *_) = question.load(copy).properties
    again = other.recording
    assert (again.cases != first.cases, again.unpublished != first.unpublished) == (True, True)
    assert len(other.cases) == len(again.cases) + len(again.unpublished)
