"""``autograder submit``: check once more, and write the file to hand in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import click

from autograder.cli.check import check
from autograder.cli.common import Command, handout
from autograder.cli.screen import echo
from autograder.model.errors import UsageError


@click.command("submit", cls=Command, epilog="autograder submit naive_bayes")
@click.argument("words", nargs=-1, metavar="[ASSIGNMENT] [PATH]")
def command(words: tuple[str, ...]) -> None:
    """Check once more, say what is missing, and write ASSIGNMENT-submission.zip to hand in.

    The zip holds your answer and the modules beside it. Gradescope, Otter and `autograder grade` read it.
    """
    from autograder.intake.reader import read, read_beside
    from autograder.model.submission import Unreadable
    from autograder.wording.text import unwritten

    found = handout(*words)
    if found.answer:
        submission = read(found.answer, found.name)
    else:
        submission = read_beside(found.folder, found.name, questions=[], helpers=True)
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
        echo(f"not all right: {', '.join(wrong)}  (autograder check says what is wrong)")
    score, points = sum(q.score for q in checked.questions), sum(q.points for q in checked.questions)
    target = Path.cwd() / f"{found.name}-submission.zip"
    files = _files(found.folder, found.name, found.answer)
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in files.items():
                archive.write(path, name)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written: {error.strerror}") from error
    echo(f"public points: {score:g} of {points:g}")
    echo(f"hand in {target.name}: {', '.join(files)}")


def _files(folder: Path, name: str, answer: Path | None) -> dict[str, Path]:
    """What goes into the zip: the answer under its own name, and the modules beside it."""
    home = answer.parent if answer else folder
    files = {p.name: p for p in sorted(home.glob("*.py")) if p.stem.isidentifier() and p.name != "conftest.py"}
    if answer:
        files.pop(f"{name}.py", None)
        files.pop(answer.name, None)
        files[f"{name}{answer.suffix}"] = answer
    elif (folder / f"{name}.ipynb").is_file():
        files[f"{name}.ipynb"] = folder / f"{name}.ipynb"
    return files
