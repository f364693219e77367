"""How the engine is written: plain words, modules of one concept, no paths of one machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE = sorted((ROOT / "autograder").rglob("*.py"))
PROSE = [ROOT / "README.md", *sorted((ROOT / ".github").rglob("*.md"))]

REPLACED = {
    "told": "shown, or called with",
    "mend|mends|mended|mending": "fix",
    "foresee|foreseen|foreseeing": "prefetch",
    "befell": "happened to",
    "whoever": "the one who, or the student who",
    "hangs? on|hang on": "depends on",
    "stands (in|at|there|beside|outside|alone)|stand (in|at|there|beside|alone)": "is in",
    "by heart": "memorised",
    "wants its": "needs its",
    "lends?|lent|lenders?|lending": "calls with, or a proxy",
}
MATERIAL = sorted(
    path
    for pattern in ("*/README.md", "*/*.py", "*/tests/*.py", "*/misconceptions/*.py")
    for path in (ROOT / "solutions").glob(pattern)
)
FOR_STUDENTS = {
    "told": "shown, given or separated",
    "whoever": "if you",
    "(has|have|had) a say": "depends on",
    "spares?|spared": "leaves out of the penalty",
    "(opinion|story|silent)": "the term of the field",
    "stands (in|at|there|beside|outside|alone)": "is in",
}
"""Words that students stumbled over, in what they read."""
LONGEST = 450
LONGER: dict[str, str] = {}
"""Longer modules, each with the reason why it is one concept."""


def texts() -> list[Path]:
    templates = sorted((ROOT / "autograder" / "report" / "templates").iterdir())
    tests = sorted(p for p in (ROOT / "tests").rglob("*.py") if p != Path(__file__).resolve())
    return [*ENGINE, *templates, *PROSE, *tests]


@pytest.mark.parametrize("words", REPLACED)
def test_plain_words(words):
    pattern = re.compile(rf"\b({words})\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line.replace("TOLD", ""))  # what an attack prints
    ]
    assert not found, f"better: {REPLACED[words]}\n" + "\n".join(found)


@pytest.mark.parametrize("words", FOR_STUDENTS)
def test_plain_words_in_the_material(words):
    pattern = re.compile(rf"\b({words})\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in MATERIAL
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, f"better: {FOR_STUDENTS[words]}\n" + "\n".join(found)


def test_no_class_is_named_by_a_participle():
    """A class is a noun of the trade: ``FilledGradebook``, not ``Filled``."""
    names = {
        node.name.lstrip("_"): path.relative_to(ROOT)
        for path in ENGINE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert not {n: str(p) for n, p in names.items() if re.fullmatch(r"[A-Z][a-z]+ed|Held|Lost|Gone", n)}


def test_modules_hold_one_concept():
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in ENGINE}
    assert {name for name, lines in lengths.items() if lines > LONGEST} == set(LONGER)
    assert all(LONGER.values())


def test_every_module_begins_with_what_it_is():
    assert not [
        str(path.relative_to(ROOT)) for path in ENGINE if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]


def test_no_path_of_one_machine():
    pattern = re.compile(r"/root/|/home/(?!student\b)\w")
    tracked = [*texts(), ROOT / "pyproject.toml"]
    allowed = {Path(__file__).resolve(), ROOT / "autograder/sandbox/layers/uid.py"}
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in tracked
        if path not in allowed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)
