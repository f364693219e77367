"""The command line: the only part of the package that prints."""

from __future__ import annotations

import functools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NoReturn

import click

from autograder import __version__
from autograder.model.errors import AutograderError, UsageError

ROOT = Path(__file__).resolve().parent.parent
EVERY = 10.0
"""Seconds between lines of progress where there is no terminal."""


class Command(click.Command):
    """A command whose examples keep their lines."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the example as it stands."""
        if self.epilog:
            formatter.write(f"\nExample:\n  {self.epilog}\n")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="autograder")
def cli() -> None:
    """Autograded homework: property-based checks on code that never shares a process with them."""


def main() -> NoReturn:
    """Entry point: errors become one clear message and their exit code."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; what was finished is kept", err=True)
        sys.exit(130)
    except AutograderError as error:
        click.echo(f"autograder: {error}", err=True)
        sys.exit(error.exit_code)
    sys.exit(0)


def master(assignment: str) -> Path:
    """The master folder of an assignment, given by name or by path.

    Raises:
        UsageError: there is none.

    """
    places = [Path(assignment), Path.cwd() / "solutions" / assignment, ROOT / "solutions" / assignment]
    for place in places:
        if (place / "tests" / "contract.toml").is_file() and (place / f"{place.resolve().name}.py").is_file():
            return place.resolve()
    known = sorted(p.parent.parent.name for p in (ROOT / "solutions").glob("*/tests/contract.toml"))
    raise UsageError(
        f"unknown assignment {assignment!r}; expected one of {', '.join(known) or '(none here)'} or a folder"
    )


def _processes() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cli.command(cls=Command, epilog="autograder grade naive_bayes submissions/ --out graded")
@click.argument("assignment")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for grades.csv and results/.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Grading processes (default: one per core).")
@click.option("--regrade", is_flag=True, help="Grade again what was graded before.")
@click.option("--unsafe-no-sandbox", is_flag=True, help="Without confinement, where the system has none (not Linux).")
def grade(
    assignment: str, paths: Sequence[Path], out: Path, jobs: int | None, regrade: bool, unsafe_no_sandbox: bool
) -> None:
    """Grade a class: each PATH is a submission, or a folder of submissions.

    Writes OUT/grades.csv and OUT/results/<id>.json (Gradescope's results.json). Run again, it grades
    only what is new or changed. Exit code 1 when some submission could not be graded through our fault.
    """
    rows, ungraded = grade_class(master(assignment), paths, out, jobs=jobs, regrade=regrade, unsafe=unsafe_no_sandbox)
    click.echo(f"{len(rows)} submissions, grades in {out / 'grades.csv'}, results in {out / 'results'}")
    for identity, status in ungraded:
        click.echo(f"{identity}: {status}", err=True)
    if ungraded:
        raise click.exceptions.Exit(1)


def grade_class(
    folder: Path,
    paths: Sequence[Path],
    out: Path,
    *,
    jobs: int | None = None,
    regrade: bool = False,
    unsafe: bool = False,
) -> tuple[list[tuple[str, ...]], list[tuple[str, str]]]:
    """Grade, showing progress; the rows of the table, and what could not be graded with its status."""
    from autograder import batch, intake
    from autograder.grade import Assignment, Grader
    from autograder.sandbox.proxy import Sandbox

    assignment = Assignment(folder)
    names = tuple(q.name for q in assignment.questions)
    handed_in = intake.find(paths, folder.name)
    output = batch.Output(out, folder.name, names)
    with Sandbox(unsafe=unsafe) as probe:
        click.echo(f"isolation: {describe_layers(probe.layers)}")
        never = Grader(assignment, probe)
    checks = batch.fingerprint(folder)
    keys: dict[str, str] = {}

    def to_grade() -> Iterator[Any]:
        for entry in handed_in:
            submission = intake.read(entry.path, folder.name, entry.id)
            keys[submission.id] = batch.key_of(checks, submission)
            if regrade or output.keys.get(submission.id) != keys[submission.id]:
                yield submission
            else:
                progress(None)

    workers = min(jobs or _processes(), len(handed_in))
    task = functools.partial(batch.grade_here, str(folder), unsafe=unsafe)
    start = functools.partial(ProcessPoolExecutor, workers, mp_context=get_context("fork"))
    ungraded: list[tuple[str, str]] = []
    with _progress(folder.name, len(handed_in)) as progress:
        for one, result in batch.run(to_grade(), task, start, in_flight=2 * workers, give_up=never.not_graded):
            output.keep(result, keys[one.id])
            progress(result.id)
            if not result.judged:
                ungraded.append((result.id, result.status))
    return output.finish(entry.id for entry in handed_in), sorted(ungraded)


def describe_layers(layers: Sequence[Any]) -> str:
    """One line on what holds on this machine."""
    held = [layer.name for layer in layers if layer.holds]
    missing = [layer.name for layer in layers if not layer.holds]
    return ", ".join(held) + (f" (not here: {', '.join(missing)})" if missing else "")


class _progress:  # noqa: N801  (a context manager, used like a function)
    """A bar with the time left on a terminal, a line now and then elsewhere."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done = label, total, 0
        self.bar: Any = None
        self.said = time.monotonic()

    def __enter__(self) -> Callable[[str | None], None]:
        if sys.stderr.isatty():
            self.bar = click.progressbar(
                length=self.total, label=self.label, show_eta=True, show_pos=True, file=sys.stderr
            ).__enter__()
        return self.step

    def step(self, _: str | None) -> None:
        """One more is done."""
        self.done += 1
        if self.bar is not None:
            self.bar.update(1)
        elif time.monotonic() - self.said > EVERY or self.done == self.total:
            self.said = time.monotonic()
            click.echo(f"{self.label}: {self.done} of {self.total}", err=True)

    def __exit__(self, *stop: object) -> None:
        if self.bar is not None:
            self.bar.__exit__(*stop)


@cli.command(cls=Command, epilog="autograder check naive_bayes my_answer.py")
@click.argument("assignment")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def check(assignment: str, path: Path | None) -> None:
    """Check an answer as a student: the public properties, question by question.

    PATH is the answer (default: ASSIGNMENT.py beside the tests). Exit code 1 when something failed.
    """
    from autograder import intake
    from autograder.grade import Assignment, Grader
    from autograder.model.feedback import question_text
    from autograder.sandbox.proxy import Sandbox

    folder = handout(assignment)
    answer = path or folder / f"{assignment}.py"
    if not answer.exists():
        raise UsageError(f"{answer}: not found; expected your answer to {assignment}")
    # One's own code needs a process of its own, so that it can be stopped, but no confinement.
    with Sandbox(unsafe=True) as sandbox:
        submission = intake.read(answer, assignment)
        result = Grader(Assignment(folder), sandbox).grade(submission)
    if result.message:
        click.echo(f"{result.status}: {result.message}\n")
    for note in result.notes:
        click.echo(note)
    for question in result.questions:
        click.echo(question_text(question))
    click.echo(f"public points: {result.score:g} of {result.points:g} (hidden checks follow when you submit)")
    if result.score < result.points:
        raise click.exceptions.Exit(1)


def handout(assignment: str) -> Path:
    """The folder that students have of an assignment: the one we are in, or one in this project.

    Raises:
        UsageError: there is none.

    """
    here = Path.cwd()
    places = [here, here / assignment, here / "assignments" / assignment, ROOT / "assignments" / assignment]
    for place in places:
        if (place / "tests" / "contract.toml").is_file() and (place / f"{assignment}.py").is_file():
            return place
    raise UsageError(f"no checks of {assignment!r} found; expected tests/contract.toml and {assignment}.py in {here}")


@cli.command(cls=Command, epilog="autograder demo")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder for the results.")
def demo(out: Path | None) -> None:
    """Grade the sample class that comes with the assignments, and print a summary."""
    folder = out or Path(tempfile.mkdtemp(prefix="autograder-demo-"))
    started = time.monotonic()
    classes = sorted(p for p in (ROOT / "solutions").glob("*/class") if p.is_dir())
    if not classes:
        raise UsageError(f"{ROOT / 'solutions'}: expected sample classes (<assignment>/class); found none")
    trouble = 0
    for sample in classes:
        target = folder / sample.parent.name
        rows, ungraded = grade_class(sample.parent, [sample], target)
        trouble += len(ungraded)
        click.echo(f"\n{sample.parent.name}")
        for line in summary(rows):
            click.echo(line)
        click.echo(f"results: {target}\n")
    click.echo(f"{len(classes)} assignments in {time.monotonic() - started:.1f} s; everything is in {folder}")
    if trouble:
        raise click.exceptions.Exit(1)


def summary(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The class as a table of submission, score and status."""
    width = max(len("submission"), *(len(r[0]) for r in rows))
    lines = [f"  {'submission':{width}}  score  status"]
    lines += [f"  {r[0]:{width}}  {r[1] or '-':>5}  {r[3]}" for r in rows]
    scores = [float(r[1]) for r in rows if r[1]]
    if scores:
        full = sum(1 for r in rows if r[1] and r[1] == r[2])
        lines.append(f"  {len(rows)} submissions, mean {sum(scores) / len(scores):.1f}, {full} with full points")
    return lines


@cli.command(cls=Command, epilog="autograder doctor")
def doctor() -> None:
    """Say what isolation this machine can have, layer by layer, by trying it."""
    from autograder.sandbox.probe import probe

    for layer in probe():
        click.echo(f"{'holds  ' if layer.holds else 'MISSING'}  {layer.name:14}  {layer.detail}")
