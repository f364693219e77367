"""A worker that cannot be inspected."""

from __future__ import annotations

from typing import ClassVar

from autograder.sandbox.layers import linux
from autograder.sandbox.layers.layer import Confinement, Layer


class Undumpable(Layer):
    """Other processes of the same user cannot trace a worker or read its memory."""

    name: ClassVar[str] = "undumpable"
    guarantee: ClassVar[str] = "a worker's memory cannot be read by other processes of its user"
    remedy: ClassVar[str] = "a kernel that knows prctl(PR_SET_DUMPABLE)"

    def apply(self, confinement: Confinement) -> None:  # noqa: ARG002
        """Make the process not dumpable."""
        linux.prctl(linux.PR_SET_DUMPABLE, 0)

    def attempt(self) -> str:
        """Ask the kernel."""
        linux.prctl(linux.PR_SET_DUMPABLE, 0)
        return "" if linux.prctl(linux.PR_GET_DUMPABLE) == 0 else "memory can still be read by others"
