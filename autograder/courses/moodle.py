"""Moodle: "download all submissions" of an assignment, and its grading worksheet.

A folder is ``<full name>_<participant id>_assignsubmission_<plugin>[_]``; where folders are switched off, a file is
``<full name>_<participant id>_assignsubmission_<plugin>_<file>``. Moodle writes spaces for each ``_`` of a name, a
group's name and ``-`` before it in a group's download, and the word for participant in its place where names are
hidden.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from autograder.courses.gradebook import Gradebook
from autograder.courses.moodle_worksheet import MoodleWorksheet
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.people import Student, SubmissionMetadata

_TOP = re.compile(
    r"(?P<head>(?P<name>[^_/]+)_(?P<user>[0-9]+))_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>[^/]*))?(?P<folder>/?)"
)


class Moodle:
    """The export of an assignment."""

    name = "Moodle"
    naming = "<name>_<participant id>_assignsubmission_file"
    gradebook: type[Gradebook] | None = MoodleWorksheet

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether most names are Moodle's own."""
        return sum(_TOP.fullmatch(n) is not None for n in top) * 2 > len(top)

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """The files of each sender, and what was typed where there is none."""
        files: dict[str, dict[str, str]] = defaultdict(dict)
        heads: dict[str, re.Match[str]] = {}
        known: set[str] = set()
        for name in export.names:
            top, slash, inside = name.partition("/")
            match = _TOP.fullmatch(top + slash)
            if not match:
                continue
            known.add(name)
            heads.setdefault(match["user"], match)
            if match["plugin"] == "file":
                files[match["user"]][inside or match["file"] or top] = name
        hidden = len(heads) > 1 and len({m["name"] for m in heads.values()}) == 1
        found = [_submission(match, files.get(user, {}), hidden=hidden) for user, match in heads.items()]
        return [*found, *unnamed(export.names, known)]


def _submission(match: re.Match[str], files: dict[str, str], *, hidden: bool) -> ExportedSubmission:
    name, user = "" if hidden else match["name"], match["user"]
    student = Student((user,), name, system="Moodle", number=user)
    metadata = SubmissionMetadata(
        (student,),
        typed="" if files else "a text entry",
        # Moodle takes a file of this name as feedback, from 3.1 on and before.
        feedback=f"{match['head']}_assignsubmission_file_/feedback.html",
    )
    return ExportedSubmission(match["head"], metadata, files)
