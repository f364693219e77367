"""The submissions in one folder or archive, and what of it is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import intake
from autograder.courses.system import ExportedSubmission
from autograder.intake import Entry
from autograder.intake.omissions import Omissions
from autograder.intake.trees import Part, Tree

_MOST_LINES = 200
"""On what is left out of one class."""


@dataclass(frozen=True)
class ClassListing:
    """Several submissions in one folder or archive.

    Attributes:
        path: where they are.
        kind: what that is, for messages.
        tree: all of its files.
        submissions: what it consists of.
        known: whether a system tells who handed in what.
        remark: what was left out, in words.
        within: where in an archive or folder it is, with ``/`` at the end.
        base: the folder in the tree that holds the submissions, with ``/`` at the end.
        beside: what is left out beside its folder or archive.

    """

    path: Path
    kind: str
    tree: Tree
    submissions: Sequence[ExportedSubmission]
    known: bool = True
    remark: str = ""
    within: str = ""
    base: str = ""
    beside: Sequence[Omissions] = ()

    def entries(self) -> list[Entry]:
        """An entry for each submission."""
        omissions = self._omissions()
        return [
            Entry(
                self.path,
                intake.fit(s.id),
                Part(self.tree, s.files, _together(omissions[top] for top in self._tops(s) if top in omissions)),
                s.metadata if self.known else None,
                s.notes,
            )
            for s in self.submissions
        ]

    def left_out(self) -> list[str]:
        """A line on each name at the top at which nothing counts; not on an earlier attempt, which does count."""
        counted = {self._top(name) for name in self.tree.names}
        # An empty clone, and who handed in nothing on Gradescope, have a row.
        empty = tuple(s.id for s in self.submissions if not s.files)
        omissions = self._omissions()
        own = [omissions[top] for top in omissions if top not in counted and not (empty and top.endswith(empty))]
        lines = [each.line for each in (*self.beside, *own)]
        more = len(lines) - _MOST_LINES
        return lines if more <= 0 else [*lines[:_MOST_LINES], f"left out {more} more files and folders"]

    def _omissions(self) -> dict[str, Omissions]:
        return self.tree.left_out.relative(self.base).by_top()

    def _tops(self, submission: ExportedSubmission) -> dict[str, None]:
        return dict.fromkeys(map(self._top, submission.files.values()))

    def _top(self, name: str) -> str:
        return name.removeprefix(self.base).partition("/")[0]


def _together(omissions: Iterable[Omissions]) -> Omissions:
    return Omissions({name: why for each in omissions for name, why in each.files.items()})
