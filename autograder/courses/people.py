"""From submissions to students: who handed in what, who did not, and late penalties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from autograder.courses.late import LatePolicy
from autograder.courses.overrides import Override, Overrides
from autograder.courses.roster import Matcher, matches
from autograder.intake import Entry
from autograder.model.errors import UsageError
from autograder.model.people import Student, SubmissionMetadata
from autograder.model.status import NO_SUBMISSION
from autograder.report.table import Row

_MOST_NAMED = 10
"""Ids in one message."""


@dataclass(frozen=True, slots=True)
class Submitter:
    """A student and the submission that counts for this student."""

    student: Student
    submission: str
    typed: str = ""
    """What was entered in the place of a file, where that is all."""


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of one student, as exported to other systems.

    Attributes:
        student: whose.
        submission: its id.
        score: points earned; None where there is no score, which is not a zero.
        final: the score less what being late costs; None where there is no score or the student is excused.
        max_score: points of the assignment.
        status: what became of it, in words.
        late: how late, in words, or empty.
        typed: what was entered in the place of a file, where that is all.
        system: the course system that it was handed in to, or empty.
        feedback: the name under which the course system takes a page as feedback, or empty.
        penalty: points that being late costs.
        comment: of course staff, for the student.
        override: decision of course staff that overrides the checks: what, who and why.
        excused: whether the student is excused.

    """

    student: Student
    submission: str
    score: float | None
    final: float | None
    max_score: float
    status: str
    late: str = ""
    typed: str = ""
    system: str = ""
    feedback: str = ""
    penalty: float | None = None
    comment: str = ""
    override: str = ""
    excused: bool = False


class People:
    """The students of a class, and which submissions are whose.

    Args:
        found: the submissions.
        roster: the students, where there is a list of them.
        policy: what being late costs, where that is wanted.

    Raises:
        UsageError: the policy has a time due, and no submission a time of handing in.

    """

    def __init__(self, found: Sequence[Entry], roster: Sequence[Student], policy: LatePolicy | None) -> None:
        self.policy = policy
        self.overrides = Overrides(Path(), [], (), [])
        self.metadata: dict[str, SubmissionMetadata | None] = {f.id: f.metadata for f in found}
        self._named = bool(roster) or any(f.metadata for f in found)
        matcher = Matcher(roster)
        whose: dict[int, list[str]] = defaultdict(list)
        self.problems: list[str] = []
        self._students: dict[str, list[Student]] = {}
        senders_of = {f.id: matches(matcher, f.id, f.metadata) for f in found}
        claimed = {place for senders in senders_of.values() for _, meant in senders for place in meant}
        for f in found:
            [(sender, meant), *others] = senders_of[f.id]
            if f.metadata is None and not meant:  # "S001_homework.py", where no file is called S001 alone
                place = matcher.mentioned_in(f.id)
                if place is not None and place not in claimed:
                    senders_of[f.id] = [(sender, {place: roster[place]}), *others]
        for f in found:
            self._students[f.id] = []
            senders = senders_of[f.id]
            for sender, meant in senders:
                if roster and not meant:
                    who = f"{f.id}: {_called(sender)}" if len(senders) > 1 else f.id
                    self.problems.append(f"{who}: not in the roster")
                if not meant:
                    self._students[f.id].append(sender)
                for place, student in meant.items():
                    if f.id not in whose[place]:
                        whose[place].append(f.id)
                        self._students[f.id].append(student)
        for place, ids in sorted(whose.items()):
            if len(ids) > 1:
                self.problems.append(f"{roster[place].ids[0]}: {len(ids)} submissions: {', '.join(ids)}")
        self.absent = [s for at, s in enumerate(roster) if at not in whose]
        if policy and policy.due and found:
            self._expect_times(policy)

    def _expect_times(self, policy: LatePolicy) -> None:
        unknown = [i for i, metadata in self.metadata.items() if metadata is None or metadata.at is None]
        if len(unknown) == len(self.metadata):
            raise UsageError(
                f"{policy.path}: due is {policy.due}, but nothing says when these submissions were handed in, so "
                "nobody would be late; leave due out where only the LATE mark of the system is known, or give the "
                "export that has the times"
            )
        if unknown:
            self.problems.append(f"no submission time, so not late unless marked: {', '.join(sorted(unknown))}")

    def override(self, path: Path, given: Sequence[Override], questions: Sequence[str]) -> None:
        """Apply the decisions of course staff that override the checks.

        Raises:
            UsageError: a row names nobody of the class, or more than one, or decides what another row decides.

        """
        known = [*self._students.items(), *((s.ids[0], [s]) for s in self.absent)]
        self.overrides = Overrides(path, given, questions, known)
        for question, worth in self.overrides.written.items():
            if lacking := self.overrides.without_score(question, self._students):
                more = f" and {len(lacking) - _MOST_NAMED} more" if len(lacking) > _MOST_NAMED else ""
                self.problems.append(
                    f"{path}: no score in {question} for {len(lacking)} of {len(self._students)} submissions, so they "
                    f"get 0 of {worth:g} points: {', '.join(lacking[:_MOST_NAMED])}{more}"
                )

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns that follow those of the questions."""
        students = ("student", "name", "late") if self._named else ()
        costs = ("penalty", "final") if self.policy or self.overrides else ()
        written = ("written",) if self.overrides.written else ()
        return (*students, *costs, *written, *(("comment", "override") if self.overrides else ()))

    def submitters(self) -> Iterator[Submitter]:
        """Every student who handed something in, with every submission of theirs."""
        for submission, students in self._students.items():
            metadata = self.metadata[submission]
            for student in students:
                yield Submitter(student, submission, metadata.typed if metadata else "")

    def grades(self, rows: Mapping[str, Row]) -> list[Grade]:
        """The grade of all who handed in something, were given a score or are excused; ``rows`` by submission."""
        found = []
        for submitter in self.submitters():
            if (row := rows.get(submitter.submission)) is not None:
                row = self._of_student(row, submitter.student)
                metadata = self.metadata[submitter.submission]
                found.append(
                    Grade(
                        submitter.student,
                        submitter.submission,
                        row.score,
                        row.final,
                        row.max_score,
                        row.status.words,
                        row.late,
                        submitter.typed,
                        metadata.system if metadata else "",
                        metadata.feedback if metadata else "",
                        row.penalty,
                        row.comment,
                        row.override,
                        row.excused,
                    )
                )
        of_all = max((row.max_score for row in rows.values()), default=0.0)
        for student, row in zip(self.absent, self.rows_of_the_absent(of_all), strict=True):
            if row.score is not None or row.excused:
                found.append(
                    Grade(
                        student,
                        row.submission,
                        row.score,
                        row.final,
                        row.max_score,
                        row.status.words,
                        comment=row.comment,
                        override=row.override,
                        excused=row.excused,
                    )
                )
        return found

    def rows(self, row: Row) -> list[Row]:
        """A row for each student of a submission."""
        rows = []
        for s in self._students[row.submission]:
            named = replace(row, student=s.ids[0] if s.ids else "", name=s.name, section=s.section)
            rows.append(self._of_student(named if self._named else row, s))
        return rows

    def rows_of_the_absent(self, points: float) -> list[Row]:
        """A row for each student of the roster who handed in nothing: no score, which is not a zero."""
        rows = (Row(s.ids[0], None, points, NO_SUBMISSION, student=s.ids[0], name=s.name) for s in self.absent)
        return [self._of_student(row, student) for row, student in zip(rows, self.absent, strict=True)]

    def _of_student(self, row: Row, student: Student) -> Row:
        """A student's row of a submission: with the decisions of course staff, what being late costs and what is left.

        ``penalty`` is None without a late policy, ``final`` where the student is excused, both where there is no score.
        """
        metadata = self.metadata.get(row.submission)
        extension = self.overrides.extension(row.submission, student)
        row = replace(row, late=self._late(metadata, extension))
        row = self.overrides.apply(row, student)
        if row.score is None:
            return row
        if self.policy is None:
            return replace(row, final=None if row.excused else row.score)
        penalty = self.policy.penalty(metadata, row.max_score, extension)
        return replace(row, penalty=penalty, final=None if row.excused else max(0.0, row.score - penalty))

    def _late(self, metadata: SubmissionMetadata | None, extension: timedelta) -> str:
        units = self.policy.units(metadata, extension) if self.policy else 0
        if self.policy and units:
            return f"{units} {self.policy.per}{'' if units == 1 else 's'}"
        return "late" if metadata and metadata.late else ""


def _called(student: Student) -> str:
    """What to call a student in a message."""
    identity = student.ids[0] if student.ids else ""
    return (
        f"{student.name} ({identity})" if student.name and identity else student.name or identity or "a nameless sender"
    )
