"""Finds out which layers hold on this machine: each is put on in a child, which then tries what it forbids."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING, NamedTuple

from autograder.sandbox.layers import confine, landlock, linux, seccomp

if TYPE_CHECKING:
    from collections.abc import Callable

_UNPRIVILEGED = 65_534


class Layer(NamedTuple):
    """One layer of confinement, whether it holds here, and what that means or what is missing."""

    name: str
    holds: bool
    detail: str


def probe(without: frozenset[str] = frozenset()) -> tuple[Layer, ...]:
    """Try every layer; those named in ``without`` are reported as switched off."""
    if sys.platform != "linux":
        return tuple(Layer(name, holds=False, detail=f"needs Linux, this is {sys.platform}") for name in _PROBES)
    layers = []
    for name, (attempt, detail) in _PROBES.items():
        problem = "switched off" if name in without else _in_child(attempt)
        layers.append(Layer(name, holds=not problem, detail=problem or detail))
    return tuple(layers)


def private_interpreter() -> bool:
    """Whether a user other than root could not read the interpreter's files."""

    def attempt() -> str:
        os.setresgid(_UNPRIVILEGED, _UNPRIVILEGED, _UNPRIVILEGED)
        os.setresuid(_UNPRIVILEGED, _UNPRIVILEGED, _UNPRIVILEGED)
        for directory in confine.interpreter_directories():
            if not os.access(directory, os.R_OK | os.X_OK):
                return f"{directory} is private"
        return ""

    return bool(_in_child(attempt))


def unshare() -> None:
    """Give this process and its children a network of their own without any device, and own IPC."""
    flags = linux.CLONE_NEWNET | linux.CLONE_NEWIPC
    if os.geteuid() == 0:
        linux.unshare(flags)
        return
    uid, gid = os.getuid(), os.getgid()
    linux.unshare(linux.CLONE_NEWUSER | flags)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123
            file.write(text)


def _in_child(attempt: Callable[[], str]) -> str:
    """What ``attempt``, run in a forked child, found wrong; empty when nothing."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            try:
                problem = attempt()
            except OSError as error:
                problem = error.strerror or str(error)
            except BaseException as error:  # noqa: BLE001  (a child must end here, whatever happens)
                problem = f"{type(error).__name__}: {error}"
            os.write(writer, problem.encode()[:500])
        finally:
            os._exit(0 if not problem else 1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return said or ("" if status == 0 else f"the trial ended with status {status}")


def _denied(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return True
    return False


def _uid() -> str:
    if os.geteuid() != 0:
        return "needs root; student code runs as this user"
    confine.drop_root(keep_reading=False)
    if _denied(lambda: os.kill(1, 0)) and _denied(lambda: os.setuid(0)):
        return ""
    return "a process without root could still act as root"


def _namespaces() -> str:
    unshare()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there:
        # An own network has no route to anywhere.
        return "" if _denied(lambda: there.connect(("192.0.2.1", 9))) else "the network is still there"


def _limits() -> str:
    confine.put_first_in_line_for_the_oom_killer()
    confine.limit(confine.Bounds(memory=16 << 20, cpu_seconds=1, open_files=16, processes=0), own_uid=False)
    try:
        bytearray(64 << 20)
    except MemoryError:
        return ""
    return "memory beyond the limit could be had"


def _undumpable() -> str:
    linux.prctl(linux.PR_SET_DUMPABLE, 0)
    return "" if linux.prctl(linux.PR_GET_DUMPABLE) == 0 else "memory can still be read by others"


def _landlock() -> str:
    try:
        rules = landlock.ruleset(confine.readable())
    except OSError as error:
        return f"no Landlock in this kernel or container ({error.strerror}); Linux 5.13 or newer has it"
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict(rules)
    if not _denied(lambda: os.open("/proc/self/status", os.O_RDONLY)):
        return "a forbidden file could be read"
    os.close(os.open(os.path.join(confine.interpreter_directories()[0], "os.py"), os.O_RDONLY))  # noqa: PTH118
    return ""


def _seccomp() -> str:
    if not seccomp.supported():
        return f"no system call numbers known for {os.uname().machine}; x86_64 and aarch64 are"
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install(files=False)
    for attempt in (os.fork, socket.socket, lambda: os.open("/", os.O_RDONLY), lambda: os.kill(1, 0)):
        if not _denied(attempt):
            return "a forbidden system call went through"
    return ""


_PROBES: dict[str, tuple[Callable[[], str], str]] = {
    "uid": (_uid, "every worker is a user of its own, without rights"),
    "namespaces": (_namespaces, "no network device, own IPC"),
    "limits": (_limits, "memory, CPU, files, threads and core dumps are bounded"),
    "undumpable": (_undumpable, "a worker's memory cannot be read by its like"),
    "landlock": (_landlock, "only Python's own files can be opened, and only for reading"),
    "seccomp": (_seccomp, "no process, program, socket or signal to others: an allow-list of system calls"),
}

REMEDIES = {
    "uid": "run as root, in a container for example; not needed where Landlock holds",
    "namespaces": "allow unprivileged user namespaces, or CAP_SYS_ADMIN; seccomp forbids sockets anyway",
    "landlock": "Linux 5.13 or newer with lsm=...,landlock; without it workers open no files at all",
    "seccomp": "a container with Docker's default profile or a kernel with CONFIG_SECCOMP_FILTER",
    "limits": "a writable /proc and a hard limit on memory above 1 GiB (ulimit -Hv)",
    "undumpable": "a kernel that knows prctl(PR_SET_DUMPABLE)",
}
"""What to do where a layer is missing."""


def floor(layers: tuple[Layer, ...]) -> str:
    """What confines student code under ``layers``, in words."""
    held = {layer.name for layer in layers if layer.holds}
    user = "every worker is a user of its own" if "uid" in held else "workers share the user who grades"
    files = "open Python's own files only" if "landlock" in held else "open no file (memory only)"
    return f"{user}; they {files}, and no socket, and start no process"


NAMES = tuple(_PROBES)
"""The layers, in the order in which they are put on."""
