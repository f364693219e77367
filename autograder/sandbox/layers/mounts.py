"""A private root: to a worker, no file but those that it may read exists.

Landlock and seccomp decide which files are opened. Neither keeps a worker from asking whether a path exists, how large
it is and when it changed, and /proc answers so how many files and threads another process has.
See the manual pages of mount_namespaces and mount_setattr.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import ClassVar

from autograder.sandbox.layers import linux
from autograder.sandbox.layers.layer import Confinement, Layer, denied
from autograder.sandbox.layers.namespaces import enter
from autograder.sandbox.layers.readable import interpreter_directories, readable_paths

_COVERED_FIRST = ("/srv", "/media", "/mnt", "/boot", "/opt", "/run")
_EMPTY = ("/home", "/tmp")  # noqa: S108  (what the worker has there is in its memory)
_MOST_LINKS = 40  # as the kernel follows


class Mounts(Layer):
    """A worker's root directory holds the files that it may read, mounted read-only, and nothing else."""

    name: ClassVar[str] = "mounts"
    guarantee: ClassVar[str] = "no file but Python's own can be seen: own root directory, without /proc"
    remedy: ClassVar[str] = (
        "Linux 5.12 or newer, and unprivileged user namespaces or CAP_SYS_ADMIN; "
        "without it workers can ask whether a path exists, and how large it is"
    )

    def __init__(self) -> None:
        self._root = ""

    def prepare(self, held: frozenset[str]) -> None:
        """Mount the root directory, which all workers share. This process goes on seeing the machine's."""
        if "namespaces" in held:  # they give the right to mount
            linux.unshare(linux.CLONE_NEWNS)
        else:
            enter(linux.CLONE_NEWNS)
        linux.mount("none", "/", "", linux.MS_REC | linux.MS_PRIVATE)
        # The directory names the root in this namespace, where it is covered; nothing is written to it.
        names = (*readable_paths(), os.devnull)
        self._root = _unused_directory(names)
        _fill(self._root, names)

    def apply(self, confinement: Confinement) -> None:  # noqa: ARG002
        """Enter the root directory. No way leads back: no open directory, and seccomp forbids chroot and mounts."""
        self._enter()

    def attempt(self) -> str:
        """Look for a process, and for a file of Python's."""
        self.prepare(frozenset())
        self._enter()
        if any(os.path.lexists(path) for path in ("/proc/self", "/proc/1", "/etc/passwd", "/sys/kernel")):
            return "the machine's files can still be seen"
        os.stat(os.path.join(interpreter_directories()[0], "os.py"))  # noqa: PTH116, PTH118
        os.close(os.open(os.devnull, os.O_WRONLY))
        return "" if denied(lambda: os.mkdir("/new")) else "the root directory can be written to"  # noqa: PTH102

    def _enter(self) -> None:
        os.chroot(self._root)
        os.chdir("/")


def _unused_directory(names: tuple[str, ...]) -> str:
    """A directory with none of the files ``names`` and of this package beneath it."""
    used = [*names, *map(os.path.realpath, names), __file__, os.path.realpath(__file__)]
    for directory in _COVERED_FIRST:
        path = Path(directory)
        if path.is_dir() and not path.is_symlink() and not any(path in Path(name).parents for name in used):
            return directory
    raise OSError(f"none of {', '.join(_COVERED_FIRST)} is an unused directory")


def _fill(root: str, names: tuple[str, ...]) -> None:
    """Mount at ``root`` a file system in which the files and directories ``names`` are what they are here."""
    links: dict[str, str] = {}
    found = {real for name in names if os.path.lexists(real := _follow(name, links))}
    tops = sorted(path for path in found if not any(str(parent) in found for parent in Path(path).parents))

    def inside(path: str) -> bool:
        return any(path == top or path.startswith(f"{top}/") for top in tops)

    linux.mount("none", root, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "mode=755")
    mask = os.umask(0o022)
    try:
        for path, target in links.items():
            if not inside(path):
                os.makedirs(os.path.dirname(root + path), exist_ok=True)  # noqa: PTH103, PTH120
                os.symlink(target, root + path)  # noqa: PTH211
        for path in tops:
            _bind(path, root + path)
        for path in _EMPTY:
            if not os.path.lexists(root + path):
                os.mkdir(root + path)  # noqa: PTH102
    finally:
        os.umask(mask)
    linux.make_read_only(root)


def _follow(name: str, links: dict[str, str]) -> str:
    """The path ``name`` without symbolic links; those on the way are added to ``links``."""
    at, left = "/", name.split("/")
    followed = 0
    while left:
        part = left.pop(0)
        here = os.path.normpath(os.path.join(at, part))  # noqa: PTH118  (no symbolic link is on the way: ".." is up)
        target = None
        with contextlib.suppress(OSError):  # no link, or nothing at all
            target = os.readlink(here)  # noqa: PTH115
        if target is None:
            at = here
            continue
        followed += 1
        if followed > _MOST_LINKS:
            raise OSError(f"{name}: too many symbolic links")
        links[here] = target
        left = [*target.split("/"), *left]
        if target.startswith("/"):
            at = "/"
    return at


def _bind(source: str, target: str) -> None:
    if os.path.isdir(source):  # noqa: PTH112
        os.makedirs(target, exist_ok=True)  # noqa: PTH103
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
    linux.mount(source, target, "", linux.MS_BIND | linux.MS_REC)
