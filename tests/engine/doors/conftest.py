"""A released toy assignment, and answers to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.release import build


@pytest.fixture(scope="session")
def released(released_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The students' folder of the toy assignment; read only."""
    folder = tmp_path_factory.mktemp("students") / "toy"
    build(released_master, folder)
    return folder


@pytest.fixture
def folder(released: Path, tmp_path: Path) -> Path:
    """The students' folder of the toy assignment, under a name of the student's choice."""
    return Path(shutil.copytree(released, tmp_path / "my homework"))
