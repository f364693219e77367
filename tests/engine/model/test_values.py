"""Values: copies that are those of copy.deepcopy, only sooner."""

import copy

import numpy as np
import pytest

from autograder.model.values import copied, identical

READ_ONLY = np.arange(6.0)
READ_ONLY.flags.writeable = False
RNG = np.random.default_rng(5)
RNG.integers(3, dtype=np.uint32)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        "text",
        None,
        np.float32(2),
        np.arange(6).reshape(2, 3).T,
        np.asfortranarray(np.ones((3, 2)))[::2],
        READ_ONLY,
        np.array([(1, 2.0)], dtype=[("a", int), ("b", float)]),
        [1, (np.zeros(2), [np.ones(1)]), {"a": np.arange(2), 3: "b"}],
        RNG,
    ],
    ids=["float", "text", "none", "scalar", "transposed", "sliced", "read-only", "record", "nested", "generator"],
)
def test_a_copy_has_the_same_bits_and_layout(value):
    found, expected = copied(value), copy.deepcopy(value)
    assert identical(found, value) or not identical(expected, value)
    if isinstance(value, np.ndarray):
        assert found is not value
        assert found.flags.writeable
        assert found.strides == expected.strides
        assert not np.shares_memory(found, value)


def test_lists_of_objects_are_copied_to_the_ground():
    inner = [1]
    array = np.array([inner, None], dtype=object)
    assert copied(array)[0] == [1]
    assert copied(array)[0] is not inner


def test_what_was_one_thing_is_one_thing():
    x, rng = np.zeros(2), np.random.default_rng(1)
    first, second, (third, again) = copied([x, x, (rng, rng)])
    assert first is second
    assert third is again


def test_a_list_may_hold_itself():
    value = [1]
    value.append(value)
    found = copied(value)
    assert found[1] is found


@pytest.mark.parametrize("bits", [np.random.PCG64, np.random.MT19937, np.random.Philox])
def test_a_copy_of_a_generator_goes_on_alike_and_leaves_the_first_alone(bits):
    rng = np.random.Generator(bits(7))
    rng.normal(size=3)
    rng.spawn(2)
    before = copy.deepcopy(rng)
    found = copied(rng)
    assert found.normal(size=4).tolist() == copy.deepcopy(before).normal(size=4).tolist()
    assert found.spawn(1)[0].random() == copy.deepcopy(before).spawn(1)[0].random()
    assert rng.random() == copy.deepcopy(before).random()
    assert rng.spawn(1)[0].random() == before.spawn(1)[0].random()
