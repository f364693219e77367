"""``autograder compare``: what changed between two gradings of a class."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.common import Command
from autograder.cli.screen import echo


@click.command("compare", cls=Command, epilog="autograder compare graded-monday graded-friday")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def command(old: Path, new: Path) -> None:
    """Say whose score changed between two gradings, on which check and why.

    OLD and NEW are output folders of `autograder grade`. A change is put down to the checks (or the engine),
    to the submission, or to both.
    """
    from autograder import batch
    from autograder.report import class_folder, compare

    before, now = class_folder.result_paths(old), class_folder.result_paths(new)
    keys = batch.keys_in(old), batch.keys_in(new)
    changed = same_score = 0
    for identity in sorted(before.keys() | now.keys()):
        if identity not in before or identity not in now:
            echo(f"{identity}: only in {new if identity in now else old}")
            continue
        was, has_become = class_folder.read_result(before[identity]), class_folder.read_result(now[identity])
        found = list(compare.changes(was, has_become))
        if not found and was.status == has_become.status:
            continue
        changed += 1
        same_score += was.score == has_become.score
        reason = compare.why(keys[0].get(was.id), keys[1].get(has_become.id))
        status = "" if was.status == has_become.status else f", {was.status} -> {has_become.status}"
        echo(f"{was.id}: {was.score:g} -> {has_become.score:g}{status} ({reason})")
        for change in found:
            echo(f"  {change}")
    kept = f", {same_score} of them with the same score" if same_score else ""
    echo(f"{changed} of {len(before.keys() & now.keys())} submissions changed{kept}")
