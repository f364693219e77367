"""From submissions to students: who handed what in, who did not, and what being late costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.courses.late import LatePolicy
from autograder.courses.roster import Matcher, places
from autograder.intake import Entry
from autograder.model.people import Student, SubmissionMetadata, plain_names
from autograder.report import table

NO_SUBMISSION = "no submission"


@dataclass(frozen=True, slots=True)
class Share:
    """A student and the submission that counts for this student."""

    student: Student
    submission: str
    typed: str = ""
    """What was entered in the place of a file, where that is all."""


class People:
    """The students of a class, and which submissions are whose.

    Args:
        found: the submissions.
        roster: the students, where there is a list of them.
        policy: what being late costs, where that is wanted.

    """

    def __init__(self, found: Sequence[Entry], roster: Sequence[Student], policy: LatePolicy | None) -> None:
        self.policy = policy
        self.metadata: dict[str, SubmissionMetadata | None] = {f.id: f.metadata for f in found}
        self._named = bool(roster) or any(f.metadata for f in found)
        matcher = Matcher(roster)
        whose: dict[int, list[str]] = defaultdict(list)
        self.problems: list[str] = []
        self._students: dict[str, list[Student]] = {}
        for f in found:
            at = places(matcher, f.id, f.metadata)
            for place in at:
                whose[place].append(f.id)
            if roster and not at:
                self.problems.append(f"{f.id}: not in the roster")
            known = [roster[place] for place in at]
            others = list(f.metadata.students) if f.metadata else [Student((f.id,), plain=plain_names(f.id))]
            self._students[f.id] = known or others or [Student((f.id,))]
        for place, ids in sorted(whose.items()):
            if len(ids) > 1:
                self.problems.append(f"{roster[place].ids[0]}: {len(ids)} submissions: {', '.join(ids)}")
        self.absent = [s for at, s in enumerate(roster) if at not in whose]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns that follow those of the questions."""
        students = ("student", "name", "late") if self._named else ()
        return students + (("penalty", "final") if self.policy else ())

    def shares(self) -> Iterator[Share]:
        """Every student who handed something in, with every submission of theirs."""
        for submission, students in self._students.items():
            metadata = self.metadata[submission]
            for student in students:
                yield Share(student, submission, metadata.typed if metadata else "")

    def rows(self, submission: str, row: table.Row) -> list[table.Row]:
        """A row for each student of a submission."""
        if not self.columns:
            return [row]
        metadata = self.metadata[submission]
        costs = (*self._costs(metadata, row),) if self.policy else ()
        if not self._named:
            return [(*row, *costs)]
        late = self._late(metadata)
        return [
            (*row, table.harmless(s.ids[0] if s.ids else ""), table.harmless(s.name), late, *costs)
            for s in self._students[submission]
        ]

    def rows_of_the_absent(self, questions: Sequence[str], points: float) -> list[table.Row]:
        """A row for each student of the roster who handed in nothing: no score, which is not a zero."""
        return [
            (
                *(table.harmless(s.ids[0]), "", table.points(points), NO_SUBMISSION, *("" for _ in questions)),
                *(table.harmless(s.ids[0]), table.harmless(s.name), "", *(("", "") if self.policy else ())),
            )
            for s in self.absent
        ]

    def final(self, submission: str, row: table.Row) -> float | None:
        """The score, less what being late costs; None where there is none."""
        if not row[1]:
            return None
        score = float(row[1])
        if self.policy is None:
            return score
        return max(0.0, score - self.policy.penalty(self.metadata[submission], float(row[2])))

    def _costs(self, metadata: SubmissionMetadata | None, row: table.Row) -> tuple[str, str]:
        assert self.policy is not None
        if not row[1]:
            return "", ""
        penalty = self.policy.penalty(metadata, float(row[2]))
        return table.points(penalty), table.points(max(0.0, float(row[1]) - penalty))

    def _late(self, metadata: SubmissionMetadata | None) -> str:
        units = self.policy.units(metadata) if self.policy else 0
        if self.policy and units:
            return f"{units} {self.policy.per}{'' if units == 1 else 's'}"
        return "late" if metadata and metadata.late else ""
