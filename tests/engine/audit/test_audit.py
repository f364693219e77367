"""The audit itself: a weak assignment fails it with words from which it can be fixed, and a sound one passes."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from autograder.audit import cheats, equivalents, lookup_table, perturbations, tables, time_limit, usefulness
from autograder.audit.assignment import audit
from autograder.audit.mutants import mutants
from autograder.checks import question
from autograder.checks.cases import build_case
from autograder.checks.judging import run_case
from autograder.checks.modules import load_module
from autograder.grade import Assignment
from autograder.model.errors import AuthoringError, UsageError

pytestmark = pytest.mark.usefixtures("quick_sandboxes")

REFERENCE = """\
import numpy as np


def double(z):
    return z + z


def weigh(X, theta):
    return X @ theta
"""

HEAD = """\
from autograder.checks import arrays, expect, expect_different, prop

OK_FORMAT = False
name = "double"
"""

IS_ODD = '''

@prop(points=1, hint="What is twice 0?", cases=5, z=arrays(largest=3))
def is_odd(double, z):
    """double(-z) = -double(z)."""
    expect(double(-z), -double(z))
'''

ABOVE_0 = '''

@prop(points=1, hint="What is twice 1?", cases=5, z=arrays(largest=3))
def is_right_above_0(double, z):
    """Twice a positive number is its sum with itself."""
    expect(double(abs(z) + 1), abs(z) + 1 + abs(z) + 1)
'''

ADDS_ONE = '''

@prop(points=2, hint="Add.", cases=5, z=arrays(largest=3))
def adds_one(double, z):
    """double(z + 1) = double(z) + 2."""
    expect(double(z + 1) - double(z), 2 + 0 * z)
'''

BLIND = '''

@prop(points=3, hidden=True, hint="Add.", cases=5, z=arrays(largest=3))
def adds_one(double, z):
    """double(z + 1) = double(z) + 2."""
    expect(double(z + 1), double(z) + 2, atol=1e9)
'''

MISCONCEPTIONS = """\
from autograder.checks import misconception


@misconception(says="You return z.", hint="Twice.")
def once(z):
    return z


@misconception(says="You add one.", hint="What is twice 0?")
def one_more(z):
    return 2 * z + 1


@misconception(says="You square z.", hint="Twice.")
def misspelt(z):
    return sqaure(z)
"""
SOUND_MISCONCEPTIONS = """\
from autograder.checks import misconception


@misconception(says="You return twice the size of z.", hint="What is twice -1?")
def twice_the_size(z):
    return 2 * abs(z)


@misconception(says="You add one.", hint="What is twice 0?")
def one_more(z):
    return 2 * z + 1
"""

CONTRACT = """\
[[question]]
name = "double"
points = 3
arguments = { z = "" }
returns = "real like z"
"""


def write(folder, files):
    """Write files of a master copy, and record the cases of its checks."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    reference = load_module(folder / "toy.py", "reference")
    for q in question.load_all(folder / "tests")[1]:
        q.record(reference=reference)
    return folder


@pytest.fixture
def sound(toy):
    """The toy with one question, all of whose wrong answers are caught, by checks that are all needed."""
    files = {
        "toy.py": REFERENCE,
        "tests/contract.toml": CONTRACT,
        "tests/double.py": HEAD + ABOVE_0 + ADDS_ONE,
        "misconceptions/double.py": SOUND_MISCONCEPTIONS,
        "wheats/twice.py": "def double(z):\n    return 2 * z\n",
    }
    return write(toy, files)


@pytest.fixture
def weak(toy):
    """The toy with checks that let mutants live, give points to everyone, and fail a right answer."""
    exact = (toy / "tests" / "weigh.py").read_text(encoding="utf-8")
    files = {
        "toy.py": REFERENCE,
        "tests/double.py": HEAD + IS_ODD + BLIND,
        "tests/weigh.py": exact.replace("theta), X @ theta)", "theta), X @ theta, atol=0, rtol=0)"),
        "misconceptions/double.py": MISCONCEPTIONS,
        "wheats/a_loop.py": "def double(z):\n    return 2 * z\n\n\ndef weigh(X, theta):\n"
        "    return [sum(a * b for a, b in reversed(list(zip(row, theta)))) for row in X]\n",
        "equivalents.toml": '[[mutant]]\nid = "00000000"\nreason = "It is gone."\n\n[keep]\n"double.gone" = "It helps."\n',
    }
    return write(toy, files)


def test_a_weak_assignment_fails_with_words_from_which_it_can_be_fixed(weak):
    found = audit(weak)
    assert not found.passed
    said = "\n".join(found.errors)
    assert "misconception double.once keeps all its points: no property catches it" in said
    assert "misconception double.misspelt does not run: NameError: name 'sqaure' is not defined" in said
    assert "right answer a_loop is marked down in weigh: weigh.is_a_product: wrong answer: does not equal" in said
    assert (
        "double: adds_one catches no wrong answer, so its 3 points go to everyone; remove it, make it stricter" in said
    )
    assert "double: its wrong answers earn 3, 4 of 4 points; expected at least 2 different partial scores" in said
    assert "expected at least half of 4 points to be public; found 1" in said
    assert "no mutant 00000000 any more" in said
    assert "[keep] names double.gone, which is neither a property nor a question" in said
    survivors = {m.diff.splitlines()[1]: m for m in found.survivors}
    assert survivors["+ return z"].questions == ("double",)
    text = "\n".join(tables.text(found))
    assert "(dropped term): no property of double fails\n    - return z + z\n    + return z\n" in text
    assert text.startswith("toy: fix these")
    page = tables.html([found])
    assert '<pre class="message" tabindex="0">- return z + z\n+ return z</pre>' in page
    assert "no mutant 00000000 any more" in page


def test_a_sound_assignment_passes_the_command(sound, command):
    done = command("audit", sound)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "toy: nothing to fix" in done.stdout
    head, row, note = done.stdout.splitlines()[-3:]
    assert row.split() == ["toy", "2", "0", "2", "3", "3", "0", "0", "0", "0"]
    assert head.split()[-2:] == ["trivial", "table"]
    assert "of 100 points" in note
    assert "arrays in another order" in done.stdout


def test_the_command_fails_where_a_check_is_not_needed(sound, command):
    again = ADDS_ONE.replace("def adds_one", "def adds_one_again").replace("points=2", "points=1")
    write(sound, {"tests/double.py": HEAD + ABOVE_0 + ADDS_ONE.replace("points=2", "points=1") + again})
    done = command("audit", sound, "--here-only", "--brief")
    assert done.returncode == 1
    assert "double: adds_one_again catches nothing that other public properties do not" in done.stdout
    (sound / "equivalents.toml").write_text('[keep]\n"double.adds_*" = "Two hints."\n', encoding="utf-8")
    assert "other public properties" not in command("audit", sound, "--here-only", "--brief").stdout


def test_what_is_earned_without_computing_is_counted(sound):
    """A table knows the cases that are published, and a trivial answer none."""
    files = {"tests/double.py": HEAD + ABOVE_0 + ADDS_ONE.replace("z=arrays(largest=3)", "z=choice([0.0, 1.0])")}
    files["tests/double.py"] = files["tests/double.py"].replace("arrays, expect", "arrays, choice, expect", 1)
    write(sound, files)
    assignment = Assignment(sound)
    assert cheats.points_of_100(cheats.from_trivial_answers(assignment)) == 0
    (learnt,) = cheats.from_lookup_table(assignment)
    assert learnt.earned == 0, "one of two hand-picked cases is not published"
    for p in assignment.questions[0].properties:
        vars(p)["recording"] = replace(p.recording, unpublished=[])
        vars(p).pop("cases", None)
    (learnt,) = cheats.from_lookup_table(assignment)
    assert (learnt.earned, learnt.passed) == (3, ("is_right_above_0", "adds_one"))
    (problem,) = cheats.problems([], [learnt])
    assert problem.startswith("a table of the published cases earns 100 of 100 points, expected at most 13 (double, by")


def test_a_table_advances_the_generators_that_it_gets(sound):
    """Draws in the table are those of the reference, and so are the next ones."""
    draws = {
        "toy.py": "def double(z, rng):\n    return rng.normal(size=z.shape)\n",
        "tests/contract.toml": CONTRACT.replace('z = ""', 'z = "", rng = ""'),
        "tests/double.py": HEAD.replace("arrays, expect, expect_different", "arrays, expect_different")
        + "import numpy as np\n\n"
        + ADDS_ONE.split("expect(", maxsplit=1)[0].replace("double(z + 1) = double(z) + 2", "Differs")
        + "rng = np.random.default_rng(1)\n    expect_different(double(z, rng), double(z, rng))\n",
    }
    write(sound, draws)
    (sound / "misconceptions" / "double.py").unlink()
    assignment = Assignment(sound)
    (p,) = assignment.questions[0].properties
    table = lookup_table.LookupTable(assignment).namespace(lookup_table.FALLBACKS["a table, else zeros"])
    assert run_case(p, table, build_case(p.recipes, p.recording.cases[0]), []) is None


def test_a_question_with_few_partial_scores_may_have_a_reason(sound):
    questions = Assignment(sound).questions
    (problem,) = usefulness.problems(questions, [], {}, [])
    assert problem.endswith(
        'into more properties, or give the reason in equivalents.toml under [keep]: "double" = "..."'
    )
    assert usefulness.problems(questions, [], {"double": "One formula."}, []) == []


def test_a_question_whose_checks_are_free_says_why_its_wrong_answers_earn_nothing(sound):
    questions = Assignment(sound).questions
    for p in questions[0].properties:
        vars(p)["recording"] = replace(p.recording, free=True)
    nothing = SimpleNamespace(undecided={}, scores={"double": 0.0})
    (problem,) = usefulness.problems(questions, [], {}, [nothing])
    assert "earn 0 of 3 points; expected at least 2" in problem
    assert problem.endswith(
        "(who passes nothing but is_right_above_0, adds_one earns nothing: a constant or a copy of an argument "
        "would, too)"
    )
    (use, *_) = usefulness.uses(questions, [], [])
    assert use.free


def test_the_columns_of_an_audit_are_explained(sound):
    text = " ".join(" ".join(tables.text(audit(sound))).split())
    for word in ("Free:", "Alone:", "Apart:", "Right within, wrong beyond:", "killed is what some property fails"):
        assert word in text


def test_mistakes_that_lose_most_of_their_question_are_listed(sound):
    found = audit(sound)
    assert [(m.id, m.lost, m.points, m.passed) for m in found.severe] == [
        ("double.twice_the_size", 2, 3, ("is_right_above_0",))
    ]
    assert "double.twice_the_size" in "\n".join(tables.text(found))
    assert "Severe mistakes" in tables.html([found])


def test_the_command_asks_for_an_assignment(command):
    done = command("audit")
    assert done.returncode == 2
    assert "expected the name of an assignment, or --all" in done.stderr


@pytest.fixture
def claim(sound):
    """What is found of a claim that a changed double is right."""

    def check(body, way="values"):
        assignment = Assignment(sound)
        (mutant, *_) = mutants(REFERENCE, ("double",))
        changed = replace(mutant, source=f"import time\n\n\ndef double(z):\n    return {body}\n")
        new_cases = [equivalents.draw_new_cases(assignment, q, 5) for q in assignment.questions]
        return equivalents.find_difference(assignment, changed, way, new_cases)

    return check


@pytest.mark.parametrize(
    ("body", "way", "says"),
    [
        ("2 * z", "values", ""),
        ("2 * z", "contract", ""),
        ("z - z", "values", "the reference's is"),
        ("z - z", "contract", "is_right_above_0 does not hold for"),
        ("2 * z + 1e-6", "values", "the reference's is"),
        ("None", "values", "returned None"),
        ("1 / 0", "values", "ZeroDivisionError"),
    ],
)
def test_an_equivalent_mutant_must_agree_on_new_cases(claim, body, way, says):
    found = claim(body, way)
    assert (says in found) if says else not found


def test_a_mutant_that_never_ends_is_not_equivalent(claim, monkeypatch):
    monkeypatch.setattr(equivalents, "SECONDS", 1)
    assert claim("[0 for _ in iter(int, 1)]") == "it did not end within 1 s"


def test_a_busy_machine_ends_no_mutant(claim, monkeypatch):
    monkeypatch.setattr(equivalents, "SECONDS", 1)
    assert not claim("time.sleep(0.1) or 2 * z")
    monkeypatch.setattr(time_limit, "ASLEEP", 1)
    assert claim("time.sleep(60)") == "it did not end within 1 s"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[mutant]]\nid = 'a'\n", "to have an id and a reason"),
        ("[[mutant]]\nid = 'a'\nreason = ' '\n", "to have an id and a reason"),
        ("[[mutant]]\nid = 'a'\nreason = 'b'\nagrees = 'maybe'\n", "expected agrees to be one of"),
        ("[[mutant]]\nid = 'a'\nreason = 'b'\n" * 2, "found a twice"),
        ("[[", "not a TOML file"),
    ],
)
def test_a_file_of_reasons_that_is_none_is_named(tmp_path, text, says):
    (tmp_path / "equivalents.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AuthoringError, match=says):
        equivalents.load(tmp_path / "equivalents.toml")


def test_right_answers_that_depend_on_the_order_of_sums_are_found(weak):
    (reordered, *_) = perturbations.perturbations()
    assert reordered.order == "reordered"
    found = perturbations.grade_perturbed(weak, reordered)
    assert found.wheats == 2
    assert any(f.startswith("a_loop: weigh.is_a_product: does not equal") for f in found.failures)
    assert json.dumps(dict(found.margins))


def test_a_python_that_cannot_run_the_checks_is_named(sound):
    with pytest.raises(UsageError, match=r"/bin/false: expected a Python that can run the checks of toy"):
        perturbations.grade_perturbed(sound, perturbations.Perturbation("none", "/bin/false", {}))
