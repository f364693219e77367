"""The output folder: each result written once, atomically, as it comes; a journal; the table at the end.

The journal (``DIR/journal.jsonl``) gets a line when a result is safely on disk. Run again, the same command skips
what the journal holds for the same submission, checks and engine. While one command writes to a folder, another one is
refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from autograder.model.errors import UsageError
from autograder.model.result import SubmissionResult
from autograder.model.status import Kind, Status
from autograder.model.submission import AnySubmission
from autograder.report import results_json, table
from autograder.report.files import as_json, write_atomically

JOURNAL = "journal.jsonl"


def key_of(checks: str, submission: AnySubmission) -> str:
    """Digests of the checks and of a submission, ``checks:submission``: the same key, the same result."""
    parts = (hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest() for part in (checks, repr(submission)))
    return ":".join(part[:32] for part in parts)


def keys_in(folder: Path) -> dict[str, str]:
    """The key under which each submission was graded last; empty where there is no journal."""
    journal = folder / JOURNAL
    lines = journal.read_text(encoding="utf-8", errors="replace").splitlines() if journal.exists() else []
    return {e["id"]: e["key"] for e in map(_entry, lines) if e is not None and {"id", "key"} <= set(e)}


@dataclass
class Output:
    """The output folder: results, journal, table. It is ours alone until this process ends or closes it.

    Args:
        folder: where results go; made when missing.
        assignment: the name that its journal must carry.
        questions: names in the contract's order.

    Raises:
        UsageError: the folder holds something else, cannot be written to, or another command writes to it.

    """

    folder: Path
    assignment: str
    questions: tuple[str, ...]
    rows: dict[str, table.Row] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        journal = self.folder / JOURNAL
        try:
            (self.folder / "results").mkdir(parents=True, exist_ok=True)
            others = [p.name for p in self.folder.iterdir() if p.name not in {"results", JOURNAL}]
            if not journal.exists() and (others or any((self.folder / "results").iterdir())):
                raise UsageError(
                    f"{self.folder}: expected an empty folder or earlier results of {self.assignment}; "
                    f"found {', '.join(sorted(others)[:3]) or 'results without a journal'}",
                )
            self._journal = journal.open("a+", encoding="utf-8", errors="replace")
        except OSError as error:
            raise UsageError(f"{self.folder}: cannot be used as output folder: {error.strerror}") from error
        weakref.finalize(self, self._journal.close)
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        if not _locked(self._journal):
            raise UsageError(
                f"{self.folder}: another command writes to this folder; wait for it or choose another --out"
            )
        self._journal.seek(0)
        text = self._journal.read()
        try:
            if json.dumps(self._header).startswith(text):
                # New, or ended while its first line was being written.
                self._journal.truncate(0)
                self._append(self._header)
            else:
                self._take_in(text)
            for draft in (*self.folder.glob(".*.part"), *(self.folder / "results").glob(".*.part")):
                draft.unlink()
        except OSError as error:
            raise UsageError(f"{self.folder}: cannot be written to: {error.strerror}") from error

    def close(self) -> None:
        """Let others write to the folder."""
        self._journal.close()

    @property
    def _header(self) -> dict[str, Any]:
        return {"assignment": self.assignment, "questions": list(self.questions)}

    def _take_in(self, text: str) -> None:
        entries = [e for e in map(_entry, text.splitlines()) if e is not None]
        if not entries or entries[0].get("assignment") != self.assignment:
            found = entries[0].get("assignment") if entries else "no journal of ours"
            raise UsageError(
                f"{self.folder}: expected results of {self.assignment}; found {found}; choose another --out"
            )
        if not text.endswith("\n"):
            # A line torn by a crash: end it, so that the next one stands alone.
            self._write("\n")
        header: dict[str, Any] = {}
        for entry in entries:
            if "assignment" in entry:
                header = entry
            elif header == self._header and (kept := _kept(entry)) is not None:
                self.keys[kept.submission] = str(entry["key"])
                self.rows[kept.submission] = kept
        for identity in list(self.keys):
            if not self._path(identity).exists():
                # Removed by someone, or lost with the power.
                del self.keys[identity], self.rows[identity]
        if header != self._header:
            # The contract has other questions now: rows from here on have other columns.
            self._append(self._header)

    def _path(self, identity: str) -> Path:
        return self.folder / "results" / f"{identity}.json"

    def keep(self, result: SubmissionResult, key: str) -> None:
        """Write a result, then its journal line.

        Raises:
            UsageError: the disk does not take it.

        """
        path = self._path(result.id)
        try:
            write_atomically(path, as_json(results_json.to_results(result)) + "\n")
            row, kept_as = table.row(result), key if result.judged else ""
            self._append(_line(row, kept_as))
        except OSError as error:
            raise UsageError(f"{path}: cannot be written: {error.strerror}; what is there is kept") from error
        self.rows[result.id], self.keys[result.id] = row, kept_as

    def _append(self, entry: Mapping[str, Any]) -> None:
        self._write(json.dumps(entry) + "\n")

    def _write(self, text: str) -> None:
        self._journal.write(text)
        self._journal.flush()
        os.fsync(self._journal.fileno())

    def finish(self, rows: Iterable[table.Row], columns: Sequence[str] = ()) -> list[table.Row]:
        """Write ``grades.csv``; give back its rows, sorted.

        Args:
            rows: in any order.
            columns: fields of a row that follow the questions.

        Raises:
            UsageError: the disk does not take it.

        """
        rows = sorted(rows, key=lambda row: table.cells(row, len(self.questions), columns))
        self.write("grades.csv", table.write(self.questions, rows, columns))
        return rows

    def write(self, name: str, text: str) -> None:
        """Write another file of the class.

        Raises:
            UsageError: the disk does not take it.

        """
        try:
            write_atomically(self.folder / name, text)
        except OSError as error:
            raise UsageError(
                f"{self.folder / name}: cannot be written: {error.strerror}; what is there is kept"
            ) from error


def _line(row: table.Row, key: str) -> dict[str, Any]:
    return {
        "id": row.submission,
        "key": key,
        "score": row.score,
        "max_score": row.max_score,
        "status": [row.status.kind.value, row.status.detail],
        "scores": row.scores,
    }


def _kept(entry: Mapping[str, Any]) -> table.Row | None:
    """The row of a journal's line; None where the line is no result."""
    try:
        kind, detail = entry["status"]
        status = Status(Kind(kind), detail)
        return table.Row(entry["id"], entry["score"], entry["max_score"], status, tuple(entry["scores"]))
    except (KeyError, TypeError, ValueError):
        return None


def _locked(file: TextIO) -> bool:
    """Whether the file is ours alone now, until it is closed; children of this process have no part in it."""
    try:
        import fcntl
    except ImportError:  # Windows, where nothing is promised for two commands at once
        return True
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # A network disk without locks.
        return True
    return True


def _entry(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
