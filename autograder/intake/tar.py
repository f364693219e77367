"""A tar archive, packed by gzip perhaps, in memory."""

from __future__ import annotations

import contextlib
import gzip
import io
import tarfile
import zlib
from pathlib import Path
from typing import BinaryIO

from autograder.intake import by_hand
from autograder.intake.omissions import Omissions
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
        try:
            with open_regular(path) if data is None else io.BytesIO(data) as file:
                unpacked = _unpacked(file, limits.packed, path.name)
            self._tar = tarfile.open(fileobj=unpacked, mode="r:")  # noqa: SIM115  (closed by close)
            self._members: dict[str, tarfile.TarInfo] = {}
            for member in self._tar:
                note_clone(member.name, self.clones)
                name = member_name(member.name + "/" * member.isdir(), limits, self.left_out)
                if not name:
                    continue
                if not member.isreg():
                    self.left_out.files[name] = "a link or a special file"
                    continue
                self.names.append(name)
                self._members[name] = member
        except _DAMAGED as error:
            raise IntakeError(
                f"{path.name}: expected a tar archive; found something else ({error})",
                by_hand.ARCHIVE,
                for_a_person=True,
            ) from None
        self.names = files_that_count(path.name, self.names, limits, self.left_out)

    def read(self, name: str, most: int) -> bytes:
        """The contents of one member."""
        try:
            file = self._tar.extractfile(self._members[name])
            assert file is not None
            return read_at_most(file, most, f"{self.root.name}: {name}")  # type: ignore[arg-type]
        except _DAMAGED as error:
            raise IntakeError(
                f"{self.root.name}: {name}: damaged ({error})", by_hand.ARCHIVE, for_a_person=True
            ) from None

    def close(self) -> None:
        """Give back the memory."""
        self._tar.close()


def _unpacked(file: BinaryIO, most: int, origin: str) -> io.BytesIO:
    """The tar archive in a file, without gzip; the packed one is not held in memory beside it.

    Raises:
        IntakeError: it has more than ``most`` bytes.

    """
    is_packed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    unpacked = io.BytesIO()
    with gzip.GzipFile(fileobj=file) if is_packed else contextlib.nullcontext(file) as source:
        while chunk := source.read(MIB):
            unpacked.write(chunk)
            if unpacked.tell() > most:
                raise IntakeError(f"{origin}: expected at most {most // MIB} MiB; found more", "too large")
    unpacked.seek(0)
    return unpacked
