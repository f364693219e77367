"""The students' zip works by itself: with the engine that it brings, through every door."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from autograder.release import bundles
from tests.processes import run_python

RIGHT = "def double(z):\n    return 2 * z\n\n\ndef weigh(X, theta):\n    return X @ theta\n"

NOTEBOOK_CELLS = """\
import sys
sys.modules["otter"] = None
import autograder
from autograder.doors.notebook import Homework
print(autograder.__file__)
homework = Homework("toy", globals())
grader = homework.grader
grader.check("double")
grader.check("weigh")
grader.export()
"""


@pytest.fixture(scope="module")
def unpacked(released_master: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The students' folder, and where the engine of its wheel is."""
    root = tmp_path_factory.mktemp("student")
    with zipfile.ZipFile(io.BytesIO(bundles.zipped(bundles.for_students(released_master)))) as archive:
        archive.extractall(root)
    (wheel,) = (root / "toy").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(root / "engine")
    (root / "toy/toy.py").write_text(RIGHT.replace("2 * z", "z * z"), encoding="utf-8")
    return root / "toy", str(root / "engine")


def test_pytest(unpacked):
    folder, engine = unpacked
    done = run_python(folder, "-m", "pytest", PYTHONPATH=engine)
    assert done.returncode == 1
    assert "public points: 6 / 8" in done.stdout
    assert "You square z." in done.stdout
    assert "Twice is not squared." in done.stdout
    assert "hint: Add z to itself." not in done.stdout


def test_a_notebook_without_otter(unpacked):
    folder, engine = unpacked
    done = run_python(folder, "-c", NOTEBOOK_CELLS, PYTHONPATH=engine)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(engine)
    assert re.search(r"(?m)^weigh +6 / 6  passed$", done.stdout)
    for part in (
        "double(z) = z + z.",
        "You square z.",
        "Twice is not squared.",
        "called:   double(",
        "expected: ",
        "hand in toy-submission.zip: ",
    ):
        assert part in done.stdout


def test_otter_check(unpacked):
    folder, engine = unpacked
    done = run_python(folder, "-m", "otter", "check", "toy.py", PYTHONPATH=engine)
    assert done.returncode == 0, done.stderr
    assert "weigh results: All test cases passed!" in done.stdout
    assert "hint: Add z to itself." in done.stdout
