"""``autograder similarity``: which answers of a class share more than what was handed out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from autograder.cli.common import Command, master
from autograder.cli.progress import Progress
from autograder.cli.screen import echo
from autograder.model.errors import UsageError

PAGE = "similarity.html"
_MARK = re.compile(r"^# %% notebook cell \d+\n", re.MULTILINE)
"""What intake writes between the cells of a notebook: nobody's own."""


@click.command("similarity", cls=Command, epilog="autograder similarity naive_bayes submissions/ --out graded")
@click.argument("assignment")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help=f"Folder for {PAGE}.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.8,
    show_default=True,
    help="Smallest proportion of one answer, 0 to 1, that the other contains, too.",
)
def command(assignment: str, paths: Sequence[Path], out: Path, threshold: float) -> None:
    """Find answers that share much code, and show the shared passages side by side.

    PATHS are as for `autograder grade`. The stubs and all else that was handed out are ignored. Nothing that
    was handed in runs. Writes OUT/similarity.html, for you alone.
    """
    from autograder import courses, intake
    from autograder.model.submission import Unreadable
    from autograder.report import html, similarity

    folder = master(assignment)
    answers: dict[str, str] = {}
    left_out: dict[str, str] = {}
    for found in courses.find(paths, folder.name):
        read = intake.read_entry(found, folder.name)
        if isinstance(read, Unreadable):
            left_out[read.id] = f"{read.status}: {read.message}"
            continue
        source = "\n".join([_written(read.source, read.origin), *read.helpers.values()])
        if len(source) > similarity.LONGEST:
            left_out[read.id] = f"{len(source)} characters; at most {similarity.LONGEST} are compared"
        else:
            answers[read.id] = source
    with Progress("similarity", len(answers)) as progress:
        pairs, count = similarity.similar(answers, handed_out(folder), threshold, progress)
    try:
        out.mkdir(parents=True, exist_ok=True)
        page = html.similarity_page(folder.name, pairs, count, threshold, compared=len(answers), left_out=left_out)
        (out / PAGE).write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out / PAGE}: cannot be written: {error.strerror}") from error
    echo(f"{len(answers)} answers compared, {len(left_out)} left out, {count} pairs: {out / PAGE}")


def handed_out(folder: Path) -> list[str]:
    """Every Python text that students of an assignment have: stubs, given modules, the notebook's cells."""
    from autograder import release
    from autograder.intake import notebook
    from autograder.model.limits import IntakeLimits

    files = release.student_files(folder)
    sources = [data.decode() for name, data in files.items() if name.endswith(".py")]
    cells = files.get(f"{folder.name}.ipynb")
    if cells is not None:
        name = f"{folder.name}.ipynb"
        sources.append(_written(notebook.to_module(cells, name, None, IntakeLimits()).source, name))
    return sources


def _written(source: str, origin: str) -> str:
    return _MARK.sub("", source) if origin.endswith(".ipynb") else source
