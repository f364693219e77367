"""``autograder export``: the grades and pages of a class for a course system."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.common import Command
from autograder.cli.screen import echo

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
SYSTEMS = ("canvas", "moodle", "brightspace", "blackboard", "gradescope", "mail")


@click.command("export", cls=Command, epilog="autograder export graded --to mail")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--to", "system", required=True, type=click.Choice(SYSTEMS), help="The system to write for.")
@click.option(
    "--gradebook", type=FILE, help="The gradebook that the system exported; gives FOLDER/export/<system>.csv."
)
@click.option("--column", default="", help="The gradebook's column, if its title is not the assignment's.")
def command(folder: Path, system: str, gradebook: Path | None, column: str) -> None:
    """Write what a course system takes in, from the folder of a graded class.

    Canvas, Moodle, Brightspace and Blackboard get back the gradebook that they exported, with the grades filled
    in; Canvas, Moodle and Brightspace a zip of the students' pages to upload as feedback as well. `gradescope` and
    `mail` are tables of their own: one with Gradescope's columns, one for a mail merge. All is in FOLDER/export.
    """
    from autograder.courses import export, open_gradebook
    from autograder.model.errors import UsageError
    from autograder.report.class_folder import pages_are_current
    from autograder.report.files import write_atomically

    graded = export.read_class(folder)
    grades = graded.grades
    out = folder / "export"

    def write(name: str, content: str | bytes) -> None:
        try:
            out.mkdir(exist_ok=True)
            write_atomically(out / name, content)
        except OSError as error:
            raise UsageError(f"{out / name}: cannot be written: {error.strerror}") from error

    if system in export.TABLES:
        write(f"{system}.csv", export.TABLES[system](grades))
        echo(f"{len(grades)} students in {out / f'{system}.csv'}")
        if system == "mail" and not pages_are_current(folder):
            echo(f"the pages to attach are missing or older: `autograder report {folder}` writes them", err=True)
        return
    feedback = export.feedback_zip(grades, system, folder / "feedback")
    if feedback is not None and not pages_are_current(folder):
        raise UsageError(f"{folder}: the pages are older than the grades; write them with `autograder report {folder}`")
    if gradebook is None and feedback is None:
        raise UsageError(f"expected --gradebook, a gradebook exported from {system.title()}, to fill in")
    if gradebook is not None:
        found = open_gradebook(gradebook, [column] if column else graded.titles)
        if found.system.casefold() != system:
            raise UsageError(f"{gradebook}: expected a gradebook of {system.title()}; found one of {found.system}")
        filled = export.fill(found, grades)
        for problem in (*filled.unmatched, *filled.without_grade, *filled.lower):
            echo(problem, err=True)
        write(f"{system}.csv", filled.text)
        echo(f"{filled.grades} grades for {found.title!r} in {out / f'{system}.csv'}")
    if feedback is not None:
        data, pages = feedback
        write(f"{system}_feedback.zip", data)
        echo(f"{pages} pages in {out / f'{system}_feedback.zip'}")
