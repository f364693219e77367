"""An assignment of one's own: a folder anywhere, and no change in the engine."""

import ast
import csv
import json
import shutil
import zipfile

import pytest

from autograder import cli
from autograder.release.wheel import ROOT

pytestmark = pytest.mark.usefixtures("forked_otter", "quick_sandboxes")


@pytest.fixture
def autograder(monkeypatch, tmp_path, capsys):
    """Call the command line from a folder that has nothing to do with the project."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> str:
        monkeypatch.setattr("sys.argv", ["autograder", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        out, err = capsys.readouterr()
        assert stop.value.code == 0, err
        return out

    return run


def test_it_is_built_graded_and_released(master, autograder, tmp_path):
    assert ROOT not in master.parents
    (master / "tests" / "double.json").unlink()

    autograder("build", master, "--out", tmp_path / "assignments")
    handed_out = tmp_path / "assignments" / "toy"
    assert "raise NotImplementedError" in (handed_out / "toy.py").read_text(encoding="utf-8")
    assert list(json.loads((handed_out / "tests" / "double.json").read_text(encoding="utf-8"))) == ["is_z_plus_z"]

    autograder("grade", master, master / "class", "--out", tmp_path / "graded", "--jobs", "1")
    with (tmp_path / "graded" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        grades = {row["submission"]: float(row["score"]) for row in csv.DictReader(file)}
    assert grades == {"ada": 10.0, "bob": 6.0, "cyd": 0.0}
    bob = json.loads((tmp_path / "graded" / "results" / "bob.json").read_text(encoding="utf-8"))
    assert "You square z." in json.dumps(bob)

    autograder("release", master, "--out", tmp_path / "dist")
    zips = {path.name: zipfile.ZipFile(path).namelist() for path in (tmp_path / "dist").iterdir()}
    assert set(zips) == {"toy-student.zip", "toy-autograder.zip"}
    assert "toy/toy.ipynb" in zips["toy-student.zip"]
    assert "masters/toy/tests/weigh.py" in zips["toy-autograder.zip"]


def test_one_is_composed_from_questions_of_others(autograder, tmp_path):
    bank = tmp_path / "solutions"
    bank.mkdir()
    for name in ("naive_bayes", "two_paths"):
        shutil.copytree(ROOT / "solutions" / name, bank / name, ignore=shutil.ignore_patterns("class", "wheats"))
    taken = "naive_bayes:predict=decide,naive_bayes:log_evidence,two_paths:error_rate,two_paths:pooled_variance"
    assert "4 questions, 100 points" in autograder("new", "mine", "--from", taken)
    written = [p.name for p in (bank / "mine").rglob("*") if p.is_file() and ".composed" not in p.parts]
    assert sorted(written) == ["README.md", "contract.toml"]
    autograder("build", "mine", "--keep-cases", "--out", tmp_path / "assignments")
    stub = tmp_path / "assignments" / "mine" / "mine.py"
    assert "def decide(" in stub.read_text(encoding="utf-8")
    autograder("grade", "mine", stub, "--out", tmp_path / "graded", "--jobs", "1")
    with (tmp_path / "graded" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["score"], row["max_score"]) == ("0", "100")


def test_the_engine_names_no_assignment_in_its_code():
    names = {path.parent.parent.name for path in (ROOT / "solutions").glob("*/tests/contract.toml")}
    names.remove("properties")  # a word of the engine's own
    assert names
    for path in sorted((ROOT / "autograder").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        used = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        used |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        # Help and docstrings may use one as an example, so only a string that is a name by itself counts.
        assert not used & names, path


def test_one_starts_from_a_notebook_of_otter_assign(autograder, tmp_path):
    def cell(kind, source):
        return {"cell_type": kind, "metadata": {}, "source": source}

    config = '""" # BEGIN TEST CONFIG\nhidden: true\npoints: 1\n""" # END TEST CONFIG\n'
    answer = "def square(x):\n    # BEGIN SOLUTION\n    y = x * x # SOLUTION\n    return y\n    # END SOLUTION"
    cells = [
        cell("code", "import numpy as np\nimport otter\n%matplotlib inline"),
        *(cell("raw", text) for text in ("# BEGIN QUESTION\nname: q1\npoints: 4", "# BEGIN SOLUTION")),
        cell("code", answer),
        *(cell("raw", text) for text in ("# END SOLUTION", "# BEGIN TESTS")),
        cell("code", "assert square(2) == 4"),
        cell("code", f"{config}assert square(-3) == 9"),
        *(cell("raw", text) for text in ("# END TESTS", "# END QUESTION")),
        *(cell("raw", text) for text in ("# BEGIN QUESTION\nname: essay\nmanual: true", "# END QUESTION")),
    ]
    (tmp_path / "hw.ipynb").write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))
    said = autograder("new", "hw1", "--otter", "hw.ipynb")
    assert "1 question, 4 points" in said
    assert "define no function: essay" in said
    solution = tmp_path / "solutions" / "hw1"
    path = solution / "tests" / "square.py"
    text = path.read_text(encoding="utf-8")
    assert "# assert square(-3) == 9" in text.partition("# BEGIN SOLUTION")[2]
    todo = 'raise NotImplementedError("state the property: expect(actual, expected)")'
    assert text.count(todo) == 2
    path.write_text(text.replace(todo, "expect(square(x), x * x)"), encoding="utf-8")
    contract = solution / "tests" / "contract.toml"
    contract.write_text(contract.read_text(encoding="utf-8").replace('"real ()"', '"real like x"'), encoding="utf-8")
    autograder("build", "hw1")
    assert "y = x" not in (tmp_path / "assignments" / "hw1" / "hw1.py").read_text(encoding="utf-8")
