"""What an attack is, and how it becomes a submission."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PASSED = "passed"
ATTEMPT = "attempt(lambda: "
PRELUDE = """\
import _socket, array, ctypes, gc, inspect, mmap, multiprocessing, os, posix, re, resource, select, signal, socket, struct
import subprocess, sys, tempfile, threading, time, types
import numpy as np

SPOT = {spot}
libc = ctypes.CDLL(None, use_errno=True)
seen = []


def breach(what=""):
    what = repr(what)[:200]
    print("BREACH", what)
    sys.stdout.flush()
    try:
        os.write(posix.open(SPOT["evidence"] + "/{name}", os.O_WRONLY | os.O_CREAT, 0o666), what.encode())
    except OSError:
        pass


def attempt(forbidden, name=""):
    try:
        got = forbidden()
    except BaseException:
        return
    breach((name, got) if name else got)


def syscall(*args):
    result = libc.syscall(*args)
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def frame(header, body=b""):
    import msgpack
    header = header if isinstance(header, bytes) else msgpack.packb(header)
    return struct.pack("<II", len(header), len(body)) + header + body


def right(z):
    return 2 * np.asarray(z)
"""
ANSWERS = """

def double(z):
    seen.append(z)
{body}
    return {answer}


def weigh(X, theta):
{weigh}
    return X @ theta
"""


@dataclass(frozen=True)
class Attack:
    """A hostile submission.

    Attributes:
        name: unique; the submission's id.
        by: the layers that stop it, each of them alone.
        code: statements at the start of ``double``.
        top: statements at the module's top level.
        answer: what ``double`` then returns.
        weigh: statements at the start of ``weigh``.
        double: what the grader must report of it: "passed", or the reason of its failed properties.
        status: of the submission.
        weighed: points that the other question must keep.
        tame: whether it may run where nothing confines it, to see that it would succeed.
        linux: needs this machine's system call numbers.

    """

    name: str
    by: tuple[str, ...]
    code: str = ""
    top: str = ""
    answer: str = "right(z)"
    weigh: str = ""
    double: str = PASSED
    status: str = "graded"
    weighed: float | None = 6
    tame: bool = False

    def stopped(self, held: frozenset[str]) -> bool:
        """Whether one of the layers ``held`` stops it; on some machines, nothing keeps names and sizes of files."""
        without_files = {"seccomp without files"} if "landlock" not in held else set()
        return "mounts" not in self.by or bool({*held, *without_files} & set(self.by))

    def source(self, spot: Mapping[str, object]) -> str:
        """The module that is handed in."""
        prelude = PRELUDE.replace("{spot}", json.dumps(spot)).replace("{name}", self.name)
        answers = ANSWERS.format(body=_indented(self.code), answer=self.answer, weigh=_indented(self.weigh))
        return prelude + "\n\n" + textwrap.dedent(self.top) + answers


def _indented(code: str) -> str:
    return textwrap.indent(textwrap.dedent(code).strip("\n"), "    ")


def attempts(by: tuple[str, ...], table: Mapping[str, str], *, tame: bool = True) -> list[Attack]:
    """Attacks that try one forbidden expression and answer right; an attack that gets through says so."""
    return [Attack(name, by, f"{ATTEMPT}{code}, {name!r})", tame=tame) for name, code in table.items()]


def together(attacks: Sequence[Attack]) -> list[Attack]:
    """The same attacks, where one submission makes all attempts that the same layers stop.

    It answers right after the last one, which says that it made them all; what gets through is named.
    """
    single = [a for a in attacks if a.code.startswith(ATTEMPT) and "\n" not in a.code]
    found = [a for a in attacks if a not in single]
    for by in dict.fromkeys(a.by for a in single):
        code = "\n".join(a.code for a in single if a.by == by)
        found.append(Attack(f"attempts_{len(found)}", by, code))
    return found
