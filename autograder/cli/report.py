"""``autograder report``: the results of a class as pages to read."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.common import Command
from autograder.cli.progress import Progress
from autograder.model.errors import UsageError


@click.command("report", cls=Command, epilog="autograder report graded")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write the pages of a graded class: FOLDER/report.html and FOLDER/feedback/<id>.html.

    FOLDER is what `autograder grade` wrote. The pages stand alone: no network, phone and print, light and dark.
    """
    write_report(folder)
    click.echo(f"class report in {folder / 'report.html'}, pages for students in {folder / 'feedback'}")


def write_report(folder: Path) -> None:
    """Write the class page and a page for each student; only one result is in memory at a time.

    Raises:
        UsageError: there are no results, or the disk does not take the pages.

    """
    from autograder.report import folder as results
    from autograder.report import html
    from autograder.report.summary import Summary

    summary = Summary()
    pages = folder / "feedback"
    try:
        pages.mkdir(exist_ok=True)
        found = results.paths(folder)
        with Progress("report", len(found)) as progress:
            for path in found.values():
                result = results.read_one(path)
                (pages / f"{result.id}.html").write_text(html.student_page(result), encoding="utf-8")
                summary.add(result)
                progress(result.id)
        (folder / "report.html").write_text(html.class_page(summary), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder}: the pages cannot be written: {error.strerror}") from error
