"""Ensure student files reveal no solutions."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from autograder.checks.implementations import HIDDEN, PUBLISHED
from autograder.checks.property import prop
from autograder.model.errors import AuthoringError
from autograder.release.strip import blocks

_TELLING = 25
"""Shorter lines reveal nothing (``return theta``)."""
_IMPORT = re.compile(r"import |from \S+ import ")
"""Imports reveal nothing."""


def check(master: Path, properties: Iterable[prop], files: Mapping[str, str]) -> None:
    """Compare the students' files with everything that is hidden.

    Args:
        master: the assignment's folder below ``solutions``.
        properties: all properties, public and hidden.
        files: file name -> text.

    Raises:
        AuthoringError: a file names a hidden property, or contains a line of the reference, of a hidden
            property, of a misconception, of a wheat or of a hidden implementation.

    """
    everything = list(properties)
    names = {p.id for p in everything if p.hidden} - {p.id for p in everything if not p.hidden}
    named = re.compile(rf"\b({'|'.join(map(re.escape, sorted(names)))})\b") if names else None
    hidden = _hidden_lines(master)
    for file, text in files.items():
        lines = _lines(file, text)
        for line in lines:
            if named and (found := named.search(line)):
                raise AuthoringError(f"{file}: students would read the name of the hidden property {found[1]}: {line}")
            if line in hidden:
                raise AuthoringError(f"{file}: students would read a line of {hidden[line]}: {line}")


def _hidden_lines(master: Path) -> dict[str, str]:
    """Revealing lines that occur in hidden places only -> place."""
    hidden: dict[str, str] = {}
    public: set[str] = set()
    for path in [master / f"{master.name}.py", *sorted((master / "tests").glob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        inside = {n for b in blocks(text, path) for n in range(b.begin, b.end + 1)}
        for number, line in enumerate(text.splitlines(), 1):
            if number in inside:
                hidden[line.strip()] = f"{path.name}:{number}"
            else:
                public.add(line.strip())
    for path in sorted((master / PUBLISHED).glob("*.py")):
        public |= {line.strip() for line in path.read_text(encoding="utf-8").splitlines()}
    unseen = ("misconceptions", "wheats", HIDDEN)
    for path in (path for folder in unseen for path in sorted((master / folder).glob("*.py"))):
        for number, line in _in_functions(path):
            hidden[line.strip()] = f"{path.parent.name}/{path.name}:{number}"
    return {line: place for line, place in hidden.items() if _is_telling(line) and line not in public}


def _is_telling(line: str) -> bool:
    return len(line) >= _TELLING and not line.startswith(("import ", "from "))


def _in_functions(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines of functions. Code outside of functions, such as plotting, reveals nothing."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                yield number, lines[number - 1]


def _lines(file: str, text: str) -> list[str]:
    if file.endswith(".ipynb"):
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    return [line.strip() for line in text.splitlines()]
