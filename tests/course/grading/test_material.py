"""The promise, held over the material: a right answer never fails, a wrong one is always caught.

Everything goes through ``autograder grade``, as a class does: for each assignment the reference, right answers of
every style and every misconception are one class.
"""

import json
import tomllib

import pytest

from tests.course.grading.classes import MASTERS, NAMES, ROOT, assignment, grade, right_answers, users_of, wrong_answers

ROOT_OF = {p.name: p for p in MASTERS}
FEWEST_STYLES = {"essentials": 12, "logistic_regression": 12, "naive_bayes": 12}
FEWEST_WRONG = {"logistic_regression": 60, "naive_bayes": 60}
FEWEST_HANDED_IN = {"essentials": 11, "logistic_regression": 30, "naive_bayes": 30}


@pytest.fixture(scope="module", params=NAMES)
def graded(request, tmp_path_factory):
    """An assignment's material, graded: its name, the grades by submission, and where the results are."""
    name = request.param
    folder = tmp_path_factory.mktemp(name)
    (folder / "class").mkdir()
    for w in wrong_answers(name):
        (folder / "class" / f"{w.id}.py").write_text(w.source, encoding="utf-8")
    grades = grade(name, folder / "out", folder / "class", ROOT_OF[name] / f"{name}.py", *right_answers(name))
    return name, grades, folder / "out" / "results"


def diagnosis_of(results, identity, question):
    table = json.loads((results / f"{identity}.json").read_text(encoding="utf-8"))
    found = next(q for q in table["extra_data"]["result"]["questions"] if q["name"] == question)["diagnosis"]
    return found and found["name"]


def test_right_answers_of_every_style_keep_all_points(graded):
    name, grades, _ = graded
    styles = [p.stem for p in right_answers(name)]
    assert len(styles) >= FEWEST_STYLES.get(name, 8)
    lost = {i: grades[i] for i in [name, *styles] if (grades[i]["status"], grades[i]["score"]) != ("graded", "100")}
    assert not lost


def test_every_misconception_loses_points_in_its_question(graded):
    name, grades, _ = graded
    wrong = wrong_answers(name)
    assert len(wrong) >= FEWEST_WRONG.get(name, 40)
    points = {q.name: q.points for q in assignment(name).contract.questions}
    assert not [w.id for w in wrong if float(grades[w.id][w.question]) >= points[w.question]]


def test_no_question_suffers_from_a_mistake_in_another(graded):
    name, grades, _ = graded
    points = {q.name: q.points for q in assignment(name).contract.questions}
    suffering = [
        (w.id, q)
        for w in wrong_answers(name)
        for q in points
        if q not in users_of(name, w.question) and float(grades[w.id][q]) < points[q]
    ]
    assert not suffering


def test_a_misconception_is_named_as_itself_or_not_at_all(graded):
    name, _, results = graded
    named = {w.id: (w.misconception, diagnosis_of(results, w.id, w.question)) for w in wrong_answers(name)}
    assert not {i: pair for i, pair in named.items() if pair[1] not in (pair[0], None)}
    silent = [i for i, pair in named.items() if pair[1] is None]
    assert len(silent) <= 0.15 * len(named), silent


def test_right_answers_get_no_diagnosis(graded):
    name, _, results = graded
    questions = [q.name for q in assignment(name).contract.questions]
    assert not [
        (p.stem, q) for p in right_answers(name) for q in questions if diagnosis_of(results, p.stem, q) is not None
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_class_gets_the_grades_of_its_key(name, tmp_path):
    key = tomllib.loads((ROOT_OF[name] / "class.toml").read_text(encoding="utf-8"))
    grades = grade(name, tmp_path / "out", ROOT / "solutions" / name / "class")
    assert len(key) >= FEWEST_HANDED_IN.get(name, 12)
    assert set(grades) == set(key)
    points = {q.name: q.points for q in assignment(name).contract.questions}
    for identity, expected in key.items():
        row = grades[identity]
        assert row["status"] == expected["status"], identity
        if row["status"].startswith("for a person"):
            assert {row["score"], *(row[q] for q in points)} == {""}, identity
            continue
        lost = {q for q in points if float(row[q]) < points[q]}
        wanted = set(expected["wrong"]) if expected["status"] == "graded" else set(points)
        assert lost == wanted, identity
