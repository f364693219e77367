"""``autograder submit``: check once more, and write the file to hand in."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.check import check
from autograder.cli.common import Command, find_student_folder
from autograder.cli.screen import echo
from autograder.doors.hand_in import files_to_hand_in, write_zip
from autograder.model.errors import UsageError


@click.command("submit", cls=Command, epilog="autograder submit naive_bayes")
@click.argument("words", nargs=-1, metavar="[ASSIGNMENT] [PATH]")
def command(words: tuple[str, ...]) -> None:
    """Check once more, say what is missing, and write ASSIGNMENT-submission.zip to hand in.

    The zip holds your answer and the modules beside it. Gradescope, Otter and `autograder grade` read it.
    An answer that is an archive already is handed in as it is.
    """
    from autograder.checks import contract
    from autograder.intake.kinds import ARCHIVES, kind_of
    from autograder.intake.reader import read, read_beside
    from autograder.model.submission import Unreadable
    from autograder.wording.text import unwritten

    found = find_student_folder(*words)
    if found.answer:
        submission = read(found.answer, found.name)
    else:
        names = [q.name for q in contract.load(found.folder / "tests" / contract.FILE).questions]
        submission = read_beside(found.folder, found.name, questions=names, helpers=True)
    if isinstance(submission, Unreadable):
        raise UsageError(submission.message)
    checked = check(found)
    if checked.message:
        echo(checked.message)
    for note in checked.notes:
        echo(f"note: {note}")
    missing = [q.name for q in checked.questions if unwritten(q)]
    wrong = [q.name for q in checked.questions if q.score < q.points and q.name not in missing]
    if missing:
        echo(f"not written yet: {', '.join(missing)}")
    if wrong:
        echo(f"failing checks in: {', '.join(wrong)}  (autograder check says what is wrong)")
    score, points = sum(q.score for q in checked.questions), sum(q.points for q in checked.questions)
    if found.answer and kind_of(found.answer.name) in ARCHIVES:
        echo(f"public points: {score:g} of {points:g}")
        echo(f"hand in {found.answer.name} itself: an archive is handed in as it is")
        return
    files = files_to_hand_in(found.folder, found.name, found.answer)
    target = write_zip(Path.cwd(), found.name, files)
    echo(f"public points: {score:g} of {points:g}")
    echo(f"hand in {target.name}: {', '.join(files)}")
