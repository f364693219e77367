"""The output folder: each result written once, atomically, when it is ready; a journal; the table at the end.

The journal (``DIR/journal.jsonl``) gets a line when a result is safely on disk. Run again, the same command skips
what the journal holds for the same submission, checks and engine. Only one command at a time may write to
a folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from autograder.batch import journal
from autograder.batch.journal import JOURNAL, Options, Origin, ResultEntry, State, WithdrawalEntry
from autograder.courses.overrides import FILE
from autograder.model.errors import UsageError
from autograder.model.result import SubmissionResult
from autograder.model.status import Kind
from autograder.model.submission import AnySubmission, Submission
from autograder.report import results_json, table
from autograder.report.class_folder import CODE, SOURCES
from autograder.report.files import as_json, write_atomically

_UNKNOWN = Origin()
_LONGEST_SOURCE = 256 << 10
"""Bytes that are kept of an answer's text."""


def key_of(checks: str, submission: AnySubmission) -> str:
    """Digests of the checks and of a submission, ``checks:submission``: the same key, the same result."""
    parts = (hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest() for part in (checks, repr(submission)))
    return ":".join(part[:32] for part in parts)


def keys_in(folder: Path) -> dict[str, str]:
    """The key under which each submission was graded last; empty where there is no journal."""
    return {identity: entry.key for identity, entry in journal.read_folder(folder).graded.items()}


class Output:
    """The output folder: results, journal, table. Locked until this process ends or closes it.

    Args:
        folder: where results go; made when missing.
        assignment: the name that its journal must carry.
        questions: names in the contract's order.
        before: what the journal held when it was read without the lock; by default, not compared.

    Raises:
        UsageError: the folder holds something else, cannot be written to, or another command writes to it, or has
            written to it since.

    """

    def __init__(self, folder: Path, assignment: str, questions: tuple[str, ...], before: State | None = None) -> None:
        self.folder = folder
        self.assignment = assignment
        self.questions = questions
        self.state = State(assignment, questions)
        path = folder / JOURNAL
        try:
            if folder.is_dir() and not path.exists():
                found = [p.name for p in folder.iterdir() if p.name not in {"results", FILE}]
                if found or any((folder / "results").glob("*")):
                    raise UsageError(
                        f"{folder}: expected an empty folder or earlier results of {assignment}; "
                        f"found {', '.join(sorted(found)[:3]) or 'results without a journal'}",
                    )
            (folder / "results").mkdir(parents=True, exist_ok=True)
            self._journal = path.open("a+", encoding="utf-8", errors="replace")
        except OSError as error:
            raise UsageError(f"{folder}: cannot be used as output folder: {error.strerror}") from error
        weakref.finalize(self, self._journal.close)
        try:
            self._begin(before)
        except BaseException:
            self.close()
            raise

    @property
    def rows(self) -> dict[str, table.Row]:
        """The row of each submission that is in the class, by id."""
        return {identity: entry.row for identity, entry in self.state.graded.items()}

    @property
    def keys(self) -> dict[str, str]:
        """The key under which each of them was graded."""
        return {identity: entry.key for identity, entry in self.state.graded.items()}

    def _begin(self, before: State | None) -> None:
        if not _locked(self._journal):
            raise UsageError(
                f"{self.folder}: another command writes to this folder; wait for it or choose another --out"
            )
        self._journal.seek(0)
        text = self._journal.read()
        header = journal.header(self.assignment, self.questions)
        try:
            if json.dumps(header).startswith(text):
                # New, or ended while its first line was being written.
                self._journal.truncate(0)
                self._append(header)
            else:
                self._take_in(text, header, before)
            for draft in (*self.folder.glob(".*.part"), *(self.folder / "results").glob(".*.part")):
                draft.unlink()
        except OSError as error:
            raise UsageError(f"{self.folder}: cannot be written to: {error.strerror}") from error

    def close(self) -> None:
        """Release the lock."""
        # What a full disk did not take was reported when it was written.
        with contextlib.suppress(OSError):
            self._journal.close()

    def _take_in(self, text: str, header: Mapping[str, Any], before: State | None) -> None:
        state = journal.read(text)
        if state.assignment != self.assignment:
            found = state.assignment or "a journal.jsonl of something else"
            raise UsageError(
                f"{self.folder}: expected results of {self.assignment}; found {found}; choose another --out"
            )
        if before is not None and state.graded != before.graded:
            raise UsageError(f"{self.folder}: another command has written to this folder meanwhile; run this one again")
        if not text.endswith("\n"):
            # End a line that was cut off by a crash, so that the next one is readable.
            self._write("\n")
        if state.questions != self.questions:
            # The contract has other questions now: rows from here on have other columns.
            self._append(header)
            state = State(self.assignment, self.questions, options=state.options)
        for identity in list(state.graded):
            if not self._path(identity).exists():
                # Removed by someone, or lost with the power.
                del state.graded[identity]
        self.state = state

    def _path(self, identity: str) -> Path:
        return self.folder / "results" / f"{identity}.json"

    def keep(self, result: SubmissionResult, key: str, origin: Origin = _UNKNOWN) -> bool:
        """Write a result, then its journal line.

        A result without a score, through a fault of the grader, never replaces an earlier result.

        Returns:
            Whether it was written.

        Raises:
            UsageError: it cannot be written.

        """
        earlier = self.state.graded.get(result.id)
        ours = result.status.kind is Kind.NOT_GRADED
        if ours and earlier is not None and earlier.row.status.kind is not Kind.NOT_GRADED:
            return False
        path = self._path(result.id)
        with _written(path):
            write_atomically(path, as_json(results_json.to_results(result)) + "\n")
            self._note(ResultEntry(table.row(result), "" if ours else key, origin))
        return True

    def keep_source(self, submission: AnySubmission) -> None:
        """Write the text of an answer beside its result: the instructor's page shows it.

        Raises:
            UsageError: it cannot be written.

        """
        path = self.folder / SOURCES / f"{submission.id}.py"
        source = submission.source if isinstance(submission, Submission) else ""
        data = source.encode("utf-8", "surrogatepass")[:_LONGEST_SOURCE]
        with _written(path):
            if not data:
                path.unlink(missing_ok=True)
            elif not path.exists() or path.read_bytes() != data:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)

    def confirm(self, identity: str, origin: Origin) -> None:
        """Note the current origin of an unchanged submission.

        Raises:
            UsageError: it cannot be written.

        """
        entry = self.state.graded[identity]
        if entry.origin != origin:
            self._note(ResultEntry(entry.row, entry.key, origin))

    def withdraw(self, identity: str) -> None:
        """Remove a submission that is no longer in the class, with its result and page.

        Raises:
            UsageError: the folder cannot be written to.

        """
        self._note(WithdrawalEntry(identity))
        names = (f"feedback/{identity}.html", f"feedback/{identity}.pdf", f"{CODE}/{identity}.html")
        pages = [self.folder / name for name in names]
        for path in (self._path(identity), self.folder / SOURCES / f"{identity}.py", *pages):
            with _written(path):
                path.unlink(missing_ok=True)

    def remember(self, options: Options) -> None:
        """Note the files that describe the class.

        Raises:
            UsageError: it cannot be written.

        """
        if options != self.state.options:
            self._note(options)

    def _note(self, entry: journal.Entry) -> None:
        with _written(self.folder / JOURNAL):
            self._append(journal.dump(entry))
        self.state.take(entry)

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
            UsageError: it cannot be written.

        """
        rows = sorted(rows, key=lambda row: table.cells(row, len(self.questions), columns))
        self.write("grades.csv", table.write(self.questions, rows, columns))
        return rows

    def write(self, name: str, text: str) -> None:
        """Write another file of the class.

        Raises:
            UsageError: it cannot be written.

        """
        with _written(self.folder / name):
            write_atomically(self.folder / name, text)


@contextlib.contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; what is there is kept") from error


def _locked(file: TextIO) -> bool:
    """Lock the file until it is closed; whether that worked. Child processes do not share the lock."""
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
