"""Canvas: the zip of "download submissions", and the gradebook as CSV.

A file is ``<name>[_LATE]_<user id>_<attachment id>_<file>``; ``[LATE_]anon_<id>_<attachment id>_<file>`` where grading
is anonymous; ``<name>[_LATE]_<user id>_text.html`` (``_link.html``) for a text entry. ``<name>`` is the
sortable name, or the group's, in lower case and without what is no letter, digit or ``_``. It holds no number between
two ``_``, so that the first number is the user's, or the end of the name with the user's next to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from autograder.courses.canvas_gradebook import CanvasGradebook
from autograder.courses.gradebook import Gradebook
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.people import Student, SubmissionMetadata

_TYPED = {"text.html": "a text entry", "link.html": "a link"}
_ANONYMOUS = re.compile(r"(?P<late>LATE_)?anon_(?P<user>[A-Za-z0-9]+)_(?P<rest>.+)", re.DOTALL)
_ATTEMPT = re.compile(r"-(\d{1,3})$")
_LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class _File:
    """A file of an export: its name there, and what that says."""

    inner: str
    name: str
    user: str
    late: bool
    attachment: str
    file: str
    typed: str = ""


class Canvas:
    """The export of an assignment."""

    name = "Canvas"
    naming = "<name>_<user id>_<attachment id>_<file>"
    gradebook: type[Gradebook] | None = CanvasGradebook

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether most names are Canvas' own: it gives no two files of one sender the same name."""
        files = _parse([n for n in top if not n.endswith("/")])
        return len({(file.user, file.file) for file in files}) * 2 > len(top)

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """What each sender handed in; a file that Canvas did not name is a submission by itself."""
        files = _parse([n for n in export.names if "/" not in n])
        senders: dict[str, list[_File]] = defaultdict(list)
        for file in files:
            senders[file.user].append(file)
        found = [s for user, sent in senders.items() for s in _of_sender(user, sent)]
        return [*found, *unnamed(export.names, {file.inner for file in files})]


def _parse(names: Sequence[str]) -> list[_File]:
    """What the names say; where a name can be read in two ways, as the others of the export suggest.

    ``team_7_4711_99001_nb.py``: is 7 the user, or 4711? The numbers of one Canvas have a usual length.
    """
    readings = [r for r in map(_readings, names) if r]
    usual = Counter((len(r[0].attachment), len(r[0].user)) for r in readings if len(r) == 1 and r[0].attachment)
    attachment, user = usual.most_common(1)[0][0] if usual else (0, 0)

    def strange(file: _File) -> int:
        return abs(len(file.attachment) - attachment) + abs(len(file.user) - user) if usual else 0

    return [min(several, key=strange) for several in readings]


def _readings(name: str) -> list[_File]:
    """The ways to read a file's name: none where it is not Canvas' own, at most two."""
    if (match := _ANONYMOUS.fullmatch(name)) and (found := _rest(match["rest"])):
        return [_File(name, "", f"anon_{match['user']}", bool(match["late"]), *found)]
    words = name.split("_")
    first = next((at for at, word in enumerate(words) if at and _is_number(word)), len(words))
    return [*_reading(name, words, first), *_reading(name, words, first + 1), *_reading(name, words, first + 2)][:2]


def _reading(name: str, words: Sequence[str], at: int) -> Iterator[_File]:
    """The name with the user's number as its word ``at``."""
    if at >= len(words) or not _is_number(words[at]):
        return
    head = words[:at]
    if late := head[-1] == "LATE" and at > 1:
        head = head[:-1]
    sender = unicodedata.normalize("NFC", "_".join(head))
    # Not of Canvas' making: two numbers within the name, capitals, spaces.
    if sum(map(_is_number, head)) > 1 or not is_word(sender) or sender != sender.lower():
        return
    if found := _rest("_".join(words[at + 1 :])):
        yield _File(name, sender, words[at], late, *found)


def _rest(text: str) -> tuple[str, str, str] | None:
    """What follows the sender: the attachment's number, the name of the file, and what was typed in its place."""
    if text in _TYPED:
        return "", text, _TYPED[text]
    attachment, _, file = text.partition("_")
    return (attachment, file, _TYPED.get(file, "")) if _is_number(attachment) and file else None


def _is_number(word: str) -> bool:
    return len(word) <= _LONGEST_NUMBER and word.isascii() and word.isdigit()


def is_word(text: str) -> bool:
    r"""Whether it consists of what Canvas leaves in a name: letters, marks, digits and ``_``.

    Ruby's ``[[:word:]]`` has marks, as of accents and of vowels in Hindi, which ``\w`` has not.
    """
    return bool(text) and all((kind := unicodedata.category(c))[0] in "LMN" or kind == "Pc" for c in text)


def _of_sender(user: str, files: Sequence[_File]) -> list[ExportedSubmission]:
    names = list(dict.fromkeys(f.name for f in files))
    if len(names) == 1:
        return [_submission(user, files)]
    # Canvas gives each user one name, so one of these is misread: nobody gets the other's place.
    note = f"user {user} appears under several names ({', '.join(names)}), so the number was not used"
    apart = [_submission(user, [f for f in files if f.name == name]) for name in names]
    return [
        replace(s, metadata=replace(s.metadata, students=(Student((), name),)), notes=(*s.notes, note))
        for s, name in zip(apart, names, strict=True)
    ]


def _submission(user: str, files: Sequence[_File]) -> ExportedSubmission:
    notes = []
    latest: dict[str, tuple[tuple[int, int], _File]] = {}
    for file in files:
        if file.typed:
            continue
        path = PurePosixPath(file.file)
        match = _ATTEMPT.search(path.stem)
        original = f"{_ATTEMPT.sub('', path.stem)}{path.suffix}" if match and path.stem != match[0] else file.file
        order = (int(match[1]) if match else 0, int(file.attachment))
        if original in latest:
            notes.append(f"of several attempts at {original} the latest counts")
        if original not in latest or order > latest[original][0]:
            latest[original] = (order, file)
    counted = [file for _, file in latest.values()]
    typed = "" if counted else files[0].typed
    if counted and any(f.typed for f in files):
        notes.append("what was typed into Canvas' text box was not graded; the file was")
    first = (counted or files)[0]
    student = Student((user,), first.name, system="" if user.startswith("anon_") else "Canvas", number=user)
    # Under this name Canvas takes a file as a comment on what it is about.
    feedback = f"{first.inner.removesuffix(first.file)}feedback.html" if first.attachment else ""
    late = any(f.late for f in counted or files)
    return ExportedSubmission(
        f"{first.name}_{user}" if first.name else user,
        SubmissionMetadata((student,), late=late, typed=typed, feedback=feedback),
        {original: file.inner for original, (_, file) in latest.items()},
        tuple(dict.fromkeys(notes)),
    )
