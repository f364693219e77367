"""What grading a set of properties costs: ``python tests/benchmarks/bench_properties.py [SET ...]``.

The peer is the same set, run by Hypothesis in this process against the same implementations: no isolation, nothing fresh.
CPU seconds are compared, of the grader, its workers and the processes of the implementations, since on a busy machine
seconds say more about the others. A right answer should take at most 5 s, alone on two cores.
"""

from __future__ import annotations

import resource
import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from autograder.checks.modules import load_module
from autograder.grade import Assignment, Grader
from autograder.model.submission import Submission
from autograder.sandbox import trusted
from autograder.sandbox.sandbox import Sandbox
from autograder.source.draws import fix_draws, load_what_it_needs
from tests.course.grading.classes import ROOT

NAME = "properties"


def cpu() -> float:
    """CPU seconds of this process, and of those below it that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def in_process(assignment: Assignment, path: Path) -> float:
    """CPU seconds of a set without isolation."""
    module = load_module(path, f"set_{path.stem}")
    started = time.process_time()
    for q in assignment.questions:
        points = sum(j.result.points for j in q.judge(vars(module)) if j.result.verdict.value == "passed")
        assert points == q.signature.points
    return time.process_time() - started


def graded(assignment: Assignment, sources: list[str], *, alone: bool) -> tuple[float, float]:
    """Seconds and CPU seconds of grading ``sources``, the start of the sandbox included."""
    before, started = cpu(), time.monotonic()
    with Sandbox() as sandbox:
        grader = Grader(assignment, sandbox, alone=alone)
        for source in sources:
            assert grader.grade(Submission("it", source)).score in {100, 0}
    trusted.close()
    return time.monotonic() - started, cpu() - before


def main() -> None:
    """Measure, print."""
    warnings.simplefilter("ignore")
    folder = ROOT / "solutions" / NAME
    known = {p.stem: p for p in (folder / f"{NAME}.py", *sorted((folder / "wheats").glob("*.py")))}
    assignment = Assignment(folder)
    for q in assignment.questions:
        for p in q.properties:
            _ = p.cases
    fix_draws()
    load_what_it_needs()
    print(f"{'set':24}{'in process':>12}{'graded':>10}{'ratio':>8}{'seconds, one core':>20}{'two':>8}")
    for name in sys.argv[1:] or known:
        source = known[name].read_text(encoding="utf-8")
        with np.errstate(all="ignore"):
            plain = in_process(assignment, known[name])
        empty = graded(assignment, ["import hypothesis\n"], alone=False)
        one = graded(assignment, [source], alone=False)
        two = graded(assignment, [source], alone=True)
        used = one[1] - empty[1]
        print(f"{name:24}{plain:10.2f} s{used:8.2f} s{used / plain:8.1f}{one[0]:18.2f} s{two[0]:6.2f} s", flush=True)


if __name__ == "__main__":
    main()
