"""Where a worker's code is, asked from outside by a signal: to name the line of a student's code whose time is up.

faulthandler answers from the handler in C, so that code which is stuck in a library is found, too. What it writes to
the worker's answers is as little trusted as they are: nothing is taken from it but the number of a line of a file that
was handed in.
"""

from __future__ import annotations

import faulthandler
import re
import signal
from typing import TYPE_CHECKING

from autograder.source.left_out import place
from autograder.source.slow import slow_line

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNAL = signal.SIGUSR1
BYTES = 1 << 16
"""Most of what it writes: a hundred lines."""
_HEAD = b"(most recent call first):\n"
_FRAME = re.compile(rb'^  File "([^"\n]{1,500})", line (\d{1,7}) in ', re.MULTILINE)
_LONGEST = 200


def answer_on(fd: int) -> None:
    """Write this process's stack to ``fd`` whenever it is asked to; before any code of a student's runs."""
    faulthandler.register(SIGNAL, file=fd, all_threads=False)


def line_in(written: bytes, texts: Mapping[str, str]) -> str:
    """The line that a student's code spends its time in, ``"line 12: while True:"``; empty where it cannot be found.

    Args:
        written: what came from the worker.
        texts: file -> its text, of the files that were handed in; the module first.

    """
    found = [
        (file.decode("ascii", "replace"), int(number)) for file, number in _FRAME.findall(written.rpartition(_HEAD)[2])
    ]
    lines = {file: texts[file].split("\n") for file, _ in found if file in texts}
    frames = [(file, number) for file, number in reversed(found) if 0 < number <= len(lines.get(file, ()))]
    if not frames:
        return ""
    file, number = slow_line(frames, lambda name: lines[name])
    there = "" if file == next(iter(texts)) else f"{file}, "
    return f"{there}{place(lines[file], number)}: {lines[file][number - 1].strip()[:_LONGEST]}"
