"""Brightspace (D2L): the download of an assignment's submissions, and its table of grades.

A folder is ``<user id>-<folder id> - <name> - <time>``, with ``index.html`` beside the folders; a download of files
alone has ``<user id>-<folder id> - <name> - <time> - <file>``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from autograder.courses.brightspace_grades import BrightspaceGrades
from autograder.courses.gradebook import Gradebook
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.people import Student, SubmissionMetadata

_HEAD = r"(?P<user>[0-9]+)-(?P<id>[0-9]+) - (?P<name>[^/]+?)"
_WORDS = r"(?:(?! - )[^/])*?"
_CLOCK_TIME = r"(?:[0-9]{3,4}|[0-9]{1,2}[.:h] ?[0-9]{2})(?: ?[AaPp]\.?[Mm]\.?)?"
_TIME = rf" - (?P<time>{_WORDS}\b[0-9]{{4}}\b{_WORDS} {_CLOCK_TIME})"
_FOLDER = re.compile(rf"{_HEAD}(?:{_TIME})?/", re.DOTALL)
_FILE = re.compile(rf"{_HEAD}{_TIME} - (?P<file>[^/]+)", re.DOTALL)
_LONGEST = 300
"""Characters that Brightspace writes into a name at most; longer ones may take long to match."""
_INDEX = "index.html"
_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?:[.:h] ?)?(?P<minute>[0-9]{2})(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?")
_MONTHS = (
    *(
        "jan gen ene",
        "feb fév fev",
        "mar mär maa mrt",
        "apr avr abr",
        "mai may mag maj mei",
        "jun juin giu",
        "jul juil lug",
    ),
    *("aug aoû aou ago", "sep set", "oct okt ott out", "nov", "dec dez déc dic des"),
)
"""How months begin, in the languages of most users."""


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
                file = inside or top[match.start("file") :]
                senders[match["user"]][match["time"] or ""].append((match, file, name))
        found = [_latest(user, times) for user, times in senders.items()]
        return [*found, *unnamed(export.names, known)]


def _match(top: str) -> re.Match[str] | None:
    """What a name says; of a long name of a file, which its student chose, the match ends before the name does."""
    if top.endswith("/"):
        return _FOLDER.fullmatch(top) if len(top) <= _LONGEST else None
    return _FILE.fullmatch(top[:_LONGEST])


def _latest(user: str, times: dict[str, list[tuple[re.Match[str], str, str]]]) -> ExportedSubmission:
    known = {time: _time(time) for time in times}
    notes: tuple[str, ...] = ()
    if len(times) > 1:
        notes = ("of several submissions the latest counts",)
        if None in known.values():
            notes = (
                "of several submissions one counts, whose times were not understood: see whether it is the latest",
            )
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
    """The time in a folder's name, by the clock of the system, wherever that is; ``1159 PM`` or ``23:59``."""
    day, _, clock = unicodedata.normalize("NFC", text).strip().rpartition(" ")
    if clock.rstrip(".").replace(".", "").casefold() in {"am", "pm"}:
        day, _, hours = day.rpartition(" ")
        clock = f"{hours} {clock}"
    match = _CLOCK.fullmatch(clock)
    date = _date(day)
    if not match or not date:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(*date, hour, int(match["minute"]))  # noqa: DTZ001
    except ValueError:
        return None


def _date(text: str) -> tuple[int, int, int] | None:
    """Year, month and day, where the text says them in one of the known ways."""
    numbers = [int(n) for n in re.findall(r"[0-9]+", text)]
    words = [w.casefold() for w in re.findall(r"[^\W\d_]+", text)]
    months = {at for at, starts in enumerate(_MONTHS, 1) for w in words if w.startswith(tuple(starts.split()))}
    match sorted(numbers, reverse=True), months:
        case [year, day], found if year > 31 >= day and len(found) == 1:
            return year, min(found), day
        case [year, _, _], _ if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text.strip()):
            return year, numbers[1], numbers[2]
    return None
