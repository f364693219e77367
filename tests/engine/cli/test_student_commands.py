"""``autograder check`` and ``autograder submit`` as students use them, on every system."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from autograder import intake
from autograder.grade import Assignment, Grader
from autograder.release import build
from autograder.sandbox.sandbox import Sandbox
from tests.processes import run_python

RIGHT = "import numpy as np\n\n\ndef double(z):\n    return 2 * z\n\n\ndef weigh(X, theta):\n    return X @ theta\n"
WRONG = RIGHT.replace("2 * z", "z * z")


@pytest.fixture
def folder(released_master: Path, tmp_path: Path) -> Path:
    """The students' folder of the toy assignment."""
    build(released_master, tmp_path / "homework")
    return tmp_path / "homework"


def autograder(cwd: Path, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """``autograder ARGUMENTS`` in a Python that runs ``before`` first."""
    code = f"{before}\nimport sys\nsys.argv[0] = 'autograder'\nfrom autograder.cli import main\nmain()\n"
    return run_python(cwd, "-c", code, *arguments)


# --- submit ---


def test_submit_writes_a_zip_that_grade_reads(folder, released_master):
    (folder / "toy.py").write_text(RIGHT.replace("2 * z", "helper.two * z") + "import helper\n", encoding="utf-8")
    (folder / "helper.py").write_text("two = 2\n", encoding="utf-8")
    done = autograder(folder, "submit")
    assert done.returncode == 0, done.stderr
    assert "public points: 8 of 8\nhand in toy-submission.zip: helper.py, toy.py, toy.ipynb\n" in done.stdout
    with Sandbox() as sandbox:
        assignment = Assignment(released_master)
        submission = intake.read(folder / "toy-submission.zip", "toy", questions=["double", "weigh"])
        assert Grader(assignment, sandbox).grade(submission).score == 10


def test_submit_says_what_is_missing_and_what_is_wrong(folder):
    (folder / "toy.py").write_text(
        "def double(z):\n    return z * z\n\ndef weigh(X, theta):\n    raise NotImplementedError\n"
    )
    done = autograder(folder, "submit")
    assert done.returncode == 0, done.stderr
    assert "not written yet: weigh\n" in done.stdout
    assert "failing checks in: double  (autograder check says what is wrong)\n" in done.stdout
    assert "public points: 0 of 8" in done.stdout


def test_submit_takes_a_file_of_another_name(folder):
    (folder / "mine.py").write_text(RIGHT, encoding="utf-8")
    done = autograder(folder, "submit", "mine.py")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / "toy-submission.zip") as archive:
        assert archive.namelist() == ["toy.py"]
        assert archive.read("toy.py").decode() == RIGHT


def test_submit_takes_a_name_that_a_browser_changed(folder):
    (folder / "mine.py.txt").write_text(RIGHT, encoding="utf-8")
    done = autograder(folder, "submit", "mine.py.txt")
    assert "public points: 8 of 8\nhand in toy-submission.zip: toy.py\n" in done.stdout
    assert intake.read(folder / "toy-submission.zip", "toy").source == RIGHT


def test_an_archive_is_handed_in_as_it_is(folder):
    (folder / "scratch.py").write_text("x = 1\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "mine.zip", "w") as archive:
        archive.writestr("toy.py", RIGHT)
    done = autograder(folder, "submit", "mine.zip")
    assert "public points: 8 of 8\nhand in mine.zip itself: an archive is handed in as it is\n" in done.stdout
    assert not (folder / "toy-submission.zip").exists()


def test_submit_of_what_cannot_be_read_writes_nothing(folder):
    (folder / "toy.py").write_bytes(b"\xff\xfe")
    (folder / "toy.ipynb").unlink()
    done = autograder(folder, "submit")
    assert done.returncode == 2
    assert "toy.py" in done.stderr
    assert not (folder / "toy-submission.zip").exists()


# --- check ---


def test_check_shows_the_first_wrong_question_in_full(folder):
    (folder / "toy.py").write_text(WRONG, encoding="utf-8")
    done = autograder(folder, "check")
    assert done.returncode == 1
    assert "hint: Add z to itself." in done.stdout
    assert "public points: 6 of 8" in done.stdout


def test_check_of_a_master_copy_says_that_all_points_are_shown(released_master):
    done = autograder(released_master, "check")
    assert done.stdout.endswith("\npoints: 10 of 10\n"), done.stdout


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_a_renamed_answer_is_not_taken_for_none_nor_handed_in_beside_an_empty_notebook(folder, system):
    (folder / "toy.py").unlink()
    (folder / "broken.py").write_bytes(b"\xff\xfe\xff")
    (folder / "my_answer.py").write_text(RIGHT, encoding="utf-8")
    why = f"expected your answers in {folder / 'toy.py'}; found no such file. my_answer.py defines double, weigh: rename it"
    checked = autograder(folder, "check", before=SYSTEMS.get(system, ""))
    assert checked.returncode == 1
    assert why in checked.stdout
    assert "not run" not in checked.stdout
    handed_in = autograder(folder, "submit", before=SYSTEMS.get(system, ""))
    assert handed_in.returncode == 2
    assert why in handed_in.stderr
    assert not list(folder.glob("*.zip"))


def test_check_says_how_much_of_what_was_printed_it_leaves_out(folder):
    (folder / "toy.py").write_text(
        WRONG.replace("return z", "print('x' * 410 + '\\n' * 30)\n    return z"), encoding="utf-8"
    )
    said = autograder(folder, "check", "double").stdout.partition("Your code printed:\n")[2]
    shown, rest = said.split("\n... ")
    assert rest.endswith("public points: 0 of 2 (hidden checks run when your submission is graded)\n")
    assert "more lines" in rest
    assert shown.splitlines()[0].endswith("x ...")


def test_watch_checks_again_when_the_file_is_saved(folder):
    (folder / "toy.py").write_text(WRONG, encoding="utf-8")
    command = [sys.executable, "-u", "-m", "autograder", "check", "--watch"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        try:
            shown = read_until(process, "public points: ")
            assert "public points: 6 of 8" in shown
            time.sleep(0.1)
            (folder / "toy.py").write_text(RIGHT, encoding="utf-8")
            assert "public points: 8 of 8" in read_until(process, "public points: ")
            assert "Ctrl-C ends" in read_until(process, "waiting")
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
            assert process.stdout
            assert process.stdout.read() == ""
        finally:
            process.kill()


def read_until(process: subprocess.Popen[str], start: str) -> str:
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith(start):
            break
    return "".join(lines)


# --- other systems ---

IMPORTED_ANEW = """
import sys
for name in [name for name in sys.modules if name.partition(".")[0] == "autograder"]:
    del sys.modules[name]  # it chooses by what the system has
"""
ON_WINDOWS = f"""{IMPORTED_ANEW}
import os, signal
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for module, names in ((os, ("fork", "getuid", "geteuid", "sched_getaffinity", "sched_setaffinity", "setsid", "pidfd_open")),
                      (signal, ("setitimer", "SIGALRM", "SIGPROF", "SIGKILL", "pthread_sigmask"))):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
"""
ON_MACOS = f"""{IMPORTED_ANEW}
from autograder.model.errors import InfrastructureError
from autograder.sandbox.worker.launcher import ZygoteProcess
def fails(*args, **kwargs):
    raise InfrastructureError("the sandbox did not start: no prctl")
ZygoteProcess.__init__ = fails
"""
SYSTEMS = {"windows": ON_WINDOWS, "macos": ON_MACOS}
UNCLOSED = RIGHT.replace("return 2", "return (2")
LOST = "double is not defined: its definition in line 4 was left out (SyntaxError: '(' was never closed in line 5: return (2"
LOOP = RIGHT.replace("return X @ theta", "while True:\n        pass")
SHORT = "\n[limits]\ncall_seconds = 0.3\nproperty_seconds = 0.6\n"


@pytest.mark.parametrize("system", ["linux", *SYSTEMS])
@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (RIGHT, 0, "public points: 8 of 8"),
        (WRONG, 1, "hint: Add z to itself."),
        (LOOP, 1, "line 9: while True:"),
        (UNCLOSED, 1, LOST),
    ],
    ids=["right", "wrong", "a loop", "a syntax error"],
)
def test_check_elsewhere(folder, system, answer, code, says):
    (folder / "toy.py").write_text(answer, encoding="utf-8")
    with (folder / "tests/contract.toml").open("a", encoding="utf-8") as contract:
        contract.write(SHORT)
    done = autograder(folder, "check", before=SYSTEMS.get(system, ""))
    assert (done.returncode, done.stderr) == (code, "")
    assert says in done.stdout


@pytest.mark.parametrize("system", SYSTEMS)
def test_submit_elsewhere(folder, system):
    (folder / "toy.py").write_text(RIGHT, encoding="utf-8")
    done = autograder(folder, "submit", before=SYSTEMS[system])
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "toy-submission.zip").is_file()


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [(RIGHT, 0, "public points: 8 / 8"), (LOOP, 1, "line 9: while True:"), (UNCLOSED, 1, LOST)],
    ids=["right", "a loop", "a syntax error"],
)
def test_pytest_elsewhere(folder, system, answer, code, says):
    (folder / "toy.py").write_text(answer, encoding="utf-8")
    with (folder / "tests/contract.toml").open("a", encoding="utf-8") as contract:
        contract.write(SHORT)
    # What others wrote is loaded before: it chooses by what the real system has.
    command = f"import pytest, hypothesis, platformdirs\n{SYSTEMS[system]}\nimport sys\nsys.exit(pytest.main(['-p', 'no:cacheprovider', '-p', 'no:faulthandler', '-p', 'no:xdist']))"
    done = run_python(folder, "-c", command)
    assert done.returncode == code, done.stdout + done.stderr
    assert says in done.stdout
