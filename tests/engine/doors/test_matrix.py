"""Odd but right answers get the same points from every tool: pytest, check, grader.check, grade, and Otter."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from autograder import intake
from autograder.cli.check import check
from autograder.cli.common import StudentFolder
from autograder.grade import Assignment, Grader
from autograder.sandbox.sandbox import Sandbox
from tests.otter_run import otter_run

pytestmark = pytest.mark.usefixtures("quick_sandboxes")

DOUBLE = "def double(z):\n    return 2 * z\n"
WEIGH = "def weigh(X, theta):\n    return X @ theta\n"
RIGHT = f"{DOUBLE}\n\n{WEIGH}"
FULL = {"double": (2, 4), "weigh": (6, 6)}
"""Points of the public checks, and of all."""
NO_DOUBLE = {"double": (0, 0), "weigh": (6, 6)}

MODULES = {
    "plain": RIGHT,
    "a missing package that nothing uses": f"import nothing_such\n{RIGHT}",
    "a missing package within a try": f"try:\n    import nothing_such\nexcept ImportError:\n    pass\n{RIGHT}",
    "a decorator of a missing package": f"import nothing_such\n@nothing_such.jit\n{RIGHT}",
    "a question to the user": f"name = input('name? ')\n{RIGHT}",
    "an assertion at the end": f"{RIGHT}\nassert double(2) == 5\n",
    "a test at the end that needs data": f"{RIGHT}\nprint(open('data.csv').read())\n",
    "exit at the end": f"{RIGHT}\nimport sys\nsys.exit(0)\n",
    "another folder": f"import os\nos.chdir('/nowhere')\n{RIGHT}",
    "arguments": f"import argparse\np = argparse.ArgumentParser()\np.add_argument('file')\nargs = p.parse_args()\n{RIGHT}",
    "a main guard": f"{RIGHT}\nif __name__ == '__main__':\n    1 / 0\n",
    "its own file": f"import os\nHERE = os.path.dirname(os.path.abspath(__file__))\n{RIGHT}",
    "an await": f"import asyncio\n{RIGHT}\nawait asyncio.sleep(0)\n",
    "an exported notebook": f"# coding: utf-8\n# In[1]:\nget_ipython().run_line_magic('matplotlib', 'inline')\n{RIGHT}",
    "an exported timed cell": f"get_ipython().run_cell_magic('time', '', {DOUBLE!r})\n{WEIGH}",
    "a shell command": f"get_ipython().system('pip install x')\n{RIGHT}",
    "a future import": f"from __future__ import annotations\n1 / 0\n{RIGHT}",
    "a global": f"K = 2\n{RIGHT.replace('2 * z', 'K * z')}",
    "lambdas": "double = lambda z: 2 * z\nweigh = lambda X, theta: X @ theta\n",
    "a class": f"class Two:\n    factor = 2\n{RIGHT.replace('2 * z', 'Two.factor * z')}",
    "tabs": RIGHT.replace("    ", "\t"),
    "other line ends": RIGHT.replace("\n", "\r\n"),
    "a mark": f"\ufeff{RIGHT}",
    "prints": RIGHT.replace("return", "print('hello'); return"),
    "warnings": f"import warnings\nwarnings.warn('careful')\n{RIGHT}",
    "an endless loop at the end": f"{RIGHT}\nwhile True:\n    pass\n",
    "a syntax error in a function": f"{DOUBLE}\n\ndef other(z) return z\n\n\n{WEIGH}",
    "an unclosed bracket in a function": f"{DOUBLE}\n\ndef other(z):\n    return (z\n\n\n{WEIGH}",
    "an unclosed text in a function": f"{DOUBLE}\n\ndef other(z):\n    '''Text.\n    return z\n\n\n{WEIGH}",
    "a syntax error in a question": (f"def double(z) return 2 * z\n{WEIGH}", NO_DOUBLE),
    "a wrong import in a question": (RIGHT.replace("return 2", "import nothing_such\n    return 2"), NO_DOUBLE),
    "tuples for arrays": RIGHT.replace("return X @ theta", "return tuple(X @ theta)"),
}

NOTEBOOKS = {
    "cells": [DOUBLE, WEIGH],
    "magics": ["%matplotlib inline\n!pip install x", f"%%time\n{DOUBLE}", f"%%capture out\n{WEIGH}"],
    "profiled": [f"%%prun -l 5\n{DOUBLE}", WEIGH],
    "written to the file": [f"%%writefile toy.py\n{RIGHT}"],
    "an await": [f"import asyncio\nawait asyncio.sleep(0)\n{RIGHT}"],
    "a broken cell": [DOUBLE, "this is no Python", WEIGH],
    "a broken function in a cell": [f"{DOUBLE}\ndef other(z) return z\n{WEIGH}"],
    "a cell that raises": [DOUBLE, "1 / 0", WEIGH, "double('x' / 2)"],
    "an endless cell": [RIGHT, "while True:\n    pass"],
    "otter's own cells": ["import otter\ngrader = otter.Notebook()", RIGHT, "grader.check('double')"],
    "the stub's import": ["from toy import *", RIGHT],
    "help": ["double?", RIGHT],
}


def notebook(cells: list[str]) -> str:
    head = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    made = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
        for i, source in enumerate(cells)
    ]
    return json.dumps(head | {"cells": made})


def handed_in() -> list[tuple[str, dict[str, str], dict[str, tuple[float, float]]]]:
    """Name, files and points of each answer."""
    found = []
    for name, answer in MODULES.items():
        source, points = answer if isinstance(answer, tuple) else (answer, FULL)
        found.append((name, {"toy.py": source}, points))
    stub = "def double(z):\n    raise NotImplementedError\n\n\ndef weigh(X, theta):\n    raise NotImplementedError\n"
    for name, cells in NOTEBOOKS.items():
        found.append((f"notebook: {name}", {"toy.ipynb": notebook(cells)}, FULL))
    found.append(("an untouched module", {"toy.py": stub, "toy.ipynb": notebook([RIGHT])}, FULL))
    found.append(("a helper", {"toy.py": RIGHT.replace("2 * z", "helper.two * z") + "import helper\n", "helper.py": "two = 2\n"}, FULL))  # fmt: skip
    return found


ANSWERS = handed_in()


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("toy.py", "toy.ipynb", "helper.py"):
        (folder / name).unlink(missing_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return folder


def shorten(folder: Path) -> None:
    """Endless loops end soon."""
    with (folder / "tests/contract.toml").open("a", encoding="utf-8") as contract:
        contract.write("\n[limits]\nimport_seconds = 1.0\n")


def test_grade(master, tmp_path):
    shorten(master)
    assignment = Assignment(master)
    names = [q.name for q in assignment.questions]
    with Sandbox() as sandbox:
        grader = Grader(assignment, sandbox)
        for number, (name, files, points) in enumerate(ANSWERS):
            result = grader.grade(intake.read(write(tmp_path / str(number), files), "toy", questions=names))
            assert {q.name: q.score for q in result.questions} == {q: p[1] for q, p in points.items()}, (name, result)


def test_check(folder):
    # It starts a sandbox each time; what it shares with grade is tried above.
    shorten(folder)
    for name, files, points in ANSWERS[::7]:
        write(folder, files)
        checked = check(StudentFolder(folder, "toy"))
        assert {q.name: q.score for q in checked.questions} == {q: p[0] for q, p in points.items()}, (name, checked)


IN_ONE_PROCESS = """\
import json, os, sys, warnings
from pathlib import Path
from autograder.checks import question
from autograder.checks.judging import judge
from autograder.checks.otter import Wrong
from autograder.doors.local import LocalAnswer
from autograder.model.errors import StudentFault
warnings.simplefilter("ignore")
os.chdir(sys.argv[1])
rules, questions = question.load_all(Path("tests"))
answers = json.load(sys.stdin)
scores = []
for files in answers:
    for name in ("toy.py", "toy.ipynb", "helper.py"):
        Path(name).unlink(missing_ok=True)
    for name, text in files.items():
        Path(name).write_bytes(text.encode())
    sys.modules.pop("helper", None)
    try:
        answer = LocalAnswer(Path.cwd(), rules)
    except StudentFault as fault:
        scores.append(str(fault))
        continue
    found = {}
    for q in questions:
        answer.clock.begin()
        found[q.name] = sum(judge(p, answer.functions).result.score for p in q.properties)
        by_otter = 0
        for p in q.properties:
            try:
                p.call_func({n: c.function for n, c in answer.functions.items()})
                by_otter += p.points
            except Wrong:
                pass
        assert by_otter == found[q.name], files
    scores.append(found)
print("\\n" + json.dumps(scores))
"""


def test_pytest_and_the_notebook(folder):
    shorten(folder)
    asked = json.dumps([files for _, files, _ in ANSWERS])
    command = [sys.executable, "-c", textwrap.dedent(IN_ONE_PROCESS), str(folder)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout.splitlines()[-1])
    for (name, _, points), found in zip(ANSWERS, scores, strict=True):
        assert found == {q: p[0] for q, p in points.items()}, (name, found)


def test_otter_run(otter_zip, tmp_path):
    chosen = [a for a in ANSWERS if a[0] in {"arguments", "notebook: an await"}]
    assert len(chosen) == 2
    paths = []
    for number, (_, files, _) in enumerate(chosen):
        folder = write(tmp_path / str(number), files)
        paths.append(next(folder.iterdir()))
    for (name, _, points), found in zip(chosen, otter_run(tmp_path, otter_zip, paths), strict=True):
        assert found == {q: p[1] for q, p in points.items()}, name
