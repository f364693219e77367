"""A folder or an archive as a list of names, whose contents are read into memory on demand, up to a limit."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import stat
import struct
import unicodedata
import weakref
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol

from autograder.intake import by_hand
from autograder.intake.noise import is_noise
from autograder.intake.omissions import Omissions, printable
from autograder.intake.zip_names import name_of
from autograder.model.errors import IntakeError
from autograder.model.limits import MIB, IntakeLimits

_ENCRYPTED = 0x1
_MOST_ENVIRONMENTS = 50
_DRIVE = re.compile(r"[A-Za-z]:")


class Tree(Protocol):
    """The files of a submission.

    Attributes:
        names: relative names with ``/``, noise left out; two entries may share one.
        left_out: what does not count, and why.

    """

    names: list[str]
    left_out: Omissions

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
    # Checked before opening as well: opening a device can have effects, and the message is better.
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
    """A folder that was handed in. Links, special files and virtual environments in it do not count."""

    def __init__(self, root: Path, limits: IntakeLimits) -> None:
        self.root = root
        self.names: list[str] = []
        self.left_out = Omissions()
        self._seen = 0
        self.limits = limits
        # A copy of a folder may share its files (cp -al, rsync --link-dest); a link to another's file is no answer.
        self._owner = root.stat().st_uid
        self._walk(root, "")

    def _walk(self, folder: Path, prefix: str) -> None:
        if prefix.count("/") > self.limits.depth:
            self.left_out.files[prefix] = f"more than {self.limits.depth} folders deep"
            return
        with os.scandir(folder) as entries:
            inside = []
            for entry in entries:
                self._seen += 1
                if self._seen > self.limits.entries:
                    most = self.limits.entries
                    raise IntakeError(f"{self.root.name}: expected at most {most} files; found more", "too large")
                inside.append(entry)
        if prefix:
            self.left_out.folders.add(prefix)
        if prefix and any(e.name == "pyvenv.cfg" for e in inside):
            return
        for entry in sorted(inside, key=lambda e: e.name):
            name = prefix + entry.name
            if is_noise(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                self._walk(Path(entry.path), f"{name}/")
            elif not entry.is_file(follow_symlinks=False):
                self.left_out.files[name] = _kind(entry.stat(follow_symlinks=False).st_mode)
            elif (found := entry.stat(follow_symlinks=False)).st_nlink > 1 and found.st_uid != self._owner:
                self.left_out.files[name] = "a hard link to a file of someone else"
            else:
                self.names.append(name)

    def read(self, name: str, most: int) -> bytes:
        """The contents of one file."""
        with open_regular(self.root / name) as file:
            return read_at_most(file, most, f"{self.root.name}: {printable(name)}")


class SelectedFiles:
    """Some files of a student's own folder, those that exist."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        self.names = [name for name in names if (folder / name).is_file()]
        self.left_out = Omissions()
        self._folder = folder

    def read(self, name: str, most: int) -> bytes:
        """The contents of one file."""
        with (self._folder / name).open("rb") as file:
            return read_at_most(file, most, name)


class _BoundedFile(io.BufferedReader):
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
        raise IntakeError(f"{message} ({error})", by_hand.ARCHIVE, for_a_person=True) from None
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the beginning of the file
            raise
        raise IntakeError(message, by_hand.ARCHIVE, for_a_person=True) from None


class Archive:
    """A zip that was handed in. Links, special files, environments and names that lead out of it do not count."""

    def __init__(self, path: Path, limits: IntakeLimits, data: bytes | None = None) -> None:
        """Open the archive at ``path``, or the one whose contents are ``data``."""
        self.root = path
        self.limits = limits
        self.names: list[str] = []
        self.left_out = Omissions()
        self.clones: set[str] = set()
        """Folders that are clones of Git's."""
        self.outer: tuple[Tree, str] | None = None
        """The archive or folder that holds this one, and its name there."""
        if data is None:
            with open_regular(path) as file:
                self._file = _BoundedFile(io.FileIO(os.dup(file.fileno()), closefd=True))
        else:
            self._file = _BoundedFile(io.BytesIO(data))
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
        for member in self._zip.infolist():
            stored = name_of(member)
            note_clone(stored, self.clones)
            # Old Windows tools write backslashes.
            name = member_name(stored.replace("\\", "/"), limits, self.left_out)
            if not name:
                continue
            if (kind := stat.S_IFMT(member.external_attr >> 16)) not in {0, stat.S_IFREG}:
                self.left_out.files[name] = _kind(kind)
                continue
            self.names.append(name)
            self._members[name] = member
        self.names = files_that_count(self.root.name, self.names, limits, self.left_out)

    def read(self, name: str, most: int) -> bytes:
        """The contents of one member, unpacked in memory as far as ``most`` bytes."""
        origin = f"{self.root.name}: {printable(name)}"
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED:
            raise IntakeError(
                f"{origin}: expected a file that can be read; found an encrypted one",
                by_hand.ARCHIVE,
                for_a_person=True,
            )
        # Other methods unpack far more than they are asked for.
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise IntakeError(
                f"{origin}: packed with an unusual method; make a plain zip archive", by_hand.ARCHIVE, for_a_person=True
            )
        with _damaged(f"{origin}: damaged"), self._zip.open(member) as file:
            return read_at_most(file, most, origin)  # type: ignore[arg-type]

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()


def note_clone(name: str, clones: set[str]) -> None:
    """Add the folder of an archive that is shown to be a clone by a member of this name."""
    folder, git, _ = name.partition("/.git/")
    if git:
        clones.add(unicodedata.normalize("NFC", folder))


def member_name(name: str, limits: IntakeLimits, left_out: Omissions) -> str:
    """The name of an archive's member as it counts; empty for what does not, which is added to ``left_out``."""
    name = unicodedata.normalize("NFC", name)  # macOS writes accents apart from their letters
    parts = [p for p in name.split("/") if p != "."]
    if not parts[-1:] or not parts[-1] or any(is_noise(p) and p != ".." for p in parts):
        left_out.add_folder_of("/".join(parts))
        return ""
    # Other colons are part of a name: on macOS Finder stores a typed / as one.
    if name.startswith("/") or ".." in parts or _DRIVE.match(name):
        left_out.files[name] = "its name leads out of the archive"
        return ""
    if len(parts) > limits.depth + 1:
        left_out.files[name] = f"more than {limits.depth} folders deep"
        return ""
    return "/".join(parts)


def files_that_count(origin: str, names: list[str], limits: IntakeLimits, left_out: Omissions) -> list[str]:
    """The names outside of virtual environments.

    Raises:
        IntakeError: there are too many of them.

    """
    environments = {name.removesuffix("pyvenv.cfg") for name in names if name.endswith("/pyvenv.cfg")}
    left_out.folders |= environments
    if environments:
        folders = re.compile("|".join(map(re.escape, sorted(environments)[:_MOST_ENVIRONMENTS])))
        names = [name for name in names if not folders.match(name)]
    if len(names) > limits.entries:
        raise IntakeError(f"{origin}: expected at most {limits.entries} files; found {len(names)}", "too large")
    return names


class Part:
    """Some files of a tree, under the names that they had before they were put there."""

    def __init__(self, tree: Tree, files: Mapping[str, str], left_out: Omissions | None = None) -> None:
        self.names = [name for name in files if not any(is_noise(p) for p in name.split("/"))]
        self.left_out = left_out or Omissions()
        self.tree, self.files = tree, files

    def read(self, name: str, most: int) -> bytes:
        """The contents of one file."""
        return self.tree.read(self.files[name], most)
