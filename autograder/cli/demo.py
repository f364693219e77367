"""``autograder demo``: grade the sample class that comes with the assignments."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.common import ROOT, Command
from autograder.cli.grade import describe_layers
from autograder.cli.screen import echo

if TYPE_CHECKING:
    from autograder.report.table import Row

AT_ONCE = 2
"""Classes that are graded at the same time: while one waits for a submission that never ends, the cores are used."""


@click.command("demo", cls=Command, epilog="autograder demo")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder for the results.")
def command(out: Path | None) -> None:
    """Grade the sample classes that come with the assignments, and print a summary.

    Where the package was installed without them, it makes a small assignment with a class of two and grades that.
    """
    from autograder.report.roll import read_roll
    from autograder.sandbox.sandbox import Sandbox

    folder = out or Path(tempfile.mkdtemp(prefix="autograder-demo-"))
    started = time.monotonic()
    # Smallest first, so that there is something to see soon.
    sizes = {p: len(list(p.iterdir())) for p in sorted((ROOT / "solutions").glob("*/class")) if p.is_dir()}
    classes = sorted(sizes, key=lambda p: sizes[p])
    if not classes:
        classes = [_small_class(folder / "solutions" / "my_first")]
    with Sandbox() as sandbox:
        echo(f"isolation: {describe_layers(sandbox.layers)}")
    echo(f"grading {len(classes)} classes, {min(AT_ONCE, len(classes))} at a time ...", err=True)
    targets = [folder / sample.parent.name for sample in classes]
    trouble = False
    graders = ThreadPoolExecutor(AT_ONCE)
    try:
        for target, done in zip(targets, graders.map(_grade, classes, targets), strict=True):
            if done.returncode:
                trouble = True
                echo(done.stderr, err=True)
            echo(f"\n{target.name}")
            for line in summary(read_roll(target).rows):
                echo(line)
            echo(f"report: {target / 'report.html'}\n")
    finally:
        graders.shutdown(cancel_futures=True)
    echo(f"{len(classes)} assignments in {time.monotonic() - started:.1f} s; everything is in {folder}")
    if trouble:
        raise click.exceptions.Exit(1)


def _grade(sample: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """Grade a class by the command that staff use."""
    arguments = ["grade", str(sample.parent), str(sample), "--out", str(target)]
    return subprocess.run([sys.executable, "-m", "autograder", *arguments], capture_output=True, text=True, check=False)


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
