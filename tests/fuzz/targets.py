"""What reads bytes of strangers: each target takes any bytes and raises only where a promise is broken."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgpack
import numpy as np

from autograder import intake
from autograder.model.submission import Submission, Unreadable
from autograder.wire.codec import Codec
from autograder.wire.types import PREFIX, Caps, Handle, UnsupportedValue, WireError

CODEC = Codec(
    Caps(frame=1 << 20, elements=100_000), lambda value: UnsupportedValue(type(value).__name__, ""), lambda value: value
)
PLAIN = (type(None), bool, int, float, str, np.generic, np.random.Generator, Handle, UnsupportedValue)


def wire(data: bytes) -> None:
    """A frame is a list of values that can be written again, or a WireError."""
    frame = PREFIX.pack(min(len(data), 4096), max(len(data) - 4096, 0)) + data
    try:
        CODEC.measure(frame)
        fields = CODEC.unpack(frame)
    except WireError:
        return
    _check(fields)


def stream(data: bytes) -> None:
    """The same where the lengths are the stranger's too."""
    if len(data) < PREFIX.size:
        return
    try:
        header, body = CODEC.measure(data)
        fields = CODEC.unpack(data[: PREFIX.size + header + body])
    except WireError:
        return
    _check(fields)


def _check(value: object) -> None:
    if isinstance(value, np.ndarray):
        assert value.flags.owndata
        assert value.dtype.kind in "biufc"
    elif isinstance(value, Handle | UnsupportedValue):
        pass
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            assert type(key) is str
            _check(item)
    else:
        assert isinstance(value, PLAIN), type(value)


def archive(data: bytes) -> None:
    """A zip is a submission, or one that cannot be read and says why."""
    _read(data, "fuzz.zip")


def notebook(data: bytes) -> None:
    """A notebook is a submission, or one that cannot be read and says why."""
    _read(data, "fuzz.ipynb")


def module(data: bytes) -> None:
    """A module is a submission, or one that cannot be read and says why."""
    _read(data, "fuzz.py")


def _read(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        read = intake.read(path, "toy", questions=["double"])
        assert [p.name for p in Path(folder).iterdir()] == [name]
    if isinstance(read, Unreadable):
        assert read.status
        assert read.message
    else:
        assert isinstance(read, Submission)
        assert isinstance(read.source, str)


def _seeds() -> dict[str, list[bytes]]:
    values = [["answer", 1, {"a": ["f8", [2]]}, None, []], ["fault", 1, "raised an exception", "x", "", ["E"]]]
    values += [["x", {"t": [{"i": "ff"}, {"d": {"k": [1.5]}}]}, {"s": ["f4", b"1234"]}], [{"g": ["1", "1", 0, 0]}]]
    headers = [msgpack.packb(value) for value in values]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a/toy.py", "def double(z): return 2 * z\n" * 20)
        packed.writestr("helper.py", "x = 1")
    nameless = bytearray(buffer.getvalue())
    at = nameless.rindex(b"PK\x01\x02")  # a member without a name, found by the fuzzer
    nameless[at + 28 : at + 30] = b"\0\0"
    del nameless[at + 46 : at + 55]
    end = nameless.rindex(b"PK\x05\x06")
    nameless[end + 12 : end + 16] = (end - nameless.index(b"PK\x01\x02")).to_bytes(4, "little")
    cell = {"cell_type": "code", "source": ["%time x\n", "def double(z):\n", "  return z"], "metadata": {}}
    book = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    return {
        "wire": headers,
        "stream": [
            PREFIX.pack(len(h), 16 if b"f8" in h else 0) + h + (b"\0" * 16 if b"f8" in h else b"") for h in headers
        ],
        "archive": [buffer.getvalue(), bytes(nameless)],
        "notebook": [book],
        "module": ["# -*- coding: latin-1 -*-\nx = 'ä'\n".encode("latin-1"), b"\xef\xbb\xbfx = 1\n"],
    }


TARGETS: dict[str, Callable[[bytes], None]] = {
    "wire": wire,
    "stream": stream,
    "archive": archive,
    "notebook": notebook,
    "module": module,
}
SEEDS = _seeds()
