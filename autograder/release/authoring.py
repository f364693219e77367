"""Find mistakes in what course staff write, before it is built: with file, line and remedy."""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import tomllib
import types
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from autograder.checks import contract
from autograder.checks.composition import complete
from autograder.checks.judging import REFERENCE
from autograder.grade.assignment import Assignment
from autograder.model.errors import AuthoringError
from autograder.model.limits import Limits
from autograder.model.result import Verdict
from autograder.source.draws import fix_draws

_TOP = frozenset({"name", "title", "rejudge", "question", "limits", "feedback"})
_QUESTION = frozenset({"name", "points", "arguments", "returns", "from", "own", "properties"})
_PACKAGE = Path(__file__).resolve().parents[1]
_SCRIPT = """\
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from autograder.model.errors import AutograderError
from autograder.release.authoring import judge_right_answers
try:
    judge_right_answers(Path(sys.argv[2]))
except AutograderError as error:
    sys.exit(str(error))
"""
_LIMITS = frozenset(f.name for f in fields(Limits))


def check_files(master: Path) -> None:
    """Check the contract's keys, and that every file belongs to a question of it.

    Args:
        master: the folder as its author keeps it.

    Raises:
        AuthoringError: all that is wrong, a line each.

    """
    path = master / "tests" / contract.FILE
    rules = contract.load(path)
    text = path.read_text(encoding="utf-8")
    found = [*_unknown_keys(path, text), *_strangers(master, [q.name for q in rules.questions])]
    if found:
        raise AuthoringError("\n".join(found))


def _unknown_keys(path: Path, text: str) -> Iterator[str]:
    table = tomllib.loads(text)
    if not str(table.get("title", "")).strip():
        yield f'{path}, line 1: expected a title that students read: title = "..."'
    places: list[tuple[str, int, Mapping[str, Any], Collection[str]]] = [("", 0, table, _TOP)]
    places += [("question", number, each, _QUESTION) for number, each in enumerate(table["question"])]
    places += [("limits", 0, table.get("limits", {}), _LIMITS)]
    for section, number, each, known in places:
        for key in each:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                remedy = f"did you mean {near[0]}?" if near else f"expected {', '.join(sorted(known))}"
                where = f" in [{section}]" if section else ""
                yield f"{path}, line {_line_of(text, section, number, key)}: unknown key {key}{where}; {remedy}"


def _line_of(text: str, section: str, number: int, key: str) -> int:
    """The line of a key in a section of a TOML file, in the ``number``-th of that name."""
    here, seen = "", -1
    for line, content in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([\w.\"-]+)", content):
            here = header[1].strip('"')
            seen += here == section
            if not section and here.partition(".")[0] == key:
                return line
        elif here == section and max(seen, 0) == number and re.match(rf"\s*\"?{re.escape(key)}\"?\s*[=.]", content):
            return line
    return 1


def _strangers(master: Path, names: Collection[str]) -> Iterator[str]:
    for folder, suffixes in (("tests", {".py", ".json"}), ("misconceptions", {".py"})):
        for path in sorted((master / folder).glob("*")):
            if path.suffix in suffixes and path.stem not in names and path.stem != "__init__":
                near = difflib.get_close_matches(path.stem, names, 1)
                remedy = f"did you mean {near[0]}{path.suffix}?" if near else "add the question, or remove the file"
                yield f"{path}: {contract.FILE} has no question {path.stem}; {remedy}"


def check_right_answers(master: Path) -> None:
    """Run the reference and every wheat through every check, in a process of its own.

    Args:
        master: with all of its questions, their cases recorded.

    Raises:
        AuthoringError: one of them fails a check, or something does not load.

    """
    command = [sys.executable, "-I", "-c", _SCRIPT, str(_PACKAGE.parent), str(complete(master).absolute())]
    environment = os.environ | {"MPLBACKEND": "Agg"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=master, env=environment)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise AuthoringError(lines[-1] if lines else f"{master}: the right answers could not be checked")


def judge_right_answers(master: Path) -> None:
    """Run them in this process, which they may change.

    Raises:
        AuthoringError: one of them fails a check, or something does not load.

    """
    answers = [master / f"{master.name}.py", *sorted((master / "wheats").glob("*.py"))]
    if any("hypothesis" in path.read_text(encoding="utf-8") for path in answers):
        fix_draws()  # before anything loads, or a health check fails on a busy machine
    assignment = Assignment(master)
    _ = assignment.misconceptions
    for path in answers:
        functions = vars(_module(path, master.name))
        for q in assignment.questions:
            for judgement in q.judge({**vars(assignment.reference), **functions, REFERENCE: assignment.reference}):
                result = judgement.result
                if result.verdict is not Verdict.PASSED:
                    example = result.counterexample
                    why = f"{example.problem}; drawn: {example.case}" if example else result.reason
                    raise AuthoringError(
                        f"{q.path}: {result.name} fails a right answer, {path.name}: {why}; fix the check or the answer"
                    )


def _module(path: Path, name: str) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102  (course staff's own file)
    except Exception as error:
        raise AuthoringError(f"{path}: cannot be loaded: {type(error).__name__}: {error}") from error
    return module
