"""A user of its own for every worker."""

from __future__ import annotations

import os
from typing import ClassVar

from autograder.sandbox.layers import linux
from autograder.sandbox.layers.layer import Confinement, Layer, denied
from autograder.sandbox.layers.readable import interpreter_directories
from autograder.sandbox.layers.trial import in_child

UID_BASE = 0x70000000  # far from the users of any directory service; a worker's uid is this plus its pid
UID_FALLBACK = 20_000  # for user namespaces that map only 65,536
_UNPRIVILEGED = 65_534


class Uid(Layer):
    """Root changes to a user id of its own, without groups and capabilities."""

    name: ClassVar[str] = "uid"
    guarantee: ClassVar[str] = "every worker runs as a user of its own, without privileges"
    remedy: ClassVar[str] = "run as root, in a container for example; not needed where Landlock holds"

    def __init__(self) -> None:
        self._keep_reading = False

    def prepare(self, held: frozenset[str]) -> None:
        """Find out whether the interpreter is in a private folder (/root): then lazy imports need a capability.

        It is CAP_DAC_READ_SEARCH, and only given where Landlock still decides what may be read.
        """
        self._keep_reading = "landlock" in held and bool(in_child(_interpreter_is_private))

    def apply(self, confinement: Confinement) -> None:  # noqa: ARG002
        """Change the user."""
        parent = os.getppid()
        _drop_root(keep_reading=self._keep_reading)
        linux.end_with(parent)  # the change of user cleared it

    def attempt(self) -> str:
        """Try to act as root."""
        if os.geteuid() != 0:
            return "needs root; student code runs as this user"
        _drop_root(keep_reading=False)
        if denied(lambda: os.kill(1, 0)) and denied(lambda: os.setuid(0)):
            return ""
        return "a process without root could still act as root"


def _drop_root(*, keep_reading: bool) -> None:
    os.setgroups([])
    if keep_reading:
        linux.prctl(linux.PR_SET_KEEPCAPS, 1)
    pid = os.getpid()
    try:
        _become(UID_BASE + pid)
    except OSError:
        _become(UID_FALLBACK + pid % 40_000)
    linux.keep_capabilities(*((linux.CAP_DAC_READ_SEARCH,) if keep_reading else ()))


def _interpreter_is_private() -> str:
    _become(_UNPRIVILEGED)
    for directory in interpreter_directories():
        if not os.access(directory, os.R_OK | os.X_OK):
            return f"{directory} is private"
    return ""


def _become(uid: int) -> None:
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
