"""The worker's home: what people write at the top of a module works, in memory only.

A worker may write no file, start no process and open no socket. It gets replacements in memory instead: a folder of
its own and a temporary folder (``memory_folder``), a user with a name, thread pools (``pools``), pipes for
``asyncio`` (``event_loop``) and plots without a display (``plots``). These are a convenience and confine nothing: the
memory is the worker's own, bounded by its limits, and freed when it ends.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from autograder.sandbox.worker.event_loop import use_pipes
from autograder.sandbox.worker.memory_folder import HOME, TEMPORARY, MemoryFolder
from autograder.sandbox.worker.plots import use_no_display
from autograder.sandbox.worker.pools import use_threads

if TYPE_CHECKING:
    from collections.abc import Mapping

USER = "student"
ENVIRONMENT = {"HOME": HOME, "USER": USER, "LOGNAME": USER, "USERNAME": USER, "TMPDIR": TEMPORARY, "PWD": HOME}


def set_up(files: Mapping[str, str]) -> None:
    """Give this process, a worker that has not run student code yet, a home.

    Args:
        files: the texts in its folder, by name.

    """
    os.environ.update(ENVIRONMENT)
    MemoryFolder(files).install()
    _name_the_user()
    use_threads()
    use_pipes()
    use_no_display()


def _name_the_user() -> None:
    os.getlogin = lambda: USER
    pwd: Any = sys.modules.get("pwd")
    if pwd is None:
        return
    entry = pwd.struct_passwd((USER, "x", os.getuid(), os.getgid(), "", HOME, "/bin/sh"))

    def by_id(number: int) -> Any:
        if number != os.getuid():
            raise KeyError(f"getpwuid(): uid not found: {number}")
        return entry

    def by_name(name: str) -> Any:
        if name != USER:
            raise KeyError(f"getpwnam(): name not found: {name!r}")
        return entry

    pwd.getpwuid, pwd.getpwnam, pwd.getpwall = by_id, by_name, lambda: [entry]
