"""A released toy assignment, and answers to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.release import build


@pytest.fixture
def folder(released_master: Path, tmp_path: Path) -> Path:
    """The students' folder of the toy assignment, under a name of the student's choice."""
    build(released_master, tmp_path / "my homework")
    return tmp_path / "my homework"


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
