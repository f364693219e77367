"""The zip on Gradescope: /autograder laid out as documented, ``run_autograder`` run within its bounds, and ended.

https://gradescope-autograders.readthedocs.io/en/latest/specs/ and .../troubleshooting/
"""

import contextlib
import functools
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from autograder.checks.question import load_all
from autograder.grade.fingerprint import version
from autograder.grade.property_caller import most_calls
from autograder.release import bundles
from tests.benchmarks.measure import MIB, memory, tree

MEMORY = 768 * MIB
"""What a container has, by default; and half a CPU."""
SECONDS = 600
"""What a run has, by default, before it is ended."""
REAL = Path(__file__).parents[3] / "solutions/latent_variables"
"""The assignment that computes longest."""
pytestmark = pytest.mark.usefixtures("forked_otter")
SLOW = "def double(z):\n    return 2 * z\n\n\ndef weigh(X, theta):\n    while True:\n        pass\n"


@functools.cache
def zipped(master: Path) -> bytes:
    """The zip for Gradescope of a master copy that no test changes."""
    return bundles.zipped(bundles.for_otter(master))


class Container:
    """A folder in the place of Gradescope's ``/autograder``, with what it has on its path."""

    def __init__(self, folder: Path, master: Path, **uploads: str) -> None:
        self.root = folder / "autograder"
        for name in ("submission", "results", "source"):
            (self.root / name).mkdir(parents=True)
        with zipfile.ZipFile(io.BytesIO(zipped(master))) as archive:
            archive.extractall(self.root / "source")
        (self.root / "submission_metadata.json").write_text("{}", encoding="utf-8")
        for name, text in uploads.items():
            (self.root / "submission" / f"{name}.py").write_text(text, encoding="utf-8")
        for name in ("run_autograder", "run_otter.py"):
            path = self.root / "source" / name
            path.write_text(path.read_text(encoding="utf-8").replace("/autograder", str(self.root)), encoding="utf-8")
        # Gradescope copies it out of the folder; mamba's environment is the one of these tests.
        (self.root / "source/run_autograder").rename(self.root / "run_autograder")
        self.bin = folder / "bin"
        self.bin.mkdir()
        # Its shell hook prints nothing, so that "mamba activate" calls it once more.
        for name, line in {"mamba": "exit 0", "python": f'exec "{sys.executable}" "$@"'}.items():
            (self.bin / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
            (self.bin / name).chmod(0o755)

    def start(self, *before: str) -> subprocess.Popen[bytes]:
        """Run ``run_autograder``, in a group of its own."""
        with (self.root / "results/stdout").open("wb") as out:
            return subprocess.Popen(
                [*before, "bash", str(self.root / "run_autograder")],
                cwd=self.root,
                env=os.environ | {"PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}"},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return (self.root / "results/stdout").read_text(encoding="utf-8", errors="replace")[-2000:]

    @property
    def results_file(self) -> Path:
        return self.root / "results/results.json"

    @property
    def results(self) -> dict[str, object]:
        return json.loads(self.results_file.read_text(encoding="utf-8"))


@pytest.fixture
def real(tmp_path):
    source = (REAL / f"{REAL.name}.py").read_text(encoding="utf-8")
    return Container(tmp_path, REAL, **{REAL.name: source})


@contextlib.contextmanager
def half_a_cpu():
    """A cgroup with Gradescope's bounds; skips the test where none can be made."""
    top = Path("/sys/fs/cgroup")
    group = top / f"autograder-test-{os.getpid()}"
    try:
        if not {"cpu", "memory"} <= set((top / "cgroup.controllers").read_text(encoding="utf-8").split()):
            pytest.skip(f"{top}: no cgroup v2 with the controllers cpu and memory")
        group.mkdir()
        (top / "cgroup.subtree_control").write_text("+cpu +memory", encoding="utf-8")
        (group / "memory.max").write_text(str(MEMORY), encoding="utf-8")
        (group / "cpu.max").write_text("50000 100000", encoding="utf-8")
    except OSError as error:
        with contextlib.suppress(OSError):
            group.rmdir()
        pytest.skip(f"{top}: no cgroup can be made ({error})")
    try:
        yield group
    finally:
        group.rmdir()


def assert_full_marks(container):
    results = container.results
    possible = sum(t.get("max_score", 0) for t in results["tests"])
    assert sum(t.get("score", 0) for t in results["tests"]) == possible == 100, results["output"]
    assert results["output"].endswith(version(REAL))


def test_it_fits_the_memory_of_a_container(real):
    peak = 0
    process = real.start()
    deadline = time.monotonic() + 200
    while process.poll() is None and time.monotonic() < deadline:
        peak = max(peak, sum(map(memory, tree(process.pid))))
        time.sleep(0.1)
    assert process.wait(timeout=0) == 0, real.said
    assert_full_marks(real)
    assert 50 * MIB < peak < MEMORY, f"{peak / MIB:.0f} MiB"


def test_it_ends_in_time_with_half_a_cpu(real):
    with half_a_cpu() as group:
        process = real.start("sh", "-c", 'echo $$ > "$0" && exec "$@"', str(group / "cgroup.procs"))
        assert process.wait(timeout=SECONDS) == 0, real.said
        killed = dict(line.split() for line in (group / "memory.events").read_text(encoding="utf-8").splitlines())
    assert_full_marks(real)
    assert killed["oom_kill"] == "0"


@pytest.mark.parametrize("name", sorted(p.parent.parent.name for p in REAL.parent.glob("*/tests/contract.toml")))
def test_nobody_outlasts_a_run(name):
    rules, questions = load_all(REAL.parent / name / "tests")
    # What it may take, with half a CPU, and once more after a crash; the rest is ours.
    assert 2 * 2 * rules.limits.submission_seconds < SECONDS / 2
    # A property that is called as often as can be, and always takes as long as it may.
    calls = sum(most_calls(q) for q in questions if q.signature.is_property)
    assert 2 * calls * rules.limits.call_seconds < SECONDS


def test_what_was_judged_stays_when_it_is_ended(released_master, tmp_path):
    container = Container(tmp_path, released_master, toy=SLOW)
    process = container.start()
    deadline = time.monotonic() + 60
    while not container.results_file.exists():
        assert process.poll() is None, container.said
        assert time.monotonic() < deadline, container.said
        time.sleep(0.02)
    processes = tree(process.pid)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
    results = container.results
    assert [(t["name"].partition(":")[0], t["score"], t["max_score"]) for t in results["tests"]] == [
        ("double", 2, 2),
        ("double", 0, 2),
        ("weigh", 0, 4),
        ("weigh", 0, 2),
    ]
    assert results["score"] == 2
    assert [t["output"] for t in results["tests"] if t["name"].startswith("weigh")] == [
        "*not reached: grading stopped earlier*"
    ] * 2
    for words in (
        "toy: 2 of 10 points (not finished)",
        "ended from outside before it was finished: ask the course staff",
        "not reached: weigh",
    ):
        assert words in results["output"]
    assert version(released_master) in results["output"]
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in processes):
        assert time.monotonic() < deadline, "processes are left"
        time.sleep(0.05)
