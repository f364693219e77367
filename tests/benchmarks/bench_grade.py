"""Submissions a second: grade with 1 and 2 processes, on a cluster, otter run, and the same properties with no isolation.

    python -m tests.benchmarks.bench_grade [ASSIGNMENT] [--otter N]

On the same submissions in one run: those of the sample class that end by themselves, so that no deadline is measured. Set-up
counts for none of them: it is measured with an empty answer and taken off, but for otter run, which starts anew for each.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

from autograder import intake
from autograder.checks.question import Question
from autograder.grade import Assignment
from autograder.model.submission import Submission
from autograder.release import bundles
from tests.benchmarks.measure import MIB, run

ROOT = Path(__file__).resolve().parents[2]
_OTTER = "import sys; from otter.run import main; main(sys.argv[1], autograder=sys.argv[2], output_dir=sys.argv[3], no_logo=True)"


def answers(name: str) -> dict[str, str]:
    """The sample class's submissions that are read, as plain modules."""
    master = Assignment(ROOT / "solutions" / name)
    names = [q.name for q in master.questions]
    read = [intake.read(f.path, name, f.id, questions=names) for f in intake.find([master.folder / "class"], name)]
    return {s.id: s.source for s in read if isinstance(s, Submission) and not s.helpers}


def write(sources: dict[str, str], folder: Path) -> Path:
    """A class of .py files."""
    folder.mkdir()
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    return folder


def grade(name: str, handed_in: Path, out: Path, *more: str) -> list[str]:
    """The command that grades a class."""
    return [sys.executable, "-m", "autograder", "grade", name, str(handed_in), "--out", str(out), "--no-report", *more]


def in_process(questions: tuple[Question, ...], reference: object, source: str) -> None:
    """The same properties with no isolation."""
    names: dict[str, object] = {"__name__": "answer"}
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(source, "answer.py", "exec"), names)
        for q in questions:
            q.judge({**{k.name: names.get(k.name) for k in questions}, "reference": reference})


def on_cluster(name: str, handed_in: Path, out: Path, empty: Path) -> tuple[float, float]:
    """Seconds for the class and for an empty one, on two workers on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    python = [sys.executable, "-m"]
    commands = [["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]]
    commands += [["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]] * 2
    started = [subprocess.Popen([*python, *c], **quiet) for c in commands]  # type: ignore[call-overload]
    try:
        time.sleep(10)
        first = run(grade(name, empty, out / "empty", "--scheduler", address)).seconds
        return run(grade(name, handed_in, out / "class", "--scheduler", address)).seconds, first
    finally:
        for process in started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("assignment", nargs="?", default="naive_bayes")
    options.add_argument("--otter", type=int, default=3, help="submissions for otter run, which takes seconds for each")
    chosen = options.parse_args()
    name = chosen.assignment
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        sources = answers(name)
        run(grade(name, write(sources, at / "all"), at / "first"))
        with (at / "first" / "grades.csv").open(encoding="utf-8") as file:
            graded = {line.split(",")[0] for line in file if ",graded," in line}
        slow = ("timed out", "exited", "crashed", "out of memory", "protocol violation")
        ends = {
            i: s
            for i, s in sources.items()
            if i in graded
            and not any(
                f'"reason": "{w}"' in (at / f"first/results/{i}.json").read_text(encoding="utf-8") for w in slow
            )
        }
        count = len(ends)
        handed_in = write(ends, at / "class")
        empty = write({"nobody": ""}, at / "empty")
        print(f"{name}: {count} submissions that end by themselves")
        rates: dict[str, float] = {}
        for jobs in (1, 2):
            start = run(grade(name, empty, at / f"e{jobs}", "--jobs", str(jobs))).seconds
            found = run(grade(name, handed_in, at / f"g{jobs}", "--jobs", str(jobs)), every=0.25)
            rates[f"grade, {jobs} processes"] = count / (found.seconds - start)
            print(
                f"grade --jobs {jobs}: {found.seconds:.1f} s, {start:.1f} s of it to start; peak {found.peak / MIB:.0f} MiB"
            )
        with contextlib.suppress(ImportError):
            import distributed  # noqa: F401

            whole, start = on_cluster(name, handed_in, at / "cluster", empty)
            rates["grade, Dask, 2 workers"] = count / (whole - start)
        master = Assignment(ROOT / "solutions" / name)
        questions, reference = master.questions, master.reference
        in_process(questions, reference, next(iter(ends.values())))
        started = time.monotonic()
        for source in ends.values():
            in_process(questions, reference, source)
        rates["in-process, no isolation"] = count / (time.monotonic() - started)
        packed = at / "autograder.zip"
        packed.write_bytes(bundles.zipped(bundles.for_otter(master.folder)))
        paths = sorted(handed_in.iterdir())[: chosen.otter]
        started = time.monotonic()
        for path in paths:
            (at / "otter" / path.stem).mkdir(parents=True)
            run([sys.executable, "-c", _OTTER, str(path), str(packed), str(at / "otter" / path.stem)], cwd=at)
        rates[f"otter run, {len(paths)} of them"] = len(paths) / (time.monotonic() - started)
        best = rates["grade, 2 processes"]
        for what, rate in rates.items():
            print(f"{what:28} {rate:8.2f} a second; grade on 2 processes is {best / rate:.2f} times as fast")


if __name__ == "__main__":
    main()
