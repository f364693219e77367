"""Sakai: the zip of "download all" of an assignment.

A folder is ``<last>, <first>(<user>)``; in it are ``timestamp.txt``, what was typed as ``..._submissionText.html``, and
a folder of what was handed in, named in Sakai's language. Beside the folders is ``grades.csv``, or another table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from autograder.courses.gradebook import Gradebook
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.errors import IntakeError
from autograder.model.people import Student, SubmissionMetadata

_FOLDER = re.compile(r"(?P<name>[^/]*\S)\((?P<user>[^()/]+)\)/")
_BESIDE = re.compile(r"grades\.(?:csv|xlsx?)|[^/]+\.html")
_TIME = "timestamp.txt"
_TYPED = "_submissionText"
_FEEDBACK = re.compile(r"feedback", re.IGNORECASE)
_LARGEST = 1 << 20


class Sakai:
    """The export of an assignment."""

    name = "Sakai"
    naming = "<last>, <first>(<user>)"
    gradebook: type[Gradebook] | None = None

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether there are folders of students, and beside them nothing but Sakai's tables."""
        folders = [n for n in top if n.endswith("/")]
        beside = [n for n in top if not n.endswith("/")]
        return (
            bool(folders)
            and all(map(_FOLDER.fullmatch, folders))
            and all(map(_BESIDE.fullmatch, beside))
            and any(n.startswith("grades.") for n in beside)
        )

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """What each sender handed in."""
        folders: dict[str, list[str]] = defaultdict(list)
        known = {n for n in export.top if not n.endswith("/")}
        for name in export.names:
            top, slash, inside = name.partition("/")
            if _FOLDER.fullmatch(top + slash):
                folders[top].append(inside)
                known.add(name)
        found = [_submission(export, top, inside) for top, inside in folders.items()]
        return [*found, *unnamed(export.names, known)]


def _submission(export: Export, top: str, inside: Sequence[str]) -> ExportedSubmission:
    match = _FOLDER.fullmatch(f"{top}/")
    assert match
    files = {}
    for name in inside:
        folder, slash, file = name.partition("/")
        if slash and not _FEEDBACK.search(folder):
            files[file] = f"{top}/{name}"
    typed = any(_TYPED in name and _text(export, f"{top}/{name}") for name in inside if "/" not in name)
    metadata = SubmissionMetadata(
        (Student((match["user"],), match["name"]),),
        at=_time(_text(export, f"{top}/{_TIME}")) if _TIME in inside else None,
        typed="a text entry" if typed and not files else "",
    )
    return ExportedSubmission(match["user"], metadata, files)


def _text(export: Export, name: str) -> str:
    try:
        return export.read(name, _LARGEST).decode("utf-8", "replace").strip()
    except IntakeError:
        return ""


def _time(text: str) -> datetime | None:
    """The time in UTC: ``2026-11-20T23:59:00Z``, or ``20261120235900000`` of older versions."""
    digits = re.sub(r"\D", "", text)[:14]
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
