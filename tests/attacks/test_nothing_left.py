"""After ``grade``, however it ends: no process, no file, no shared memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from autograder.batch.output import Output
from tests.attacks.arena import ROOT, Arena, Machine, alive, litter

SLOW = "import time\ndef double(z):\n    while True: pass\ndef weigh(X, theta):\n    time.sleep(99)\n"
DRAWS = "import matplotlib.pyplot, threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\n"


def family(pid):
    """A process and all that it started, as far as they can be found from it."""
    found = {pid}
    try:
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found |= family(int(child))
    except OSError:
        pass
    return found


@pytest.fixture
def arena(toy_master):
    with tempfile.TemporaryDirectory(prefix="autograder-arena-") as folder:
        arena = Arena(toy_master, Path(folder), call_seconds=5.0)
        for i in range(6):
            (arena.submissions / f"honest_slow_{i}.py").write_text(SLOW)
        (arena.submissions / "draws.py").write_text(DRAWS)
        yield arena


ENDS = {
    "interrupted": (signal.SIGINT, 130),
    "terminated": (signal.SIGTERM, None),
    "hung up": (signal.SIGHUP, None),
    "killed": (signal.SIGKILL, -signal.SIGKILL),
}


@pytest.mark.parametrize("how", ENDS)
def test_nothing_is_left_when_grade_is(arena, how):
    number, status = ENDS[how]
    before = litter()
    command = [sys.executable, "-m", "autograder", "grade", str(arena.master), str(arena.submissions)]
    grade = subprocess.Popen(
        [*command, "--out", str(arena.folder / "out"), "--jobs", "2"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        started = set()
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline and len(started) < 7:  # two graders, a zygote and a worker each
            started |= family(grade.pid)
            time.sleep(0.05)
        assert len(started) >= 7
        if number == signal.SIGINT:
            os.killpg(grade.pid, number)  # as a terminal does
        else:
            grade.send_signal(number)
        code = grade.wait(timeout=300)
    finally:
        if grade.poll() is None:
            grade.kill()
            grade.wait()
    if status is not None:
        assert code == status
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and alive(started):
        time.sleep(0.05)
    assert alive(started) == set()
    assert litter() <= before
    if number != signal.SIGINT:
        # Who is ended in the middle of a file leaves its draft, which the same command removes when it begins.
        Output(arena.folder / "out", "toy", ("double", "weigh")).close()
    assert not list((arena.folder / "out").rglob("*.part"))


def test_nothing_is_left_when_grade_ends(arena):
    for slow in arena.submissions.glob("honest_slow_*"):
        slow.unlink()
    before = litter()
    results = arena.grade(Machine())
    assert results["draws"]["score"] == 0
    assert litter() <= before
    assert not list(arena.folder.rglob("*.part"))
