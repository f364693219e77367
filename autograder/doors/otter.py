"""Grade for Otter and Gradescope: Otter reports what :class:`~autograder.grade.Grader` found.

Otter would run the submission and the tests in one kernel. This plugin puts the student's files away before the
kernel starts, has them graded in the sandbox as the command ``grade`` does, and gives Otter one trusted cell in
the place of the submission. The cell holds the verdicts, which the properties then report to Otter. So the scores are
those of ``grade``, and no code of the student's runs where Otter does.
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from otter.plugins import AbstractOtterPlugin

from autograder import intake
from autograder.checks.otter import VERDICTS
from autograder.grade import Assignment, Grader
from autograder.grade.fingerprint import version
from autograder.model.errors import InfrastructureError
from autograder.model.result import NOT_REACHED, QuestionResult, SubmissionResult
from autograder.model.status import Kind, Status, failed
from autograder.model.submission import Submission, Unreadable
from autograder.report import results_json
from autograder.report.files import write_atomically
from autograder.sandbox.sandbox import Sandbox
from autograder.wording.markdown import escaped
from autograder.wording.text import as_text, head_text

HANDED_IN = "handed_in"
DRIVER = "driver.ipynb"
_OURS = frozenset({"tests"})
"""What Otter has put beside the student's files by the time that the plugin is loaded."""


def stage(autograder_dir: str) -> None:
    """Put the student's files away and leave a driver notebook in their place; on Gradescope, before Otter starts.

    Otter refuses what it would have to choose from, such as several modules, before it loads any plugin.

    Args:
        autograder_dir: Gradescope's ``/autograder``.

    """
    submission = Path(autograder_dir) / "submission"
    if not (Path(autograder_dir) / HANDED_IN).exists():
        _put_away(submission, keep=frozenset())
        (submission / DRIVER).write_text(_notebook(), encoding="utf-8")


def _put_away(submission: Path, keep: frozenset[str]) -> Path:
    """Move what was handed in out of the folder in which Otter's kernel will start."""
    target = submission.parent / HANDED_IN
    target.mkdir(exist_ok=True)
    for path in sorted(submission.iterdir()):
        if path.name not in keep:
            # Links are moved as links; the two folders may lie on different disks.
            shutil.move(path, target / path.name)
    return target


def _notebook(*cells: str) -> str:
    table = {
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{i}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": cell,
            }
            for i, cell in enumerate(cells)
        ],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(table)


class Plugin(AbstractOtterPlugin):  # type: ignore[misc]
    """The plugin that a released zip names in its ``otter_config.json``."""

    def before_grading(self, config: Any) -> None:  # noqa: ARG002  (Otter's signature)
        """Put the student's files away, unless that was done before Otter started."""
        path = Path(self.submission_path)
        if not (path.parent.parent / HANDED_IN).exists():
            _put_away(path.parent, _OURS)
            # Otter goes on to read the file that it chose.
            path.write_text(_notebook() if path.suffix == ".ipynb" else "", encoding="utf-8")

    def before_execution(self, submission: Any) -> Any:  # noqa: ARG002  (Otter's signature)
        """Grade, and give Otter the verdicts instead of the submission.

        Raises:
            InfrastructureError: the submission could not be graded; that must not become a score of zero.

        """
        autograder_dir = Path(self.submission_path).parent.parent
        results = autograder_dir / "results" / "results.json"
        self.result = self._grade(autograder_dir, results)
        if not self.result.judged:
            results.unlink(missing_ok=True)
            raise InfrastructureError(f"the submission was {self.result.status}")
        return nbformat.reads(_notebook(f"{VERDICTS} = {verdicts(self.result)!a}"), as_version=4)  # type: ignore[no-untyped-call]

    def _grade(self, autograder_dir: Path, results: Path) -> SubmissionResult:
        assignment = Assignment(autograder_dir / "source" / self.plugin_config["master"])
        submission = read_handed_in(autograder_dir / HANDED_IN, assignment)
        if isinstance(submission, Unreadable) and submission.status.kind is Kind.FOR_A_PERSON:
            # Students see at once what was expected, and can hand in again.
            submission = replace(submission, status=failed(submission.status.detail))
        self._version = version(assignment.folder)
        with Sandbox() as sandbox:
            grader = Grader(assignment, sandbox)
            unreached = grader.not_graded(submission, NOT_REACHED)
            questions = {q.name: q for q in unreached.questions}

            def keep(question: QuestionResult) -> None:
                # This is what stays when the run is ended from outside, for its time or for its memory.
                questions[question.name] = question
                found = unfinished(replace(unreached, questions=tuple(questions.values())))
                table = results_json.to_results(found, private=False)
                table["output"] += f"\n\n{escaped(self._version)}"
                write_atomically(results, json.dumps(table))

            return grader.grade(submission, keep)

    def after_grading(self, results: Any) -> None:
        """Compare Otter's scores with ours, and put the words about the whole submission on top.

        Raises:
            InfrastructureError: a score is not what was found.

        """
        if results.catastrophic_error is not None:
            raise InfrastructureError(f"Otter could not report the grades: {results.catastrophic_error}")
        theirs = {name: results.get_score(name) for name in results.test_files}
        for question in self.result.questions:
            if not math.isclose(theirs.get(question.name, math.nan), question.score, abs_tol=1e-9):
                raise InfrastructureError(
                    f"Otter reports {theirs}, which differs from {question.name}: {question.score}"
                )
        # Otter shows it as plain text.
        results.set_output(f"{head_text(self.result)}\n\n{self._version}")


def unfinished(result: SubmissionResult) -> SubmissionResult:
    """The result of a submission whose grading may be stopped at any time: it names what was not reached."""
    left = [q.name for q in result.questions if all(p.reason == NOT_REACHED for p in q.properties)]
    words = "grading was ended from outside before it was finished: ask the course staff to run it again"
    notes = (*result.notes, words, *([f"not reached: {', '.join(left)}"] if left else []))
    return replace(result, status=Status(Kind.NOT_FINISHED), notes=notes)


def read_handed_in(folder: Path, assignment: Assignment) -> Submission | Unreadable:
    """Read the files in ``folder`` as a submission; a single file is the answer, whatever its name."""
    names = [q.name for q in assignment.questions]
    for empty in folder.glob("__init__.py"):
        # Otter makes one for its own imports.
        if not empty.is_symlink() and empty.stat().st_size == 0:
            empty.unlink()
    inside = intake.visible(folder)
    path = inside[0] if len(inside) == 1 and not inside[0].is_dir() else folder
    read = intake.read(path, assignment.contract.name, questions=names)
    return replace(read, id=assignment.contract.name)


def verdicts(result: SubmissionResult) -> Mapping[tuple[str, str], str | None]:
    """(question, property) -> None where it passed, the feedback where it did not."""
    return {
        (question.name, found.name): None if found.earned else as_text(question, found)
        for question in result.questions
        for found in question.properties
    }
