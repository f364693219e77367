"""A first assignment to start from: one question, with every line explained."""

from __future__ import annotations

from pathlib import Path

from autograder.checks import contract
from autograder.release.student import HANDOUT

_TEXTS = Path(__file__).parent / "starter"
_QUESTION = "softmax"


def starter_files(name: str, title: str) -> dict[str, str]:
    """The files of a master copy called ``name``: file name -> text."""
    places = {
        f"tests/{contract.FILE}": "contract.toml",
        f"tests/{_QUESTION}.py": "question.py.txt",
        f"{name}.py": "module.py.txt",
        HANDOUT: "README.md",
        f"misconceptions/{_QUESTION}.py": "misconceptions.py.txt",
        "wheats/loops.py": "wheat.py.txt",
        "class/ada.py": "ada.py.txt",
        "class/bob.py": "bob.py.txt",
    }
    texts = {place: (_TEXTS / file).read_text(encoding="utf-8") for place, file in places.items()}
    return {place: text.replace("assignment_title", title) for place, text in texts.items()}


def write_starter(folder: Path, title: str) -> None:
    """Write them to a new folder, which the assignment is named after."""
    for name, text in starter_files(folder.name, title).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
