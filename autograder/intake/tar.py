"""A tar archive, packed by gzip perhaps: the files that may count are held in memory, all others are passed over."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from functools import partial
from pathlib import Path
from typing import BinaryIO

from autograder.intake import by_hand
from autograder.intake.kinds import ARCHIVES, NOTEBOOK, kind_of
from autograder.intake.omissions import Omissions, printable
from autograder.intake.trees import Tree, files_that_count, member_name, note_clone, open_regular, read_at_most
from autograder.model.errors import IntakeError
from autograder.model.limits import MIB, IntakeLimits

_GZIP = b"\x1f\x8b"
_DAMAGED = (tarfile.TarError, zlib.error, EOFError, ValueError, gzip.BadGzipFile)


class TarArchive:
    """A tar archive that was handed in; the same counts as in :class:`~autograder.intake.trees.Archive`."""

    def __init__(self, path: Path, limits: IntakeLimits, data: bytes | None = None) -> None:
        """Read the archive at ``path``, or the one whose contents are ``data``."""
        self.names: list[str] = []
        self.left_out = Omissions()
        self.clones: set[str] = set()
        self.root = path
        self.limits = limits
        self.outer: tuple[Tree, str] | None = None
        """The archive or folder that holds this one, and its name there."""
        self._contents: dict[str, bytes] = {}
        self._room = {True: limits.packed, False: limits.total}
        """Bytes that may still be held: of files that may be answers, and of others."""
        try:
            with open_regular(path) if data is None else io.BytesIO(data) as file:
                self._read_all(_TarStream(file, limits.unpacked, path.name))
        except _DAMAGED as error:
            raise IntakeError(
                f"{path.name}: expected a tar archive; found something else ({error})",
                by_hand.ARCHIVE,
                for_a_person=True,
            ) from None
        self.names = files_that_count(path.name, self.names, limits, self.left_out)

    def _read_all(self, unpacked: _TarStream) -> None:
        with tarfile.open(fileobj=unpacked, mode="r:") as tar:  # type: ignore[call-overload]
            for member in tar:
                note_clone(member.name, self.clones)
                name = member_name(member.name + "/" * member.isdir(), self.limits, self.left_out)
                if not name:
                    continue
                if not member.isreg():
                    self.left_out.files[name] = "a link or a special file"
                    continue
                self.names.append(name)
                self._contents.pop(name, None)
                if self._counts(member):
                    file = tar.extractfile(member)
                    assert file is not None
                    self._contents[name] = b"".join(iter(partial(file.read, MIB), b""))

    def _counts(self, member: tarfile.TarInfo) -> bool:
        """Whether a file is held in memory. Of others than answers and small files, only the name counts."""
        kind = kind_of(member.name)
        most = {NOTEBOOK: self.limits.notebook, **dict.fromkeys(ARCHIVES, self.limits.packed)}
        may_be_answer = bool(kind)
        if member.size > most.get(kind, self.limits.module):
            return False
        if member.size > self._room[may_be_answer]:
            if may_be_answer:
                raise IntakeError(_too_large(self.root.name, self.limits.packed), "too large")
            return False
        self._room[may_be_answer] -= member.size
        return True

    def read(self, name: str, most: int) -> bytes:
        """The contents of one member."""
        origin = f"{self.root.name}: {printable(name)}"
        if name not in self._contents:
            raise IntakeError(_too_large(origin, most), "too large")
        return read_at_most(io.BytesIO(self._contents[name]), most, origin)

    def close(self) -> None:
        """Give back the memory."""
        self._contents.clear()


class _TarStream:
    """The tar archive in a file, without gzip, read once from its beginning to its end.

    Args:
        file: the file.
        most: bytes of the archive.
        origin: its name, for messages.

    """

    def __init__(self, file: BinaryIO, most: int, origin: str) -> None:
        is_packed = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        self._source = gzip.GzipFile(fileobj=file) if is_packed else file
        self._most, self._origin = most, origin
        self._at = 0

    def tell(self) -> int:
        """Bytes that were read."""
        return self._at

    def read(self, size: int) -> bytes:
        """The next bytes.

        Raises:
            IntakeError: there are too many.

        """
        if size > MIB:  # as no file is read: the attributes of a member
            raise IntakeError(f"{self._origin}: its table of contents is too long", "too large")
        data = self._source.read(size)
        self._at += len(data)
        if self._at > self._most:
            raise IntakeError(_too_large(self._origin, self._most), "too large")
        return data

    def seek(self, position: int) -> None:
        """Pass over what comes before ``position``."""
        while self._at < position and self.read(min(MIB, position - self._at)):
            pass


def _too_large(origin: str, most: int) -> str:
    return f"{origin}: expected at most {most // MIB} MiB; found more"
