"""``autograder check``: an answer against the public checks, as a student."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from autograder.cli.common import Command, StudentFolder, find_student_folder
from autograder.cli.screen import echo
from autograder.model.errors import InfrastructureError

if TYPE_CHECKING:
    from autograder.model.result import QuestionResult
    from autograder.sandbox.sandbox import Sandbox

MOST_LINES = 40
"""Lines on the first wrong question."""
_LOOK_SECONDS = 0.5


@click.command("check", cls=Command, epilog="autograder check naive_bayes my_answer.py")
@click.argument("words", nargs=-1, metavar="[ASSIGNMENT] [QUESTION] [PATH]")
@click.option("--watch", is_flag=True, help="Check again whenever the file is saved, until Ctrl-C.")
def command(words: tuple[str, ...], watch: bool) -> None:
    """Check an answer as a student: the public checks, question by question, confined and timed as in grading.

    ASSIGNMENT may be left out in its folder, or beside it where there is only one. QUESTION asks for one question.
    PATH is the answer (default: the module, or the notebook, beside the tests). Exit code 1 when something failed.
    """
    found = find_student_folder(*words)
    if watch:
        with contextlib.suppress(KeyboardInterrupt):
            _watch(found)
    elif not _show(check(found)):
        raise click.exceptions.Exit(1)


def _watch(found: StudentFolder) -> None:
    while True:
        seen = _saved(found)
        checked = check(found)
        click.clear()
        _show(checked)
        echo("waiting for the next save (Ctrl-C ends)")
        while _saved(found) == seen:
            time.sleep(_LOOK_SECONDS)


class CheckReport(NamedTuple):
    """What was found out about an answer.

    Attributes:
        questions: those that were asked for.
        notes: how it was read, and what was left out of it.
        message: why nothing could be checked, or empty.
        output: what it printed.

    """

    questions: tuple[QuestionResult, ...]
    notes: tuple[str, ...] = ()
    message: str = ""
    output: str = ""

    @property
    def passed(self) -> bool:
        """Whether every public check passed."""
        return all(q.score == q.points for q in self.questions)


def check(found: StudentFolder) -> CheckReport:
    """Judge an answer as grading does, confined where the system can; with the same time limits everywhere."""
    try:
        from autograder.sandbox.sandbox import Sandbox
    except ImportError:  # Windows
        return _check_here(found)
    with Sandbox() as sandbox:
        try:
            _ = sandbox.layers
        except InfrastructureError:
            pass
        else:
            return _check_confined(found, sandbox)
    with Sandbox(unsafe=True) as sandbox:
        try:
            _ = sandbox.layers
        except (InfrastructureError, OSError, AttributeError):
            return _check_here(found)
        return _check_confined(found, sandbox)


def _check_confined(found: StudentFolder, sandbox: Sandbox) -> CheckReport:
    from autograder.doors import own_answers
    from autograder.grade import Assignment, Grader
    from autograder.intake.reader import read, read_beside
    from autograder.model.submission import Submission

    # In a student's folder, the module is the student's: it is never run here.
    is_master = (found.folder / "misconceptions").is_dir()
    assignment = Assignment(found.folder, has_reference=is_master, only=found.question)
    names = [q.name for q in assignment.contract.questions]
    if found.answer:
        submission = read(found.answer, found.name, questions=names)
    else:
        submission = read_beside(found.folder, found.name, questions=names, helpers=True)
    result = Grader(assignment, sandbox).grade(submission)
    if not isinstance(submission, Submission):
        return CheckReport(result.questions, result.notes, submission.message)
    message = "" if result.status.graded else f"{result.status}: {result.message}"
    own: list[str] = []
    if result.status.graded:
        own = own_answers.tried_confined(found.folder, assignment.contract, submission, sandbox)
    return CheckReport(result.questions, (*result.notes, *own), message, result.output)


def _check_here(found: StudentFolder) -> CheckReport:
    from autograder.checks import question
    from autograder.checks.judging import judge, result_of
    from autograder.checks.missing import explain_missing
    from autograder.checks.mistakes import diagnose_by_fingerprint
    from autograder.doors.local import LocalAnswer
    from autograder.model.errors import StudentFault
    from autograder.model.result import QuestionResult, Verdict

    rules, questions = question.load_all(found.folder / "tests")
    questions = tuple(q for q in questions if found.question in {"", q.name})
    try:
        answer = LocalAnswer(found.folder, rules, found.answer)
    except StudentFault as fault:
        failed = tuple(
            QuestionResult(q.name, tuple(result_of(p, Verdict.FAILED, reason=fault.fault) for p in q.properties))
            for q in questions
        )
        return CheckReport(failed, message=f"{fault.fault}: " + "\n".join(filter(None, (fault.message, fault.where))))
    judged = []
    for q in questions:
        results = []
        for p in q.properties:
            answer.clock.begin()
            results.append(judge(p, answer.functions))
        judged.append(
            explain_missing(
                QuestionResult(q.name, tuple(j.result for j in results), diagnose_by_fingerprint(q, results)),
                answer.notes,
            )
        )
    return CheckReport(tuple(judged), answer.notes)


def _show(checked: CheckReport) -> bool:
    """Print the first wrong question in full and a line for each of the others; whether all passed."""
    from autograder.wording.text import brief_text, name_width, printed, question_lines, unwritten

    if checked.message:
        echo(checked.message)
    for note in checked.notes:
        echo(f"note: {note}")
    shown = bool(checked.message)  # which says why every question has failed
    width = name_width(checked.questions)
    for question in () if checked.message else checked.questions:
        right = question.score == question.points
        if right or shown or unwritten(question):
            echo(brief_text(question, width))
            continue
        shown = True
        echo("\n".join(question_lines(question, MOST_LINES, width)))
    if shown and checked.output:
        echo(f"\nYour code printed:\n{printed(checked.output)}\n")
    score, points = sum(q.score for q in checked.questions), sum(q.points for q in checked.questions)
    if any(p.hidden for q in checked.questions for p in q.properties):  # of a master copy
        echo(f"points: {score:g} of {points:g}")
    else:
        echo(f"public points: {score:g} of {points:g} (hidden checks run when your submission is graded)")
    return checked.passed


def _saved(found: StudentFolder) -> list[tuple[Path, int]]:
    """The files of the answer with the time at which each was saved."""
    paths = [found.answer] if found.answer else sorted(found.folder.glob("*.py")) + sorted(found.folder.glob("*.ipynb"))
    times = []
    for path in paths:
        with contextlib.suppress(OSError):  # an editor may be putting a new file in its place
            times.append((path, path.stat().st_mtime_ns))
    return times
