"""The course systems that are known, in the order in which an export is tried on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.courses.autolab import Autolab
from autograder.courses.blackboard import Blackboard
from autograder.courses.brightspace import Brightspace
from autograder.courses.canvas import Canvas
from autograder.courses.canvas_quiz import CanvasQuiz
from autograder.courses.github_classroom import GitHubClassroom
from autograder.courses.gradebook import Gradebook
from autograder.courses.gradescope import Gradescope
from autograder.courses.moodle import Moodle
from autograder.courses.nbgrader import NbGrader
from autograder.courses.sakai import Sakai
from autograder.courses.system import CourseSystem
from autograder.courses.tables import Table, read_table
from autograder.model.errors import UsageError

SYSTEMS: tuple[CourseSystem, ...] = (
    Gradescope(),
    Moodle(),
    Blackboard(),
    Brightspace(),
    Autolab(),
    Sakai(),
    NbGrader(),
    CanvasQuiz(),
    Canvas(),
    GitHubClassroom(),
)


def system_of(top: Sequence[str]) -> CourseSystem | None:
    """The system whose export has these files, and folders with ``/`` at the end, at its top; None for none."""
    return next((system for system in SYSTEMS if system.recognises(top)), None) if top else None


def open_gradebook(path: Path, titles: Iterable[str]) -> Gradebook:
    """The gradebook in a CSV file, whichever system exported it.

    Args:
        path: the file.
        titles: names that the assignment may have there.

    Raises:
        UsageError: it is no gradebook that is known, or has not exactly one column for the assignment.

    """
    known = [system.gradebook for system in SYSTEMS if system.gradebook]

    def is_header(cells: Sequence[str]) -> bool:
        return any(gradebook.fits(Table(path, tuple(cells), (), (), (), decimal_comma=False)) for gradebook in known)

    table = read_table(path, is_header)
    for gradebook in known:
        if gradebook.fits(table):
            return gradebook(table, titles)
    raise UsageError(
        f"{path}: expected a gradebook exported from {', '.join(g.system for g in known)}; found the columns "
        f"{', '.join(table.header[:8])}"
    )
