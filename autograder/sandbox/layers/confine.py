"""The layers of confinement, in the order in which a worker puts them on, each before any student code.

What each is for: SECURITY.md. Which of them this machine has is found out by :mod:`.probe`;
here they are only applied, and one that fails raises.
"""

from __future__ import annotations

import os
import resource
import site
import sys
import sysconfig
from typing import NamedTuple

from autograder.sandbox.layers import landlock, linux, seccomp

UID_BASE = 0x70000000  # far from the users of any directory service; a worker's uid is this plus its pid
UID_FALLBACK = 20_000  # for user namespaces that map only 65,536
THREADS = 64
SPARE_THREADS = 448
LIBRARY_DIRECTORIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
SYSTEM_FILES = ("/dev/urandom", "/dev/random", "/dev/zero", "/usr/share/zoneinfo", "/etc/localtime")


class Bounds(NamedTuple):
    """What a worker may use: bytes of memory beyond its start, seconds of CPU, files, child processes."""

    memory: int
    cpu_seconds: int
    open_files: int
    processes: int


class Plan(NamedTuple):
    """Which layers to put on.

    Attributes:
        uid: drop root for a user of its own.
        private_interpreter: the interpreter's files cannot be read by that user, so that reading past
            permissions must be kept; only together with Landlock, which still decides what may be read.
        rules: file descriptor of a Landlock ruleset, or -1.
        limits, undumpable, seccomp: put these on.

    """

    uid: bool
    private_interpreter: bool
    rules: int
    limits: bool
    undumpable: bool
    seccomp: bool


def interpreter_directories() -> tuple[str, ...]:
    """Where Python and its packages are: what a worker may read."""
    paths = sysconfig.get_paths()
    wanted = [paths["stdlib"], paths["platstdlib"], paths["purelib"], paths["platlib"], *site.getsitepackages()]
    wanted.append(os.path.join(sys.base_prefix, "lib"))  # noqa: PTH118  (shared libraries of conda and pyenv)
    return tuple(dict.fromkeys(os.path.realpath(path) for path in wanted))


def readable() -> tuple[str, ...]:
    """All that a worker may read where Landlock holds."""
    return (*interpreter_directories(), *LIBRARY_DIRECTORIES, *SYSTEM_FILES)


def confine(plan: Plan, bounds: Bounds, parent: int) -> None:
    """Put on every layer of ``plan``; ``parent`` is the process without which this one must not live."""
    if plan.limits:
        put_first_in_line_for_the_oom_killer()
        limit(bounds, own_uid=plan.uid)
    if plan.uid:
        drop_root(keep_reading=plan.private_interpreter and plan.rules >= 0)
    elif plan.seccomp:
        linux.keep_capabilities()
    if sys.platform == "linux":
        linux.prctl(linux.PR_SET_PDEATHSIG, 9)  # after the change of user, which clears it
    if os.getppid() != parent:
        os._exit(1)
    if plan.undumpable:
        linux.prctl(linux.PR_SET_DUMPABLE, 0)
    if plan.rules >= 0 or plan.seccomp:
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    if plan.rules >= 0:
        landlock.restrict(plan.rules)
        os.close(plan.rules)
    if plan.seccomp:
        seccomp.install(files=plan.rules >= 0)


def put_first_in_line_for_the_oom_killer() -> None:
    """When memory runs out, it is a worker that goes."""
    fd = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
    try:
        os.write(fd, b"1000")
    finally:
        os.close(fd)


def limit(bounds: Bounds, *, own_uid: bool) -> None:
    """Set the resource limits; memory counts from what the process has mapped now."""
    hard = {
        resource.RLIMIT_AS: _mapped() + bounds.memory,
        resource.RLIMIT_CPU: bounds.cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: bounds.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    # It counts all threads of a user: for a shared user, more than all that this machine has is out of reach.
    others = 0 if own_uid else _threads_of_the_machine() + SPARE_THREADS
    hard[resource.RLIMIT_NPROC] = others + 1 + bounds.processes + THREADS
    for which, value in hard.items():
        resource.setrlimit(which, (value, value))


def drop_root(*, keep_reading: bool) -> None:
    """Become a user that nobody else is, without groups and capabilities.

    With ``keep_reading``, CAP_DAC_READ_SEARCH stays: the interpreter is under a private directory
    (/root), and lazy imports must go on working.
    """
    os.setgroups([])
    if keep_reading:
        linux.prctl(linux.PR_SET_KEEPCAPS, 1)
    pid = os.getpid()
    try:
        _become(UID_BASE + pid)
    except OSError:
        _become(UID_FALLBACK + pid % 40_000)
    linux.keep_capabilities(*((linux.CAP_DAC_READ_SEARCH,) if keep_reading else ()))


def _become(uid: int) -> None:
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _mapped() -> int:
    """Bytes of address space in use."""
    return int(_first_line("/proc/self/statm").split()[0]) * resource.getpagesize()


def _threads_of_the_machine() -> int:
    return int(_first_line("/proc/loadavg").split()[3].partition(b"/")[2])


def _first_line(path: str) -> bytes:
    fd = os.open(path, os.O_RDONLY)
    try:
        return os.read(fd, 256)
    finally:
        os.close(fd)
