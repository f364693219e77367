"""Otter in a forked process, which need not import it."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from autograder.release import bundles
from tests.processes import run_python


@pytest.fixture(scope="module")
def forked_otter() -> Iterator[None]:
    """Otter writes its part of a zip in a forked process; ``test_bundles`` holds that against what a started one writes."""
    with pytest.MonkeyPatch.context() as patched:
        run = SimpleNamespace(run=lambda command, *, cwd, **_: run_python(cwd, *command[1:]))
        patched.setattr(bundles, "subprocess", run)
        yield
