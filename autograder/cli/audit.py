"""``autograder audit``: test the checks of an assignment."""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from autograder.cli.common import ROOT, Command, master
from autograder.cli.screen import echo
from autograder.model.errors import UsageError


@click.command("audit", cls=Command, epilog="autograder audit naive_bayes --html audit.html")
@click.argument("assignments", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every assignment of this project.")
@click.option("--html", "page", type=click.Path(path_type=Path), default=None, help="Write it as a page as well.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Grading processes (default: one per core).")
@click.option("--brief", is_flag=True, help="Only what must be fixed, and the totals.")
@click.option("--here-only", is_flag=True, help="Judge right answers on this machine as it is, not perturbed.")
@click.option("--versions", is_flag=True, help="Judge right answers with other versions of Python and NumPy too.")
def command(
    assignments: Sequence[str],
    every: bool,
    page: Path | None,
    jobs: int | None,
    brief: bool,
    here_only: bool,
    versions: bool,
) -> None:
    """Test the checks of an assignment with answers that are known to be right or wrong.

    Mutants of the reference and misconceptions must lose points, right answers must keep them, here and
    on other machines, and every property must be needed. A surviving mutant is shown as a diff: write a property that
    fails it, or declare it equivalent in equivalents.toml. Exit code 1 when something needs fixing.
    """
    from autograder.audit import perturbations, tables
    from autograder.audit.assignment import audit
    from autograder.audit.versions import environments

    if every:
        assignments = sorted(p.parent.parent.name for p in (ROOT / "solutions").glob("*/tests/contract.toml"))
    if not assignments:
        raise UsageError("expected the name of an assignment, or --all")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    audits = []
    elsewhere: AbstractContextManager[dict[str, Path]] = environments() if versions else nullcontext({})
    with elsewhere as pythons:
        perturbed = () if here_only else tuple(perturbations.perturbations(pythons))
        for name in assignments:
            found = audit(
                master(name),
                jobs=jobs or cores,
                perturbed=perturbed,
                progress=functools.partial(_begins, name),
            )
            audits.append(found)
            echo("\n".join(tables.text(found, brief=brief)))
            echo()
    table = tables.totals(audits)
    echo("\n".join([*table.lines(), f"  {table.note}"]))
    if page is not None:
        page.write_text(tables.html(audits), encoding="utf-8")
        echo(f"page: {page}")
    if not all(a.passed for a in audits):
        raise click.exceptions.Exit(1)


def _begins(name: str, what: str) -> None:
    echo(f"{name}: {what} ...", err=True)
