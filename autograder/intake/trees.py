"""A folder or an archive as a list of names whose contents are read on demand, in memory, up to a bound."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import struct
import unicodedata
import weakref
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol

from autograder.intake.noise import is_noise
from autograder.model.errors import IntakeError
from autograder.model.limits import MIB, IntakeLimits

_ENCRYPTED = 0x1


class Tree(Protocol):
    """What a submission consists of.

    Attributes:
        names: relative names with ``/``, noise left out; two entries may share one.
        notes: what was left out, and why.

    """

    names: list[str]
    notes: list[str]

    def read(self, name: str, most: int) -> bytes:
        """The contents of a file of at most ``most`` bytes.

        Raises:
            IntakeError: it is longer, or cannot be read.

        """


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading: no link, device, pipe or socket.

    Raises:
        IntakeError: it is one of those.

    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    # Asked first as well, since opening a device can have effects, and for a better message.
    if not stat.S_ISREG(mode := path.lstat().st_mode):
        raise IntakeError(f"{path.name}: expected a regular file; found {_kind(mode)}")
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise IntakeError(f"{path.name}: expected a regular file")
    return os.fdopen(descriptor, "rb")


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFLNK: "a symbolic link",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFDIR: "a folder",
    }
    return kinds.get(stat.S_IFMT(mode), "a device")


def read_at_most(file: BinaryIO, most: int, origin: str) -> bytes:
    """The contents of an open file.

    Raises:
        IntakeError: there are more than ``most`` bytes.

    """
    data = file.read(most + 1)
    if len(data) > most:
        raise IntakeError(f"{origin}: expected at most {most // MIB} MiB; found more", "too large")
    return data


class Folder:
    """A handed-in folder; links and special files in it do not count, nor do virtual environments."""

    def __init__(self, root: Path, limits: IntakeLimits) -> None:
        self.root = root
        self.names: list[str] = []
        self.notes: list[str] = []
        self._seen = 0
        self._limits = limits
        self._walk(root, "")

    def _walk(self, folder: Path, prefix: str) -> None:
        if prefix.count("/") > self._limits.depth:
            self.notes.append(f"left out what is more than {self._limits.depth} folders deep")
            return
        with os.scandir(folder) as entries:
            inside = []
            for entry in entries:
                self._seen += 1
                if self._seen > self._limits.entries:
                    most = self._limits.entries
                    raise IntakeError(f"{self.root.name}: expected at most {most} files; found more", "too large")
                inside.append(entry)
        if prefix and any(e.name == "pyvenv.cfg" for e in inside):
            return
        for entry in sorted(inside, key=lambda e: e.name):
            name = prefix + entry.name
            if is_noise(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                self._walk(Path(entry.path), f"{name}/")
            elif not entry.is_file(follow_symlinks=False):
                kind = _kind(entry.stat(follow_symlinks=False).st_mode)
                self.notes.append(f"left out {_printable(name)}: {kind}")
            elif entry.stat(follow_symlinks=False).st_nlink > 1:
                self.notes.append(f"left out {_printable(name)}: a hard link, hand in a copy instead")
            else:
                self.names.append(name)

    def read(self, name: str, most: int) -> bytes:
        """The contents of one file."""
        with open_regular(self.root / name) as file:
            return read_at_most(file, most, f"{self.root.name}: {_printable(name)}")


class _Bounded(io.BufferedReader):
    """Refuses to read much at once while :mod:`zipfile` takes in a table of contents."""

    origin: str = ""
    most: int = -1

    def read(self, size: int | None = -1, /) -> bytes:
        if self.most < 0:
            return super().read(size)
        data = super().read(self.most + 1 if size is None or size < 0 else min(size, self.most + 1))
        if len(data) > self.most:
            raise IntakeError(f"{self.origin}: its table of contents is too long", "too large")
        return data


@contextlib.contextmanager
def _damaged(message: str) -> Iterator[None]:
    """Turn whatever :mod:`zipfile` raises over a damaged archive, which is not documented, into ``message``."""
    kinds = (zipfile.BadZipFile, zlib.error, struct.error, ArithmeticError, EOFError, ValueError, RuntimeError)
    try:
        yield
    except kinds as error:
        raise IntakeError(f"{message} ({error})") from None
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the beginning of the file
            raise
        raise IntakeError(message) from None


class Archive:
    """A handed-in zip. Names that lead out of it, links and special files do not count."""

    def __init__(self, path: Path, limits: IntakeLimits, data: bytes | None = None) -> None:
        """Open the archive at ``path``, or the one whose contents are ``data``."""
        self.root = path
        self.names: list[str] = []
        self.notes: list[str] = []
        if data is None:
            with open_regular(path) as file:
                self._file = _Bounded(io.FileIO(os.dup(file.fileno()), closefd=True))
        else:
            self._file = _Bounded(io.BytesIO(data))
        # An export stays open while its class is graded.
        weakref.finalize(self, self._file.close)
        try:
            self._file.origin, self._file.most = path.name, limits.directory
            with _damaged(f"{path.name}: expected a zip archive; found something else"):
                self._zip = zipfile.ZipFile(self._file)
            self._file.most = -1
            self._members: dict[str, zipfile.ZipInfo] = {}
            self._list(limits)
        except IntakeError:
            self._file.close()
            raise

    def _list(self, limits: IntakeLimits) -> None:
        members = self._zip.infolist()
        if len(members) > limits.entries:
            raise IntakeError(
                f"{self.root.name}: expected at most {limits.entries} files; found {len(members)}", "too large"
            )
        for member in members:
            # Old Windows tools write backslashes; macOS writes accents apart from their letters.
            name = unicodedata.normalize("NFC", member.filename.replace("\\", "/"))
            if not name or name.endswith("/"):
                continue
            parts = name.split("/")
            if name.startswith("/") or ".." in parts or ":" in parts[0]:
                self.notes.append(f"left out {_printable(name)}: its name leads out of the archive")
            elif any(is_noise(p) for p in parts):
                continue
            elif len(parts) > limits.depth + 1:
                self.notes.append(f"left out what is more than {limits.depth} folders deep")
            elif (kind := stat.S_IFMT(member.external_attr >> 16)) not in {0, stat.S_IFREG}:
                self.notes.append(f"left out {_printable(name)}: {_kind(kind)}")
            else:
                self.names.append(name)
                self._members[name] = member

    def read(self, name: str, most: int) -> bytes:
        """The contents of one member, unpacked in memory as far as ``most`` bytes."""
        origin = f"{self.root.name}: {_printable(name)}"
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED:
            raise IntakeError(f"{origin}: expected a file that can be read; found an encrypted one")
        # Other methods unpack far more than they are asked for.
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise IntakeError(f"{origin}: packed with an unusual method; make a plain zip archive")
        with _damaged(f"{origin}: damaged"), self._zip.open(member) as file:
            return read_at_most(file, most, origin)  # type: ignore[arg-type]

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()


class Part:
    """Some files of a tree, under the names that they had before they were put there."""

    def __init__(self, tree: Tree, files: Mapping[str, str]) -> None:
        self.names = [name for name in files if not any(is_noise(p) for p in name.split("/"))]
        self.notes: list[str] = []
        self._tree, self._files = tree, files

    def read(self, name: str, most: int) -> bytes:
        """The contents of one file."""
        return self._tree.read(self._files[name], most)


def _printable(name: str) -> str:
    shown = "".join(c if c.isprintable() else "?" for c in name)
    return shown if len(shown) <= 80 else f"{shown[:40]}...{shown[-36:]}"
