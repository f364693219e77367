"""Moodle: "download all submissions" of an assignment, and its grading worksheet.

A folder is ``<full name>_<participant id>_assignsubmission_<plugin>[_]``; where folders are switched off, a file is
``<full name>_<participant id>_assignsubmission_<plugin>_<file>``. Moodle writes spaces for each ``_`` of a name, a
group's name and ``-`` before every name where groups hand in, and the word for participant in the place of each name
where names are hidden.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from autograder.courses.gradebook import Gradebook
from autograder.courses.moodle_worksheet import MoodleWorksheet
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.people import Student, SubmissionMetadata, plain_names

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
        names = [m["name"] for m in heads.values()]
        hidden = len(heads) > 1 and len(set(names)) == 1
        within = _names_in_groups(names)
        found = [
            _submission(match, files.get(user, {}), () if hidden else (match["name"], *within.get(match["name"], ())))
            for user, match in heads.items()
        ]
        return [*found, *unnamed(export.names, known)]


def _names_in_groups(names: Sequence[str]) -> dict[str, list[str]]:
    """What may be the student's name in each ``<group>-<name>``, the longest first; none where some have no group.

    A group's name and a student's may hold ``-``, too. What several names begin with may be a group's, and what comes
    before the first ``-``.
    """
    if len(names) < 2 or not all("-" in name for name in names):
        return {}
    ends = {name: [at + 1 for at, c in enumerate(name) if c == "-"] for name in names}
    shared = Counter(name[:end] for name, several in ends.items() for end in several)
    return {
        name: [name[end:] for end in several if end == several[0] or shared[name[:end]] > 1]
        for name, several in ends.items()
    }


def _submission(match: re.Match[str], files: dict[str, str], names: Sequence[str]) -> ExportedSubmission:
    user = match["user"]
    plain = tuple(dict.fromkeys(p for name in names for p in plain_names(name)))
    student = Student((user,), names[0] if names else "", system="Moodle", number=user, plain=plain)
    metadata = SubmissionMetadata(
        (student,),
        typed="" if files else "a text entry",
        # Moodle takes a file of this name as feedback, from 3.1 on and before.
        feedback=f"{match['head']}_assignsubmission_file_/feedback.html",
    )
    return ExportedSubmission(match["head"], metadata, files)
