"""Classes of submissions made from the material of an assignment, graded by the command itself."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.checks import misconceptions
from autograder.checks.composition import complete
from autograder.grade import Assignment

ROOT = Path(__file__).resolve().parents[3]
MASTERS = sorted(complete(p.parent.parent) for p in (ROOT / "solutions").glob("*/tests/contract.toml"))
NAMES = [p.name for p in MASTERS]


@cache
def assignment(name: str) -> Assignment:
    return Assignment(ROOT / "solutions" / name)


@dataclass(frozen=True)
class Wrong:
    """A submission that is wrong in one question, by a misconception."""

    id: str
    question: str
    misconception: str
    source: str


def wrong_answers(name: str) -> list[Wrong]:
    master = assignment(name)
    reference = (master.folder / f"{name}.py").read_text(encoding="utf-8")
    found = misconceptions.load(master.folder / "misconceptions", vars(master.reference))
    return [
        Wrong(f"{question}--{m.name}", question, m.name, m.as_answer(reference))
        for question, several in found.items()
        for m in several
    ]


def right_answers(name: str) -> list[Path]:
    return sorted((assignment(name).folder / "wheats").glob("*.py"))


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
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with (out / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


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
