"""The wire: what is written is read as it was, and bytes that nobody wrote are refused, quickly and within memory."""

from __future__ import annotations

import math
import struct

import msgpack
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.wire.codec import Codec
from autograder.wire.types import (
    CODES,
    DTYPES,
    PREFIX,
    Caps,
    Handle,
    UnsupportedValue,
    WireError,
    set_generator_state,
)

CAPS = Caps(frame=1 << 20, elements=10_000, dimensions=4, depth=6)


def refuse(value):
    raise WireError(type(value).__name__)


CODEC = Codec(CAPS, refuse, lambda value: value)
QUICK = settings(max_examples=40, deadline=None, database=None)

dtypes = st.sampled_from(sorted(DTYPES, key=str))
arrays = dtypes.flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**300), 2**300),
    st.floats(),
    st.text(max_size=9),
    arrays,
    dtypes.map(lambda d: d.type(1)),
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def same(left, right):
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray | np.generic):
        return left.dtype == right.dtype and left.shape == right.shape and left.tobytes() == right.tobytes()
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return left == right or (isinstance(left, float) and math.isnan(left) and math.isnan(right))


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return 1 + max(map(depth, inner), default=0)


@QUICK
@given(st.lists(values, max_size=3))
def test_what_is_written_is_read_as_it_was(fields):
    if max(map(depth, fields), default=0) > CAPS.depth:
        return
    assert same(CODEC.unpack(CODEC.pack(fields)), fields)


@QUICK
@given(st.integers(0, 2**64), st.integers(0, 5))
def test_generators_cross_with_their_state(seed, draws):
    rng = np.random.default_rng(seed)
    rng.integers(9, size=draws, dtype=np.uint32)
    (copy,) = CODEC.unpack(CODEC.pack([rng]))
    assert copy.bit_generator.state == rng.bit_generator.state
    assert copy.normal() == rng.normal()


def test_handles_and_unsupported_values_are_made_by_the_receiver():
    assert CODEC.unpack(CODEC.pack([Handle(3), UnsupportedValue("Foo", "<Foo>")])) == [
        Handle(3),
        UnsupportedValue("Foo", "<Foo>"),
    ]


def test_what_is_read_is_fresh_writable_and_its_own():
    frame = bytearray(CODEC.pack([np.zeros((2, 3)), np.array([True])]))
    for array in CODEC.unpack(frame):
        assert array.flags.owndata
        assert array.flags.writeable
        assert array.flags.aligned


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(10_001),
        np.zeros((1, 1, 1, 1, 1)),
        "x" * 70_000,
        1 << 5000,
        "\ud800",
        [[[[[[[1]]]]]]],
        {1: 2},
        {1, 2},
        np.array(["a"]),
        pytest.param(object(), id="object"),
        [np.zeros(9_000)] * 20,
    ],
    ids=repr,
)
def test_what_exceeds_the_caps_is_not_written(value):
    with pytest.raises(WireError):
        CODEC.pack([value])


def frame(header, body=b""):
    data = header if isinstance(header, bytes) else msgpack.packb(header)
    return PREFIX.pack(len(data), len(body)) + data + body


@pytest.mark.parametrize(
    "bad",
    [
        frame(b""),
        frame(b"\xc1"),
        frame(b"\x90\x90"),
        frame(1),
        frame({"t": []}),
        frame([], b"x"),
        frame([{"a": ["f8", [1]]}]),
        frame([{"a": ["f8", [1]]}], b"1234567"),
        frame([{"a": ["f8", [-1]]}], b"12345678"),
        frame([{"a": ["f8", [1.0]]}], b"12345678"),
        frame([{"a": ["f8", [True]]}], b"12345678"),
        frame([{"a": ["f8", 1]}], b"12345678"),
        frame([{"a": ["O", [1]]}], b"12345678"),
        frame([{"a": [["f8"], [1]]}], b"12345678"),
        frame([{"a": ["V8", [1]]}], b"12345678"),
        frame([{"a": ["f8", [10_000, 10_000, 10_000, 10_000]]}]),
        frame([{"a": ["f8", [0, 2**62]]}]),
        frame([{"a": ["u1", [0] * 5]}]),
        frame([{"s": ["f8", b"1"]}]),
        frame([{"s": ["f8", "12345678"]}]),
        frame([{"i": "x"}]),
        frame([{"i": "f" * 2000}]),
        frame([{"i": 3}]),
        frame([{"g": [1, 2, 3, 4]}]),
        frame([{"g": ["zz", "1", 0, 0]}]),
        frame([{"g": ["1", "1", 2, 0]}]),
        frame([{"g": ["1", "1", 0, 2**32]}]),
        frame([{"g": ["f" * 33, "1", 0, 0]}]),
        frame([{"f": "1"}]),
        frame([{"o": ["a"]}]),
        frame([{"o": ["a" * 70_000, ""]}]),
        frame([{"t": {}}]),
        frame([{"d": []}]),
        frame([{"q": 1}]),
        frame([{"t": [], "d": {}}]),
        frame([{}]),
        frame([b"raw"]),
        frame([msgpack.ExtType(5, b"x")]),
        frame([msgpack.Timestamp(1, 2)]),
        frame(b"\x91" * 2000 + b"\xc0"),
        frame([["x" * 70_000]]),
        frame(b"\xdd\xff\xff\xff\xff"),
        frame(b"\xc6\xff\xff\xff\xff"),
        frame([{"d": {"a": b"x"}}]),
    ],
    ids=lambda bad: repr(bad[8:40]),
)
def test_what_is_no_message_is_refused(bad):
    with pytest.raises(WireError):
        CODEC.unpack(bad)


def test_lengths_beyond_the_cap_are_refused_before_anything_is_read():
    for header, body in [(1 << 21, 1 << 21), (0, 1 << 21), (0xFFFFFFFF, 0xFFFFFFFF)]:
        with pytest.raises(WireError):
            CODEC.measure(PREFIX.pack(header, body))


def read(data):
    try:
        CODEC.unpack(data)
    except WireError:
        return


@QUICK
@given(st.binary(max_size=200), st.binary(max_size=40))
def test_garbage_gives_a_value_or_a_wire_error(header, body):
    read(frame(header, body))


@settings(QUICK, max_examples=80)
@given(st.lists(values, max_size=3), st.data())
def test_damaged_messages_give_a_value_or_a_wire_error(fields, data):
    if max(map(depth, fields), default=0) > CAPS.depth:
        return
    message = bytearray(CODEC.pack(fields))
    for _ in range(data.draw(st.integers(1, 4))):
        message[data.draw(st.integers(0, len(message) - 1))] = data.draw(st.integers(0, 255))
    header, body = struct.unpack_from("<II", message)
    if header + body + PREFIX.size == len(message):
        read(message)
    else:
        with pytest.raises(WireError):
            CODEC.unpack(message)


tagged = st.recursive(
    st.none() | st.integers(-5, 2**64 - 1) | st.floats() | st.binary(max_size=9) | st.sampled_from([*CODES, "ff", "t"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.tuples(st.sampled_from("astdigfoq"), inner).map(lambda pair: dict([pair]))
    ),
    max_leaves=10,
)


@settings(QUICK, max_examples=80)
@given(st.lists(tagged, max_size=3), st.binary(max_size=64))
def test_messages_of_the_right_kind_but_wrong_give_a_value_or_a_wire_error(fields, body):
    read(frame(fields, body))


@pytest.mark.parametrize(
    "state", [None, [], ["1", "1", 0, 0.0], ["-f", "1", True, 0], ["1 ", "0x1", 0, 0], ["1_0", "1", 0, 0]]
)
def test_generator_states_are_checked(state):
    rng = np.random.default_rng(1)
    before = rng.bit_generator.state
    try:
        set_generator_state(rng, state)
    except WireError:
        assert rng.bit_generator.state == before
    else:
        assert 0 <= rng.bit_generator.state["state"]["state"] < 1 << 128
