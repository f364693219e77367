"""What Canvas gives for "download submissions": a flat zip whose file names say who, when and what.

``<name>[_LATE]_<user id>_<attachment id>_<file>``, ``[LATE_]anon_<id>_<attachment id>_<file>`` where grading is
anonymous, ``<name>[_LATE]_<user id>_text.html`` for what was typed into a box. ``<name>`` is the group's for groups.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.model.people import Student, SubmissionMetadata

_ANONYMOUS = re.compile(r"(?P<late>LATE_)?anon_(?P<user>[A-Za-z0-9]+)_(?P<attachment>\d+)_(?P<file>.+)", re.DOTALL)
_TYPED = re.compile(
    r"(?:(?P<late>LATE_)?anon_(?P<anon>[A-Za-z0-9]+)|(?P<name>.+?)(?P<mark>_LATE)?_(?P<user>\d+))"
    r"(?:_(?P<attachment>\d+))?_(?P<file>(?:text|link)\.html)",
    re.DOTALL,
)
_TYPED_AS = {"text.html": "a text entry", "link.html": "a link"}
_HEAD = re.compile(r"(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.DOTALL)
_ATTEMPT = re.compile(r"-(\d{1,3})$")


@dataclass(frozen=True, slots=True)
class _File:
    inner: str
    name: str
    user: str
    late: bool
    attachment: int
    file: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One student's, or group's, share of an export: ``files`` are names as handed in -> names in the export."""

    id: str
    metadata: SubmissionMetadata
    files: dict[str, str]
    notes: tuple[str, ...] = ()


def parts(names: Sequence[str]) -> list[Part] | None:
    """What an export with files of these names consists of; None where most names are not Canvas' own."""
    found = _parse_all([n for n in names if "/" not in n])
    if not found or len(found) * 2 <= len({n.partition("/")[0] for n in names}):
        return None
    senders: dict[str, list[_File]] = defaultdict(list)
    for file in found:
        senders[file.user].append(file)
    known = {file.inner for file in found}
    others = [Part(PurePosixPath(n).stem, SubmissionMetadata(), {n: n}) for n in names if n not in known]
    return [*(_part(user, files) for user, files in senders.items()), *others]


def _parse_all(names: Sequence[str]) -> list[_File]:
    readings = {name: list(_readings(name)) for name in names}
    # "team_7_4711_99_nb.py": 7, 4711 or 4711, 99? The numbers of one Canvas have a usual length.
    usual = Counter((len(r[0].user), len(str(r[0].attachment))) for r in readings.values() if len(r) == 1)
    lengths = usual.most_common(1)[0][0] if usual else (0, 0)

    def strange(file: _File) -> int:
        return abs(len(file.user) - lengths[0]) + abs(len(str(file.attachment)) - lengths[1]) if usual else 0

    return [min(several, key=strange) for several in readings.values() if several]


def _readings(name: str) -> Iterator[_File]:
    if match := _TYPED.fullmatch(name):
        user = match["user"] or f"anon_{match['anon']}"
        late = bool(match["late"] or match["mark"])
        yield _File(
            name,
            match["name"] or "",
            user,
            late,
            int(match["attachment"] or 0),
            match["file"],
            _TYPED_AS[match["file"]],
        )
    elif match := _ANONYMOUS.fullmatch(name):
        yield _File(name, "", f"anon_{match['user']}", bool(match["late"]), int(match["attachment"]), match["file"])
    else:
        for at in (m.end() for m in re.finditer("_", name)):
            if (match := _HEAD.fullmatch(name, at)) and at > 1:
                head = name[: at - 1]
                late = head.endswith("_LATE")
                sender = head.removesuffix("_LATE")
                if sender:
                    yield _File(name, sender, match["user"], late, int(match["attachment"]), match["file"])


def _part(user: str, files: Sequence[_File]) -> Part:
    notes = []
    latest: dict[str, tuple[tuple[int, int], _File]] = {}
    for file in files:
        if file.typed:
            continue
        path = PurePosixPath(file.file)
        match = _ATTEMPT.search(path.stem)
        original = f"{_ATTEMPT.sub('', path.stem)}{path.suffix}" if match and path.stem != match[0] else file.file
        order = (int(match[1]) if match else 0, file.attachment)
        if original in latest:
            notes.append(f"of several attempts at {original} the latest counts")
        if original not in latest or order > latest[original][0]:
            latest[original] = (order, file)
    counted = [file for _, file in latest.values()]
    typed = "" if counted else files[0].typed
    if counted and any(f.typed for f in files):
        notes.append("what was typed into Canvas' text box was not graded; the file was")
    name = files[0].name
    late = any(f.late for f in counted or files)
    ids = tuple(i for i in (user, name) if i)
    return Part(
        f"{name}_{user}" if name else user,
        SubmissionMetadata(
            (Student(ids, name, canvas="" if user.startswith("anon_") else user),), late=late, typed=typed
        ),
        {original: file.inner for original, (_, file) in latest.items()},
        tuple(dict.fromkeys(notes)),
    )
