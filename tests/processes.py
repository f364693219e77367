"""Python's commands in processes of their own, without each of them importing the libraries anew.

A third of a second of a short command goes into importing pytest, Hypothesis, NumPy and this package; a second with Otter.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests import forked_sandboxes
from tests.forks import Forked, Forks

LOADED = (
    "pytest",
    "_pytest.faulthandler",
    "_pytest.junitxml",
    "_pytest.skipping",
    "_pytest.unittest",
    "_hypothesis_pytestplugin",
    "xdist.plugin",
    "platformdirs.pytest_plugin",
    "hypothesis.extra.numpy",
    "otter.generate",
    "otter.run",
    "IPython.core.interactiveshell",
    "autograder.doors.otter",
    "autograder.doors.own_answers",
    "autograder.doors.pytest",
    "tests.forked_sandboxes",
    "tests.loaded",
)
QUIET = {"PYTEST_ADDOPTS": "-W ignore::pytest.PytestAssertRewriteWarning"}
"""pytest would say that it cannot rewrite the assertions of what is loaded already."""
MODULE = "import runpy; runpy.run_module({0!r}, run_name='__main__', alter_sys=True)"
SCRIPT = "import runpy; runpy.run_path({0!r}, run_name='__main__')"
CODE = "exec(compile({0!r}, '<string>', 'exec'))"
BEGIN = "import sys; sys.path[0], sys.argv[:] = {0!r}, {1!r}\n"


def run_python(
    cwd: Path, *arguments: str, seconds: float = 300, merged: bool = False, fresh: bool = False, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run ``python ARGUMENTS`` in a folder, with nothing to read from its standard input.

    Args:
        cwd: the working directory.
        arguments: Python's.
        seconds: after which it is killed.
        merged: whether both outputs come as one, in the order in which they were written.
        fresh: whether a Python is started, as it always is for options of Python and for variables that Python reads.
        env: the environment's changes.

    Raises:
        subprocess.TimeoutExpired: it was killed.

    """
    if fresh or not _can_fork(arguments[0], env):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd,
            env=os.environ | env | ({"PYTHONUNBUFFERED": "1"} if merged else {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merged else subprocess.PIPE,
            text=True,
            timeout=seconds,
            check=False,
        )
    env = os.environ | QUIET | env | ({"PYTHONUNBUFFERED": "1"} if merged else {})
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, Path(os.devnull).open("rb") as null:
        fds = {0: null.fileno(), 1: out.fileno(), 2: (out if merged else err).fileno()}
        process = Forked(_forks().address, _code(cwd, *arguments), (), fds, cwd=str(cwd), env=env)
        try:
            status = process.wait(seconds)
        finally:
            process.kill()
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode())
    return subprocess.CompletedProcess(arguments, status, *said)


def _can_fork(first: str, changed: Mapping[str, str]) -> bool:
    measured = any(name.startswith("COVERAGE_PROCESS") for name in os.environ)  # coverage begins where Python starts
    known = first in {"-m", "-c"} or not first.startswith("-")
    return sys.platform == "linux" and known and not measured and not any(n.startswith("PYTHON") for n in changed)


@cache
def _forks() -> Forks:
    """What commands are forked from; it has their zygotes forked, too."""
    zygotes = {forked_sandboxes.VARIABLE: forked_sandboxes.forks().address.removeprefix("\0")}
    return Forks(LOADED, options=("-P",), env=os.environ | zygotes)


def _code(cwd: Path, first: str, *others: str) -> str:
    if first == "-m":
        module, *others = others
        return BEGIN.format(str(cwd), ["-m", *others]) + MODULE.format(module)
    if first == "-c":
        code, *others = others
        return BEGIN.format("", ["-c", *others]) + CODE.format(code)
    return BEGIN.format(str((cwd / first).resolve().parent), [first, *others]) + SCRIPT.format(first)
