"""A question file: what is loaded from it, and every mistake in it named by file, expectation and finding."""

import json

import pytest

from autograder.checks import question
from autograder.model.errors import AuthoringError
from autograder.model.result import Verdict


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_assignment_is_loaded_in_the_contracts_order(toy):
    rules, questions = question.load_all(toy / "tests")
    assert [q.name for q in questions] == [q.name for q in rules.questions] == ["double", "weigh"]
    assert [p.id for p in questions[0].properties] == ["is_z_plus_z", "agrees_with_the_reference"]
    assert questions[1].signature is rules.questions[1]
    assert questions[0].path == toy / "tests" / "double.py"


def test_a_question_is_judged_property_by_property(toy):
    weigh = question.load(toy / "tests" / "weigh.py")
    results = [j.result for j in weigh.judge({"weigh": lambda X, theta: X.sum(axis=1)})]
    assert [(r.name, r.verdict) for r in results] == [
        ("is_a_product", Verdict.FAILED),
        ("leaves_its_arguments_alone", Verdict.PASSED),
    ]


def test_recording_writes_every_property_and_is_repeatable(toy):
    double = question.load(toy / "tests" / "double.py")
    path = toy / "tests" / "double.json"
    before = path.read_text()
    path.unlink()
    double.record()
    assert path.read_text() == before
    assert list(json.loads(before)) == [p.id for p in double.properties]


def test_the_cases_recorded_for_two_questions_differ(toy):
    change(toy / "tests" / "weigh.py", "def is_a_product", "def agrees_with_the_reference")
    questions = question.load_all(toy / "tests")[1]
    for q in questions:
        q.record()
    seeds = [
        [d[a]["seed"] for d, _ in q.properties[i].cases for a in d][-5:]
        for q, i in ((questions[0], 1), (questions[1], 0))
    ]
    assert seeds[0] != seeds[1]


MISTAKES = {
    "a syntax error": ("import arrays", "import import", "cannot be loaded: SyntaxError"),
    "a missing name": ("hidden=True", "hidden=Treu", "cannot be loaded: NameError"),
    "an unknown argument": ("hidden=True", "secret=3", "expected a recipe for secret; found 3"),
    "no OK_FORMAT": ("OK_FORMAT = False", "", "expected `OK_FORMAT = False`"),
    "a word of Otter's": ('name = "double"', 'name = "double"\npoints = 1', "line 7: Otter gives points a meaning"),
    "OK_FORMAT": ("OK_FORMAT = False", "OK_FORMAT = True", "expected `OK_FORMAT = False`"),
    "no name": ('name = "double"', "", '`name = "double"`'),
    "another name": ('name = "double"', 'name = "weigh"', '`name = "double"`'),
    "no property": ("@prop(", "@(lambda **_: str)(", "expected at least one @prop; found none"),
    "a reference in public": ("hidden=True, ", "", "only a hidden property may use the reference"),
    "nothing drawn": (", z=arrays(largest=3))\ndef is", ")\ndef is", "draws at least one argument"),
    "a draw that is no parameter": (
        "is_z_plus_z(double, z)",
        "is_z_plus_z(double)",
        "draws z, but takes only double",
    ),
    "two properties of one name": ("def agrees_with_the_reference", "def is_z_plus_z", "is_z_plus_z twice"),
    "an unknown function": (
        "is_z_plus_z(double, z)",
        "is_z_plus_z(duoble, z)",
        "uses duoble, which is not in the contract",
    ),
    "an assertion": ("expect(double(z), z + z)", "assert double(z) == z + z", "line 12: found assert"),
    "a hint that is no text": ('hint="Add z to itself."', "hint=3", "expected a hint in words; found 3"),
    "no hint": ('hint="Add z to itself."', 'hint=""', "expected a hint in words; found ''"),
    "no cases": ("cases=12", "cases=0", "expected a whole number of cases, 1 or more; found 0"),
    "a word for a flag": ("hidden=True", 'hidden="no"', "expected True or False; found hidden='no'"),
    "no strategy": (
        "z=arrays(largest=3)",
        "z=__import__('autograder.checks').checks.recipe(n=4)(len)",
        "for n, such as st.integers(1, 4); found 4",
    ),
    "points below 0": ("points=2, hint", "points=-2, hint", "found -2"),
    "points that are no number": ("points=2, hint", 'points="2", hint', "found '2'"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_question_file_names_the_file_and_what_is_wrong(toy, mistake):
    old, new, says = MISTAKES[mistake]
    path = toy / "tests" / "double.py"
    change(path, old, new)
    with pytest.raises(AuthoringError) as caught:
        question.load(path)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)


def test_a_missing_question_file_is_named(toy):
    (toy / "tests" / "weigh.py").unlink()
    with pytest.raises(AuthoringError, match=r"weigh\.py: not found"):
        question.load_all(toy / "tests")


def test_a_question_that_the_contract_does_not_know_is_named(toy):
    other = toy / "tests" / "triple.py"
    (toy / "tests" / "double.py").rename(other)
    with pytest.raises(AuthoringError, match=r"triple\.py: expected one of .*, double, weigh; found triple"):
        question.load(other)


def test_a_question_without_a_contract_is_named(toy):
    (toy / "tests" / "contract.toml").unlink()
    with pytest.raises(AuthoringError, match=r"contract\.toml: not found"):
        question.load(toy / "tests" / "double.py")


def test_points_that_add_up_and_are_half_public_pass(toy):
    for q in question.load_all(toy / "tests")[1]:
        question.check_points(q)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("points=2, hidden", "points=1.5, hidden", "the contract says 4 points; found 3.5"),
        ("points=2, hint", "points=3, hint", "the contract says 4 points; found 5"),
        ("points=2, hint", "points=1.5, hint", "the contract says 4 points; found 3.5"),
    ],
)
def test_points_that_do_not_add_up_are_named(toy, old, new, says):
    path = toy / "tests" / "double.py"
    change(path, old, new)
    with pytest.raises(AuthoringError) as caught:
        question.check_points(question.load(path))
    assert str(caught.value) == f"{path}: {says}"


def test_less_than_half_in_public_is_named(toy):
    path = toy / "tests" / "double.py"
    change(path, "points=2, hidden", "points=2.5, hidden")
    change(path, "points=2, hint", "points=1.5, hint")
    with pytest.raises(AuthoringError, match=r"expected at least half of 4 points to be public; found 1\.5"):
        question.check_points(question.load(path))
