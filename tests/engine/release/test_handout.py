"""What the build writes into handouts: real feedback, and how the assignment is graded."""

import re
import tomllib

import pytest
from hypothesis import settings

from autograder.checks.composition import complete
from autograder.checks.question import load_all
from autograder.model.errors import AuthoringError
from autograder.release import student_files
from autograder.release.handout import expand
from autograder.release.wheel import ROOT
from autograder.source.draws import fixed_draws

HANDOUTS = sorted((ROOT / "solutions").glob("*/README.md"))


@pytest.mark.parametrize("path", HANDOUTS, ids=lambda p: p.parent.name)
def test_every_handout_says_how_long_it_takes_and_how_it_is_graded(path):
    text = expand(path.read_text(encoding="utf-8"), complete(path.parent))
    before_the_tasks = text.partition("\n## Conventions")[0]
    _, questions = load_all(complete(path.parent) / "tests")
    computed = () if any(q.signature.is_property for q in questions) else ("float64", "tolerance")
    assert computed or "float64" not in before_the_tasks  # nothing is compared: students choose tolerances themselves
    for fact in (
        "minutes (an estimate",
        "\npython3 -m venv .venv\nsource .venv/bin/activate\npip install -r requirements.txt\n",
        "\npy -m venv .venv\n.venv\\Scripts\\activate\npip install -r requirements.txt\n",
        "run `pytest`",
        "Hand in:",
        "deadline",
        "Python 3",
        "NumPy",
        "Processor time is limited to",
        *computed,
    ):
        assert fact in before_the_tasks, fact
    assert "<!-- autograder" not in text


def test_commands_are_a_table_that_any_terminal_can_be_given():
    text = expand("<!-- autograder: commands gradient -->", ROOT / "solutions" / "logistic_regression")
    commands = re.findall(r"(?m)^\| `(.+?)` \|", text)
    assert "pytest tests/gradient.py" in commands
    assert "autograder submit" in commands
    assert not [c for c in commands if "#" in c or "$" in c]


@pytest.mark.parametrize("path", HANDOUTS, ids=lambda p: p.parent.name)
def test_no_feedback_in_a_handout_is_written_by_hand(path):
    assert "\nhint: " not in path.read_text(encoding="utf-8")


def test_feedback_is_that_of_the_misconception():
    master = ROOT / "solutions" / "logistic_regression"
    text = expand("<!-- autograder: feedback gradient the_prior_pulls_towards_zero prior_pushes_away -->", master)
    assert text.startswith("```text\nhint: What is the derivative of")
    assert "called:   gradient(" in text
    assert "cases fail" in text


@pytest.mark.parametrize("command", ["feedback gradient no_such_check prior_pushes_away", "weather", "grading"])
def test_an_unknown_directive_is_an_error(command):
    with pytest.raises(AuthoringError, match=r"directive|no feedback"):
        expand(f"<!-- autograder: {command} -->", ROOT / "solutions" / "logistic_regression")


@pytest.mark.parametrize("path", sorted((ROOT / "solutions").glob("*/written.toml")), ids=lambda p: p.parent.name)
def test_students_see_written_questions_without_rubric_or_answer(path):
    questions = tomllib.loads(path.read_text(encoding="utf-8"))["written"]
    assert questions
    assert all(q["points"] == 0 and q["rubric"] and q["answer"].strip() for q in questions)
    given = b"\n".join(student_files(path.parent).values()).decode()
    for q in questions:
        assert q["question"].strip() in given
        assert not [line for line in [*q["rubric"], *q["answer"].strip().splitlines()] if line in given]


@pytest.mark.parametrize("path", HANDOUTS, ids=lambda p: p.parent.name)
def test_the_table_of_a_handout_says_the_public_points_that_there_are(path):
    text = path.read_text(encoding="utf-8")
    questions = load_all(complete(path.parent) / "tests")[1]
    public = {q.name: sum(p.points for p in q.properties if not p.hidden) for q in questions}
    table = re.findall(r"(?m)^\| \[\d+\]\S+ \| `(\w+)\(.*\| ([\d.]+) \|$", text)
    assert {name: float(points) for name, points in table} == public
    total = re.search(r"(?m)^\| \| \*\*all\*\* .*\*\*([\d.]+)\*\* \|$", text)
    assert total is None or float(total[1]) == sum(public.values())


def test_feedback_of_a_property_draws_the_same_whatever_hypothesis_is_set_to():
    command = "<!-- autograder: feedback check_log_odds accepts_right_ones exact_equality -->"
    profile, master = settings.get_current_profile_name(), ROOT / "solutions" / "properties"
    before = expand(command, master)
    assert settings.get_current_profile_name() == profile
    with fixed_draws():
        assert expand(command, master) == before
