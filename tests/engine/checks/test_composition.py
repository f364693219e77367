"""An assignment composed from the questions of others: complete, up to date, and nothing of it copied."""

import shutil

import pytest

from autograder.audit import equivalents
from autograder.audit.equivalents import Equivalent
from autograder.checks import question
from autograder.checks.composition import TAKEN_EQUIVALENTS, complete, rename
from autograder.grade import Assignment
from autograder.model.errors import AuthoringError
from autograder.release import student_files
from autograder.release.wheel import ROOT

SOLUTIONS = ROOT / "solutions"
COMPOSED = """title = "Two of them"

[[question]]
from = "naive_bayes:predict"
name = "decide"
points = 60
properties = { ties_go_to_the_smallest_label = 20 }

[[question]]
from = "logistic_regression:log_odds"
points = 40
"""


@pytest.fixture
def bank(tmp_path):
    """Two assignments of the bank beside a composed one, mine."""
    for name in ("naive_bayes", "logistic_regression"):
        shutil.copytree(SOLUTIONS / name, tmp_path / name, ignore=shutil.ignore_patterns("class", "wheats"))
    (tmp_path / "mine" / "tests").mkdir(parents=True)
    (tmp_path / "mine" / "tests" / "contract.toml").write_text(COMPOSED, encoding="utf-8")
    (tmp_path / "mine" / "README.md").write_text("# Mine\n", encoding="utf-8")
    return tmp_path


def test_a_composed_assignment_loads_with_its_names_and_points(bank):
    rules, questions = question.load_all(bank / "mine" / "tests")
    assert [(q.name, q.points) for q in rules.questions] == [("decide", 60), ("log_odds", 40)]
    for q in questions:
        question.check_points(q)
    worth = {p.id: p.points for p in questions[0].properties}
    assert worth["ties_go_to_the_smallest_label"] == 20
    mine = Assignment(bank / "mine")
    assert set(mine.misconceptions) == {"decide", "log_odds"}
    namespace = {**vars(mine.reference), "reference": mine.reference}
    for q in mine.questions:
        assert all(j.result.verdict.value == "passed" for j in q.judge(namespace)), q.name


def test_students_get_stubs_under_the_new_names_and_no_helper(bank):
    files = student_files(bank / "mine")
    stubs = files["mine.py"].decode()
    assert stubs.count("def ") == stubs.count("raise NotImplementedError") == 2
    assert "def decide(" in stubs
    assert "joint_log_prob" not in stubs
    assert b'name = "decide"' in files["tests/decide.py"]
    assert b"from" not in files["tests/contract.toml"]


def test_the_bank_is_the_one_source(bank):
    before = complete(bank / "mine")
    assert complete(bank / "mine") == before
    file = bank / "logistic_regression" / "tests" / "log_odds.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("The odds are p/(1 − p).", "Odds are p/(1 − p)."), encoding="utf-8")  # noqa: RUF001
    _, questions = question.load_all(bank / "mine" / "tests")
    assert any(p.hint.startswith("Odds are") for p in questions[1].properties)
    assert complete(bank / "mine") != before


def test_an_assignment_that_takes_nothing_is_itself():
    assert complete(SOLUTIONS / "naive_bayes") == SOLUTIONS / "naive_bayes"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("naive_bayes:predict", "naive_bayes:guess", "has no question 'guess'"),
        ("naive_bayes:predict", "nowhere:predict", "expected from = 'assignment:question'"),
        ("ties_go_to_the_smallest_label", "no_such_check", "no property no_such_check"),
        ("points = 60", "points = 22", "too few for"),
    ],
)
def test_what_cannot_be_taken_is_said(bank, old, new, problem):
    file = bank / "mine" / "tests" / "contract.toml"
    file.write_text(COMPOSED.replace(old, new), encoding="utf-8")
    with pytest.raises(AuthoringError, match=problem):
        question.load_all(bank / "mine" / "tests")


def test_rename_leaves_words_and_parts_of_names_alone():
    source = (
        'def predict(x):  # predict(x)\n    """Predict; see predict(x)."""\n    return predict_proba(x), "predict"\n'
    )
    assert rename(source, {"predict": "decide"}) == (
        'def decide(x):  # decide(x)\n    """Predict; see decide(x)."""\n    return predict_proba(x), "decide"\n'
    )


def test_essentials_is_an_hour_of_the_lecture():
    rules, questions = question.load_all(SOLUTIONS / "essentials" / "tests")
    expected = {"sigmoid": 15, "log_odds": 20, "gradient_ascent": 25, "estimate_parameters": 20, "predict_bayes": 20}
    assert {q.name: q.points for q in rules.questions} == expected
    identity = next(p for p in questions[1].properties if p.id == "undoes_the_sigmoid")
    assert identity.points >= 15
    assert "θᵀx" in identity.title
    assert sum(map(len, Assignment(SOLUTIONS / "essentials").misconceptions.values())) >= 40
    assert len(list((SOLUTIONS / "essentials" / "wheats").glob("*.py"))) >= 12


def test_what_the_audit_need_not_ask_again_comes_along(bank):
    (bank / "naive_bayes" / "equivalents.toml").write_text(
        '[[mutant]]\nid = "abc"\nchange = "pass"\nreason = "It is \\"courtesy\\"."\nagrees = "contract"\n\n[keep]\n'
        '"predict.ties" = "Ties."\npredict = "Simple."\n"*.order" = "Order."\n"sample.seed" = "Seeds."\n',
        encoding="utf-8",
    )
    (bank / "logistic_regression" / "equivalents.toml").unlink()
    found = equivalents.load(complete(bank / "mine") / TAKEN_EQUIVALENTS)
    assert found.mutants == {"abc": Equivalent("abc", 'It is "courtesy".', "contract")}
    assert found.keep == {"decide.ties": "Ties.", "decide": "Simple.", "decide.order": "Order."}
