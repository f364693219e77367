"""The notebook of every assignment, in a released folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.release.wheel import ROOT
from tests.course.notebooks.opened import Opened


@pytest.fixture(params=sorted((ROOT / "solutions").glob("*/*_notebook.py")), ids=lambda p: p.parent.name)
def opened(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Every assignment's notebook in turn, its stubs unfilled."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    found = Opened(request.param.parent, tmp_path / "my homework")
    with found.client.setup_kernel():
        yield found
