"""The fuzzer's targets in the ordinary run, briefly: any bytes, and damaged messages of the right kind."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import SEEDS, TARGETS

BRIEF = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", TARGETS)
def test_whole_seeds_are_read(name):
    for seed in SEEDS[name]:
        TARGETS[name](seed)


@pytest.mark.parametrize("name", TARGETS)
@BRIEF
@given(data=st.binary(max_size=300))
def test_any_bytes(name, data):
    TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
@BRIEF
@given(data=st.data())
def test_damaged_seeds(name, data):
    seed = bytearray(data.draw(st.sampled_from(SEEDS[name])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(seed)))
        if at < len(seed) and data.draw(st.booleans()):
            seed[at] = data.draw(st.integers(0, 255))
        else:
            seed[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    TARGETS[name](bytes(seed))
