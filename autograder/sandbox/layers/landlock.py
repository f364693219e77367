"""Landlock: which files a process may still open. Kernel 5.13 and later; needs no privilege.

See Documentation/userspace-api/landlock.rst of the kernel.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from autograder.sandbox.layers import linux
from autograder.sandbox.layers.layer import WORKER_DESCRIPTORS, Confinement, Layer, denied
from autograder.sandbox.layers.readable import interpreter_directories, readable_paths

if TYPE_CHECKING:
    from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_FILE_RIGHTS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_TCP = 0b11
_SCOPES = 0b11  # abstract sockets and signals of others


class Landlock(Layer):
    """A worker opens Python's own files only, and only for reading."""

    name: ClassVar[str] = "landlock"
    guarantee: ClassVar[str] = "only Python's own files can be opened, and only for reading"
    remedy: ClassVar[str] = "Linux 5.13 or newer with lsm=...,landlock; without it workers open no files at all"

    def prepare(self, held: frozenset[str]) -> None:  # noqa: ARG002
        """Make the rules, which all workers share."""
        rules = ruleset(readable_paths())
        self.descriptors = (fcntl.fcntl(rules, fcntl.F_DUPFD_CLOEXEC, WORKER_DESCRIPTORS),)
        os.close(rules)

    def apply(self, confinement: Confinement) -> None:  # noqa: ARG002
        """Apply the rules to this thread, for good."""
        (rules,) = self.descriptors
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        restrict(rules)
        os.close(rules)

    def attempt(self) -> str:
        """Try to open a file of the system, and one of Python's."""
        try:
            rules = ruleset(readable_paths())
        except OSError as error:
            return f"no Landlock in this kernel or container ({error.strerror}); Linux 5.13 or newer has it"
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        restrict(rules)
        if not denied(lambda: os.open("/proc/self/status", os.O_RDONLY)):
            return "a forbidden file could be read"
        os.close(os.open(os.path.join(interpreter_directories()[0], "os.py"), os.O_RDONLY))  # noqa: PTH118
        return ""


class _Ruleset(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("access", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def abi() -> int:
    """The kernel's Landlock version; OSError where it has none or it is switched off."""
    return linux.syscall(_CREATE_RULESET, ctypes.c_void_p(None), 0, _VERSION_FLAG)


def ruleset(readable: Iterable[str]) -> int:
    """A file descriptor of rules: everything is denied but reading beneath ``readable``.

    Also allowed is writing to ``/dev/null``. TCP, other processes' abstract sockets and
    signals are denied as far as the kernel can.
    """
    version = abi()
    rules = _Ruleset(
        fs=(1 << _FILE_RIGHTS_BY_ABI.get(version, 16)) - 1,
        net=_TCP if version >= 4 else 0,
        scoped=_SCOPES if version >= 6 else 0,
    )
    size = 8 if version < 4 else 16 if version < 6 else 24
    fd = linux.syscall(_CREATE_RULESET, ctypes.byref(rules), size, 0)
    for path in readable:
        _allow(fd, path, _READ_FILE | _READ_DIR if Path(path).is_dir() else _READ_FILE)
    _allow(fd, os.devnull, _READ_FILE | _WRITE_FILE)
    return fd


def restrict(fd: int) -> None:
    """Apply the rules to this thread, for good. Needs no_new_privs."""
    linux.syscall(_RESTRICT_SELF, fd, 0)


def _allow(fd: int, path: str, access: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no permission
    try:
        rule = _PathBeneath(access=access, parent=parent)
        linux.syscall(_ADD_RULE, fd, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
