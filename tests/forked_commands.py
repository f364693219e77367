"""Commands that are forked from a process that has imported them, and whose sandboxes are forked, too."""

from __future__ import annotations

import importlib
import os

from autograder.cli import COMMANDS
from tests import forked_sandboxes
from tests.forks import Forks

CODE = "import runpy; runpy.run_module('autograder', run_name='__main__', alter_sys=True)"
"""What ``python -m autograder`` runs."""


def forks(zygotes: Forks) -> Forks:
    """What commands are forked from."""
    env = os.environ | {forked_sandboxes.VARIABLE: zygotes.address.removeprefix("\0")}
    return Forks(("tests.forked_commands", "tests.forked_sandboxes"), options=("-P",), env=env)


if forked_sandboxes.VARIABLE in os.environ:
    for name in COMMANDS:
        importlib.import_module(f"autograder.cli.{name}")
