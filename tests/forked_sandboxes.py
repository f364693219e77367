"""Sandboxes whose zygote is forked from one with its imports: what is about classes and commands need not start a hundred of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

from autograder.sandbox.worker import launcher, zygote
from tests.forks import Forked, Forks

VARIABLE = "AUTOGRADER_TESTS_ZYGOTES"
"""Tells processes that tests start where zygotes are forked."""


@cache
def forks() -> Forks:
    """What zygotes are forked from, with their environment and options."""
    modules = ("autograder.sandbox.worker.zygote", *zygote.LIBRARY)
    return Forks(modules, options=("-s", "-P"), env=launcher.environment())


def starter(address: str) -> Any:
    """What takes the place of ``subprocess`` in the launcher, to fork zygotes from the process at ``address``."""

    def start(command: Sequence[str], *, pass_fds: Sequence[int], stderr: int, **how: Any) -> Forked:
        assert stderr == subprocess.PIPE
        code, *arguments = command[command.index("-c") + 1 :]
        null = os.open(os.devnull, os.O_RDWR)
        read, write = os.pipe()
        fds = {0: null, 1: null, 2: write, **{fd: fd for fd in pass_fds}}
        how = {name: how[name] for name in ("env", "cwd", "start_new_session")}
        started = Forked(address, code, arguments, fds, **how)
        os.close(null)
        os.close(write)
        started.stderr = os.fdopen(read, "rb")
        return started

    return SimpleNamespace(**vars(subprocess) | {"Popen": start})


if VARIABLE in os.environ:
    launcher.subprocess = starter("\0" + os.environ[VARIABLE])
