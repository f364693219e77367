"""The command line: the only part of the package that prints. A module for each command."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import NoReturn

import click

from autograder import __version__
from autograder.cli.common import HELP
from autograder.cli.screen import echo, open_streams
from autograder.model.errors import AutograderError, UsageError

COMMANDS = (
    "check",
    "submit",
    "grade",
    "report",
    "export",
    "compare",
    "similarity",
    "release",
    "new",
    "build",
    "audit",
    "demo",
    "doctor",
)
"""In the order in which help lists them; each module is imported when its command is asked for."""


class Commands(click.Group):
    """The commands, each loaded when it is needed: help on one does not wait for NumPy and Hypothesis."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"autograder.cli.{cmd_name}").command
        return command


@click.group(
    cls=Commands,
    context_settings=HELP,
    epilog="In a clone, `python3 -m autograder test` runs the tests of the engine and of every assignment.",
)
@click.version_option(__version__)
def cli() -> None:
    """Autograded homework: property-based checks on code that never shares a process with them."""


def _need_a_folder() -> None:
    """UsageError where the current folder is gone: libraries ask for it, and say so in words of their own."""
    try:
        Path.cwd()
    except OSError as error:
        raise UsageError(f"the current folder cannot be used ({error.strerror}): change to another one") from None


def main() -> NoReturn:
    """Entry point: errors become one clear message and their exit code."""
    open_streams()
    try:
        _need_a_folder()
        # Not in standalone mode, click returns the code of an Exit instead of raising it.
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        echo("interrupted; what was finished is kept", err=True)
        sys.exit(130)
    except AutograderError as error:
        echo(f"autograder: {error}", err=True)
        sys.exit(error.exit_code)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"", "autograder"}:
            raise
        echo(
            f"autograder: this command needs the package {error.name}, which only course staff install: "
            "install autograder with its extra [staff]",
            err=True,
        )
        sys.exit(UsageError.exit_code)
    sys.exit(code or 0)
