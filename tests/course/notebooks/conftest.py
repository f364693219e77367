"""The notebook of every assignment, in a released folder."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.release.wheel import ROOT
from tests.course.notebooks.opened import Opened


@pytest.fixture(
    scope="module", params=sorted((ROOT / "solutions").glob("*/*_notebook.py")), ids=lambda p: p.parent.name
)
def master(request: pytest.FixtureRequest) -> Path:
    """Every assignment's folder in turn."""
    return Path(request.param.parent)


@contextmanager
def _opened(master: Path, folder: Path) -> Iterator[Opened]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", str(ROOT))
        found = Opened(master, folder / "my homework")
        with found.kernel():
            yield found


@pytest.fixture(scope="module")
def solved(master: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Its notebook, run once with stubs and then, in the same kernel, with right answers; tests go on from there."""
    with _opened(master, tmp_path_factory.mktemp(master.name)) as found:
        found.unanswered = copy.deepcopy(found.run_all())
        found.solve()
        found.run_all()
        yield found
