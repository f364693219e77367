"""A released toy assignment, and answers to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
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


@pytest.fixture
def run_python() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``python ARGUMENTS`` in a folder."""

    def run(cwd: Path, *arguments: str, seconds: float = 120, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd,
            env=os.environ | env,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    return run
