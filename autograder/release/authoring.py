"""Find mistakes in what course staff write, before it is built: with file, line and remedy."""

from __future__ import annotations

import difflib
import inspect
import os
import pickle
import re
import subprocess
import sys
import tomllib
import types
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from autograder.checks import contract
from autograder.checks.composition import complete
from autograder.checks.judging import REFERENCE, Judgement, judge, run_case
from autograder.checks.modules import place, unloadable
from autograder.checks.property import prop
from autograder.checks.question import Question
from autograder.checks.returns import disagreement
from autograder.grade.assignment import Assignment
from autograder.model.calls import Answer
from autograder.model.contract import Contract, Signature
from autograder.model.errors import AuthoringError
from autograder.model.limits import Limits
from autograder.model.result import Verdict
from autograder.source.draws import fix_draws

_TOP = frozenset({"name", "title", "rejudge", "question", "limits", "feedback"})
_QUESTION = frozenset({"name", "points", "arguments", "returns", "from", "own", "takes", "properties"})
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
    """Check the contract's keys, that every file belongs to a question, and the points in the handout's table.

    Args:
        master: the folder as its author keeps it.

    Raises:
        AuthoringError: all that is wrong, a line each.

    """
    path = master / "tests" / contract.FILE
    rules = contract.load(path)
    text = path.read_text(encoding="utf-8")
    found = [*_unknown_keys(path, text), *_strangers(master, [q.name for q in rules.questions])]
    found += _other_points(master / "README.md", rules)
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


def _other_points(handout: Path, rules: Contract) -> Iterator[str]:
    """Rows of the handout's table of questions that say other points than the contract."""
    lines = handout.read_text(encoding="utf-8").splitlines() if handout.is_file() else []
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.lstrip().startswith("|") else []
        said = [float(cell) for cell in cells[1:] if re.fullmatch(r"\d+(\.\d+)?", cell)]
        for q in rules.questions:
            if said and any(cell.startswith(f"`{q.name}(") for cell in cells) and q.points not in said:
                yield (
                    f"{handout}, line {number}: expected {q.points:g} points for {q.name}, as in {contract.FILE}; "
                    f"found {line}"
                )


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
    for q in assignment.questions:
        _check_signature(master, q.signature, assignment.reference)
    _ = assignment.misconceptions
    for path in answers:
        functions = vars(_module(path, master.name))
        for q in assignment.questions:
            namespace = {**vars(assignment.reference), **functions, REFERENCE: assignment.reference}
            for p, judgement in zip(q.properties, q.judge(namespace), strict=True):
                if judgement.result.verdict is not Verdict.PASSED:
                    raise AuthoringError(_failure(q, p, judgement, namespace, path))
                if path == answers[0] and not q.signature.is_property:
                    _check_repeatable(p, judgement, namespace)


def _check_signature(master: Path, signature: Signature, reference: types.ModuleType) -> None:
    """Check that the reference's function has the parameters of the contract, by name and in order."""
    path = master / f"{master.name}.py"
    function = getattr(reference, signature.name, None)
    if not callable(function):
        raise AuthoringError(f"{path}: expected the function {signature.name} of the contract; found none")
    parameters = list(inspect.signature(function).parameters)
    if parameters != list(signature.arguments):
        raise AuthoringError(
            f"{master / 'tests' / contract.FILE}: expected the arguments of {signature.name} as in {path.name}, "
            f"{', '.join(parameters)}; found {', '.join(signature.arguments)}"
        )


def _check_repeatable(p: prop, judgement: Judgement, namespace: Mapping[str, Any]) -> None:
    """Check that a property makes the same calls again: randomness of its own would change a grade from run to run."""
    if _arguments(judge(p, namespace).answers) != _arguments(judgement.answers):
        raise AuthoringError(
            f"{p.path}, line {p.line}: {p.id} makes other calls each time; draw random numbers in its recipe, or from "
            f"np.random.RandomState(seed) with a seed that a recipe gives"
        )


def _arguments(answers: Sequence[Answer]) -> list[tuple[str, list[object]]]:
    return [(a.call.function, [_frozen(v) for v in (*a.call.args, *a.call.kwargs.values())]) for a in answers]


def _frozen(value: object) -> object:
    """What can be compared of an argument; of a function, its type."""
    try:
        return pickle.dumps(value)
    except (pickle.PicklingError, AttributeError, TypeError):
        return type(value)


def _failure(q: Question, p: prop, judgement: Judgement, namespace: Mapping[str, Any], path: Path) -> str:
    """Why a right answer failed: the check's own error, calls that are not the contract's, or another answer."""
    result = judgement.result
    if result.verdict is Verdict.NOT_JUDGED:
        found = (run_case(p, namespace, values, []) for _, values in p.cases)
        error = next((e for e in found if isinstance(e, AuthoringError)), None)
        places = [place(q.path, e) for e in (error, error and error.__cause__) if e]
        where = next((w for w in places if w != str(q.path)), f"{q.path}, line {p.line}")
        return f"{where}: {p.id}: {result.reason}"
    example = result.counterexample
    why = result.reason
    if example:
        compared = f": expected {example.expected}, found {example.got}" if example.expected else ""
        why = f"{example.problem}{compared}; drawn: {example.case}"
    calls = [(p.contract.signature(a.call.function), a.call) for a in judgement.failing_answers]
    wrong = next(filter(None, (disagreement(s, c.args, c.kwargs) for s, c in calls if s)), "")
    remedy = f"{wrong}; fix the recipe, the check or the contract" if wrong else "fix the check or the answer"
    return f"{q.path}, line {p.line}: {p.id} fails a right answer, {path.name}: {why}; {remedy}"


def _module(path: Path, name: str) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102  (course staff's own file)
    except (Exception, SystemExit) as error:
        raise unloadable(path, error) from error
    return module
