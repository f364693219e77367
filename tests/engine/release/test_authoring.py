"""What course staff write: the guide's example works as it is shown, a new assignment too, and typos are named."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.model.errors import AuthoringError
from autograder.release import authoring, build, check_files, check_right_answers, record, recording
from autograder.release.wheel import ROOT
from tests.engine.release.forked import FORKED
from tests.processes import run_python

GUIDE = (ROOT / ".github" / "AUTHORING.md").read_text(encoding="utf-8")
FILE = re.compile(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def autograder(command):
    """Run a command there; what it says."""

    def run(*arguments: str) -> str:
        done = command(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def forked_checks(monkeypatch):
    """Right answers are checked, and cases recorded, in a process that is forked.

    ``test_a_check_that_a_right_answer_fails_is_not_built`` and ``test_cases_that_cannot_be_read_are_no_dead_end`` start theirs.
    """

    for module in (authoring, recording):
        monkeypatch.setattr(module, "subprocess", FORKED)


AUDITED = ("--jobs", "1", "--here-only")


def test_the_guides_example_is_built_audited_graded_and_taken_from(tmp_path, autograder):
    folder = tmp_path / "solutions" / "kmeans"
    for name, text in FILE.findall(GUIDE):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    assert len(FILE.findall(GUIDE)) == 11
    autograder("build", "kmeans")
    assert "raise NotImplementedError" in (tmp_path / "assignments/kmeans/kmeans.py").read_text()
    assert "kmeans: nothing to fix" in autograder("audit", "kmeans", *AUDITED)
    autograder("grade", "kmeans", "solutions/kmeans/wheats", "--out", "graded")
    assert "loops,14,14,graded,6,4,4" in (tmp_path / "graded/grades.csv").read_text()
    assert "1 question, 100 points" in autograder("new", "half", "--from", "kmeans:assign")


def test_every_command_and_expectation_of_the_guide_exists():
    from autograder import checks
    from autograder.cli import COMMANDS
    from autograder.model.limits import Limits

    for command in re.findall(r"^\$ autograder (\w+)", GUIDE, re.MULTILINE):
        assert command in COMMANDS
    named = set(re.findall(r"`(expect\w*|[a-z_]+)\(", GUIDE)) - {"assign", "update", "start"}
    assert named <= set(checks.__all__)
    for key in re.findall(
        r"^(\w+) = [\d.]+ *(?:#.*)?$", GUIDE.partition("[limits]")[2].partition("```")[0], re.MULTILINE
    ):
        assert hasattr(Limits(), key), key


def test_a_new_assignment_is_built_audited_and_graded(tmp_path, autograder):
    assert "1 question, 10 points" in autograder("new", "my_first", "--title", "Softmax")
    autograder("build", "my_first")
    assert "my_first: nothing to fix" in autograder("audit", "my_first", *AUDITED)
    autograder("grade", "my_first", "solutions/my_first/class", "--out", "graded")
    rows = (tmp_path / "graded/grades.csv").read_text().splitlines()
    assert rows[1:] == ["ada,10,10,graded,10", "bob,6,10,graded,6"]
    assert "# Softmax\n" in (tmp_path / "assignments/my_first/README.md").read_text()


def test_a_demo_without_a_clone(tmp_path):
    code = (
        "import sys; from pathlib import Path; import autograder.cli.common as c, autograder.cli.demo as d\n"
        "c.ROOT = d.ROOT = Path('/nowhere')\n"
        "from autograder.cli import main; main()"
    )
    done = run_python(tmp_path, "-c", code, "demo", "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "the assignments are in the project's clone, not in this package; here is a small one" in done.stdout
    assert "2 submissions, mean 8.0, 1 with full points" in done.stdout


# --- typos ---


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "Toy"', 'titel = "Toy"', r"line 1: unknown key titel; did you mean title\?"),
        ('title = "Toy"', "", r'line 1: expected a title that students read: title = "..."'),
        ("points = 6", "points = 6\npoint = 7", r"line 12: unknown key point in \[question\]; did you mean points\?"),
        ('title = "Toy"', 'title = "Toy"\n[limit]\nx = 1', r"line 2: unknown key limit; did you mean limits\?"),
        (
            'title = "Toy"',
            'title = "Toy"\ncolour = 1',
            r"line 2: unknown key colour; expected feedback, limits, name, question",
        ),
    ],
)
def test_a_typo_in_the_contract(master, old, new, says):
    edit(master / "tests/contract.toml", old, new)
    with pytest.raises(AuthoringError, match=rf"contract\.toml, {says}"):
        check_files(master)


def test_other_points_in_the_handout(master):
    table = "| question | function | points |\n|---|---|---:|\n| 1 | `double(z)` | 4 |\n| 2 | `weigh(X, theta)` | 5 |\n"
    (master / "README.md").write_text(table, encoding="utf-8")
    with pytest.raises(AuthoringError, match=r"README\.md, line 4: expected 6 points for weigh") as caught:
        check_files(master)
    assert "line 3" not in str(caught.value)


def test_a_file_of_no_question(master):
    (master / "tests/duble.py").write_text("", encoding="utf-8")
    (master / "misconceptions/other.py").write_text("", encoding="utf-8")
    with pytest.raises(AuthoringError) as caught:
        check_files(master)
    assert re.search(
        r"tests/duble\.py: contract\.toml has no question duble; did you mean double\.py\?", str(caught.value)
    )
    assert re.search(r"misconceptions/other\.py: .*add the question, or remove the file", str(caught.value))


RECIPE = """
@recipe(n=st.integers(1, 4), seed=SEEDS)
def drawn(n, seed):
    BODY


@prop(points=2, hint="Add z to itself.", cases=12, z=USE)
"""


@pytest.mark.parametrize(
    ("body", "use", "says"),
    [
        ("return np.random.normal(size=n)", "drawn", r"double\.py, line \d+: the recipe of z in is_z_plus_z gives other values each time; draw from np\.random\.RandomState\(seed\)"),
        ("return np.random.default_rng(seed)", "drawn", r"double\.py, line \d+: the recipe of z in is_z_plus_z builds a Generator, which cannot be recorded; let it give the seed, and make the Generator in the property"),
        ("return np.zeros(n) / np.zeros(n)[5]", "drawn", r"double\.py, line \d+: the recipe of z fails on n=\d, seed=\d+: IndexError"),
        ("return np.zeros(n)", "drawn()", r"double\.py, line \d+: drawn is already a recipe; use it without brackets: data=drawn"),
        ("return np.zeros(n)", "arrays", r"double\.py, line \d+: expected a recipe for z; found arrays; write z=arrays\(\.\.\.\)"),
    ],
    ids=["without its seed", "a generator", "raises", "called", "not called"],
)  # fmt: skip
@pytest.mark.usefixtures("forked_checks")
def test_a_mistake_in_a_recipe(master, body, use, says):
    path = master / "tests/double.py"
    edit(path, "from autograder.checks import arrays, expect, prop", "import numpy as np\nfrom hypothesis import strategies as st\nfrom autograder.checks import SEEDS, arrays, expect, prop, recipe")  # fmt: skip
    declared = '@prop(points=2, hint="Add z to itself.", cases=12, z=arrays(largest=3))\n'
    edit(path, declared, RECIPE.replace("BODY", body).replace("USE", use).lstrip())
    with pytest.raises(AuthoringError, match=says) as caught:
        record(master)
    assert "Traceback" not in str(caught.value)


def test_a_check_that_a_right_answer_fails_is_not_built(master):
    check_right_answers(master)
    (master / "wheats").mkdir()
    (master / "wheats/loops.py").write_text(
        "def double(z):\n    return z\n\ndef weigh(X, theta):\n    return X @ theta\n"
    )
    with pytest.raises(
        AuthoringError,
        match=r"double\.py, line \d+: is_z_plus_z fails a right answer, loops\.py: .*expected .*, found .*; drawn: {'z'",
    ):
        check_right_answers(master)
    (master / "wheats/loops.py").unlink()
    edit(master / "toy.py", "return X @ theta", "return X @ theta + 1")
    with pytest.raises(AuthoringError, match=r"weigh\.py, line \d+: is_a_product fails a right answer, toy\.py: "):
        check_right_answers(master)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("toy.py", "def weigh(X, theta)", "def wiegh(X, theta)", r"toy\.py: expected the function weigh of the contract; found none"),
        ("toy.py", "def weigh(X, theta)", "def weigh(theta, X)", r"contract\.toml: expected the arguments of weigh as in toy\.py, theta, X; found X, theta"),
        ("toy.py", "import numpy as np", "import numpy as np\nraise SystemExit(0)", r"toy\.py, line \d+: cannot be loaded: SystemExit: 0"),
        ("tests/weigh.py", "expect(weigh(X, theta)", "expect(weigh(X, theta[:-1])", r"weigh\.py, line \d+: is_a_product fails a right answer, toy\.py: .*weigh was called with theta of shape \(\d,\); the contract says \(d,\), where d = \d; fix the recipe, the check or the contract"),
        ("tests/weigh.py", "X @ theta)", "X @ thet)", r"weigh\.py, line \d+: is_a_product: the check is_a_product itself failed: NameError"),
        ("tests/double.py", "expect(double(z)", "import numpy as np\n    z = z + np.random.normal()\n    expect(double(z)", r"double\.py, line \d+: is_z_plus_z makes other calls each time; draw random numbers in its recipe"),
        ("tests/double.py", "    expect(double(z), z + z)", "    return double(z) is z", r"double\.py, line 9: is_z_plus_z: the check is_z_plus_z returns bool; state what must hold with expect"),
        ("tests/double.py", "z + z)\n\n", "z + z, atol=-1)\n\n", r"double\.py, line \d+: is_z_plus_z: expected tolerances of 0 or more; found atol=-1"),
        ("tests/weigh.py", "expect(weigh(X, theta), X @ theta)", "expect((weigh(X, theta), 1), X @ theta)", r"weigh\.py, line \d+: is_a_product: expect compares a number or an array"),
    ],
    ids=["missing", "order", "exits", "shape", "check", "chance", "value", "tolerance", "list"],
)  # fmt: skip
@pytest.mark.usefixtures("forked_checks")
def test_a_mistake_in_the_reference_or_a_check(master, file, old, new, says):
    edit(master / file, old, new)
    with pytest.raises(AuthoringError, match=says):
        check_right_answers(master)


def test_cases_that_cannot_be_read_are_no_dead_end(master):
    """`build` said: record the cases again with `autograder build`."""
    (master / "tests/double.json").write_text("{", encoding="utf-8")
    with pytest.raises(AuthoringError, match=r"double\.json: cannot be read; remove it, and build with its --seed"):
        record(master)
    (master / "tests/double.json").unlink()
    record(master)


def test_an_answer_outside_of_the_markers_is_not_built(master, tmp_path):
    text = (master / "toy.py").read_text(encoding="utf-8")
    (master / "toy.py").write_text(re.sub(r" *# (BEGIN|END) SOLUTION\n", "", text), encoding="utf-8")
    with pytest.raises(AuthoringError, match=r"toy\.py: expected the answer of double between # BEGIN SOLUTION"):
        build(master, tmp_path / "students")


def test_grading_with_the_students_folder_says_that_nothing_is_hidden(master, tmp_path, command):
    build(master, tmp_path / "assignments" / "toy")
    (tmp_path / "ada.py").write_text((master / "toy.py").read_text())
    done = command("grade", "assignments/toy", "ada.py", "--out", "graded")
    assert "no hidden checks, so students know all that counts; is it the students' folder?" in done.stderr
    assert json.loads((tmp_path / "graded/results/ada.json").read_text())["score"] == 8


def test_shell_completion_as_the_readme_says(tmp_path):
    assert 'eval "$(_AUTOGRADER_COMPLETE=bash_source autograder)"' in (ROOT / "README.md").read_text(encoding="utf-8")
    code = "import sys; sys.argv = ['autograder']; from autograder.cli import main; main()"
    asked = {
        "_AUTOGRADER_COMPLETE": "bash_complete",
        "COMP_WORDS": "autograder au",
        "COMP_CWORD": "1",
        "PATH": "/usr/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=asked, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "plain,audit"
