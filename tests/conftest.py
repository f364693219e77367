"""A toy assignment and a class for it, small enough that every test may have its own copy.

Tests run on all cores (pytest-xdist). Tests of one file run one after the other in one process, so that what a file sets
up is set up once (those of the assignments: of one file and one assignment); ``shared`` makes once what tests of several files read.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

from autograder.checks import question
from autograder.checks.question import Question
from autograder.model.result import (
    Counterexample,
    Diagnosis,
    PropertyResult,
    QuestionResult,
    ShownCall,
    SubmissionResult,
    Verdict,
)
from autograder.model.status import GRADED
from autograder.model.threads import use_one_thread
from autograder.release import bundles
from autograder.sandbox.worker import launcher
from tests import forked_sandboxes
from tests.processes import run_python

# Processes that tests start keep what they compile: pytest alone rewrites 150 modules at each start where it may not.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
use_one_thread()  # in what tests start; `autograder test` has done so for the tests themselves

LONG = (
    "tests/course",
    "tests/attacks",
    "tests/faults",
    "tests/engine/release",
    "tests/engine/audit",
    "tests/engine/doors",
)
"""Folders whose files take longest: they are started first, so that no core waits for the last one."""
NOTEBOOKS = "tests/course/notebooks"
"""Their kernels are forked from one process, which takes longer to start than most of them to run."""
MATERIAL = ("tests/course/feedback", "tests/course/grading")
"""Folders whose tests read the graded material of the assignments."""

CONTRACT = """\
title = "Toy"

[[question]]
name = "double"
points = 4
arguments = { z = "" }
returns = "real like z"

[[question]]
name = "weigh"
points = 6
arguments = { X = "(n, d)", theta = "(d,)" }
returns = "real (n,)"
"""

DOUBLE = '''\
"""Question double: twice z."""

from autograder.checks import arrays, expect, prop

OK_FORMAT = False
name = "double"


@prop(points=2, hint="Add z to itself.", cases=12, z=arrays(largest=3))
def is_z_plus_z(double, z):
    """double(z) = z + z."""
    expect(double(z), z + z)


# BEGIN SOLUTION
@prop(points=2, hidden=True, hint="What if z is below zero?", cases=12, z=arrays(largest=3))
def agrees_with_the_reference(double, z, reference):
    """double(z) is right everywhere."""
    expect(double(z), reference.double(z))
# END SOLUTION
'''

WEIGH = '''\
"""Question weigh: X theta."""

from autograder.checks import expect, expect_inputs_unchanged, linear_data, prop

OK_FORMAT = False
name = "weigh"


@prop(points=4, hint="One dot product per row.", cases=12, data=linear_data(rows=4, features=3))
def is_a_product(weigh, data):
    """weigh(X, theta) = X theta."""
    X, theta = data
    expect(weigh(X, theta), X @ theta)


@prop(points=2, hint="Compute on new arrays.", cases=5, data=linear_data(rows=4, features=3))
def leaves_its_arguments_alone(weigh, data):
    """X and theta are as they were."""
    expect_inputs_unchanged(weigh, *data)
'''

REFERENCE = """\
import numpy as np


def double(z):
    return 2 * np.asarray(z)


def weigh(X, theta):
    return X @ theta
"""

MISCONCEPTIONS = """\
@misconception(says="You square z.", hint="Twice is not squared.")
def squares(z):
    return z ** 2


@misconception(says="You double only what is positive.", hint="Try -1.")
def forgets_negatives(z):
    return np.where(z > 0, 2 * z, z)
"""

NOTEBOOK = """\
# %% [markdown]
# # Look at it

# %%
from toy import double

double(2)

# %%
# BEGIN SOLUTION
answer_that_only_staff_should_see = double(21)
# END SOLUTION
"""

CLASS = {
    "ada": REFERENCE,
    "bob": REFERENCE.replace("2 * np.asarray(z)", "np.asarray(z) ** 2"),
    "cyd": "def double(z):\n    raise NotImplementedError\n",
}


def pytest_collection_finish() -> None:
    """Leave what all tests share out of garbage collections, which would look through it thousands of times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)


def pytest_configure() -> None:
    """Have Ctrl-C arrive in what the tests start, also where the tests run in the background and ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Three processes for two cores, since many tests wait; none where a debugger wants the terminal."""
    return 0 if config.option.usepdb else len(os.sched_getaffinity(0)) * 3 // 2


class Shares(LoadFileScheduling):
    """Tests of one file run in one process, and so do all of one assignment's material, whichever file they are in."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        parted = file.startswith("tests/course/") and not file.startswith(NOTEBOOKS)
        assignment = re.search(r"\[(\w+)", test) if parted else None
        if assignment is None:
            return file
        return f"{'material' if file.startswith(MATERIAL) else file}[{assignment[1]}]"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Shares | None:
    """Share tests out as ``Shares`` says, unless another way is asked for."""
    return Shares(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, so that no core waits for the last one; what needs the material of all assignments last."""
    order = {folder: number for number, folder in enumerate(LONG)}

    def place(item: pytest.Item) -> int:
        fixtures = getattr(item, "fixturenames", ())
        if "material_of" in fixtures and "material" not in fixtures:
            return len(LONG) + 1
        return min((n for f, n in order.items() if item.location[0].startswith(f)), default=len(LONG))

    items.sort(key=place)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Make a folder of this run once, whichever process comes first: ``shared(name, fill)`` is its path.

    The others wait until it is filled.
    """
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        folder, done = base / name, base / f"{name}.done"
        with (base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                with contextlib.suppress(FileNotFoundError):
                    shutil.rmtree(folder)
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return make


@pytest.fixture(scope="module")
def quick_sandboxes() -> Iterator[None]:
    """The sandboxes of a file's tests are forked: for what is not about how they start."""
    with pytest.MonkeyPatch.context() as patched:
        if sys.platform == "linux":
            patched.setattr(launcher, "subprocess", forked_sandboxes.starter(forked_sandboxes.forks().address))
        yield


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``autograder ARGUMENTS`` in the test's folder; options are those of ``run_python``."""

    def run(*arguments: object, cwd: Path = tmp_path, **how: Any) -> subprocess.CompletedProcess[str]:
        return run_python(cwd, "-m", "autograder", *map(str, arguments), **how)

    return run


@pytest.fixture(scope="session")
def toy_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy's master folder, its cases recorded; read only."""
    folder = tmp_path_factory.mktemp("masters") / "toy"
    for part in ("tests", "misconceptions", "class"):
        (folder / part).mkdir(parents=True)
    header = "import numpy as np\n\nfrom autograder.checks import misconception\n\n\n"
    files = {
        "tests/contract.toml": CONTRACT,
        "tests/double.py": DOUBLE,
        "tests/weigh.py": WEIGH,
        "toy.py": REFERENCE,
        "misconceptions/double.py": header + MISCONCEPTIONS,
        **{f"class/{name}.py": source for name, source in CLASS.items()},
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    for q in question.load_all(folder / "tests")[1]:
        q.record()
    return folder


@pytest.fixture
def toy(toy_master: Path, tmp_path: Path) -> Path:
    """A master folder of the toy assignment that a test may change."""
    return Path(shutil.copytree(toy_master, tmp_path / "toy"))


@pytest.fixture(scope="session")
def released_master(toy_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy's master folder with all that a release needs; read only."""
    folder = Path(shutil.copytree(toy_master, tmp_path_factory.mktemp("released") / "toy"))
    source = (folder / "toy.py").read_text(encoding="utf-8")
    for body in ("    return 2 * np.asarray(z)\n", "    return X @ theta\n"):
        source = source.replace(body, f"    # BEGIN SOLUTION\n{body}    # END SOLUTION\n")
    (folder / "toy.py").write_text(source, encoding="utf-8")
    (folder / "README.md").write_text("# Toy\n\nDouble and weigh.\n", encoding="utf-8")
    (folder / "toy_notebook.py").write_text(NOTEBOOK, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def otter_zip(released_master: Path, shared: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The toy's zip for Otter; read only."""

    def generate(folder: Path) -> None:
        (folder / "toy-autograder.zip").write_bytes(bundles.zipped(bundles.for_otter(released_master)))

    return shared("otter", generate) / "toy-autograder.zip"


@pytest.fixture
def master(released_master: Path, tmp_path: Path) -> Path:
    """A master copy that is ready for release, and may be changed."""
    return Path(shutil.copytree(released_master, tmp_path / "toy"))


@pytest.fixture
def write_question(tmp_path: Path) -> Callable[..., Question]:
    """Write a question ``f`` with the given properties, record its cases and load it."""

    def write(
        properties: str,
        *,
        arguments: str = '{ z = "" }',
        returns: str = '"real like z"',
        points: float = 1,
        folder: str = "tests",
    ) -> Question:
        tests = tmp_path / "one" / folder
        tests.mkdir(parents=True)
        (tests / "contract.toml").write_text(
            f'[[question]]\nname = "f"\npoints = {points}\narguments = {arguments}\nreturns = {returns}\n',
            encoding="utf-8",
        )
        head = (
            "import numpy as np\nfrom hypothesis import strategies as st\n"
            'from autograder.checks import *\n\nOK_FORMAT = False\nname = "f"\n\n\n'
        )
        (tests / "f.py").write_text(head + textwrap.dedent(properties), encoding="utf-8")
        found = question.load(tests / "f.py")
        found.record()
        return found

    return write


@pytest.fixture
def python() -> Callable[..., str]:
    """Run code in a fresh Python; its standard output."""

    def run(code: str, *arguments: str, cwd: Path | None = None, options: tuple[str, ...] = (), **env: str) -> str:
        done = subprocess.run(
            [sys.executable, *options, "-c", textwrap.dedent(code), *arguments],
            cwd=cwd,
            env=os.environ | env,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def result() -> SubmissionResult:
    """A result that holds one of everything: passed, failed, hidden, diagnosed, given."""
    example = Counterexample(
        case={"z": {"ndim": 0, "size": 1, "seed": 7}},
        calls=(ShownCall("double(np.array(0.5))", returned="0.25"), ShownCall("double(1)", raised="ValueError: no")),
        problem="does not equal the expected value",
        expected="1.0",
        got="0.25",
        difference="largest difference: 0.25 instead of 1.0",
        size=1,
    )
    secret = Counterexample(
        case={"z": {"seed": 424242}}, calls=(ShownCall("double(np.array(-31337.0))"),), problem="differs"
    )
    return SubmissionResult(
        id="ada",
        assignment="toy",
        status=GRADED,
        questions=(
            QuestionResult(
                "double",
                (
                    PropertyResult("is_z_plus_z", "double(z) = z + z.", 2, False, Verdict.PASSED, cases=12),
                    PropertyResult(
                        "twice",
                        "Twice.",
                        1.5,
                        False,
                        Verdict.FAILED,
                        "wrong answer",
                        "Add.",
                        example,
                        cases=12,
                        failing=11,
                    ),
                    PropertyResult(
                        "secretly",
                        "Everywhere.",
                        0.5,
                        True,
                        Verdict.FAILED,
                        "wrong answer",
                        "Below zero?",
                        secret,
                        cases=12,
                        failing=3,
                    ),
                ),
                (Diagnosis("squares", "You square z.", "Twice is not squared."),),
            ),
            QuestionResult("weigh", (PropertyResult("a", "A.", 6, False, Verdict.PASSED, cases=4),), given=("double",)),
        ),
        message="",
        output="hello\n",
        origin="ada.py",
        notes=("1 magic left out",),
        seconds=0.125,
        extra={"late": True},
    )
