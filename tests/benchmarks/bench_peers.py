"""CPU seconds a submission: ``grade`` beside what others grade with, on right, wrong and sample submissions of one run.

    python -m tests.benchmarks.bench_peers [--each N] [--peers PYTHON]

The others (gradescope-utils, pytest with Hypothesis, pytest-prairielearn-grader, nbgrader) run plain tests that compare each
function with the reference (``peers/plain.py``), in a fresh process for each submission, or as their own command does it.
``--peers`` is a Python that has them installed: ``pip install gradescope-utils pytest hypothesis pytest-prairielearn-grader nbgrader
numpy scipy``. What it does not have is left out with a line. ``grade`` runs all its properties, confined, with diagnosis; its start
is measured with an empty answer and taken off, as a class pays it once.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from autograder.grade import Assignment
from tests.benchmarks.bench_grade import COPIES, ROOT, answers, empty_answers, ending, grade, reference_of, write
from tests.benchmarks.measure import run
from tests.course.grading.classes import wrong_answers

NAME = "naive_bayes"
PEERS = Path(__file__).parent / "peers"
WRONG = 40

Sources = Mapping[str, str]


def fresh(folder: Path, source: str) -> Path:
    """A folder with the submission, the reference and the plain tests."""
    shutil.copytree(PEERS, folder)
    (folder / "reference.py").write_text(reference_of(NAME), encoding="utf-8")
    (folder / f"{NAME}.py").write_text(source, encoding="utf-8")
    return folder


def run_peer(command: list[str], folder: Path) -> float:
    """CPU seconds of a tool's command in a folder; tools find their own commands beside the Python that runs them."""
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", os.defpath)])
    return run(command, cwd=folder, env={**os.environ, "PATH": path}, failing=True).cpu


def per_process(arguments: list[str]) -> Callable[[str, Sources, Path], float]:
    """CPU seconds of a command in a fresh process for each submission."""

    def measure(python: str, sources: Sources, at: Path) -> float:
        each = (run_peer([python, *arguments], fresh(at / i, s)) for i, s in sources.items())
        return sum(each) / len(sources)

    return measure


def prairielearn(python: str, sources: Sources, at: Path) -> float:
    """CPU seconds of pytest-prairielearn-grader, whose sandbox loads a file of its own folder for each test module."""
    total = 0.0
    for identity, source in sources.items():
        folder = fresh(at / identity, source)
        (folder / "test_prairielearn" / "student_code.py").write_text(source, encoding="utf-8")
        total += run_peer([python, "-m", "pytest", "-q", "test_prairielearn.py"], folder)
    return total / len(sources)


def nbgrader(python: str, sources: Sources, at: Path) -> float:
    """CPU seconds of ``nbgrader autograde``: the class in one command, a kernel for each notebook."""
    course = at / "course"
    release = course / "source" / "ps"
    release.mkdir(parents=True)
    shutil.copy2(PEERS / "plain.py", release)
    (release / "reference.py").write_text(reference_of(NAME), encoding="utf-8")
    (release / "ps.ipynb").write_text(json.dumps(notebook(reference_of(NAME))), encoding="utf-8")
    command = [python, "-m", "nbgrader"]
    run_peer([*command, "generate_assignment", "ps", "--create", "--IncludeHeaderFooter.header="], course)
    for identity, source in sources.items():
        handed_in = course / "submitted" / identity / "ps"
        shutil.copytree(course / "release" / "ps", handed_in)
        (handed_in / "ps.ipynb").write_text(json.dumps(notebook(source)), encoding="utf-8")
    return run_peer([*command, "autograde", "ps", "--create"], course) / len(sources)


def notebook(source: str) -> dict[str, object]:
    """An nbgrader notebook: a cell with the answer, and a cell of tests for each question."""
    grade_id = {"schema_version": 3, "locked": False, "task": False}
    answer = {"nbgrader": {**grade_id, "grade": False, "solution": True, "grade_id": "answer"}}
    cells = [cell(source, answer, "answer")]
    for q in Assignment(ROOT / "solutions" / NAME).contract.questions:
        lines = f"import plain\nfor seed in range(plain.SEEDS):\n    plain.check({q.name!r}, {q.name}, seed)\n"
        test = {**grade_id, "locked": True, "grade": True, "solution": False, "points": q.points, "grade_id": q.name}
        cells.append(cell(lines, {"nbgrader": test}, q.name.replace("_", "-")))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells}


def cell(source: str, metadata: dict[str, object], identity: str) -> dict[str, object]:
    """A code cell that was not run."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": identity,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


MEASURES: dict[str, tuple[str, Callable[[str, Sources, Path], float]]] = {
    "gradescope-utils": ("gradescope_utils", per_process(["run_gradescope.py"])),
    "pytest and Hypothesis": (
        "hypothesis",
        per_process(["-m", "pytest", "-q", "-p", "no:prairielearn-grader", "test_hypothesis.py"]),
    ),
    "pytest-prairielearn-grader": ("pytest_prairielearn_grader", prairielearn),
    "nbgrader autograde": ("nbgrader", nbgrader),
}
"""A tool's name, the module that it is, and how it is measured."""


def classes(at: Path) -> dict[str, dict[str, str]]:
    """Right, wrong and sample submissions."""
    wrong = wrong_answers(NAME)
    step = max(1, len(wrong) // WRONG)
    return {
        "right": {f"copy_{i:03}": reference_of(NAME) for i in range(COPIES)},
        "wrong": {w.id.replace("--", "_"): w.source for w in wrong[::step][:WRONG]},
        "sample class": ending(NAME, answers(NAME), at / "ending"),
    }


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument(
        "--each", type=int, default=5, help="submissions of a kind for the others, which take seconds for each"
    )
    options.add_argument("--peers", default=sys.executable, help="a Python that has the other tools")
    chosen = options.parse_args()
    print("CPU seconds a submission (times that of grade)")
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        kinds = classes(at)
        ours = {}
        for kind, sources in kinds.items():
            start, whole = (
                run(grade(NAME, write(some, at / f"{kind}-{what}"), at / f"{kind}-{what}-graded", "--jobs", "2")).cpu
                for what, some in (("empty", empty_answers(sources.values())), ("class", sources))
            )
            ours[kind] = (whole - start) / len(sources)
        print(f"{'grade':28}" + "".join(f"{kind}, {ours[kind]:.3f} of {len(s)}   " for kind, s in kinds.items()))
        for tool, (module, measure) in MEASURES.items():
            if subprocess.run([chosen.peers, "-c", f"import {module}"], check=False, capture_output=True).returncode:
                print(f"{tool:28}is not installed")
                continue
            line = f"{tool:28}"
            for kind, sources in kinds.items():
                some = dict(list(sources.items())[:: max(1, len(sources) // chosen.each)][: chosen.each])
                seconds = measure(chosen.peers, some, at / f"{module}-{kind}".replace(" ", "-"))
                line += f"{kind}, {seconds:.3f} ({seconds / ours[kind]:.1f})   "
            print(line)


if __name__ == "__main__":
    main()
