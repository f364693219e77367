"""The seccomp filter: an allow-list of system calls, assembled here for two architectures.

Written out as classic BPF rather than through libseccomp, which a fresh machine need not have.
Numbers are from the kernel's arch/x86/entry/syscalls/syscall_64.tbl and
include/uapi/asm-generic/unistd.h (aarch64).
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import struct
from typing import ClassVar

from autograder.sandbox.layers import linux
from autograder.sandbox.layers.layer import Confinement, Layer, denied

_ARCHES = {"x86_64": (0xC000003E, 0, 317), "aarch64": (0xC00000B7, 1, 277)}  # audit arch, column, seccomp(2)

# name: (x86_64, aarch64); None where the architecture has no such call
ALWAYS: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "poll": (7, None),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "pread64": (17, 67),
    "readv": (19, 65),
    "writev": (20, 66),
    "pipe": (22, None),
    "select": (23, None),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "dup": (32, 23),
    "dup2": (33, None),
    "pause": (34, None),
    "nanosleep": (35, 101),
    "getitimer": (36, 102),
    "alarm": (37, None),
    "setitimer": (38, 103),
    "getpid": (39, 172),
    "exit": (60, 93),
    "uname": (63, 160),
    "getcwd": (79, 17),
    "umask": (95, 166),
    "gettimeofday": (96, 169),
    "getrlimit": (97, 163),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "times": (100, 153),
    "getuid": (102, 174),
    "getgid": (104, 176),
    "geteuid": (107, 175),
    "getegid": (108, 177),
    "getppid": (110, 173),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "time": (201, None),
    "futex": (202, 98),
    "epoll_create": (213, None),
    "restart_syscall": (219, 128),
    "fadvise64": (221, 223),
    "exit_group": (231, 94),
    "epoll_wait": (232, None),
    "epoll_ctl": (233, 21),
    "pselect6": (270, 72),
    "ppoll": (271, 73),
    "set_robust_list": (273, 99),
    "epoll_pwait": (281, 22),
    "eventfd2": (290, 19),
    "epoll_create1": (291, 20),
    "dup3": (292, 24),
    "pipe2": (293, 59),
    "getrandom": (318, 278),
    "membarrier": (324, 283),
    "rseq": (334, 293),
}
# Reading files and their names; which files is Landlock's matter, so only where it holds.
FILES: dict[str, tuple[int | None, int | None]] = {
    "stat": (4, None),
    "lstat": (6, None),
    "access": (21, None),
    "getdents64": (217, 61),
    "readlink": (89, None),
    "newfstatat": (262, 79),
    "readlinkat": (267, 78),
    "faccessat": (269, 48),
    "statx": (332, 291),
    "faccessat2": (439, 439),
}
# Reading clocks: the machine's, and the CPU time of the process itself.
CLOCKS: dict[str, tuple[int, int]] = {
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
}
_OPEN = (2, None)
_OPENAT = (257, 56)
_IOCTL = (16, 29)
_CLONE = (56, 220)
_FCNTL = (72, 25)
_PRCTL = (157, 167)
_PRLIMIT = (302, 261)
_KILL = (62, 129)
_TGKILL = (234, 131)
_SCHED_GETAFFINITY = (204, 123)
_CLONE3 = (435, 435)

_CLONE_THREAD = 0x00010000
_NEGATIVE = 0x80000000
_CLOCK_OF_THREAD = 4  # the kernel reads those of the caller's own threads only
_CPU_CLOCKS = 3
_WRITING = os.O_WRONLY | os.O_RDWR
_FCNTL_COMMANDS = (0, 1, 2, 3, 4, 1030)  # duplicate, and get or set the flags of a descriptor
_PRCTL_OPTIONS = (3, 15, 16, 39, 0x53564D41)  # get dumpable, set and get name, get no_new_privs, name a mapping

_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_KILL_PROCESS = 0x80000000
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _ARGUMENT = 0, 4, 16
_NO_NEW_PRIVS_FLAG = 0
_SET_MODE_FILTER = 1

Instruction = tuple[int, int, int, int]


class Seccomp(Layer):
    """A worker makes only the system calls of an allow-list."""

    name: ClassVar[str] = "seccomp"
    guarantee: ClassVar[str] = "no process, program, socket or signal to others: an allow-list of system calls"
    remedy: ClassVar[str] = "a container with Docker's default profile or a kernel with CONFIG_SECCOMP_FILTER"
    required: ClassVar[bool] = True

    def apply(self, confinement: Confinement) -> None:
        """Install the filter, for good; opening files stays allowed where Landlock decides which."""
        if "uid" not in confinement.held:
            linux.keep_capabilities()
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        install(files="landlock" in confinement.held)

    def attempt(self) -> str:
        """Try system calls that are not on the list."""
        if not supported():
            return f"no system call numbers known for {os.uname().machine}; x86_64 and aarch64 are"
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        install(files=False)
        for action in (os.fork, socket.socket, lambda: os.open("/", os.O_RDONLY), lambda: os.kill(1, 0)):
            if not denied(action):
                return "a forbidden system call went through"
        return ""


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def supported() -> bool:
    """Whether this module knows the machine's system calls."""
    return os.uname().machine in _ARCHES


def install(*, files: bool) -> None:
    """Confine this process to the allow-list for good. Needs no_new_privs.

    Args:
        files: whether opening and naming files stays allowed (where Landlock decides which).

    """
    machine = os.uname().machine
    if machine not in _ARCHES:
        raise OSError(errno.ENOSYS, f"no system call numbers for {machine}")
    code = b"".join(struct.pack("<HBBI", *step) for step in assemble(machine, pid=os.getpid(), files=files))
    program = _Program(len(code) // 8, code)
    linux.syscall(_ARCHES[machine][2], _SET_MODE_FILTER, 0, ctypes.byref(program))


def assemble(machine: str, *, pid: int, files: bool) -> list[Instruction]:
    """The filter as (code, jump if true, jump if false, constant) instructions."""
    arch, column, _ = _ARCHES[machine]
    rules: list[Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_JUMP_EQUAL, 1, 0, arch),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":  # the x32 calls, whose numbers start there
        rules += [(_JUMP_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _KILL_PROCESS)]

    def returned(number: int | None, action: int) -> None:
        if number is not None:
            rules.extend([(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, action)])

    def inspected(number: int | None, argument: int, tests: list[tuple[int, int, int]], otherwise: int) -> None:
        """Do with call ``number`` what the first of ``tests`` that holds for the low half of its argument says."""
        if number is None:
            return
        block: list[Instruction] = [(_LOAD, 0, 0, _ARGUMENT + 8 * argument)]
        for code, constant, action in tests:
            block += [(code, 0, 1, constant), (_RETURN, 0, 0, action)]
        block.append((_RETURN, 0, 0, otherwise))
        rules.append((_JUMP_EQUAL, 0, len(block), number))
        rules.extend(block)

    def signals(number: int | None, argument: int) -> None:
        if number is None:
            return
        block: list[Instruction] = [
            (_LOAD, 0, 0, _ARGUMENT + 8 * argument),
            (_JUMP_EQUAL, 0, 1, signal.SIGKILL),
            (_RETURN, 0, 0, refused),
            (_LOAD, 0, 0, _ARGUMENT),
            (_JUMP_EQUAL, 0, 1, pid),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, refused),
        ]
        rules.append((_JUMP_EQUAL, 0, len(block), number))
        rules.extend(block)

    refused = _ERRNO | errno.EPERM
    for numbers in (ALWAYS | (FILES if files else {})).values():
        returned(numbers[column], _ALLOW)
    if files:
        # Landlock before its third version knows no right to truncate: opening to read may empty a file.
        not_to_empty = [(_JUMP_SET, _WRITING, _ALLOW), (_JUMP_SET, os.O_TRUNC, _ERRNO | errno.EACCES)]
        for number, argument in ((_OPEN[column], 1), (_OPENAT[column], 2)):
            inspected(number, argument, not_to_empty, _ALLOW)
    returned(_IOCTL[column], _ERRNO | errno.ENOTTY)
    returned(_CLONE3[column], _ERRNO | errno.ENOSYS)  # glibc then falls back to clone, whose flags can be read
    inspected(_CLONE[column], 0, [(_JUMP_SET, _CLONE_THREAD, _ALLOW)], refused)
    inspected(_FCNTL[column], 1, [(_JUMP_EQUAL, command, _ALLOW) for command in _FCNTL_COMMANDS], refused)
    inspected(_PRCTL[column], 0, [(_JUMP_EQUAL, option, _ALLOW) for option in _PRCTL_OPTIONS], refused)
    inspected(_PRLIMIT[column], 0, [(_JUMP_EQUAL, 0, _ALLOW)], refused)
    inspected(_SCHED_GETAFFINITY[column], 0, [(_JUMP_EQUAL, who, _ALLOW) for who in (0, pid)], refused)
    # A negative clock is the CPU time of a process, of any user, and shows whether it exists.
    own = [(~who << 3 | kind) & 0xFFFFFFFF for who in (0, pid) for kind in range(_CPU_CLOCKS)]
    clocks = [(_JUMP_SET, _CLOCK_OF_THREAD, _ALLOW), *((_JUMP_EQUAL, clock, _ALLOW) for clock in own)]
    for numbers in CLOCKS.values():
        inspected(numbers[column], 0, [*clocks, (_JUMP_AT_LEAST, _NEGATIVE, _ERRNO | errno.EINVAL)], _ALLOW)
    # Signals to itself, except SIGKILL: who dies of that was killed by the kernel, for want of memory.
    for number, argument in ((_KILL[column], 1), (_TGKILL[column], 2)):
        signals(number, argument)
    rules.append((_RETURN, 0, 0, refused))
    return rules
