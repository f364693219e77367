"""``autograder grade``: a class to a table of grades."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.common import Command, master
from autograder.cli.progress import Progress
from autograder.cli.report import write_report
from autograder.model.errors import UsageError

if TYPE_CHECKING:
    from autograder.grade import Assignment

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
MOST_NAMED = 10
"""Submissions of one status, such as unreadable, that are named on the screen; the table has all."""


def _processes() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@click.command("grade", cls=Command, epilog="autograder grade naive_bayes submissions/ --out graded")
@click.argument("assignment")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for grades.csv and results/.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Grading processes (default: one per core).")
@click.option("--regrade", is_flag=True, help="Grade again what was graded before.")
@click.option("--roster", type=FILE, help="CSV of the class: adds students' names, and who handed in nothing.")
@click.option("--late", type=FILE, help="TOML with what being late costs: adds the columns penalty and final.")
@click.option("--canvas-gradebook", type=FILE, help="Gradebook exported from Canvas: writes OUT/canvas.csv to import.")
@click.option("--canvas-assignment", default="", help="The gradebook's column, where its name is another one.")
@click.option("--scheduler", metavar="ADDRESS", default=None, help="Grade on a Dask dask, such as tcp://host:8786.")
@click.option("--report/--no-report", default=True, help="Write the pages to read (as `autograder report` does).")
@click.option("--unsafe-no-sandbox", is_flag=True, help="Without confinement, where the system has none (not Linux).")
def command(
    assignment: str,
    paths: Sequence[Path],
    out: Path,
    jobs: int | None,
    regrade: bool,
    roster: Path | None,
    late: Path | None,
    canvas_gradebook: Path | None,
    canvas_assignment: str,
    scheduler: str | None,
    report: bool,
    unsafe_no_sandbox: bool,
) -> None:
    """Grade a class: each PATH is a submission, a folder of submissions, or what Canvas or Gradescope exports.

    Writes OUT/grades.csv, OUT/results/<id>.json (Gradescope's results.json), OUT/report.html for you and
    OUT/feedback/<id>.html for each student. Run again, it grades only what is new or changed. Exit code 1
    when some submission could not be graded through our fault.
    """
    from autograder.courses.people import NO_SUBMISSION
    from autograder.grade.grader import GRADED

    rows, ungraded = grade_class(
        master(assignment),
        paths,
        out,
        jobs=jobs,
        regrade=regrade,
        unsafe=unsafe_no_sandbox,
        scheduler=scheduler,
        exchange=Exchange(roster, late, canvas_gradebook, canvas_assignment),
    )
    handed_in = len({row[0] for row in rows if row[3] != NO_SUBMISSION})
    nothing = sum(row[3] == NO_SUBMISSION for row in rows)
    absent = f", {nothing} in the roster without one" if nothing else ""
    click.echo(f"{handed_in} submissions{absent}, grades in {out / 'grades.csv'}, results in {out / 'results'}")
    ours = dict(ungraded)
    odd = {row[0]: row[3] for row in rows if row[3] not in {GRADED, NO_SUBMISSION} and row[0] not in ours}
    for status in sorted(set(odd.values())):
        ids = [identity for identity, found in odd.items() if found == status]
        more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
        click.echo(f"{status}: {', '.join(ids[:MOST_NAMED])}{more}")
    if report and rows:
        write_report(out)
        click.echo(f"to read: {out / 'report.html'}")
    for identity, status in ungraded:
        click.echo(f"{identity}: {status}", err=True)
    if ungraded:
        raise click.exceptions.Exit(1)


@dataclass(frozen=True)
class Exchange:
    """Files to and from a course system; each may be missing."""

    roster: Path | None = None
    late: Path | None = None
    canvas_gradebook: Path | None = None
    canvas_assignment: str = ""


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
) -> tuple[list[tuple[str, ...]], list[tuple[str, str]]]:
    """Grade, showing progress; the rows of the table, and what could not be graded with its status."""
    from autograder import batch, courses, intake
    from autograder.courses.late import read_policy
    from autograder.courses.people import People
    from autograder.grade import Assignment, Grader
    from autograder.sandbox.sandbox import Sandbox

    assignment = Assignment(folder)
    names = tuple(q.name for q in assignment.questions)
    handed_in = courses.find(paths, folder.name, tell=click.echo)
    roster = courses.read_roster(exchange.roster) if exchange.roster else []
    people = People(handed_in, roster, read_policy(exchange.late) if exchange.late else None)
    problems = people.problems
    if exchange.canvas_gradebook:
        titles = (
            [exchange.canvas_assignment] if exchange.canvas_assignment else [folder.name, assignment.contract.title]
        )
        gradebook = courses.open_gradebook(exchange.canvas_gradebook, titles)
        matched, unmatched = gradebook.match(people.shares())
        problems = [*problems, *unmatched]
    for problem in problems:
        click.echo(problem, err=True)
    output = batch.Output(out, folder.name, names)
    with Sandbox(unsafe=unsafe) as probe:
        click.echo(f"isolation: {describe_layers(probe.layers)}")
        never = Grader(assignment, probe)
    checks = batch.fingerprint(folder)
    keys: dict[str, str] = {}

    def to_grade() -> Iterator[Any]:
        for entry in handed_in:
            submission = intake.read_entry(entry, folder.name, questions=names)
            keys[submission.id] = batch.key_of(checks, submission)
            if regrade or output.keys.get(submission.id) != keys[submission.id]:
                yield submission
            else:
                progress(None)

    workers = min(jobs or _processes(), len(handed_in))
    grading = _on_cluster(scheduler, folder, unsafe) if scheduler else _here(assignment, workers, unsafe)
    ungraded: list[tuple[str, str]] = []
    with grading as how, Progress(folder.name, len(handed_in)) as progress:
        for one, result in batch.run(to_grade(), give_up=never.not_graded, **how):
            output.keep(result, keys[one.id])
            progress(result.id)
            if not result.judged:
                ungraded.append((result.id, result.status))
    points = assignment.contract.points
    rows = output.finish(
        (entry.id for entry in handed_in), people.columns, people.rows, people.rows_of_the_absent(names, points)
    )
    if exchange.canvas_gradebook:
        finals = {at: people.final(identity, output.rows[identity]) for at, identity in matched.items()}
        grades = {at: final for at, final in finals.items() if final is not None}
        output.write("canvas.csv", gradebook.write(grades, points))
        click.echo(f"{len(grades)} grades for {gradebook.title!r} in {out / 'canvas.csv'}")
    output.close()
    return rows, sorted(ungraded)


@contextmanager
def _here(assignment: Assignment, workers: int, unsafe: bool) -> Iterator[dict[str, Any]]:
    """Grade in processes of this machine."""
    from autograder import batch
    from autograder.sandbox.layers.linux import end_with

    start = functools.partial(
        ProcessPoolExecutor, workers, mp_context=get_context("fork"), initializer=end_with, initargs=(os.getpid(),)
    )
    batch.get_ready(assignment, unsafe=unsafe)
    task = functools.partial(batch.grade_here, str(assignment.folder), unsafe=unsafe)
    yield {"task": task, "start": start, "in_flight": 2 * workers}


@contextmanager
def _on_cluster(address: str, folder: Path, unsafe: bool) -> Iterator[dict[str, Any]]:
    """Grade on a cluster."""
    try:
        from autograder.batch import dask
    except ImportError as error:
        raise UsageError(
            f"--scheduler needs the extra [cluster]: pip install '.[cluster]' for {sys.executable} ({error})"
        ) from error
    found = dask.Cluster(address, folder, unsafe=unsafe)
    try:
        yield {"task": found.task, "start": found.start, "in_flight": found.in_flight, "lost": dask.LOST}
    finally:
        found.close()


def describe_layers(layers: Sequence[Any]) -> str:
    """One line on what holds on this machine."""
    held = [layer.name for layer in layers if layer.holds]
    missing = [layer.name for layer in layers if not layer.holds]
    return ", ".join(held) + (f" (not here: {', '.join(missing)})" if missing else "")
