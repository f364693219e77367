"""The promise, held over the material: a right answer never fails, a wrong one is always caught.

The reference, right answers of every style, the sample class and some wrong answers go through ``autograder grade``, as a
class does; every wrong answer is graded in the question that it is wrong in. Of properties, which are called with a hundred
implementations each, some are; test_properties judges the rest.
"""

import pytest

from tests.course.grading.classes import (
    COMPUTED,
    NAMES,
    ROOT,
    THOROUGH,
    assignment,
    class_of,
    key,
    right_answers,
    right_in_all,
    users_of,
    wrong_answers,
    wrong_in_one,
    wrong_in_their_question,
)

FEWEST_STYLES = {"essentials": 12, "properties": 11, "logistic_regression": 12, "naive_bayes": 12}
FEWEST_WRONG = {"logistic_regression": 60, "naive_bayes": 60}
FEWEST_HANDED_IN = {"essentials": 11}


def expected_of(name):
    """The key's entries for those of the class that are graded."""
    names = {p.stem for p in class_of(name)}
    return {identity: entry for identity, entry in key(name).items() if identity in names}


def diagnoses(result):
    """(submission, question, names of its mistakes) where there are any."""
    return [(result.id, q.name, [d.name for d in q.diagnoses]) for q in result.questions if q.diagnoses]


def test_right_answers_of_every_style_keep_all_points(material):
    name, grades = material.name, material.grades
    assert len(right_answers(name)) >= FEWEST_STYLES.get(name, 8)
    styles = [p.stem for p in right_in_all(name)]
    lost = {i: grades[i] for i in [name, *styles] if (grades[i]["status"], grades[i]["score"]) != ("graded", "100")}
    assert not lost


def test_right_answers_get_no_diagnosis(material):
    right = {p.stem for p in right_in_all(material.name)}
    right |= {
        i for i, entry in expected_of(material.name).items() if (entry["status"], entry["wrong"]) == ("graded", [])
    }
    assert not [found for identity in right for found in diagnoses(material.results[identity])]


def test_every_misconception_loses_points_in_its_question(material):
    assert len(wrong_answers(material.name)) >= FEWEST_WRONG.get(material.name, 40)
    wrong = wrong_in_their_question(material.name)
    assert {w.question for w in wrong} == {w.question for w in wrong_answers(material.name)}
    assert set(material.wrong) == {w.id for w in wrong}
    assert all(material.wrong[w.id].name == w.question for w in wrong)
    assert not [w.id for w in wrong if material.wrong[w.id].score >= material.wrong[w.id].points]


@pytest.mark.parametrize("name", NAMES)
def test_checks_call_no_function_but_their_own_and_those_that_use_it(name):
    """So a wrong function cannot cost points elsewhere: the other functions of a submission are as they were."""
    assert not [
        (function, p.id)
        for function in {w.question for w in wrong_answers(name)}
        for q in assignment(name).questions
        if q.name not in users_of(name, function)
        for p in q.properties
        if function in p.functions
    ]


def test_no_question_suffers_from_a_mistake_in_another(material):
    """In one wrong answer of every other question, at night in all; the test above says why the others do as they do."""
    name, grades = material.name, material.grades
    points = {q.name: q.points for q in assignment(name).contract.questions}
    some = wrong_in_one(name)
    assert not THOROUGH or {w.question for w in some} == {w.question for w in wrong_answers(name)}
    assert not [w.id for w in some if float(grades[w.id][w.question]) >= points[w.question]]
    assert not [
        (w.id, q)
        for w in some
        for q in points
        if q not in users_of(name, w.question) and float(grades[w.id][q]) < points[q]
    ]


def test_graded_alone_a_question_gets_what_it_gets_among_the_others(material):
    for w in wrong_in_one(material.name):
        among = next(q for q in material.results[w.id].questions if q.name == w.question)
        alone = material.wrong[w.id]
        assert (among.score, among.diagnoses) == (alone.score, alone.diagnoses), w.id
        assert [(p.name, p.verdict, p.reason) for p in among.properties] == [
            (p.name, p.verdict, p.reason) for p in alone.properties
        ], w.id


def test_a_misconception_is_named_as_itself_or_not_at_all(material):
    own = {w.id: w.misconception for w in wrong_in_their_question(material.name)}
    named = {i: [d.name for d in material.wrong[i].diagnoses] for i in own}
    assert not {i: names for i, names in named.items() if names not in ([], [own[i]])}
    silent = [i for i, names in named.items() if not names and "global_generator" not in i]
    assert material.name not in COMPUTED or not silent


def test_the_sample_class_gets_the_grades_of_its_key(material):
    name, grades = material.name, material.grades
    handed_in = expected_of(name)
    assert len(key(name)) >= FEWEST_HANDED_IN.get(name, 12)
    others = {name, *(p.stem for p in right_in_all(name)), *(w.id for w in wrong_in_one(name))}
    assert set(grades) == set(handed_in) | others
    assert not set(handed_in) & others
    assert len(key(name)) == len(list((ROOT / "solutions" / name / "class").iterdir()))
    points = {q.name: q.points for q in assignment(name).contract.questions}
    for identity, expected in handed_in.items():
        row = grades[identity]
        assert row["status"] == expected["status"], identity
        if row["status"].startswith("for a person"):
            assert {row["score"], *(row[q] for q in points)} == {""}, identity
            continue
        lost = {q for q in points if float(row[q]) < points[q]}
        wanted = set(expected["wrong"]) if expected["status"] == "graded" else set(points)
        assert lost == wanted, identity


def test_the_sample_class_is_named_by_its_own_mistakes_or_by_none(material):
    expected = expected_of(material.name)
    found = {(i, q): names for identity in expected for i, q, names in diagnoses(material.results[identity])}
    assert found == {(i, q): m for i, entry in expected.items() for q, m in entry.get("diagnoses", {}).items()}
