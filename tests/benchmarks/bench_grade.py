"""Submissions a second: grade with 1 and 2 processes, on a cluster, otter run, and the same properties with no isolation.

    python -m tests.benchmarks.bench_grade [ASSIGNMENT] [--most N] [--otter N]

On the same submissions in one run: those of the sample class that end by themselves, so that no deadline is measured. Set-up
counts for none of them, libraries that submissions import included: it is measured with empty answers that import them, and
taken off, but for otter run, which starts anew for each. On a busy machine look at the CPU seconds: others' work does not
count there.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder import intake
from autograder.checks.question import Question
from autograder.grade import Assignment
from autograder.model.submission import Submission
from autograder.release import bundles
from tests.benchmarks.measure import MIB, run

ROOT = Path(__file__).resolve().parents[2]
COPIES = 150
_OTTER = "import sys; from otter.run import main; main(sys.argv[1], autograder=sys.argv[2], output_dir=sys.argv[3], no_logo=True)"


def answers(name: str) -> dict[str, str]:
    """The sample class's submissions that are read, as plain modules."""
    master = Assignment(ROOT / "solutions" / name)
    names = [q.name for q in master.questions]
    read = [intake.read(f.path, name, f.id, questions=names) for f in intake.find([master.folder / "class"], name)]
    return {s.id: s.source for s in read if isinstance(s, Submission) and not s.helpers}


def reference_of(name: str) -> str:
    """The text of the reference."""
    return (ROOT / "solutions" / name / f"{name}.py").read_text(encoding="utf-8")


def write(sources: dict[str, str], folder: Path) -> Path:
    """A class of .py files."""
    folder.mkdir(parents=True)
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    return folder


def grade(name: str, handed_in: Path, out: Path, *more: str, report: bool = False) -> list[str]:
    """The command that grades a class."""
    pages = "--report" if report else "--no-report"
    return [sys.executable, "-m", "autograder", "grade", name, str(handed_in), "--out", str(out), pages, *more]


def empty_answers(sources: Iterable[str]) -> dict[str, str]:
    """Answers that define nothing and import what ``sources`` import, two for each process."""
    lines = {line.strip() for text in sources for line in re.findall(r"^(?:from|import) .*", text, re.MULTILINE)}
    return {f"nobody_{i}": "\n".join([*sorted(lines), f"# {i}"]) for i in range(4)}


def ending(name: str, sources: dict[str, str], at: Path) -> dict[str, str]:
    """Those of ``sources`` that are graded and end by themselves, so that no deadline is measured."""
    run(grade(name, write(sources, at / "all"), at / "first"))
    with (at / "first" / "grades.csv").open(encoding="utf-8-sig") as file:
        graded = {line.split(",")[0] for line in file if ",graded," in line}
    slow = [f'"reason": "{w}"' for w in ("timed out", "exited", "crashed", "out of memory", "protocol violation")]
    slow.append("TooLongError")  # a statement of the module that did not end was left out
    said = {i: (at / f"first/results/{i}.json").read_text(encoding="utf-8") for i in graded}
    return {i: s for i, s in sources.items() if i in graded and not any(w in said[i] for w in slow)}


def runs_bare(source: str) -> bool:
    """Whether it runs with no isolation, too: ``grade`` reads what it can of one that does not compile or import."""
    try:
        _run_bare(source)
    except (Exception, SystemExit):  # noqa: BLE001  (whatever a submission raises)
        return False
    return True


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _run_bare(source: str) -> dict[str, object]:
    names: dict[str, object] = {"__name__": "answer"}
    with _silence():
        exec(compile(source, "answer.py", "exec"), names)
    return names


def in_process(questions: tuple[Question, ...], reference: object, source: str) -> None:
    """The same properties with no isolation."""
    names = _run_bare(source)
    with _silence():
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
    options.add_argument("--most", type=int, default=1000, help="submissions for the others")
    chosen = options.parse_args()
    name = chosen.assignment
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        sources = answers(name)
        readable = {i: s for i, s in ending(name, sources, at).items() if runs_bare(s)}
        ends = dict(list(readable.items())[: chosen.most])
        count = len(ends)
        handed_in = write(ends, at / "class")
        empty = write(empty_answers(ends.values()), at / "empty")
        print(f"{name}: {count} submissions that end by themselves")
        each: dict[str, tuple[float, float]] = {}  # seconds, CPU seconds of a submission
        copies = {f"copy_{i:03}": reference_of(name) for i in range(COPIES)}
        right = write(copies, at / "copies")
        for jobs in (1, 2):
            start = run(grade(name, empty, at / f"e{jobs}", "--jobs", str(jobs)))
            found = run(grade(name, handed_in, at / f"g{jobs}", "--jobs", str(jobs)), every=0.25)
            each[f"grade, {jobs} processes"] = (found.seconds - start.seconds) / count, (found.cpu - start.cpu) / count
            same = run(grade(name, right, at / f"r{jobs}", "--jobs", str(jobs)))
            each[f"the reference, {jobs} processes"] = (
                (same.seconds - start.seconds) / COPIES,
                (same.cpu - start.cpu) / COPIES,
            )
            peak = f"at most {found.peak / MIB:.0f} MiB"
            print(f"grade --jobs {jobs}: {found.seconds:.1f} s with {start.seconds:.1f} s to start; {peak}")
        with contextlib.suppress(ImportError):
            import distributed  # noqa: F401

            whole, first = on_cluster(name, handed_in, at / "cluster", empty)
            each["grade, Dask, 2 workers"] = (whole - first) / count, float("nan")
        master = Assignment(ROOT / "solutions" / name)
        questions, reference = master.questions, master.reference
        for source in ends.values():
            in_process(questions, reference, source)
        started, cpu = time.monotonic(), time.process_time()
        for source in ends.values():
            in_process(questions, reference, source)
        each["in-process, no isolation"] = (time.monotonic() - started) / count, (time.process_time() - cpu) / count
        packed = at / "autograder.zip"
        packed.write_bytes(bundles.zipped(bundles.for_otter(master.folder)))
        paths = sorted(handed_in.iterdir())[: chosen.otter]
        otter = [
            run([sys.executable, "-c", _OTTER, str(path), str(packed), str(at / "otter" / path.stem)], cwd=at)
            for path in paths
            if not (at / "otter" / path.stem).mkdir(parents=True)
        ]
        each["otter run"] = sum(r.seconds for r in otter) / len(otter), sum(r.cpu for r in otter) / len(otter)
        best = each["grade, 2 processes"]
        print("a submission                seconds (x)      CPU seconds (x)       x: times that of grade, 2 processes")
        for what, (seconds, cpu) in each.items():
            print(f"{what:27} {seconds:7.3f} ({seconds / best[0]:.2f}) {cpu:12.3f} ({cpu / best[1]:.2f})")


if __name__ == "__main__":
    main()
