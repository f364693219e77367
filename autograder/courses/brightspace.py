"""Brightspace (D2L): the download of an assignment's submissions, and its table of grades.

A folder is ``<user id>-<folder id> - <name> - <time>``, with ``index.html`` beside the folders; a download of files
alone has ``<user id>-<folder id> - <name> - <time> - <file>``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from autograder.courses.brightspace_grades import BrightspaceGrades
from autograder.courses.gradebook import Gradebook
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.people import Student, SubmissionMetadata

_HEAD = r"(?P<user>[0-9]+)-(?P<id>[0-9]+) - (?P<name>[^/]+?)"
_WORDS = r"(?:(?! - )[^/])*?"
_TIME = (
    rf" - (?P<time>{_WORDS}\b[0-9]{{4}}\b{_WORDS} (?:[0-9]{{3,4}}|[0-9]{{1,2}}[.:][0-9]{{2}})(?: ?[AaPp]\.?[Mm]\.?)?)"
)
_FOLDER = re.compile(rf"{_HEAD}(?:{_TIME})?/", re.DOTALL)
_FILE = re.compile(rf"{_HEAD}{_TIME} - (?P<file>[^/]+)", re.DOTALL)
_INDEX = "index.html"
_DAYS = ("%b %d, %Y", "%B %d, %Y", "%d %b, %Y", "%d %B, %Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d")
_TIMES = tuple(f"{day} {clock}" for day in _DAYS for clock in ("%I%M %p", "%H%M"))


class Brightspace:
    """The export of an assignment."""

    name = "Brightspace"
    naming = "<user id>-<folder id> - <name> - <time>"
    gradebook: type[Gradebook] | None = BrightspaceGrades

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether most names are Brightspace's own."""
        others = [n for n in top if n != _INDEX]
        return sum(_match(n) is not None for n in others) * 2 > len(others)

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """The latest submission of each sender."""
        senders: dict[str, dict[str, list[tuple[re.Match[str], str, str]]]] = defaultdict(lambda: defaultdict(list))
        known = {_INDEX}
        for name in export.names:
            top, slash, inside = name.partition("/")
            if match := _match(top + slash):
                known.add(name)
                senders[match["user"]][match["time"] or ""].append((match, inside or match["file"], name))
        found = [_latest(user, times) for user, times in senders.items()]
        return [*found, *unnamed(export.names, known)]


def _match(top: str) -> re.Match[str] | None:
    return (_FOLDER if top.endswith("/") else _FILE).fullmatch(top)


def _latest(user: str, times: dict[str, list[tuple[re.Match[str], str, str]]]) -> ExportedSubmission:
    known = {time: _time(time) for time in times}
    notes: tuple[str, ...] = ()
    if len(times) > 1:
        notes = ("of several submissions the latest counts",)
    latest = max(times, key=lambda time: (known[time] or datetime.min, time))  # noqa: DTZ901  (none has an offset)
    first = times[latest][0][0]
    student = Student((user,), first["name"], system="Brightspace", number=user)
    # Brightspace takes a file in the folder as feedback.
    feedback = f"{first[0]}feedback.html" if first[0].endswith("/") else ""
    metadata = SubmissionMetadata((student,), at=known[latest], feedback=feedback)
    return ExportedSubmission(
        f"{first['name']}_{user}", metadata, {inside: name for _, inside, name in times[latest]}, notes
    )


def _time(text: str) -> datetime | None:
    """The time in a folder's name, by the clock of the system, wherever that is."""
    plain = re.sub(r"[.:](?=[0-9]{2}\b)", "", text)
    plain = re.sub(r" ?([AaPp])\.?([Mm])\.?$", r" \1\2", plain).strip()
    # "959 AM": the hour in one digit.
    plain = re.sub(r"\b([0-9])([0-9]{2})(?= [AaPp][Mm]$|$)", r"0\1\2", plain)
    for form in _TIMES:
        try:
            return datetime.strptime(plain, form)  # noqa: DTZ007
        except ValueError:
            continue
    return None
