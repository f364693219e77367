"""What several commands need: how help shows an example, and where assignments are."""

from __future__ import annotations

import re
from pathlib import Path

import click

from autograder.model.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]


class Command(click.Command):
    """A command whose examples keep their lines."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the example as it stands."""
        if self.epilog:
            formatter.write(f"\nExample:\n  {self.epilog}\n")


def master(assignment: str) -> Path:
    """The master folder of an assignment, given by name or by path, with all of its questions in it.

    Raises:
        UsageError: there is none.
        AuthoringError: it takes a question from another assignment that is not there.

    """
    from autograder.checks.composition import complete

    return complete(authored(assignment))


def authored(assignment: str) -> Path:
    """The master folder as its author keeps it: a composed one holds a contract, and no question files.

    Raises:
        UsageError: there is none.

    """
    places = [Path(assignment), Path.cwd() / "solutions" / assignment, ROOT / "solutions" / assignment]
    for place in places:
        contract = place / "tests" / "contract.toml"
        # Students' folders of that name are no master copies; a master copy has its reference, or composes it.
        if contract.is_file() and ((place / f"{place.resolve().name}.py").is_file() or _composes(contract)):
            return place.resolve()
    known = sorted(p.parent.parent.name for p in (ROOT / "solutions").glob("*/tests/contract.toml"))
    raise UsageError(
        f"unknown assignment {assignment!r}; expected one of {', '.join(known) or '(none here)'} or a folder"
    )


def _composes(contract: Path) -> bool:
    return re.search(r"(?m)^\s*from\s*=", contract.read_text(encoding="utf-8", errors="replace")) is not None


def handout(assignment: str) -> Path:
    """The folder that students have of an assignment: the one we are in, or one in this project.

    Raises:
        UsageError: there is none.

    """
    here = Path.cwd()
    places = [here, here / assignment, here / "assignments" / assignment, ROOT / "assignments" / assignment]
    for place in places:
        if (place / "tests" / "contract.toml").is_file() and (place / f"{assignment}.py").is_file():
            return place
    raise UsageError(f"no checks of {assignment!r} found; expected tests/contract.toml and {assignment}.py in {here}")
