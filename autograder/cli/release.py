"""``autograder release``: make the zips for students and for Otter or Gradescope."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from autograder.cli.common import Command, authored, master
from autograder.cli.screen import echo


@click.command("release", cls=Command, epilog="autograder release naive_bayes --out dist")
@click.argument("assignments", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the zips.")
@click.option(
    "--repository",
    default="",
    metavar="OWNER/NAME[@BRANCH]",
    help="Public GitHub repository: badges open the notebook in Colab and Binder, and ASSIGNMENT-repository.zip holds "
    "what to put there.",
)
def command(assignments: Sequence[str], out: Path, repository: str) -> None:
    """Write ASSIGNMENT-student.zip, and ASSIGNMENT-autograder.zip for `otter run` and Gradescope."""
    from autograder import release
    from autograder.grade.fingerprint import version

    for name in assignments:
        release.check_files(authored(name))
        folder = master(name)
        release.check_right_answers(folder)
        for path in release.release(folder, out, repository):
            echo(str(path))
        echo(version(folder))
