"""Properties are tried on the student's own functions of another assignment, in a folder beside."""

from __future__ import annotations

import shutil

import pytest

from autograder.checks import contract
from autograder.doors.local import LocalAnswer
from autograder.doors.own_answers import tried_confined, tried_here
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Sandbox
from tests import means
from tests.processes import run_python

pytestmark = pytest.mark.usefixtures("quick_sandboxes")

AVERAGES = '[[question]]\nname = "mean"\npoints = 1\narguments = { x = "(n,)" }\nreturns = "real ()"\n'
SAID = {
    "import numpy as np\n\n\ndef mean(x):\n    return np.sum(x) / len(x)\n": "accepts your own mean of averages",
    "def mean(x):\n    return x[0]\n": "rejects your own mean of averages (AssertionError: ",
    "def mean(x):\n    return no_such\n": "rejects your own mean of averages (NameError: ",
    "def mean(x):\n    raise NotImplementedError\n": "",
    "def mean(x) return 1\n": "",
}


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own") / "means"
    means.write(folder)
    stated = folder / "tests" / contract.FILE
    stated.write_text(stated.read_text(encoding="utf-8") + 'own = "averages"\n', encoding="utf-8")
    (folder / "means.py").write_text(means.GOOD, encoding="utf-8")
    return folder


@pytest.fixture
def folder(master, tmp_path):
    (tmp_path / "averages" / "tests").mkdir(parents=True)
    (tmp_path / "averages" / "tests" / contract.FILE).write_text(AVERAGES, encoding="utf-8")
    return shutil.copytree(master, tmp_path / "means")


@pytest.mark.parametrize("own", SAID)
def test_what_it_says_of_the_own_function_is_noted(folder, own):
    (folder.parent / "averages" / "averages.py").write_text(own, encoding="utf-8")
    rules = contract.load(folder / "tests" / contract.FILE)
    with Sandbox() as sandbox:
        confined = tried_confined(folder, rules, Submission("ada", means.GOOD), sandbox)
    for said in (confined, tried_here(folder, rules, LocalAnswer(folder, rules))):
        assert len(said) == bool(SAID[own])
        assert all(line.startswith(f"check_mean {SAID[own]}") for line in said)
        assert all(("one of the two is wrong" in line) == ("rejects" in line) for line in said)


def test_without_the_other_folder_nothing_is_said(folder):
    shutil.rmtree(folder.parent / "averages")
    rules = contract.load(folder / "tests" / contract.FILE)
    assert tried_here(folder, rules, LocalAnswer(folder, rules)) == []


def test_pytest_and_check_say_so(folder):
    (folder.parent / "averages" / "averages.py").write_text("def mean(x):\n    return max(x)\n", encoding="utf-8")
    for command in (["pytest", "-q", "-p", "no:cacheprovider"], ["autograder", "check", "means"]):
        done = run_python(folder, "-m", *command)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "note: check_mean rejects your own mean of averages (AssertionError" in done.stdout
