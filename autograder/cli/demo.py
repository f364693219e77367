"""``autograder demo``: grade the sample class that comes with the assignments."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click

from autograder.cli.common import ROOT, Command
from autograder.cli.grade import grade_class
from autograder.cli.report import write_report
from autograder.model.errors import UsageError


@click.command("demo", cls=Command, epilog="autograder demo")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder for the results.")
def command(out: Path | None) -> None:
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
        write_report(target)
        trouble += len(ungraded)
        click.echo(f"\n{sample.parent.name}")
        for line in summary(rows):
            click.echo(line)
        click.echo(f"report: {target / 'report.html'}\n")
    click.echo(f"{len(classes)} assignments in {time.monotonic() - started:.1f} s; everything is in {folder}")
    if trouble:
        raise click.exceptions.Exit(1)


def summary(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The class as a table of submission, score and status."""
    width = max(len(name) for name in ("submission", *(r[0] for r in rows)))
    lines = [f"  {'submission':{width}}  score  status"]
    lines += [f"  {r[0]:{width}}  {r[1] or '-':>5}  {r[3]}" for r in rows]
    scores = [float(r[1]) for r in rows if r[1]]
    if scores:
        full = sum(1 for r in rows if r[1] and r[1] == r[2])
        lines.append(f"  {len(rows)} submissions, mean {sum(scores) / len(scores):.1f}, {full} with full points")
    return lines
