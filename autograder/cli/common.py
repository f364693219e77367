"""What several commands need: how help shows an example, and where assignments are."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.model.errors import AuthoringError, UsageError

if TYPE_CHECKING:
    from autograder.model.contract import Contract

HELP = {"help_option_names": ["-h", "--help"]}
ROOT = Path(__file__).resolve().parents[2]


class Command(click.Command):
    """A command whose examples keep their lines; ``-h`` works as ``--help`` does, also where it is called by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"context_settings": HELP, **kwargs})

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the example unchanged."""
        if self.epilog:
            formatter.write(f"\nExample:\n  {self.epilog}\n")


def master(assignment: str) -> Path:
    """The master folder of an assignment, given by name or by path, with all of its questions in it.

    Raises:
        UsageError: there is none.
        AuthoringError: it takes a question from another assignment that is not there.

    """
    from autograder.checks.composition import complete

    return complete(authored(assignment))


def authored(assignment: str) -> Path:
    """The master folder as its author keeps it: a composed one holds a contract, and no question files.

    Raises:
        UsageError: there is none.

    """
    places = [Path(assignment), Path.cwd() / "solutions" / assignment, ROOT / "solutions" / assignment]
    for place in places:
        contract = place / "tests" / "contract.toml"
        # Students' folders of that name are no master copies; a master copy has its reference, or composes it.
        if contract.is_file() and ((place / f"{place.resolve().name}.py").is_file() or _composes(contract)):
            return place.resolve()
    if (folder := Path(assignment)).is_dir():
        wanted = ("tests/contract.toml", f"{folder.resolve().name}.py")
        missing = [name for name in wanted if not (folder / name).is_file()]
        raise UsageError(f"{folder} is not an assignment: {' and '.join(missing)} not found in it")
    known = sorted(p.parent.parent.name for p in (ROOT / "solutions").glob("*/tests/contract.toml"))
    raise UsageError(
        f"unknown assignment {assignment!r}; expected one of {', '.join(known) or '(none here)'} or a folder"
    )


def _composes(contract: Path) -> bool:
    return re.search(r"(?m)^\s*from\s*=", contract.read_text(encoding="utf-8", errors="replace")) is not None


@dataclass(frozen=True)
class StudentFolder:
    """A student's folder of an assignment, and what is asked about it.

    Attributes:
        folder: holds ``tests/contract.toml``.
        name: of the assignment and its module; the folder's name may differ.
        question: the question that is asked about, or empty for all.
        answer: the file that is asked about, or None for the one in the folder.

    """

    folder: Path
    name: str
    question: str = ""
    answer: Path | None = None


def find_student_folder(*words: str) -> StudentFolder:
    """The folder that students have of an assignment, from what they typed.

    Args:
        words: an assignment's name or folder, a question's name, or a file with an answer, in any order; nothing
            where there is only one assignment here.

    Raises:
        UsageError: there is none, or several.

    """
    here = Path.cwd()
    folders = [here, *_sorted_folders(here), *_sorted_folders(here / "assignments"), here.parent]
    folders += _sorted_folders(ROOT / "assignments")
    folders = [f for f in dict.fromkeys(folders) if _is_student_folder(f)]
    chosen, question, answer, rest = None, "", None, []
    for word in words:
        path = Path(word)
        named = [f for f in folders if word in {_contract(f).name, f.name}]
        if path.is_dir() and _is_student_folder(path):
            chosen = path.absolute()
        elif named:
            chosen = named[0]
        elif path.parent.name == "tests" and _is_student_folder(path.parent.parent):  # as pytest is given a question
            chosen = path.absolute().parent.parent
            rest.append(path.stem)
        elif path.is_file() or path.suffix in {".py", ".ipynb", ".zip"}:
            answer = path
        else:
            rest.append(word)
    inside = [f for f in folders if f.parent == here]
    if chosen is None:
        chosen = next((f for f in folders if f in {here, here.parent}), inside[0] if len(inside) == 1 else None)
    for word in rest:
        if chosen is None or not _contract(chosen).signature(word):
            choices = [*dict.fromkeys(_contract(f).name for f in folders)]
            choices += [q.name for f in [chosen or folders[0]] for q in _contract(f).questions] if folders else []
            near = difflib.get_close_matches(word, choices, 1)
            hint = f"; did you mean {near[0]}?" if near else "."
            raise UsageError(f"no checks of {word!r} found{hint} Expected one of {', '.join(choices) or '(none here)'}")
        question = word
    if answer is not None and not answer.exists():
        raise UsageError(f"{answer}: not found; expected your answer")
    if chosen is None:
        found = ", ".join(f.name for f in inside) or "no assignment"
        raise UsageError(f"expected one folder with tests/contract.toml in {here}; found {found}: name one")
    return StudentFolder(chosen, _contract(chosen).name, question, answer)


def _sorted_folders(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []


def _is_student_folder(folder: Path) -> bool:
    try:
        return (folder / "tests" / "contract.toml").is_file() and bool(_contract(folder).questions)
    except (AuthoringError, OSError):
        return False


def _contract(folder: Path) -> Contract:
    from autograder.checks import contract

    return contract.load(folder / "tests" / contract.FILE)
