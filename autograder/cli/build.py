"""``autograder build``: record the cases of an assignment and make the students' folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from autograder.cli.common import Command, authored
from autograder.cli.screen import echo


@click.command("build", cls=Command, epilog="autograder build naive_bayes")
@click.argument("assignments", nargs=-1, required=True)
@click.option("--keep-cases", is_flag=True, help="Keep the recorded cases; only make the students' copy.")
@click.option("--seed", type=int, default=None, help="Draw the cases from this seed, such as the year.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Instead of assignments/ beside solutions/.")
def command(assignments: Sequence[str], keep_cases: bool, seed: int | None, out: Path | None) -> None:
    """Record cases of every property, published and unpublished, and write the students' folder.

    The students' folder is the master copy without solutions and hidden properties. Do not edit it by hand.
    A typo in the contract, a file of no question, or a check that a right answer fails is an error.
    """
    from autograder import release
    from autograder.checks.composition import complete

    for name in assignments:
        folder = authored(name)
        release.check_files(folder)
        # Questions that are taken from elsewhere come with the cases that were recorded there.
        if not keep_cases and complete(folder) == folder:
            release.record(folder, seed)
        release.check_right_answers(folder)
        target = (out or folder.parent.parent / "assignments") / folder.name
        release.build(folder, target)
        echo(f"{folder.name}: {target}")
