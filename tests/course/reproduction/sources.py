"""Where the claims stand, and what computes them: handouts, notebooks' sources, references, given modules."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.grade.assignment import Assignment
from autograder.release.wheel import ROOT

SOLUTIONS = ROOT / "solutions"


def dataset(name: str) -> Any:
    """A dataset of scikit-learn, which takes a second and more to import, and so waits until a test asks for it."""
    from sklearn import datasets

    return getattr(datasets, f"load_{name}")()


@cache
def reference(name: str) -> ModuleType:
    """The right answers of an assignment."""
    return Assignment(SOLUTIONS / name).reference


def text(path: str) -> str:
    """A handout, or a notebook's source without comment signs, on one line."""
    return " ".join((SOLUTIONS / path).read_text(encoding="utf-8").replace("\n# ", "\n").split())


def notebook(name: str) -> str:
    """The text of an assignment's notebook."""
    return text(f"{name}/{name}_notebook.py")


@cache
def given(path: str) -> ModuleType:
    """A module that students are given."""
    file: Path = SOLUTIONS / path
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded
