"""``autograder report``: the results of a class as pages to read."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.common import Command
from autograder.cli.progress import Progress
from autograder.cli.screen import echo


@click.command("report", cls=Command, epilog="autograder report graded")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--pdf", is_flag=True, help="Also FOLDER/feedback/<id>.pdf, where Chromium or Chrome is installed.")
def command(folder: Path, pdf: bool) -> None:
    """Write the pages of a graded class: FOLDER/report.html and FOLDER/feedback/<id>.html.

    FOLDER is what `autograder grade` wrote. The pages are self-contained: no network, phone and print, light and dark.
    """
    write_pages(folder)
    if pdf:
        echo(f"{print_pages(folder)} PDF files in {folder / 'feedback'}")
    echo(f"class report in {folder / 'report.html'}, pages for students in {folder / 'feedback'}")


def write_pages(folder: Path) -> None:
    """Write the class page and a page for each student, showing progress."""
    from autograder.report import class_folder

    with Progress("report", len(class_folder.result_paths(folder))) as progress:
        class_folder.write_pages(folder, progress)


def print_pages(folder: Path) -> int:
    """Print the students' pages to PDF files, showing progress; how many there are."""
    from autograder.report import class_folder, pdf

    pages = [folder / "feedback" / f"{name}.html" for name in class_folder.result_paths(folder)]
    with Progress("pdf", len(pages)) as progress:
        return len(pdf.print_pages(pages, progress))
