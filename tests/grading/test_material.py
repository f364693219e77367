"""The promise, held over the material: a right answer never fails, a wrong one is always caught.

Everything goes through ``autograder grade``, as a class does.
"""

import json
import tomllib

import pytest
from tests.grading.classes import MASTERS, NAMES, assignment, grade, right_answers, wrong_answers

ROOT_OF = {p.name: p for p in MASTERS}
FEWEST_STYLES = {"logistic_regression": 12, "naive_bayes": 12}
FEWEST_WRONG = {"logistic_regression": 60, "naive_bayes": 60}
FEWEST_HANDED_IN = {"logistic_regression": 30, "naive_bayes": 30}


@pytest.mark.parametrize("name", NAMES)
def test_right_answers_of_every_style_keep_all_points(name, tmp_path):
    styles = right_answers(name)
    assert len(styles) >= FEWEST_STYLES.get(name, 8)
    grades = grade(name, tmp_path / "out", ROOT_OF[name] / f"{name}.py", *styles)
    assert set(grades) == {name, *(p.stem for p in styles)}
    lost = {i: row for i, row in grades.items() if (row["status"], row["score"]) != ("graded", "100")}
    assert not lost


@pytest.mark.parametrize("name", NAMES)
def test_every_misconception_loses_points_in_its_question_and_in_no_other(name, tmp_path):
    wrong = wrong_answers(name)
    assert len(wrong) >= FEWEST_WRONG.get(name, 40)
    folder = tmp_path / "class"
    folder.mkdir()
    for w in wrong:
        (folder / f"{w.id}.py").write_text(w.source, encoding="utf-8")
    grades = grade(name, tmp_path / "out", folder)
    points = {q.name: q.points for q in assignment(name).contract.questions}
    uncaught = [w.id for w in wrong if float(grades[w.id][w.question]) >= points[w.question]]
    assert not uncaught
    misjudged = [
        (w.id, q)
        for w in wrong
        for q in points
        if q != w.question and q not in users_of(name, w.question) and float(grades[w.id][q]) < points[q]
    ]
    assert not misjudged


def users_of(name, question):
    """Questions whose reference calls ``question``, so that a mistake in it is theirs too."""
    reference = vars(assignment(name).reference)
    users = {question}
    for _ in reference:
        for q in assignment(name).contract.questions:
            function = reference[q.name]
            while hasattr(function, "__wrapped__"):
                function = function.__wrapped__
            called = set(function.__code__.co_names)
            called |= {
                n
                for helper in called
                if hasattr(reference.get(helper), "__code__")
                for n in reference[helper].__code__.co_names
            }
            if called & users:
                users.add(q.name)
    return users


@pytest.mark.parametrize("name", NAMES)
def test_every_misconception_is_named_or_nothing_is(name, tmp_path):
    wrong = wrong_answers(name)
    folder = tmp_path / "class"
    folder.mkdir()
    for w in wrong:
        (folder / f"{w.id}.py").write_text(w.source, encoding="utf-8")
    grade(name, tmp_path / "out", folder)
    named, silent = 0, []
    for w in wrong:
        table = json.loads((tmp_path / "out" / "results" / f"{w.id}.json").read_text(encoding="utf-8"))
        question = next(q for q in table["extra_data"]["result"]["questions"] if q["name"] == w.question)
        found = question["diagnosis"] and question["diagnosis"]["name"]
        assert found in {w.misconception, None}, w.id
        named += found == w.misconception
        silent += [] if found else [w.id]
    assert named >= 0.85 * len(wrong), silent


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_class_gets_the_grades_of_its_key(name, tmp_path):
    key = tomllib.loads((ROOT_OF[name] / "class.toml").read_text(encoding="utf-8"))
    grades = grade(name, tmp_path / "out", ROOT_OF[name] / "class")
    assert len(key) >= FEWEST_HANDED_IN.get(name, 12)
    assert set(grades) == set(key)
    points = {q.name: q.points for q in assignment(name).contract.questions}
    for identity, expected in key.items():
        row = grades[identity]
        assert row["status"] == expected["status"], identity
        lost = {q for q in points if float(row[q]) < points[q]}
        wanted = set(expected["wrong"]) if expected["status"] == "graded" else set(points)
        assert lost == wanted, identity
