"""The interface of a course system: an export to read, and a gradebook to write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from autograder.courses.gradebook import Gradebook
from autograder.intake import plain_id
from autograder.model.people import SubmissionMetadata


@dataclass(frozen=True, slots=True)
class ExportedSubmission:
    """The submission of one student or group in an export.

    Attributes:
        id: its name in the grades table, before it is made unique.
        metadata: who handed it in and when, as the system says.
        files: names as handed in -> names in the export.
        notes: remarks for the student, such as which attempt counts.

    """

    id: str
    metadata: SubmissionMetadata
    files: dict[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """The files of a folder or archive that may be an export.

    Attributes:
        origin: what to call it in messages.
        names: of its files, relative, with ``/``.
        top: the names at its top, those of folders with ``/`` at the end.
        read: the contents of the file of a name, of at most so many bytes.

    """

    origin: str
    names: Sequence[str]
    top: Sequence[str]
    read: Callable[[str, int], bytes]


class CourseSystem(Protocol):
    """A course system. Adding one is adding a module here and a line to :data:`autograder.courses.systems.SYSTEMS`.

    Attributes:
        name: as shown to users.
        naming: how it names what it exports, for messages.
        gradebook: the table of grades that it exports and imports; None where there is none.

    """

    name: str
    naming: str
    gradebook: type[Gradebook] | None

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether these are the names of this system's export: the files at its top, and folders with ``/`` at the end.

        Only names that the system itself gives may decide: students choose the names of their files.
        """

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """Every submission of an export, the latest attempt of each sender.

        Raises:
            UsageError: it cannot be read.

        """


def unnamed(names: Sequence[str], known: Collection[str]) -> list[ExportedSubmission]:
    """Files beside those that the system named: each file or folder is a submission of an unknown student."""
    tops: dict[str, dict[str, str]] = defaultdict(dict)
    for name in names:
        if name not in known:
            top, _, inside = name.partition("/")
            tops[top][inside or name] = name
    return [
        ExportedSubmission(plain_id(PurePosixPath(top)) if top in files else top, SubmissionMetadata(), files)
        for top, files in tops.items()
    ]
