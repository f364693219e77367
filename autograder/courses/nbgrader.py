"""nbgrader: `inbound` of its exchange, with a folder ``<user>+<assignment>+<time>[+<random>]`` for each attempt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from autograder.courses.gradebook import Gradebook
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.people import Student, SubmissionMetadata

_FOLDER = re.compile(
    r"(?P<user>[^+/]+)\+[^+/]+\+(?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}(?:[:_][0-9]{2}){2}\.[0-9]+)"
    r" (?P<zone>[^+/]+)(?:\+[^+/]*)?/"
)
_OWN = "timestamp.txt"


class NbGrader:
    """The attempts at an assignment."""

    name = "nbgrader"
    naming = "<user>+<assignment>+<time>"
    gradebook: type[Gradebook] | None = None

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether most names are nbgrader's own."""
        return sum(_FOLDER.fullmatch(n) is not None for n in top) * 2 > len(top)

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """The latest attempt of each user."""
        attempts: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        matches: dict[str, re.Match[str]] = {}
        known = set()
        for name in export.names:
            top, slash, inside = name.partition("/")
            if match := _FOLDER.fullmatch(top + slash):
                known.add(name)
                matches[top] = match
                attempts[match["user"]][top][inside] = name
        found = []
        for user, several in attempts.items():
            latest = max(several, key=lambda top: matches[top]["time"])
            notes = ("of several attempts the latest counts",) if len(several) > 1 else ()
            metadata = SubmissionMetadata((Student((user,)),), at=_time(matches[latest]))
            files = {inside: name for inside, name in several[latest].items() if inside != _OWN}
            found.append(ExportedSubmission(user, metadata, files, notes))
        return [*found, *unnamed(export.names, known)]


def _time(match: re.Match[str]) -> datetime | None:
    try:
        at = datetime.strptime(match["time"].replace("_", ":"), "%Y-%m-%d %H:%M:%S.%f")  # noqa: DTZ007
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if match["zone"] == "UTC" else at
