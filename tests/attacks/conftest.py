"""Attacks need a machine that confines."""

from __future__ import annotations

import sys

import pytest


@pytest.fixture(autouse=True)
def _linux() -> None:
    if sys.platform != "linux":
        pytest.skip(f"there is no confinement on {sys.platform}")
