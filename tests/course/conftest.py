"""What tests of the assignments share: the material of each, graded once in a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.course.grading.classes import NAMES, Material, graded

Shared = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def material_of(shared: Shared) -> Callable[[str], Material]:
    """The graded material of an assignment, by name."""
    found: dict[str, Material] = {}

    def of(name: str) -> Material:
        if name not in found:
            found[name] = graded(name, shared)
        return found[name]

    return of


@pytest.fixture(scope="session", params=NAMES)
def material(request: pytest.FixtureRequest, material_of: Callable[[str], Material]) -> Material:
    """The graded material of every assignment in turn."""
    return material_of(request.param)
