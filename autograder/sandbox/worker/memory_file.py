"""A file in memory: its bytes, an open handle on it, and what ``os.stat`` and ``os.scandir`` return for it."""

from __future__ import annotations

import errno
import io
import os
import stat
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator


class Data:
    """The bytes of a file, and when they changed."""

    def __init__(self, data: bytes = b"") -> None:
        self.bytes = bytearray(data)
        self.time = time.time()


class MemoryFile(io.RawIOBase):
    """An open file in memory."""

    def __init__(self, data: Data, name: str, flags: int) -> None:
        super().__init__()
        self._data = data
        self.name = name
        access = flags & (os.O_RDONLY | os.O_WRONLY | os.O_RDWR)
        self._reads = access != os.O_WRONLY
        self._writes = access != os.O_RDONLY
        self._appends = bool(flags & os.O_APPEND)
        self._at = 0

    def readable(self) -> bool:
        """Whether it was opened for reading."""
        return self._reads

    def writable(self) -> bool:
        """Whether it was opened for writing."""
        return self._writes

    def seekable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` from the current position; the number of bytes read."""
        if not self._reads:
            raise io.UnsupportedOperation("not readable")
        found = self._data.bytes[self._at : self._at + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def write(self, data: Any) -> int:
        """Write at the current position, or at the end when appending."""
        if not self._writes:
            raise io.UnsupportedOperation("not writable")
        new = bytes(data)
        held = self._data.bytes
        if self._appends:
            self._at = len(held)
        if self._at > len(held):
            held.extend(bytes(self._at - len(held)))
        held[self._at : self._at + len(new)] = new
        self._at += len(new)
        self._data.time = time.time()
        return len(new)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move the position."""
        base = (0, self._at, len(self._data.bytes))[whence]
        if base + offset < 0:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """The position."""
        return self._at

    def truncate(self, size: int | None = None) -> int:
        """Cut or extend the file to ``size`` bytes."""
        size = self._at if size is None else size
        held = self._data.bytes
        del held[size:]
        held.extend(bytes(size - len(held)))
        return size


class Entry:
    """What ``os.scandir`` gives for one name."""

    def __init__(self, folder: str, name: str, status: os.stat_result) -> None:
        self.name = name
        self.path = os.path.join(folder, name)  # noqa: PTH118
        self._status = status

    def __fspath__(self) -> str:
        return self.path

    def __repr__(self) -> str:
        return f"<DirEntry {self.name!r}>"

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:  # noqa: ARG002
        """The result of ``os.stat`` on it."""
        return self._status

    def inode(self) -> int:
        """Its number."""
        return self._status.st_ino

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002
        """Whether it is a folder."""
        return stat.S_ISDIR(self._status.st_mode)

    def is_file(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002
        """Whether it is a file."""
        return stat.S_ISREG(self._status.st_mode)

    def is_symlink(self) -> bool:
        """Never."""
        return False


class Scan:
    """The iterator and context manager that ``os.scandir`` returns."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Iterator[Entry]:
        return self._entries

    def __next__(self) -> Entry:
        return next(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def close(self) -> None:
        """Nothing is open."""


def flags_of(mode: str) -> int:
    """The flags of ``os.open`` for a mode of ``open``."""
    writing = os.O_RDWR if "+" in mode else os.O_RDONLY if "r" in mode else os.O_WRONLY
    new = {"w": os.O_CREAT | os.O_TRUNC, "a": os.O_CREAT | os.O_APPEND, "x": os.O_CREAT | os.O_EXCL}
    found = [flags for letter, flags in new.items() if letter in mode]
    if len(found) + ("r" in mode) != 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    return writing | sum(found)


def status_of(data: Data | None) -> os.stat_result:
    """The result of ``os.stat`` on a file, or on a folder where ``data`` is None."""
    mode = stat.S_IFDIR | 0o755 if data is None else stat.S_IFREG | 0o644
    size, changed = (0, 0.0) if data is None else (len(data.bytes), data.time)
    number = id(data) if data is not None else 1
    return os.stat_result(
        (mode, number, 1, 1, os.getuid(), os.getgid(), size, int(changed), int(changed), int(changed))
    )
