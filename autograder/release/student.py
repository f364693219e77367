"""Make the students' folder: the master copy without solutions."""

from __future__ import annotations

import ast
import json
import os
import re
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.checks import contract, question
from autograder.checks.cases import load_recording, save_cases
from autograder.checks.composition import complete
from autograder.checks.question import Question
from autograder.model.errors import AuthoringError, UsageError
from autograder.release import leaks
from autograder.release.handout import expand
from autograder.release.strip import BEGIN, END, strip

HANDOUT = "README.md"
GIVEN = "given"
"""Folder that students get unchanged: data, and code that they need not write."""
_OF_STAFF = {"misconceptions", "wheats", "class", "class.toml", "equivalents.toml"}
"""Of a master copy, what no students' folder has."""


def build(master: Path, target: Path) -> None:
    """Make ``target`` the students' folder of ``master``; anything else in it is deleted.

    Raises:
        AuthoringError: the master copy is wrong, or something of the solution would be given away.
        UsageError: ``target`` holds something else than a students' folder, or cannot be written to.

    """
    target = target.resolve()
    _expect_no_other_work(target, master.resolve())
    files = student_files(master)
    try:
        for name, data in files.items():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(data)
        for folder, folders, names in os.walk(target, topdown=False):
            for path in (Path(folder, name) for name in names):
                if path.relative_to(target).as_posix() not in files:
                    path.unlink()
            for path in (Path(folder, name) for name in folders):
                if path.is_symlink():
                    path.unlink()
                elif not any(path.iterdir()):
                    path.rmdir()
    except OSError as error:
        raise UsageError(f"{error.filename or target}: cannot be written: {error.strerror}; build again") from error


def _expect_no_other_work(target: Path, master: Path) -> None:
    """What is in ``target`` is deleted: it must have been made of a master copy before."""
    if target in {master, *master.parents} or master in target.parents:
        raise UsageError(f"{target}: expected a folder apart from the master copy {master}; choose another --out")
    if not target.exists():
        return
    found = sorted(path.name for path in target.iterdir()) if target.is_dir() else [target.name]
    if found and (not (target / "tests" / contract.FILE).is_file() or _OF_STAFF & set(found)):
        raise UsageError(
            f"{target}: expected nothing there, or a students' folder made before; found {', '.join(found[:3])}; "
            "choose another --out"
        )


def student_files(master: Path) -> dict[str, bytes]:
    """Students' folder as file name -> contents; the same bytes for the same master copy.

    Raises:
        AuthoringError: the master copy is wrong, or something of the solution would be given away.

    """
    master = complete(master)
    questions = question.load_all(master / "tests")[1]
    for q in questions:
        question.check_points(q)
    files = {
        HANDOUT: expand(_text(master / HANDOUT, "the handout"), master),
        f"{master.name}.py": _stripped(master / f"{master.name}.py"),
        **_tests(master, questions),
        **_given(master),
    }
    _expect_stubs(master / f"{master.name}.py", files[f"{master.name}.py"], [q.name for q in questions])
    source = master / f"{master.name}_notebook.py"
    if source.is_file():
        files[f"{master.name}.ipynb"] = notebook(_stripped(source), source)
    leaks.check(master, [p for q in questions for p in q.properties], files)
    return {name: text.encode() for name, text in sorted(files.items())}


def _expect_stubs(path: Path, text: str, names: Collection[str]) -> None:
    """Each question is a function without its answer."""
    functions = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    for name in names:
        if name not in functions or "raise NotImplementedError" not in ast.unparse(functions[name]):
            raise AuthoringError(
                f"{path}: expected the answer of {name} between {BEGIN} and {END} in its function; "
                f"students would read it, or have no stub"
            )


def _given(master: Path) -> dict[str, str]:
    paths = sorted(p for p in (master / GIVEN).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {path.relative_to(master).as_posix(): _text(path, "a text") for path in paths}


def _tests(master: Path, questions: Sequence[Question]) -> dict[str, str]:
    """Public properties and their cases, loaded once to check that they work without the hidden ones."""
    with tempfile.TemporaryDirectory() as folder:
        tests = Path(folder) / "tests"
        tests.mkdir()
        (tests / contract.FILE).write_text(_contract(master / "tests" / contract.FILE, master.name), encoding="utf-8")
        for q in questions:
            (tests / q.path.name).write_text(_stripped(q.path), encoding="utf-8")
        for public in question.load_all(tests)[1]:
            for p in public.properties:
                if p.hidden:
                    raise AuthoringError(f"{public.name}.py: {p.id} is hidden, but is outside the markers")
            _keep_cases(master / "tests" / f"{public.name}.json", public)
        return {f"tests/{path.name}": path.read_text(encoding="utf-8") for path in sorted(tests.iterdir())}


def _keep_cases(recorded: Path, public: Question) -> None:
    """Write the published cases."""
    found = {p.id: load_recording(recorded, p.id, p.recipes) for p in public.properties}
    kept = {name: replace(r, unpublished=[], unpublished_digest="") for name, r in found.items()}
    save_cases(public.path.with_suffix(".json"), kept)


def _text(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AuthoringError(f"{path}: not found; expected {what}") from None
    except UnicodeDecodeError as error:
        raise AuthoringError(f"{path}: expected UTF-8 text; {error.reason} at byte {error.start}") from None


def _stripped(path: Path) -> str:
    return strip(_text(path, "a Python file"), path)


def _contract(path: Path, name: str) -> str:
    text = _text(path, "the contract")
    # Students may rename the folder, so the copy names its module.
    head, mark, tables = text.partition("[")
    return text if re.search(r"(?m)^name\s*=", head) else f'name = "{name}"\n{head}{mark}{tables}'


def notebook(source: str, path: Path) -> str:
    """Convert a py:percent script to a notebook; the same text for the same script.

    Raises:
        AuthoringError: jupytext cannot read it.

    """
    import jupytext

    try:
        read: Any = jupytext.reads(source, fmt="py:percent")
    except Exception as error:
        raise AuthoringError(f"{path}: not a py:percent script: {error}") from error
    cells = []
    # A removed solution may leave an empty cell.
    for number, cell in enumerate(c for c in read.cells if c.source.strip()):
        # The id depends on the position only, so that rebuilding gives the same notebook.
        plain = {"cell_type": cell.cell_type, "id": f"cell-{number:03}", "metadata": dict(cell.metadata)}
        if cell.cell_type == "code":
            plain |= {"execution_count": None, "outputs": []}
        cells.append(plain | {"source": cell.source.splitlines(keepends=True)})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    table = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(table, indent=1, ensure_ascii=False) + "\n"
