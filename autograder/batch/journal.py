"""The journal of an output folder: what was graded, from which files, and what was withdrawn. It is append-only.

``journal.jsonl`` begins with the assignment and its questions; every other line is one of the entries below as JSON.
Any other line, such as one cut off by a crash, is ignored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.model.people import Student, SubmissionMetadata
from autograder.model.status import Kind, Status
from autograder.report.table import Row

JOURNAL = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a submission comes from.

    Attributes:
        path: of the file, folder or export.
        listing: of the folder or export that holds it with others.
        metadata: what a course system tells about it.

    """

    path: str = ""
    listing: str = ""
    metadata: SubmissionMetadata | None = None


@dataclass(frozen=True, slots=True)
class ResultEntry:
    """A result on disk: its row, its key and the origin of the submission."""

    row: Row
    key: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class WithdrawalEntry:
    """A submission that is no longer in the class."""

    id: str


@dataclass(frozen=True, slots=True)
class Options:
    """The files that describe the class, as absolute paths; used again where a later command names none."""

    roster: str = ""
    late: str = ""


Entry = ResultEntry | WithdrawalEntry | Options


@dataclass
class State:
    """The state after all entries of a journal.

    Attributes:
        assignment: its name; empty where there is no journal of ours.
        questions: in the contract's order.
        graded: the last entry of each submission that is in the class.
        options: the last ones.

    """

    assignment: str = ""
    questions: tuple[str, ...] = ()
    graded: dict[str, ResultEntry] = field(default_factory=dict)
    options: Options = Options()

    def take(self, entry: Entry) -> None:
        """Add an entry."""
        match entry:
            case ResultEntry():
                self.graded[entry.row.submission] = entry
            case WithdrawalEntry():
                self.graded.pop(entry.id, None)
            case Options():
                self.options = entry


def read(text: str) -> State:
    """The state after all lines of a journal; rows are invalid if the questions have changed since."""
    state = State()
    for plain in filter(None, map(parse, text.splitlines())):
        if "assignment" in plain:
            state.assignment = str(plain["assignment"])
            questions = tuple(map(str, plain.get("questions") or ()))
            if questions != state.questions:
                state.questions, state.graded = questions, {}
        elif not state.assignment:
            break
        elif entry := load(plain):
            state.take(entry)
    return state


def read_folder(folder: Path) -> State:
    """The state of an output folder; empty where there is no journal."""
    path = folder / JOURNAL
    return read(path.read_text(encoding="utf-8", errors="replace") if path.exists() else "")


def header(assignment: str, questions: Sequence[str]) -> dict[str, Any]:
    """The first line."""
    return {"assignment": assignment, "questions": list(questions)}


def parse(line: str) -> dict[str, Any] | None:
    """A line's JSON object; None where it is something else."""
    try:
        plain = json.loads(line)
    except ValueError:
        return None
    return plain if isinstance(plain, dict) else None


def dump(entry: Entry) -> dict[str, Any]:
    """An entry as JSON."""
    match entry:
        case WithdrawalEntry():
            return {"withdrawn": entry.id}
        case Options():
            return {"options": asdict(entry)}
        case ResultEntry(row=row):
            return {
                "id": row.submission,
                "key": entry.key,
                "score": row.score,
                "max_score": row.max_score,
                "status": [row.status.kind.value, row.status.detail],
                "scores": row.scores,
                "path": entry.origin.path,
                "listing": entry.origin.listing,
                "metadata": _dump_metadata(entry.origin.metadata),
            }


def load(plain: Mapping[str, Any]) -> Entry | None:
    """The entry in a JSON object; None where it is none."""
    try:
        if "withdrawn" in plain:
            return WithdrawalEntry(str(plain["withdrawn"]))
        if "options" in plain:
            return Options(**plain["options"])
        kind, detail = plain["status"]
        row = Row(plain["id"], plain["score"], plain["max_score"], Status(Kind(kind), detail), tuple(plain["scores"]))
        origin = Origin(plain["path"], plain["listing"], _load_metadata(plain["metadata"]))
        return ResultEntry(row, plain["key"], origin)
    except (KeyError, TypeError, ValueError):
        return None


def _dump_metadata(metadata: SubmissionMetadata | None) -> dict[str, Any] | None:
    if metadata is None:
        return None
    return asdict(metadata) | {"at": metadata.at.isoformat() if metadata.at else None}


def _load_metadata(plain: Mapping[str, Any] | None) -> SubmissionMetadata | None:
    if plain is None:
        return None
    students = tuple(Student(**{**s, "ids": tuple(s["ids"]), "plain": tuple(s["plain"])}) for s in plain["students"])
    at = datetime.fromisoformat(plain["at"]) if plain["at"] else None
    return SubmissionMetadata(**{**plain, "students": students, "at": at})
