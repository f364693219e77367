"""Blackboard: "assignment file download", and the table of the Grade Center.

A file is ``<assignment>_<username>_attempt_<time>_<file>``; for each attempt there is ``..._attempt_<time>.txt``, which
says who handed in what. The word for an attempt is in the language of the user who downloads it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from autograder.courses.blackboard_grades import BlackboardGrades
from autograder.courses.gradebook import Gradebook
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.errors import IntakeError
from autograder.model.people import Student, SubmissionMetadata

_FILE = re.compile(
    r"(?P<head>[^/]+?)_[^\W\d_][^\d_/]*_(?P<time>[0-9]{4}(?:-[0-9]{2}){5})(?:_(?P<file>[^/]+)|\.txt|/(?P<inside>.*))",
    re.DOTALL,
)
_NAME = re.compile(r"\s*[^\W\d][^:\r\n]{0,40}:[ \t]*(?P<name>[^\r\n]*?)[ \t]*\((?P<user>[^()\r\n]+)\)[ \t]*\r?(?:\n|$)")
_NO_TEXT = "There is no student submission text data"
_LARGEST = 1 << 20


class Blackboard:
    """The export of an assignment."""

    name = "Blackboard"
    naming = "<assignment>_<username>_attempt_<time>_<file>"
    gradebook: type[Gradebook] | None = BlackboardGrades

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether most names are Blackboard's own."""
        return sum(_FILE.fullmatch(n) is not None for n in top) * 2 > len(top)

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """The latest attempt of each sender."""
        attempts: dict[str, dict[str, list[re.Match[str]]]] = defaultdict(lambda: defaultdict(list))
        for match in filter(None, map(_FILE.fullmatch, export.names)):
            attempts[match["head"]][match["time"]].append(match)
        senders = {head: _sender(export, head, times) for head, times in attempts.items()}
        users = _users(senders)
        found = [_latest(users[head], senders[head], times) for head, times in attempts.items()]
        known = {m.string for times in attempts.values() for several in times.values() for m in several}
        return [*found, *unnamed(export.names, known)]


def _sender(export: Export, head: str, attempts: Mapping[str, Sequence[re.Match[str]]]) -> tuple[str, str, str]:
    """The name and user that Blackboard's text on the latest attempt says, empty where there is none, and the text."""
    time = max(attempts)
    text = _text(export, [m.string for m in attempts[time] if m.string.endswith(f"_{time}.txt")])
    match = _NAME.match(text)
    # Blackboard writes the first line; who can say more of a user must agree with the file's name.
    said = (match["name"], match["user"]) if match and head.endswith(f"_{match['user']}") else ("", "")
    return (*said, text)


def _users(senders: Mapping[str, tuple[str, str, str]]) -> dict[str, str]:
    """What follows the assignment's title in each ``<assignment>_<username>``: the title is the same in all."""
    first, last = min(senders), max(senders)
    titles = {head.removesuffix(user) for head, (_, user, _) in senders.items() if user}
    if len(titles) == 1 and all(head.startswith(tuple(titles)) for head in senders):
        title = len(titles.pop())
    elif first == last:
        title = first.rfind("_") + 1
    else:
        pairs = enumerate(zip(first, last, strict=False))
        same = next((at for at, (a, b) in pairs if a != b), min(len(first), len(last)))
        title = first.rfind("_", 0, same) + 1
    return {head: head[title:] for head in senders}


def _latest(
    user: str, sender: tuple[str, str, str], attempts: Mapping[str, Sequence[re.Match[str]]]
) -> ExportedSubmission:
    name, said, text = sender
    user = said or user
    time = max(attempts)
    files = {m["file"] or m["inside"]: m.string for m in attempts[time] if m["file"] or m["inside"]}
    try:
        at = datetime.strptime(time, "%Y-%m-%d-%H-%M-%S")  # noqa: DTZ007  (the clock of the system, wherever it is)
    except ValueError:
        at = None
    metadata = SubmissionMetadata(
        (Student((user,), name),),
        at=at,
        typed="" if files or _NO_TEXT in text else "a text entry",
    )
    notes = ("of several attempts the latest counts",) if len(attempts) > 1 else ()
    return ExportedSubmission(user, metadata, files, notes)


def _text(export: Export, names: Sequence[str]) -> str:
    try:
        return export.read(names[0], _LARGEST).decode("utf-8-sig", "replace") if names else ""
    except IntakeError:
        return ""
