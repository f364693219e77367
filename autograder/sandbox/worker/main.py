"""The confined process: imports the student's module and answers the grader's calls, one at a time.

Nothing here is trusted once the module was imported: the student's code can change all of it.
Standard library, NumPy and msgpack only.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from autograder.sandbox.worker.home import set_up
from autograder.sandbox.worker.sources import Sources
from autograder.source.draws import fix_random
from autograder.wire.codec import Codec
from autograder.wire.convert import to_plain
from autograder.wire.faults import MESSAGE, describe
from autograder.wire.types import (
    PREFIX,
    Caps,
    Handle,
    UnsupportedValue,
    WireError,
    generator_state,
    set_generator_state,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_LEFT_OUT = 10
HELD_BYTES = 32 << 10
REQUESTS, ANSWERS = 3, 4
"""File descriptors of requests and answers. Pipes are three times as fast as a socket."""
CALLED_BACK = {
    kind.__name__: kind
    for kind in (
        ArithmeticError,
        AssertionError,
        AttributeError,
        FloatingPointError,
        IndexError,
        KeyError,
        MemoryError,
        NotImplementedError,
        OverflowError,
        TypeError,
        ValueError,
        ZeroDivisionError,
        np.linalg.LinAlgError,
    )
}
"""What a function of the grader's may raise in the student's code; anything else arrives as a RuntimeError."""


class _CappedOutput(io.RawIOBase):
    """Writes to a file descriptor up to a number of bytes, then drops. Never raises, never waits for a reader."""

    def __init__(self, fd: int, cap: int) -> None:
        super().__init__()
        self._fd = fd
        self._left = cap

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._fd

    def write(self, data: Any) -> int:
        if self._left > 0:
            head = memoryview(data)[: self._left]
            try:
                written = os.write(self._fd, head)
            except OSError:
                written = 0
            self._left = self._left - written if written == len(head) else 0
        return len(data)


def capped_output(fd: int, cap: int) -> io.TextIOWrapper:
    """The worker's ``sys.stdout`` and ``sys.stderr``. Output beyond the cap is dropped, not punished."""
    return io.TextIOWrapper(_CappedOutput(fd, cap), "utf-8", "replace", newline="\n", write_through=True)  # type: ignore[arg-type]


class Worker:
    """Serves the requests of one grader.

    Args:
        caps: on what crosses.
        preloaded: batches of calls that were decoded before this process was forked; their numbers stand for them.

    """

    def __init__(self, caps: Caps, preloaded: Sequence[list[Any]] = ()) -> None:
        self._codec = Codec(caps, to_plain, self._from_wire)
        self._preloaded = preloaded
        self._turn = threading.RLock()
        self._module: dict[str, Any] = {}
        self._sources = Sources({}, 0.0)
        self._held: list[tuple[bytes, bytes]] | None = None
        self._held_bytes = 0

    def broken(self, why: str) -> None:
        """Tell the grader, instead of hello, that confinement failed."""
        self._send("broken", why)

    def serve(self) -> NoReturn:
        """Say hello, then answer until the grader hangs up."""
        self._send("hello")
        while True:
            self._serve(self._read())

    def _serve(self, message: list[Any]) -> None:
        kind, *fields = message
        if kind == "call":
            self._call(*fields)
        elif kind == "calls":
            self._call_all(*fields)
        elif kind == "preloaded":
            self._call_all(*self._preloaded[fields[0]][1:])
        elif kind == "import":
            self._import(*fields)
        elif kind == "replace":
            name, stand_in = fields
            self._module[name] = stand_in
            self._send("replaced")

    def _import(
        self, name: str, sources: dict[str, np.ndarray[Any, Any]], code: np.ndarray[Any, Any], seconds: float
    ) -> None:
        sys.argv = [name + ".py"]
        fix_random()  # the same submission gets the same score
        try:
            self._sources = Sources(
                {key: bytes(text).decode("utf-8", "surrogatepass") for key, text in sources.items()},
                seconds,
                bytes(code),
            )
            set_up(self._sources.files)
            self._sources.install()
            self._module = self._sources.load(name).__dict__
            names = [
                key for key, value in self._module.items() if type(key) is str and key[:1] != "_" and callable(value)
            ]
            self._send("imported", names, [line[:MESSAGE] for line in self._sources.left_out[:MOST_LEFT_OUT]])
        except BaseException as error:  # noqa: BLE001  (SystemExit and KeyboardInterrupt included)
            fault, *rest = self._describe(error)
            self._send(
                "fault", 0, fault if fault in ("exited", "out of memory", "timed out") else "import error", *rest
            )

    def _call(self, number: int, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], want: bool) -> None:
        try:
            function = self._module.get(name)
            if function is None or not callable(function):
                self._send("fault", number, "not defined", f"{name} is not defined", "", [])
                return
            rngs = [value for value in (*args, *kwargs.values()) if type(value) is np.random.Generator]
            value = function(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001
            self._send("fault", number, *self._describe(error))
            return
        try:
            after = args if want else None
            self._send("answer", number, value, after, [generator_state(rng) for rng in rngs])
        except WireError as error:
            self._send("fault", number, "unsupported value", f"{name} returned {error}", "", [])
        except BaseException as error:  # noqa: BLE001  (no memory for the answer, say)
            self._send("fault", number, *self._describe(error))

    def _call_all(
        self, names: list[str], wants: list[bool], sizes: list[int], keys: list[str | None], values: list[Any]
    ) -> None:
        """Calls one after the other, each with the next so many values; their answers are sent together."""
        self._held, self._held_bytes = [], 0
        at = 0
        for number, (name, want, size) in enumerate(zip(names, wants, sizes, strict=True)):
            given, named = values[at : at + size], keys[at : at + size]
            at += size
            count = named.count(None)  # positional arguments come first
            kwargs = {str(key): value for key, value in zip(named[count:], given[count:], strict=True)}
            self._call(number, name, tuple(given[:count]), kwargs, want)
        self._release()

    def _describe(self, error: BaseException) -> tuple[str, str, str, list[str]]:
        """Describe an exception: fault, message, the student's line, the names of its classes."""
        return describe(error, self._sources.where)

    def _from_wire(self, value: Handle | UnsupportedValue) -> object:
        if not isinstance(value, Handle):
            raise WireError("the grader sends no unsupported values")
        return self._caller(value.number)

    def _caller(self, number: int) -> Callable[..., Any]:
        """A function that has the grader call its function ``number``."""

        def given(*args: Any, **kwargs: Any) -> Any:
            with self._turn:
                collecting = self._held is not None
                self._release()
                self._send("callback", number, args, kwargs)
                while True:
                    message = self._read()
                    if message[0] in ("result", "failed") and collecting:
                        self._held, self._held_bytes = [], 0
                    if message[0] == "result":
                        _, value, states = message
                        generators = [v for v in (*args, *kwargs.values()) if type(v) is np.random.Generator]
                        for rng, state in zip(generators, states, strict=True):
                            set_generator_state(rng, state)
                        return value
                    if message[0] == "failed":
                        raise CALLED_BACK.get(message[2], RuntimeError)(message[1])
                    self._serve(message)

        return given

    def _send(self, *fields: object) -> None:
        if self._held is None:
            self._write(self._codec.pack(fields))
            return
        # Each frame costs more than most calls do.
        header, body = self._codec.part(fields)
        self._held_bytes += len(header) + len(body)
        if self._held_bytes > HELD_BYTES:
            self._release()
            self._held, self._held_bytes = [], len(header) + len(body)
        self._held.append((header, body))

    def _release(self) -> None:
        """Send the pending answers as one frame, and stop collecting."""
        held, self._held = self._held, None
        if held:
            self._write(self._codec.join(held))

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(ANSWERS, left) :]

    def _read(self) -> list[Any]:
        frame = bytearray(os.read(REQUESTS, 65536))
        while len(frame) < PREFIX.size:
            frame += self._more(PREFIX.size - len(frame))
        total = PREFIX.size + sum(self._codec.measure(frame))
        while len(frame) < total:
            frame += self._more(min(total - len(frame), 1 << 20))
        return self._codec.unpack(frame)

    def _more(self, count: int) -> bytes:
        data = os.read(REQUESTS, count)
        if not data:
            os._exit(0)  # the grader hung up
        return data
