"""The few Linux calls that Python has no name for."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_GET_DUMPABLE = 3
PR_SET_KEEPCAPS = 8
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
MS_NOSUID = 2
MS_NODEV = 4
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
CAP_DAC_READ_SEARCH = 2
_CAP_VERSION_3 = 0x20080522
_MOUNT_SETATTR = 442  # the same on every architecture
_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
_MOUNT_ATTR_RDONLY = 1
_MOUNT_ATTR_NOSUID = 2

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def check(result: int, what: str) -> int:
    """``result``, or OSError naming ``what`` when a C call returned -1."""
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, *values: int) -> int:
    """Operate on this process, as the manual page of prctl describes."""
    padded = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    return check(_libc.prctl(option, *padded), f"prctl({option})")


def syscall(number: int, *args: object) -> int:
    """Call syscall ``number``; ints are passed as longs, ctypes objects as they are."""
    given = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    return check(_libc.syscall(ctypes.c_long(number), *given), f"syscall {number}")


def unshare(flags: int) -> None:
    """Leave the namespaces named by ``flags``, as the manual page of unshare describes."""
    check(_libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount ``source``, or a file system of this ``kind``, at ``target``, as the manual page of mount describes."""
    texts = [os.fsencode(text) for text in (source, target, kind, options)]
    result = _libc.mount(texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3])
    check(result, f"mount {target}")


def make_read_only(target: str) -> None:
    """Let nothing at the mount ``target`` and those beneath it be written to, or run with more rights. Linux 5.12."""
    attributes = (ctypes.c_uint64 * 4)(_MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID, 0, 0, 0)
    path, size = ctypes.c_char_p(os.fsencode(target)), ctypes.sizeof(attributes)
    syscall(_MOUNT_SETATTR, _AT_FDCWD, path, _AT_RECURSIVE, ctypes.byref(attributes), size)


def end_with(parent: int) -> None:
    """Let this process be killed when ``parent``, which forked it, ends, however that happens."""
    if sys.platform == "linux":
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def keep_capabilities(*kept: int) -> None:
    """Make ``kept`` the only permitted and effective capabilities of this process."""
    bits = sum(1 << cap for cap in kept)
    header = (ctypes.c_uint32 * 2)(_CAP_VERSION_3, 0)
    low, high = bits & 0xFFFFFFFF, bits >> 32
    data = (ctypes.c_uint32 * 6)(low, low, 0, high, high, 0)
    check(_libc.capset(header, data), "capset")
