"""``autograder demo``: grade the sample class that comes with the assignments."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.common import ROOT, Command
from autograder.cli.grade import grade_and_show
from autograder.cli.report import write_pages
from autograder.cli.screen import echo

if TYPE_CHECKING:
    from autograder.report.table import Row


@click.command("demo", cls=Command, epilog="autograder demo")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder for the results.")
def command(out: Path | None) -> None:
    """Grade the sample classes that come with the assignments, and print a summary.

    Where the package was installed without them, it makes a small assignment with a class of two and grades that.
    """
    folder = out or Path(tempfile.mkdtemp(prefix="autograder-demo-"))
    started = time.monotonic()
    # Smallest first, so that there is something to see soon.
    sizes = {p: len(list(p.iterdir())) for p in sorted((ROOT / "solutions").glob("*/class")) if p.is_dir()}
    classes = sorted(sizes, key=lambda p: sizes[p])
    if not classes:
        classes = [_small_class(folder / "solutions" / "my_first")]
    trouble = 0
    for sample in classes:
        target = folder / sample.parent.name
        grades = grade_and_show(sample.parent, [sample], target)
        write_pages(target)
        trouble += len(grades.not_graded)
        echo(f"\n{sample.parent.name}")
        for line in summary(grades.rows):
            echo(line)
        echo(f"report: {target / 'report.html'}\n")
    echo(f"{len(classes)} assignments in {time.monotonic() - started:.1f} s; everything is in {folder}")
    if trouble:
        raise click.exceptions.Exit(1)


def _small_class(master: Path) -> Path:
    """A new assignment with a class of two; where it is."""
    from autograder import release
    from autograder.release.starter import write_starter

    if not master.exists():
        write_starter(master, "My first")
    release.record(master)
    echo(f"the assignments are in the project's clone, not in this package; here is a small one: {master}")
    return master / "class"


def summary(rows: Sequence[Row]) -> list[str]:
    """The class as a table of submission, score and status."""
    from autograder.report.table import points

    width = max(len(name) for name in ("submission", *(r.submission for r in rows)))
    lines = [f"  {'submission':{width}}  score  status"]
    lines += [f"  {r.submission:{width}}  {'-' if r.score is None else points(r.score):>5}  {r.status}" for r in rows]
    judged = [r for r in rows if r.score is not None]
    if judged:
        mean = sum(r.score or 0.0 for r in judged) / len(judged)
        full = sum(points(r.score or 0.0) == points(r.max_score) for r in judged)
        lines.append(f"  {len(rows)} submissions, mean {mean:.1f}, {full} with full points")
    return lines
