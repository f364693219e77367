"""Grade a class: find what was handed in, grade what is new, write the table. Progress is reported as events."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograder import courses, intake
from autograder.batch import journal, resources
from autograder.batch.grading_process import GradingProcesses, pack
from autograder.batch.members import Members
from autograder.batch.output import Output, key_of
from autograder.batch.pools import LocalPool, PipePool, Pool, run
from autograder.batch.process_grader import grade_here, prepare
from autograder.courses import export
from autograder.courses.late import read_policy
from autograder.courses.overrides import FILE as OVERRIDES
from autograder.courses.overrides import read_overrides
from autograder.courses.people import People
from autograder.grade import Assignment, Grader
from autograder.grade.fingerprint import fingerprint, version
from autograder.model.errors import UsageError
from autograder.model.limits import MIB
from autograder.model.result import SubmissionResult
from autograder.model.status import Kind
from autograder.model.submission import AnySubmission
from autograder.report import roll
from autograder.report.roll import Roll
from autograder.report.table import Row
from autograder.sandbox.layers import Finding
from autograder.sandbox.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class GradingStart:
    """Grading begins: so many submissions to this assignment, confined by these layers."""

    assignment: str
    submissions: int
    layers: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One line that staff should read, such as a student who is not in the roster."""

    text: str


@dataclass(frozen=True, slots=True)
class PathNote:
    """One line on how a path was read, where it is neither a submission nor a plain folder of submissions."""

    text: str


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """A submission that was already graded by the same checks."""

    id: str


@dataclass(frozen=True, slots=True)
class NewResult:
    """A result that was written to disk; ``kept`` is the earlier result that stays in place of one without a score."""

    result: SubmissionResult
    kept: Row | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A submission that is no longer handed in: its row, result and page are removed."""

    id: str


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file for a course system was written: so many grades for its column ``title``."""

    path: Path
    title: str
    grades: int


Event = GradingStart | Problem | PathNote | EarlierResult | NewResult | Withdrawal | ExportFile


@dataclass(frozen=True, slots=True)
class Exchange:
    """Files exchanged with a course system; each is optional."""

    roster: Path | None = None
    late: Path | None = None
    canvas_gradebook: Path | None = None
    canvas_assignment: str = ""


@dataclass(frozen=True, slots=True)
class ClassGrades:
    """The graded class.

    Attributes:
        rows: of ``grades.csv``, sorted.
        not_graded: submissions that the grader failed to grade in this run, by id.
        kept: the rows of an earlier run that stay in place of such a result, by id.
        changed: whether anything was graded or withdrawn in this run, or a row is another than before.

    """

    rows: tuple[Row, ...]
    not_graded: tuple[SubmissionResult, ...] = ()
    kept: Mapping[str, Row] = field(default_factory=dict)
    changed: bool = True


def grade_class(
    folder: Path,
    paths: Sequence[Path],
    out: Path,
    *,
    jobs: int | None = None,
    regrade: bool = False,
    sandbox: Sandbox | None = None,
    scheduler: str | None = None,
    exchange: Exchange = Exchange(),
    listen: Callable[[Event], None] = lambda _: None,
) -> ClassGrades:
    """Grade what was handed in and write results, journal and table.

    The class is what the output folder holds already and what the paths name. A folder or export that is graded
    again takes the place of its earlier self: what it holds no more is withdrawn.

    Args:
        folder: the assignment's master copy.
        paths: submissions, folders of submissions, exports of course systems.
        out: the output folder.
        jobs: grading processes; one per core by default, and no more than there is memory for.
        regrade: whether to grade again what was graded before.
        sandbox: where submissions are graded, started or not, and closed at the end; by default, a new one.
        scheduler: the address of a Dask scheduler, to grade on its cluster.
        exchange: files to and from a course system; a roster and a policy on being late are used again later.
        listen: called with each event.

    Raises:
        UsageError: something named does not exist or cannot be read, or the disk does not take the results.
        AuthoringError: the assignment is broken.

    """
    assignment = Assignment(folder)
    names = tuple(q.name for q in assignment.questions)
    points = assignment.contract.points
    before = journal.read_folder(out)
    members = Members(courses.find(paths, folder.name, tell=lambda line: listen(PathNote(line))), paths, before.graded)
    options = journal.Options(
        str(exchange.roster.absolute()) if exchange.roster else before.options.roster,
        str(exchange.late.absolute()) if exchange.late else before.options.late,
    )
    roster = courses.read_roster(Path(options.roster)) if options.roster else []
    people = People(members.all, roster, read_policy(Path(options.late)) if options.late else None)
    overrides = read_overrides(out / OVERRIDES, {q.name: q.points for q in assignment.contract.questions})
    people.override(out / OVERRIDES, overrides, names)
    problems = list(people.problems)
    if not any(p.hidden for q in assignment.questions for p in q.properties):
        problems.append(
            f"{assignment.folder}: no hidden checks, so students know all that counts"
            + ("" if (assignment.folder / "misconceptions").is_dir() else "; is it the students' folder?")
        )
    gradebook = None
    if exchange.canvas_gradebook:
        titles = (
            [exchange.canvas_assignment] if exchange.canvas_assignment else [folder.name, assignment.contract.title]
        )
        gradebook = courses.open_gradebook(exchange.canvas_gradebook, titles)
        problems += gradebook.match(people.submitters())[1]
    for problem in problems:
        listen(Problem(problem))
    checks = fingerprint(folder)
    keys: dict[str, str] = {}
    not_graded: list[SubmissionResult] = []
    kept: dict[str, Row] = {}
    graded = 0
    with contextlib.ExitStack() as stack:
        sandbox = stack.enter_context(sandbox or Sandbox())
        listen(GradingStart(folder.name, len(members.entries), tuple(sandbox.layers)))
        give_up = Grader(assignment, sandbox).not_graded
        if scheduler:
            pool = _cluster(scheduler, folder, unsafe=sandbox.unsafe)
        else:
            pool = _local(assignment, jobs, len(members.entries), sandbox, listen)
        stack.enter_context(closing(pool))
        output = stack.enter_context(closing(Output(out, folder.name, names, before)))
        earlier = output.keys

        def to_grade() -> Iterator[AnySubmission]:
            for entry in members.entries:
                submission = intake.read_entry(entry, folder.name, questions=names)
                keys[submission.id] = key_of(checks, submission)
                output.keep_source(submission)
                if regrade or earlier.get(submission.id) != keys[submission.id]:
                    pool.prepare()
                    yield submission
                else:
                    output.confirm(submission.id, members.origins[submission.id])
                    listen(EarlierResult(submission.id))

        output.remember(options)
        for identity in members.withdrawn:
            output.withdraw(identity)
            listen(Withdrawal(identity))
        for submission, result in run(pool, to_grade(), give_up):
            if not output.keep(result, keys[submission.id], members.origins[submission.id]):
                kept[result.id] = output.rows[result.id]
            if result.status.kind is Kind.NOT_GRADED:
                not_graded.append(result)
            graded += 1
            listen(NewResult(result, kept.get(result.id)))
        in_class = output.rows
        rows = output.finish(
            [
                *(row for entry in members.all if entry.id in in_class for row in people.rows(in_class[entry.id])),
                *people.rows_of_the_absent(points),
            ],
            people.columns,
        )
        now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z")
        called = Roll(tuple(rows), version(folder), now)
        changed = bool(graded or members.withdrawn) or roll.differ(called, roll.read_roll(out))
        if changed:
            output.write(roll.FILE, roll.to_text(called))
        graded_class = export.ClassExport((folder.name, assignment.contract.title), tuple(people.grades(in_class)))
        output.write(export.GRADES, export.as_text(graded_class))
        if gradebook is not None:
            filled = export.fill(gradebook, graded_class.grades)
            for problem in (*filled.without_grade, *filled.lower):
                listen(Problem(problem))
            name = f"{gradebook.system.casefold()}.csv"
            output.write(name, filled.text)
            listen(ExportFile(out / name, gradebook.title, filled.grades))
    return ClassGrades(tuple(rows), tuple(sorted(not_graded, key=lambda r: r.id)), kept, changed)


def _local(
    assignment: Assignment, jobs: int | None, submissions: int, sandbox: Sandbox, listen: Callable[[Event], None]
) -> Pool:
    wanted = min(jobs or resources.cores(), max(submissions, 1))
    left = resources.memory_left()
    most = resources.most_processes(assignment.contract.limits, left)
    if most is not None and most < wanted:
        listen(Problem(f"memory for {most} grading processes, not for {wanted}: {(left or 0) // MIB} MiB are left"))
        wanted = most
    if not resources.has_semaphores():
        listen(Problem("no shared semaphores here (is /dev/shm writable?): grading over pipes, which starts slower"))
        return PipePool(GradingProcesses(pack(assignment.folder, unsafe=sandbox.unsafe)), wanted)

    def load() -> None:
        prepare(assignment, sandbox, alone=submissions == 1 and jobs != 1)
        sandbox.offer()

    return LocalPool(functools.partial(grade_here, str(assignment.folder), unsafe=sandbox.unsafe), wanted, load)


def _cluster(address: str, folder: Path, *, unsafe: bool) -> Pool:
    try:
        from autograder.batch import dask
    except ImportError as error:
        raise UsageError(
            f"--scheduler needs the extra [cluster]: pip install '.[cluster]' for {sys.executable} ({error})"
        ) from error
    return dask.Cluster(address, folder, unsafe=unsafe)
