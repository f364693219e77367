"""Grade a class: find what was handed in, grade what is new, write the table. Events say how it goes."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from autograder import courses, intake
from autograder.batch.output import Output, key_of
from autograder.batch.pools import LocalPool, Pool, run
from autograder.batch.process_grader import grade_here, prepare
from autograder.courses import export
from autograder.courses.late import read_policy
from autograder.courses.people import People
from autograder.grade import Assignment, Grader
from autograder.grade.fingerprint import fingerprint
from autograder.model.errors import UsageError
from autograder.model.result import SubmissionResult
from autograder.model.status import Kind
from autograder.model.submission import AnySubmission
from autograder.report.table import Row
from autograder.sandbox.layers import Finding
from autograder.sandbox.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Started:
    """Grading begins: so many submissions to this assignment, confined by these layers."""

    assignment: str
    submissions: int
    layers: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person should know, in a line: a student who is not in the roster."""

    text: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a path was taken for, in a line, where it is no submission and no ordinary folder of them."""

    text: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A submission that was graded before by the same checks."""

    id: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A submission's result, which is on disk."""

    result: SubmissionResult


@dataclass(frozen=True, slots=True)
class Exported:
    """A file for a course system was written: so many grades for its column ``title``."""

    path: Path
    title: str
    grades: int


Event = Started | Problem | Recognised | Unchanged | Judged | Exported


@dataclass(frozen=True, slots=True)
class Exchange:
    """Files to and from a course system; each may be missing."""

    roster: Path | None = None
    late: Path | None = None
    canvas_gradebook: Path | None = None
    canvas_assignment: str = ""


@dataclass(frozen=True, slots=True)
class ClassGrades:
    """The graded class.

    Attributes:
        rows: of ``grades.csv``, sorted.
        not_graded: results of this run that are missing through our fault, by id.

    """

    rows: tuple[Row, ...]
    not_graded: tuple[SubmissionResult, ...]


def grade_class(
    folder: Path,
    paths: Sequence[Path],
    out: Path,
    *,
    jobs: int | None = None,
    regrade: bool = False,
    unsafe: bool = False,
    scheduler: str | None = None,
    exchange: Exchange = Exchange(),
    listen: Callable[[Event], None] = lambda _: None,
) -> ClassGrades:
    """Grade what was handed in and write results, journal and table.

    Args:
        folder: the assignment's master copy.
        paths: submissions, folders of submissions, exports of course systems.
        out: the output folder.
        jobs: grading processes; one per core by default.
        regrade: whether to grade again what was graded before.
        unsafe: no confinement.
        scheduler: the address of a Dask scheduler, to grade on its cluster.
        exchange: files to and from a course system.
        listen: told of each event.

    Raises:
        UsageError: something named does not exist or cannot be read, or the disk does not take the results.
        AuthoringError: the assignment is broken.

    """
    assignment = Assignment(folder)
    names = tuple(q.name for q in assignment.questions)
    points = assignment.contract.points
    entries = courses.find(paths, folder.name, tell=lambda line: listen(Recognised(line)))
    roster = courses.read_roster(exchange.roster) if exchange.roster else []
    people = People(entries, roster, read_policy(exchange.late) if exchange.late else None)
    problems = list(people.problems)
    gradebook = None
    if exchange.canvas_gradebook:
        titles = (
            [exchange.canvas_assignment] if exchange.canvas_assignment else [folder.name, assignment.contract.title]
        )
        gradebook = courses.open_gradebook(exchange.canvas_gradebook, titles)
        problems += gradebook.match(people.shares())[1]
    for problem in problems:
        listen(Problem(problem))
    output = Output(out, folder.name, names)
    with Sandbox(unsafe=unsafe) as probe:
        listen(Started(folder.name, len(entries), tuple(probe.layers)))
        give_up = Grader(assignment, probe).not_graded
    checks = fingerprint(folder)
    keys: dict[str, str] = {}

    def to_grade() -> Iterator[AnySubmission]:
        for entry in entries:
            submission = intake.read_entry(entry, folder.name, questions=names)
            keys[submission.id] = key_of(checks, submission)
            if regrade or output.keys.get(submission.id) != keys[submission.id]:
                yield submission
            else:
                listen(Unchanged(submission.id))

    not_graded: list[SubmissionResult] = []
    pool = _cluster(scheduler, folder, unsafe=unsafe) if scheduler else _local(assignment, jobs, entries, unsafe=unsafe)
    with closing(pool):
        for submission, result in run(pool, to_grade(), give_up):
            output.keep(result, keys[submission.id])
            listen(Judged(result))
            if result.status.kind is Kind.NOT_GRADED:
                not_graded.append(result)
    graded = [output.rows[e.id] for e in entries if e.id in output.rows]
    rows = output.finish(
        [*(r for row in graded for r in people.rows(row)), *people.rows_of_the_absent(points)], people.columns
    )
    graded_class = export.ClassOut((folder.name, assignment.contract.title), tuple(people.grades(output.rows)))
    output.write(export.GRADES, export.as_text(graded_class))
    if gradebook is not None:
        filled = export.fill(gradebook, graded_class.grades)
        for problem in filled.lower:
            listen(Problem(problem))
        name = f"{gradebook.system.casefold()}.csv"
        output.write(name, filled.text)
        listen(Exported(out / name, gradebook.title, filled.grades))
    output.close()
    return ClassGrades(tuple(rows), tuple(sorted(not_graded, key=lambda r: r.id)))


def _local(assignment: Assignment, jobs: int | None, entries: Sequence[object], *, unsafe: bool) -> Pool:
    prepare(assignment, unsafe=unsafe)
    task = functools.partial(grade_here, str(assignment.folder), unsafe=unsafe)
    return LocalPool(task, min(jobs or cores(), len(entries)))


def _cluster(address: str, folder: Path, *, unsafe: bool) -> Pool:
    try:
        from autograder.batch import dask
    except ImportError as error:
        raise UsageError(
            f"--scheduler needs the extra [cluster]: pip install '.[cluster]' for {sys.executable} ({error})"
        ) from error
    return dask.Cluster(address, folder, unsafe=unsafe)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
