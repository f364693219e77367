"""``autograder check``: an answer against the public properties, as a student."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.common import Command, handout
from autograder.model.errors import UsageError


@click.command("check", cls=Command, epilog="autograder check naive_bayes my_answer.py")
@click.argument("assignment")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def command(assignment: str, path: Path | None) -> None:
    """Check an answer as a student: the public properties, question by question.

    PATH is the answer (default: ASSIGNMENT.py beside the tests). Exit code 1 when something failed.
    """
    from autograder import intake
    from autograder.grade import Assignment, Grader
    from autograder.sandbox.sandbox import Sandbox
    from autograder.wording.text import question_text

    folder = handout(assignment)
    answer = path or folder / f"{assignment}.py"
    if not answer.exists():
        raise UsageError(f"{answer}: not found; expected your answer to {assignment}")
    # One's own code needs a process of its own, so that it can be stopped, but no confinement.
    with Sandbox(unsafe=True) as sandbox:
        grader = Grader(Assignment(folder), sandbox)
        names = [q.name for q in grader.assignment.questions]
        result = grader.grade(intake.read(answer, assignment, questions=names))
    if result.message:
        click.echo(f"{result.status}: {result.message}\n")
    for note in result.notes:
        click.echo(note)
    for question in result.questions:
        click.echo(question_text(question))
    click.echo(f"public points: {result.score:g} of {result.points:g} (hidden checks follow when you submit)")
    if result.score < result.points:
        raise click.exceptions.Exit(1)
