"""``autograder new``: an assignment of your own, from an explained example or from questions of others."""

from __future__ import annotations

import json
import keyword
import re
from pathlib import Path

import click

from autograder.cli.common import Command, authored
from autograder.cli.screen import echo
from autograder.model.errors import UsageError


@click.command(
    "new", cls=Command, epilog="autograder new my_homework --from naive_bayes:estimate_parameters,naive_bayes:predict"
)
@click.argument("name")
@click.option("--from", "taken", default=None, help="assignment:question, several with commas; =name renames one.")
@click.option(
    "--otter",
    "notebook",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="A notebook for `otter assign` to start from.",
)
@click.option("--title", default=None, help="What students read above it; by default the name.")
def command(name: str, taken: str | None, notebook: Path | None, title: str | None) -> None:
    """Start an assignment in solutions/NAME: one question with every line explained, or questions of others.

    With --from, it composes an assignment of 100 points: a contract and the start of a handout, beside theirs. Nothing
    is copied: reference, checks, recorded cases and misconceptions stay where they are. With --otter, the functions
    and points of a notebook for `otter assign` are taken, and each of its tests, hidden ones too, becomes a property
    to complete. Edit the files, then `autograder build NAME`. How to write questions: .github/AUTHORING.md.
    """
    if not re.fullmatch(r"[a-z]\w*", name) or keyword.iskeyword(name):
        raise UsageError(f"{name}: expected a name that Python can import, such as my_homework")
    title = title or name.replace("_", " ").capitalize()
    if taken is not None and notebook is not None:
        raise UsageError("expected --from or --otter; found both")
    if notebook is not None:
        _convert(Path.cwd() / "solutions" / name, notebook, title)
    elif taken is None:
        _start(Path.cwd() / "solutions" / name, title)
    else:
        _compose(name, taken, title)


def _start(folder: Path, title: str) -> None:
    from autograder.release.starter import write_starter

    if folder.exists():
        raise UsageError(f"{folder}: exists already")
    write_starter(folder, title)
    echo(f"{folder}: 1 question, 10 points")
    echo(f"read the files, change them, then: autograder build {folder.name} && autograder audit {folder.name}")


def _convert(folder: Path, notebook: Path, title: str) -> None:
    from autograder.release.otter_assign import draft

    if folder.exists():
        raise UsageError(f"{folder}: exists already")
    made = draft(notebook, folder.name, title)
    for name, text in made.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    count = f"{len(made.questions)} question{'' if len(made.questions) == 1 else 's'}"
    echo(f"{folder}: {count}, {sum(made.questions.values()):g} points")
    if made.left_out:
        echo(f"left out, since they define no function: {', '.join(made.left_out)}")
    echo(f"complete what says TODO (how: .github/AUTHORING.md), then: autograder build {folder.name}")


def _compose(name: str, taken: str, title: str) -> None:
    from autograder.checks import contract, question
    from autograder.checks.composition import complete

    wanted = [_parsed(item) for item in filter(None, (part.strip() for part in taken.split(",")))]
    if not wanted:
        raise UsageError("--from: expected assignment:question, several with commas")
    bank = authored(wanted[0][0]).parent
    folder = bank / name
    if folder.exists():
        raise UsageError(f"{folder}: exists already")
    share, rest = divmod(100, len(wanted))
    tables = [f"title = {json.dumps(title, ensure_ascii=False)}\n"]
    for i, (assignment, asked, renamed) in enumerate(wanted):
        lines = ["[[question]]", f'from = "{assignment}:{asked}"', *([f'name = "{renamed}"'] if renamed else [])]
        tables.append("\n".join([*lines, f"points = {share + (i < rest)}"]) + "\n")
    (folder / "tests").mkdir(parents=True)
    (folder / "tests" / contract.FILE).write_text("\n".join(tables), encoding="utf-8")
    try:
        rules, questions = question.load_all(folder / "tests")
        for q in questions:
            question.check_points(q)
        (folder / "README.md").write_text(_handout(complete(folder), rules.title, questions), encoding="utf-8")
    except Exception:
        (folder / "tests" / contract.FILE).unlink()
        (folder / "tests").rmdir()
        folder.rmdir()
        raise
    echo(f"{folder}: {len(questions)} question{'s' * (len(questions) > 1)}, 100 points")
    echo(f"edit {folder / 'README.md'} and {folder / 'tests' / contract.FILE}, then: autograder build {name}")


def _parsed(item: str) -> tuple[str, str, str]:
    source, _, renamed = item.partition("=")
    assignment, colon, asked = source.partition(":")
    if not colon or not assignment or not asked:
        raise UsageError(f"--from: expected assignment:question; found {item!r}")
    return assignment, asked, renamed


def _handout(master: Path, title: str, questions: tuple[object, ...]) -> str:
    """A handout to begin with: the table of questions, and for each what its stub says."""
    import ast

    from autograder.checks.question import Question
    from autograder.release.handout import SET_UP

    source = (master / f"{master.name}.py").read_text(encoding="utf-8")
    described = {n.name: n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)}
    rows, tasks = [], []
    for i, q in enumerate(q for q in questions if isinstance(q, Question)):
        public = sum(p.points for p in q.properties if not p.hidden)
        node = described[q.name]
        call = f"{q.name}({ast.unparse(node.args)})"
        anchor = f"{i + 1}-{q.name}-{q.signature.points:g}-points"
        rows.append(f"| [{i + 1}](#{anchor}) | `{call}` | {q.signature.points:g} | {public:g} |")
        text = ast.get_docstring(node) or ""
        tasks.append(f"## {i + 1}. {q.name} ({q.signature.points:g} points)\n\n```text\n{text.strip()}\n```\n")
    table = "\n".join(["| question | function | points | public points |", "|---|---|---:|---:|", *rows])
    return f"# {title}\n\n{table}\n\n{SET_UP}\n\n" + "\n".join(tasks)
