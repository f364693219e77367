"""Otter in a forked process, which need not import it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.release import bundles
from tests.engine.release.forked import FORKED


@pytest.fixture(scope="module")
def forked_otter() -> Iterator[None]:
    """Otter writes its part of a zip in a forked process; ``test_bundles`` holds that against what a started one writes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bundles, "subprocess", FORKED)
        yield
