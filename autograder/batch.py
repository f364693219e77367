"""Many submissions to results: in parallel, in any order, each written once as it comes.

The journal (``DIR/journal.jsonl``) gets a line when a result is safely on disk. Run again, the same command skips
what the journal holds for the same submission, checks and engine.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder import __version__
from autograder.grade import Assignment, Grader
from autograder.model.errors import AutograderError, UsageError
from autograder.model.result import SubmissionResult
from autograder.model.submission import Submission, Unreadable
from autograder.report import gradescope, table
from autograder.sandbox.proxy import Sandbox

JOURNAL = "journal.jsonl"
Handed = Submission | Unreadable

_graders: dict[tuple[str, bool], Grader] = {}


def grade_here(folder: str, submission: Handed, *, unsafe: bool = False) -> SubmissionResult:
    """Grade one submission in this process, which keeps its assignment and sandbox for the next one."""
    key = (folder, unsafe)
    if key not in _graders:
        _graders[key] = Grader(Assignment(Path(folder)), Sandbox(unsafe=unsafe))
    grader = _graders[key]
    try:
        return grader.grade(submission)
    except AutograderError:
        raise
    except Exception as error:  # noqa: BLE001  (a bug of ours must cost this submission at most, and be seen)
        where = traceback.extract_tb(error.__traceback__)[-1]
        why = f"internal error: {type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        return grader.not_graded(submission, why)


def fingerprint(folder: Path) -> str:
    """A digest of everything a grade depends on but the submission: checks, reference, engine."""
    state = hashlib.sha256(__version__.encode())
    for root in (folder, Path(__file__).parent):
        for path in sorted(p for p in root.rglob("*") if p.suffix in {".py", ".json", ".toml"}):
            inside = path.relative_to(root)
            if not {"class", "wheats", "__pycache__"} & set(inside.parts):
                state.update(inside.as_posix().encode())
                state.update(path.read_bytes())
    return state.hexdigest()


def key_of(checks: str, submission: Handed) -> str:
    """A digest of a submission under the given checks: the same key, the same result."""
    return hashlib.sha256(f"{checks}\n{submission!r}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass
class Output:
    """The output folder: results, journal, table.

    Args:
        folder: where results go; made when missing.
        assignment: the name that its journal must carry.
        questions: names in the contract's order.

    Raises:
        UsageError: the folder holds something else.

    """

    folder: Path
    assignment: str
    questions: tuple[str, ...]
    rows: dict[str, table.Row] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            (self.folder / "results").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{self.folder}: cannot be used as output folder: {error.strerror}") from error
        journal = self.folder / JOURNAL
        others = [p.name for p in self.folder.iterdir() if p.name not in {"results", JOURNAL}]
        if not journal.exists():
            if others or any((self.folder / "results").iterdir()):
                raise UsageError(
                    f"{self.folder}: expected an empty folder or earlier results of {self.assignment}; "
                    f"found {', '.join(sorted(others)[:3]) or 'results without a journal'}",
                )
            self._append(self._header)
        else:
            self._read(journal)

    @property
    def _header(self) -> dict[str, Any]:
        return {"assignment": self.assignment, "questions": list(self.questions)}

    def _read(self, journal: Path) -> None:
        text = journal.read_text(encoding="utf-8", errors="replace")
        entries = [e for e in map(_entry, text.splitlines()) if e is not None]
        if not entries or entries[0].get("assignment") != self.assignment:
            found = entries[0].get("assignment") if entries else "no journal of ours"
            raise UsageError(
                f"{self.folder}: expected results of {self.assignment}; found {found}; choose another --out"
            )
        if not text.endswith("\n"):
            # A line torn by a crash: end it, so that the next one stands alone.
            with journal.open("a", encoding="utf-8") as file:
                file.write("\n")
        header: dict[str, Any] = {}
        for entry in entries:
            if "assignment" in entry:
                header = entry
            elif header == self._header and {"id", "key", "row"} <= set(entry):
                self.keys[entry["id"]] = entry["key"]
                self.rows[entry["id"]] = tuple(entry["row"])
        if header != self._header:
            # The contract has other questions now: rows from here on have other columns.
            self._append(self._header)

    def keep(self, result: SubmissionResult, key: str) -> None:
        """Write a result, then its journal line.

        Raises:
            UsageError: the disk does not take it.

        """
        path = self.folder / "results" / f"{result.id}.json"
        try:
            write_atomically(path, json.dumps(gradescope.to_results(result), indent=1) + "\n")
            self.rows[result.id] = table.row(result)
            self.keys[result.id] = key if result.judged else ""
            self._append({"id": result.id, "key": self.keys[result.id], "row": self.rows[result.id]})
        except OSError as error:
            raise UsageError(f"{path}: cannot be written: {error.strerror}; what is there is kept") from error

    def _append(self, entry: Mapping[str, Any]) -> None:
        with (self.folder / JOURNAL).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def finish(self, handed_in: Iterable[str]) -> list[table.Row]:
        """Write ``grades.csv`` with a row for each id handed in; give back the rows, sorted."""
        rows = sorted(self.rows[i] for i in handed_in if i in self.rows)
        write_atomically(self.folder / "grades.csv", table.write(self.questions, rows))
        return rows


def _entry(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def write_atomically(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def run(
    submissions: Iterable[Handed],
    task: Callable[[Handed], SubmissionResult],
    start: Callable[[], Executor],
    *,
    in_flight: int,
    give_up: Callable[[Handed, str], SubmissionResult],
) -> Iterator[tuple[Handed, SubmissionResult]]:
    """Grade ``submissions`` as they are read, at most ``in_flight`` at a time; yield results as they come.

    A pool whose process was killed is broken as a whole: it is started again and what was in flight is
    graded again, one at a time, so that a submission that kills its grader harms no other.

    Args:
        submissions: read lazily.
        task: picklable; grades one.
        start: makes an executor.
        in_flight: bound on what is held in memory.
        give_up: makes the result of a submission that cannot be graded.

    """
    source = iter(submissions)
    suspects: list[Handed] = []
    exhausted = False
    while suspects or not exhausted:
        pending: dict[Future[SubmissionResult], Handed] = {}
        refused: list[Handed] = []
        alone = bool(suspects)
        try:
            with start() as executor:
                while True:
                    queue = iter(suspects[:1]) if alone else itertools.islice(source, in_flight - len(pending))
                    for one in queue:
                        # A pool that broke meanwhile refuses what was taken from the source already.
                        refused = [one]
                        pending[executor.submit(task, one)] = one
                        refused = []
                    if not pending:
                        exhausted = exhausted or not alone
                        break
                    for future in wait(pending, return_when=FIRST_COMPLETED).done:
                        result = future.result()
                        one = pending.pop(future)
                        if alone:
                            suspects.remove(one)
                        yield one, result
        except BrokenExecutor:
            if alone:
                yield suspects[0], give_up(suspects.pop(0), "the grading process died twice on this submission")
            else:
                suspects = [*pending.values(), *refused]
