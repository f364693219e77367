"""Whatever of ours is killed, at whatever moment: the same command goes on, and the grades are those of a quiet run.

In the ordinary run one kill of each kind on a small class; with ``AUTOGRADER_THOROUGH=1`` twenty on 200 submissions.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.batch import JOURNAL

THOROUGH = bool(os.environ.get("AUTOGRADER_THOROUGH"))
CLASS, TIMES = (200, 20) if THOROUGH else (20, 1)
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds its victims in Linux' /proc")

ANSWERS = (
    "def double(z):\n    return 2 * z\n\n\ndef weigh(X, theta):\n    return X @ theta\n",
    "def double(z):\n    return z * z\n\n\ndef weigh(X, theta):\n    return X @ theta\n",
    "def double(z):\n    return 2 * z\n\n\ndef weigh(X, theta):\n    return {}['x']\n",
    "import os\n\n\ndef double(z):\n    os._exit(3)\n\n\ndef weigh(X, theta):\n    return X @ theta\n",
    "def double(z) return z\n",
)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for i in range(CLASS):
        (folder / f"student_{i:03}.py").write_text(f"# {i}\n{ANSWERS[i % len(ANSWERS)]}", encoding="utf-8")
    return folder


def command(master, handed_in, out, *more):
    arguments = ["grade", str(master), str(handed_in), "--out", str(out), "--jobs", "2", "--no-report", *more]
    return [sys.executable, "-m", "autograder", *arguments]


def finish(arguments):
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def found_in(out):
    """The table and every result, without times."""
    files = {"grades.csv": (out / "grades.csv").read_bytes()}
    for path in (out / "results").iterdir():
        table = json.loads(path.read_text(encoding="utf-8"))
        table.pop("execution_time")
        files[path.name] = json.dumps(table)
    return files


@pytest.fixture(scope="module")
def quiet(toy_master, handed_in, tmp_path_factory):
    out = tmp_path_factory.mktemp("quiet") / "out"
    finish(command(toy_master, handed_in, out))
    files = found_in(out)
    assert len(files) == CLASS + 1
    return files


def below(pid):
    """(pid, depth) of all processes that ``pid`` started, and those started."""
    found, todo = [], [(pid, 0)]
    while todo:
        parent, depth = todo.pop()
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                children = [int(c) for c in (task / "children").read_text().split()]
                found += [(c, depth + 1) for c in children]
                todo += [(c, depth + 1) for c in children]
    return found


def cmdline(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def victims(kind, pid):
    """Processes of a kind below the command ``pid``."""
    if kind == "command":
        return [pid]
    zygotes = [p for p, _ in below(pid) if b"zygote.main" in cmdline(p)]
    if kind == "zygote":
        # The others are workers, forked from one.
        return [z for z in zygotes if all(z not in {c for c, _ in below(o)} for o in zygotes)]
    if kind == "worker":
        return [c for z in zygotes for c, _ in below(z)]
    ours = cmdline(pid)
    return [p for p, depth in below(pid) if depth == 1 and cmdline(p) == ours]


def kill_one(kind, pid, rng):
    """Kill one as soon as there is one; whether there was."""
    for _ in range(3000):
        if several := victims(kind, pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(rng.choice(sorted(several)), signal.SIGKILL)
                return True
        time.sleep(0.001)
    return False


def wait_for(out, count, process):
    """Wait until so many results are in the journal, or the process ended."""
    while process.poll() is None:
        with contextlib.suppress(OSError):
            if (out / JOURNAL).read_bytes().count(b"\n") > count:
                return
        time.sleep(0.002)


@pytest.mark.parametrize("kind", ["command", "grading process", "zygote", "worker"])
@pytest.mark.parametrize("seed", range(TIMES))
def test_nothing_is_lost_and_nothing_is_changed(toy_master, handed_in, quiet, tmp_path, kind, seed):
    rng = random.Random(f"{kind} {seed}")
    arguments = command(toy_master, handed_in, tmp_path / "out")
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        wait_for(tmp_path / "out", rng.randrange(CLASS * 2 // 3), process)
        time.sleep(rng.random() * 0.02)
        assert kill_one(kind, process.pid, rng)
        said = process.communicate(timeout=600)[1]
        assert process.returncode == (-signal.SIGKILL if kind == "command" else 0), said
    if kind == "command":
        assert not (tmp_path / "out" / "grades.csv").exists()
        kept = (tmp_path / "out" / JOURNAL).read_bytes()
        finish(arguments)
        again = (tmp_path / "out" / JOURNAL).read_bytes()
        assert again.startswith(kept)
        ids = [json.loads(line).get("id") for line in again.splitlines()[1:]]
        assert len(ids) == len(set(ids)) == CLASS
    assert found_in(tmp_path / "out") == quiet


# --- a cluster ---


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers on loopback: its address and how to start a worker."""
    pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    started = []

    def start(*arguments):
        # In groups of their own, so that a worker ends with what it started.
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:], "--no-dashboard"],
            cwd=tmp_path,
            env=os.environ | {"TMPDIR": str(tmp_path)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return process

    def start_worker():
        return start("dask_worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path))

    start("dask_scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2])
    yield address, start_worker
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_a_cluster_gives_the_same_results_whichever_worker_dies(toy_master, handed_in, quiet, tmp_path, cluster):
    address, start_worker = cluster
    for seed in range(TIMES):
        rng = random.Random(seed)
        out = tmp_path / f"out {seed}"
        workers = [start_worker(), start_worker()]
        arguments = command(toy_master, handed_in, out, "--scheduler", address)
        with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            wait_for(out, rng.randrange(CLASS * 2 // 3), process)
            victim = rng.choice(workers)
            children = [p for p, _ in below(victim.pid)]
            victim.kill()
            said = process.communicate(timeout=600)[1]
            assert process.returncode == 0, said
        assert found_in(out) == quiet
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and any(b"autograder" in cmdline(c) for c in children):
            time.sleep(0.05)
        assert not [cmdline(c) for c in children if b"autograder" in cmdline(c)]
        assert not list(tmp_path.glob("autograder-*")), "the assignment was left behind"
        for worker in workers:
            worker.kill()
            worker.wait()


def test_no_cluster_is_a_clear_error(toy_master, handed_in, tmp_path):
    pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    from autograder.batch.dask import Cluster
    from autograder.model.errors import UsageError

    with pytest.raises(UsageError, match="nonsense: expected the address of a Dask scheduler"):
        Cluster("nonsense", toy_master, unsafe=False)
