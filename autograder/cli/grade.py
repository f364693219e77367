"""``autograder grade``: a class to a table of grades."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.common import Command, master
from autograder.cli.progress import Progress
from autograder.cli.report import write_pages
from autograder.cli.screen import echo

if TYPE_CHECKING:
    from autograder.batch.grade_class import ClassGrades, Event
    from autograder.sandbox.layers import Finding

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
MOST_NAMED = 10
"""Most ids listed per status on screen."""


@click.command("grade", cls=Command, epilog="autograder grade naive_bayes submissions/ --out graded")
@click.argument("assignment")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for grades.csv and results/.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Grading processes (default: one per core).")
@click.option("--regrade", is_flag=True, help="Grade again what was graded before.")
@click.option("--roster", type=FILE, help="CSV of the class: adds students' names, and who handed in nothing.")
@click.option("--late", type=FILE, help="TOML file with the late policy: adds the columns penalty and final.")
@click.option(
    *("--gradebook", "--canvas-gradebook", "canvas_gradebook"),
    type=FILE,
    help="Gradebook exported from Canvas, Moodle, Brightspace, Blackboard: writes OUT/<system>.csv to import.",
)
@click.option(
    *("--column", "--canvas-assignment", "canvas_assignment"),
    default="",
    help="The gradebook's column, if its title is not the assignment's.",
)
@click.option("--scheduler", metavar="ADDRESS", default=None, help="Grade on a Dask cluster, such as tcp://host:8786.")
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
    """Grade a class: each PATH is a submission, a folder or zip of submissions, or an export of a course system.

    Canvas, Gradescope, Moodle, Blackboard, Brightspace, Autolab, Sakai, nbgrader and GitHub Classroom are
    known.

    Writes OUT/grades.csv, OUT/results/<id>.json (Gradescope's results.json), OUT/report.html for you and
    OUT/feedback/<id>.html for each student. Run again, it grades only what is new or changed. Exit code 1
    when some submission could not be graded through our fault.
    """
    folder = master(assignment)
    from autograder.sandbox.sandbox import Sandbox

    with Sandbox(unsafe=unsafe_no_sandbox) as sandbox, contextlib.closing(Screen()) as screen:
        sandbox.start()  # while the rest is imported
        from autograder.batch.grade_class import Exchange, grade_class

        grades = grade_class(
            folder,
            paths,
            out,
            jobs=jobs,
            regrade=regrade,
            sandbox=sandbox,
            scheduler=scheduler,
            exchange=Exchange(roster, late, canvas_gradebook, canvas_assignment),
            listen=screen.show,
        )
    from autograder.cli.similarity import PAGE
    from autograder.courses.systems import SYSTEMS
    from autograder.report.class_folder import outdated, pages_are_current

    for line in summary(grades, out):
        echo(line)
    if report and grades.rows:
        if grades.changed or not pages_are_current(out):
            write_pages(out)
        echo(f"to read: {out / 'report.html'}")
    elif (out / "report.html").exists() and not pages_are_current(out):
        echo(f"the pages in {out} are older than these grades: `autograder report {out}` writes them", err=True)
    gradebooks = [f"{system.gradebook.system.casefold()}.csv" for system in SYSTEMS if system.gradebook]
    if old := outdated(out, [*gradebooks, PAGE]):
        echo(f"older than these grades; write again: {', '.join(old)}", err=True)
    for result in grades.not_graded:
        stays = ""
        if (kept := grades.kept.get(result.id)) is not None:
            worth = kept.status.words if kept.score is None else f"{kept.score:g} points"
            stays = f"; its earlier result stays ({worth})"
        echo(f"{result.id}: {result.status}{stays}", err=True)
    if grades.not_graded:
        raise click.exceptions.Exit(1)


class Screen:
    """Prints the events of a grading."""

    def __init__(self) -> None:
        self._progress: Progress | None = None

    def show(self, event: Event) -> None:
        """Print one event."""
        from autograder.batch.grade_class import (
            EarlierResult,
            ExportFile,
            GradingStart,
            NewResult,
            PathNote,
            Problem,
            Withdrawal,
        )

        match event:
            case GradingStart():
                echo(f"isolation: {describe_layers(event.layers)}")
                self._progress = Progress(event.assignment, event.submissions)
                self._progress.begin()
            case PathNote():
                echo(event.text)
            case Problem():
                echo(event.text, err=True)
            case Withdrawal():
                echo(f"{event.id}: withdrawn; its row, result and page are removed", err=True)
            case NewResult() | EarlierResult():
                assert self._progress is not None
                self._progress.step()
            case ExportFile():
                self.close()
                echo(f"{event.grades} grades for {event.title!r} in {event.path}")

    def close(self) -> None:
        """End the line of progress."""
        if self._progress is not None:
            self._progress.end()
            self._progress = None


def summary(grades: ClassGrades, out: Path) -> Iterator[str]:
    """What is said of a graded class: how many handed in, where the grades are, who has another status."""
    from autograder.model.status import Kind

    handed_in = {row.submission: row.status for row in grades.rows if row.status.kind is not Kind.NO_SUBMISSION}
    absent = sum(row.status.kind is Kind.NO_SUBMISSION for row in grades.rows)
    also = f", {absent} in the roster without one" if absent else ""
    submissions = f"{len(handed_in)} submission{'' if len(handed_in) == 1 else 's'}"
    yield f"{submissions}{also}, grades in {out / 'grades.csv'}, results in {out / 'results'}"
    failed = {result.id for result in grades.not_graded}
    odd = {i: status.words for i, status in handed_in.items() if not status.graded and i not in failed}
    for words in sorted(set(odd.values())):
        ids = [i for i, found in odd.items() if found == words]
        more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
        yield f"{words}: {', '.join(ids[:MOST_NAMED])}{more}"


def describe_layers(layers: Sequence[Finding]) -> str:
    """One line on what holds on this machine."""
    held = [layer.name for layer in layers if layer.holds]
    missing = [layer.name for layer in layers if not layer.holds]
    return ", ".join(held) + (f" (not here: {', '.join(missing)})" if missing else "")
