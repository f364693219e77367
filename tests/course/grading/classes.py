"""The material of an assignment, graded once for all tests: its sample class, right answers and known mistakes."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks import contract
from autograder.checks.composition import complete
from autograder.grade import Assignment, Grader
from autograder.model.contract import Contract
from autograder.model.result import QuestionResult, SubmissionResult
from autograder.model.submission import Submission
from autograder.report.results_json import from_results, to_results
from autograder.sandbox.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[3]
THOROUGH = bool(os.environ.get("AUTOGRADER_THOROUGH"))
MASTERS = sorted(complete(p.parent.parent) for p in (ROOT / "solutions").glob("*/tests/contract.toml"))
NAMES = [p.name for p in MASTERS]
FOLDERS = {p.name: p for p in MASTERS}
COMPUTED = [
    p.name for p in MASTERS if not any(q.is_property for q in contract.load(p / "tests" / contract.FILE).questions)
]
"""Assignments whose answers are values; where they are properties, nothing is prefetched and no mistake diagnosed."""
ENDLESS = {"zeno_of_elea", "rosa_klein", "georg_cantor"}
"""Loops that take seconds, or memory, up to a limit: graded at night. Tests of deadlines and attacks try others by day."""
SLOW_WHERE_WRONG = {"softmax_regression"}
"""Where mistakes in every other question send ``fit`` to its deadline; by day one in logistic_regression does."""


@cache
def assignment(name: str) -> Assignment:
    return Assignment(ROOT / "solutions" / name)


def only(master: Assignment, question: str) -> Assignment:
    """The same assignment, of which one question is graded; what is loaded already is not loaded again."""
    return _changed(master, only=question, contract=master.contract)


def with_limits(master: Assignment, **limits: float) -> Assignment:
    """The same assignment with other limits."""
    rules = replace(master.contract, limits=replace(master.contract.limits, **limits))
    return _changed(master, only=master.only, contract=rules)


def with_a_tenth_of_the_time(master: Assignment) -> Assignment:
    """The same assignment with short limits, for answers that use all of them."""
    scopes = [f"{scope}_seconds" for scope in ("call", "property", "question", "submission")]
    return with_limits(master, **{scope: getattr(master.contract.limits, scope) / 10 for scope in scopes})


def _changed(master: Assignment, *, only: str, contract: Contract) -> Assignment:
    one = Assignment(master.folder, only=only)
    vars(one).update(
        _loaded=(contract, tuple(q for q in master.questions if only in {"", q.name})),
        reference=master.reference,
        misconceptions=master.misconceptions,
    )
    return one


@dataclass(frozen=True)
class Wrong:
    """A submission that is wrong in one question, by a misconception."""

    id: str
    question: str
    misconception: str
    source: str


@cache
def wrong_answers(name: str) -> tuple[Wrong, ...]:
    master = assignment(name)
    reference = (master.folder / f"{name}.py").read_text(encoding="utf-8")
    found = master.misconceptions
    return tuple(
        Wrong(f"{question}--{m.name}", question, m.name, m.as_answer(reference))
        for question, several in found.items()
        for m in several
    )


def right_answers(name: str) -> list[Path]:
    return sorted((assignment(name).folder / "wheats").glob("*.py"))


def key(name: str) -> dict[str, dict[str, Any]]:
    """What grading the sample class must find, by submission."""
    return tomllib.loads((FOLDERS[name] / "class.toml").read_text(encoding="utf-8"))


def grade(
    name: str, out: Path, *paths: Path, env: dict[str, str] | None = None, cwd: Path = ROOT
) -> dict[str, dict[str, str]]:
    """Run ``autograder grade`` and read the table it wrote, by submission."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", name, *map(str, paths), "--out", str(out)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return _rows(out)


@cache
def users_of(name: str, question: str) -> frozenset[str]:
    """The question and those whose reference calls it, helpers included: a mistake in it is theirs too."""
    reference = vars(assignment(name).reference)

    def calls(function: object, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        code = getattr(function, "__code__", None)
        if code is None:
            return frozenset()
        named = frozenset(n for n in code.co_names if n in reference and n not in seen)
        return named.union(*(calls(reference[n], seen | named) for n in named))

    return frozenset(
        q.name
        for q in assignment(name).contract.questions
        if q.name == question or question in calls(reference[q.name])
    )


@dataclass(frozen=True)
class Material:
    """What grading found, read from the disk, where the process that came first has left it.

    Attributes:
        name: the assignment's.
        whole: the folder of what ``autograder grade`` wrote for the sample class, the reference, the right answers and
            some wrong answers.
        own: the folder of the results of wrong answers, each graded in its own question only.

    """

    name: str
    whole: Path = field(repr=False)
    own: Path = field(repr=False)

    @cached_property
    def grades(self) -> Mapping[str, Mapping[str, str]]:
        """The rows of ``grades.csv``, by submission."""
        return _rows(self.whole)

    @cached_property
    def results(self) -> Mapping[str, SubmissionResult]:
        """What was graded in all questions, by submission."""
        return _results(self.whole / "results")

    @cached_property
    def wrong(self) -> Mapping[str, QuestionResult]:
        """A wrong answer's result in its own question, by its id."""
        return {identity: result.questions[0] for identity, result in _results(self.own).items()}


def _step(by_day: int) -> int:
    """Every how many-th of the material is graded: at night all. The audit grades everything, whenever it is run."""
    return 1 if THOROUGH else by_day


def class_of(name: str) -> list[Path]:
    """What is graded of the sample class; by day few endless loops among it, and some archives."""
    handed_in = sorted((ROOT / "solutions" / name / "class").iterdir())
    return handed_in if THOROUGH else [path for path in handed_in[2::6] if path.stem not in ENDLESS]


def right_in_all(name: str) -> list[Path]:
    """What is graded of the right answers; of properties, which take seconds, none by day: test_properties judges them."""
    return right_answers(name)[:: _step(8)] if name in COMPUTED or THOROUGH else []


def wrong_in_one(name: str) -> list[Wrong]:
    """Wrong answers that are graded in all questions: one of every other question; one property that is slow where right."""
    some = some_wrong_answers(name)
    return some if THOROUGH else some[name in SLOW_WHERE_WRONG :: 2] if name in COMPUTED else some[2:3]


def wrong_in_their_question(name: str) -> list[Wrong]:
    """Wrong answers that are graded in their own question: one of each at least."""
    some = some_wrong_answers(name)
    if name not in COMPUTED and not THOROUGH:
        return some
    return [*some, *(w for w in wrong_answers(name)[:: _step(12)] if w not in some)]


def some_wrong_answers(name: str) -> list[Wrong]:
    """One of each question; all of them with ``AUTOGRADER_THOROUGH=1``."""
    if THOROUGH:
        return list(wrong_answers(name))
    return list({w.question: w for w in reversed(wrong_answers(name))}.values())


def graded(name: str, shared: Callable[[str, Callable[[Path], None]], Path]) -> Material:
    """The material of an assignment, graded by the first who asks."""

    def grade_whole(folder: Path) -> None:
        (folder / "wrong").mkdir()
        for w in wrong_in_one(name):
            (folder / "wrong" / f"{w.id}.py").write_text(w.source, encoding="utf-8")
        reference = FOLDERS[name] / f"{name}.py"
        for path in class_of(name):
            if path.is_dir():
                shutil.copytree(path, folder / "class" / path.name)
            else:
                (folder / "class").mkdir(exist_ok=True)
                shutil.copy2(path, folder / "class")
        grade(name, folder / "out", folder / "class", reference, *right_in_all(name), folder / "wrong")

    def grade_own(folder: Path) -> None:
        for result in _in_their_own_questions(name):
            (folder / f"{result.id}.json").write_text(json.dumps(to_results(result)), encoding="utf-8")

    return Material(name, shared(f"{name}-whole", grade_whole) / "out", shared(f"{name}-own", grade_own))


def _in_their_own_questions(name: str) -> Iterator[SubmissionResult]:
    master = assignment(name)
    with Sandbox() as sandbox, np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as the command does
        graders = {q.name: Grader(only(master, q.name), sandbox) for q in master.questions}
        for w in wrong_in_their_question(name):
            yield graders[w.question].grade(Submission(w.id, w.source))


def _rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def _results(folder: Path) -> dict[str, SubmissionResult]:
    found = (from_results(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json")))
    return {result.id: result for result in found}
