"""Namespaces of the zygote and its workers: no network, own IPC."""

from __future__ import annotations

import os
import socket
from typing import ClassVar

from autograder.sandbox.layers import linux
from autograder.sandbox.layers.layer import Confinement, Layer, denied

_NOWHERE = ("192.0.2.1", 9)  # an address of no network, reserved for documentation


class Namespaces(Layer):
    """The zygote leaves the network and the IPC of the machine, and its workers with it."""

    name: ClassVar[str] = "namespaces"
    guarantee: ClassVar[str] = "no network device, own IPC"
    remedy: ClassVar[str] = "allow unprivileged user namespaces, or CAP_SYS_ADMIN; seccomp forbids sockets anyway"

    def prepare(self, held: frozenset[str]) -> None:  # noqa: ARG002
        """Enter the namespaces."""
        enter(linux.CLONE_NEWNET | linux.CLONE_NEWIPC)

    def apply(self, confinement: Confinement) -> None:
        """A worker is born into the namespaces of its zygote."""

    def attempt(self) -> str:
        """Try to find a route to anywhere."""
        self.prepare(frozenset())
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there:
            return "" if denied(lambda: there.connect(_NOWHERE)) else "the network is still there"


def enter(flags: int) -> None:
    """Move to new namespaces of the kinds ``flags``; for this, who is not root enters a user namespace as well."""
    if os.geteuid() == 0:
        linux.unshare(flags)
        return
    uid, gid = os.getuid(), os.getgid()
    linux.unshare(linux.CLONE_NEWUSER | flags)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123
            file.write(text)
