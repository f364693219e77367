"""GitHub Classroom: what ``gh classroom clone student-repos`` makes, a clone ``<assignment>-<username>`` for each."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.courses.gradebook import Gradebook
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.people import Student, SubmissionMetadata

GIT = ".git/"
"""At the end of a folder's name: it is a clone."""


class GitHubClassroom:
    """The clones of an assignment."""

    name = "GitHub Classroom"
    naming = "clones <assignment>-<username>"
    gradebook: type[Gradebook] | None = None

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether there are several clones and nothing else, all called after one assignment."""
        folders = [n.removesuffix(GIT) for n in top]
        return len(top) > 1 and all(n.endswith("/" + GIT) for n in top) and _prefix(folders) > 0

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """Each clone, its sender named by what follows the assignment."""
        folders: dict[str, dict[str, str]] = {n.removesuffix(GIT).rstrip("/"): {} for n in export.top}
        for name in export.names:
            folder, slash, inside = name.partition("/")
            if slash and folder in folders:
                folders[folder][inside] = name
        start = _prefix([f"{f}/" for f in folders])
        found = [
            ExportedSubmission(folder[start:], SubmissionMetadata((Student(_usernames(folder, start)),)), files)
            for folder, files in folders.items()
        ]
        return [*found, *unnamed(export.names, {n for n in export.names if "/" in n})]


def _usernames(folder: str, start: int) -> tuple[str, ...]:
    """What may be the username: usernames may begin alike, too, as ``jo-miller`` and ``jo-smith``."""
    return (folder[start:], *(folder[at + 1 :] for at in range(start - 2, 0, -1) if folder[at] == "-"))


def _prefix(folders: Sequence[str]) -> int:
    """The length of what the names have in common, up to a hyphen."""
    first, last = min(folders), max(folders)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    return first.rfind("-", 0, same) + 1
