"""Read submissions in a process that can be killed: a hostile file costs no other submission time or memory.

    python -m autograder.intake.bounded

reads requests from its standard input, a JSON text per line, and answers on its standard output. It imports nothing
that was handed in. The process is started when it is first needed, and again after it was lost.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Collection
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from autograder.intake import reader
from autograder.intake.discovery import Entry, plain_id
from autograder.intake.kinds import PYTHON, kind_of
from autograder.intake.omissions import Omissions
from autograder.intake.tar import TarArchive
from autograder.intake.trees import Archive, Folder, Part, Tree
from autograder.model.limits import MIB, IntakeLimits
from autograder.model.machine import memory_allowed
from autograder.model.status import Kind, Status, failed, not_graded
from autograder.model.submission import Submission, Unreadable

CPU_SECONDS = 20
WALL_SECONDS = 300
"""Backstop for a process that waits, as on a network's disk that is gone."""
MEMORY = 1536 * MIB
_TRIES = 2
_MOST_OMISSIONS = 100
_KINDS = {"zip": Archive, "tar": TarArchive, "folder": Folder}


def read(
    path: Path,
    module_name: str,
    identity: str = "",
    *,
    questions: Collection[str] | None = None,
    limits: IntakeLimits | None = None,
) -> Submission | Unreadable:
    """As :func:`autograder.intake.reader.read`, bounded."""
    return read_entry(Entry(path, identity or plain_id(path)), module_name, questions=questions, limits=limits)


def read_entry(
    entry: Entry,
    module_name: str,
    *,
    questions: Collection[str] | None = None,
    limits: IntakeLimits | None = None,
) -> Submission | Unreadable:
    """As :func:`autograder.intake.reader.read_entry`, bounded; ``too large`` where a bound was met."""
    part = _packed(entry.part)
    typed = entry.metadata is not None and bool(entry.metadata.typed)
    is_plain = entry.part is None and kind_of(entry.path.name) in {PYTHON, ""} and not entry.path.is_dir()
    if typed or is_plain or (entry.part is not None and part is None):
        return reader.read_entry(entry, module_name, questions=questions, limits=limits)
    request = {
        "path": str(entry.path.absolute()),
        "id": entry.id,
        "notes": entry.notes,
        "part": part,
        "seconds": CPU_SECONDS,
        "module": module_name,
        "questions": None if questions is None else list(questions),
        "limits": None if limits is None else asdict(limits),
    }
    name = entry.path.name if entry.part is None else entry.id
    why = ""
    for _ in range(_TRIES):
        answer, why, status = _READER.ask(request)
        if answer is not None:
            return _unpacked(answer)
        if status:
            return Unreadable(entry.id, failed(status), f"{name}: {why}", name)
    return Unreadable(entry.id, not_graded(f"cannot be read ({why})"), f"{name}: {why}", name)


def _packed(part: Part | None) -> dict[str, Any] | None:
    """A part of an export as the process opens it; None where it is not on disk."""
    if part is None:
        return None
    tree, files = _root_of(part, part.names)
    described = _described(tree)
    return described and {
        "tree": described,
        "files": files,
        "left_out": dict(islice(part.left_out.files.items(), _MOST_OMISSIONS)),
    }


def _root_of(tree: Tree, names: Collection[str]) -> tuple[Tree, dict[str, str]]:
    """What a part is of, and what the names are called there."""
    files = {name: name for name in names}
    while isinstance(tree, Part):
        files = {name: tree.files[inside] for name, inside in files.items()}
        tree = tree.tree
    return tree, files


def _described(tree: Tree) -> dict[str, Any] | None:
    """An archive or folder by its place on disk, or by its place in another; None where it has none."""
    kind = next((name for name, known in _KINDS.items() if isinstance(tree, known)), None)
    if kind is None:
        return None
    assert isinstance(tree, (Archive, Folder, TarArchive))
    described: dict[str, Any] = {"kind": kind, "root": str(tree.root.absolute()), "limits": asdict(tree.limits)}
    if not isinstance(tree, Folder) and tree.outer is not None:
        outer, files = _root_of(tree.outer[0], [tree.outer[1]])
        described |= {"outer": _described(outer), "name": files[tree.outer[1]]}
    return described


def _unpacked(answer: dict[str, Any]) -> Submission | Unreadable:
    if "status" in answer:
        kind, detail = answer["status"]["kind"], answer["status"]["detail"]
        return Unreadable(**{**answer, "status": Status(Kind(kind), detail)})
    return Submission(**{**answer, "notes": tuple(answer["notes"])})


class _Reader:
    """Client of the process; one request at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def ask(self, request: dict[str, Any]) -> tuple[dict[str, Any] | None, str, str]:
        """The answer; or None, why there is none, and the submission's status where that is its own doing."""
        with self._lock:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            late = threading.Timer(WALL_SECONDS, process.kill)
            late.daemon = True
            late.start()
            try:
                process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.flush()
                line = process.stdout.readline()
            except OSError:
                line = b""
            finally:
                late.cancel()
            if line.endswith(b"\n"):
                return json.loads(line), "", ""
            return None, *self._end_of(process)

    def _end_of(self, process: subprocess.Popen[bytes]) -> tuple[str, str]:
        self._process = None
        # What was not flushed cannot be: closing the pipe to a process that is gone says so.
        with contextlib.suppress(OSError), process:
            process.kill()
        code = -process.wait()
        if code == 24:  # SIGXCPU
            return f"reading it takes more than {CPU_SECONDS} s of computing time", "too large"
        if code in {11, 7, 6}:  # SIGSEGV, SIGBUS, SIGABRT
            return "reading it crashes Python's parser", "unreadable"
        return "the process that reads submissions was lost", ""

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # forked from its owner
            self._process, self._owner = None, os.getpid()
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            root = str(Path(__file__).parents[2])
            code = "import sys; sys.path.insert(0, sys.argv[1]); from autograder.intake.bounded import main; main()"
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", code, root, str(MEMORY)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            with contextlib.suppress(OSError), process:
                process.kill()


_READER = _Reader()
atexit.register(_READER.close)


# --- in the process ---


class _Trees:
    """The export that was opened last: its parts are read one after the other."""

    def __init__(self) -> None:
        self._key = ""
        self._tree: Tree | None = None

    def part(self, packed: dict[str, Any]) -> Part:
        """Open a part."""
        key = json.dumps(packed["tree"])
        if self._tree is None or key != self._key:
            self._key, self._tree = key, _opened(packed["tree"])
        return Part(self._tree, packed["files"], Omissions(packed["left_out"]))


def _opened(described: dict[str, Any]) -> Tree:
    """Open what :func:`_described` describes."""
    path, limits = Path(described["root"]), IntakeLimits(**described["limits"])
    if described["kind"] == "folder":
        return Folder(path, limits)
    data = _opened(described["outer"]).read(described["name"], limits.packed) if "outer" in described else None
    return (TarArchive if described["kind"] == "tar" else Archive)(path, limits, data)


def main() -> None:
    """Answer requests until the input ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not print into an answer
    trees = _Trees()
    memory = int(sys.argv[-1])
    _bound_memory(memory)
    for line in requests:
        request = json.loads(line)
        _bound_seconds(request["seconds"])
        try:
            answer = json.dumps(_answer(request, trees))
        except MemoryError:
            trees = _Trees()
            answer = json.dumps(asdict(_out_of_memory(request["id"], Path(request["path"]).name, memory)))
        answers.write(answer.encode() + b"\n")
        answers.flush()


def _out_of_memory(identity: str, name: str, memory: int) -> Unreadable:
    """Why there was not enough memory: the submission takes too much, or the machine allows less than we do."""
    allowed = memory_allowed()
    if allowed is not None and allowed < memory:
        why = f"out of memory on this machine ({allowed // MIB} MiB are allowed: ulimit -v, -d)"
        return Unreadable(identity, not_graded(why), f"{name}: {why}", name)
    why = f"reading it takes more than {memory // MIB} MiB of memory"
    return Unreadable(identity, failed("too large"), f"{name}: {why}", name)


def _answer(request: dict[str, Any], trees: _Trees) -> dict[str, Any]:
    limits = None if request["limits"] is None else IntakeLimits(**request["limits"])
    part = None if request["part"] is None else trees.part(request["part"])
    entry = Entry(Path(request["path"]), request["id"], part, None, tuple(request["notes"]))
    found = reader.read_entry(entry, request["module"], questions=request["questions"], limits=limits)
    return asdict(found)


def _bound_memory(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_seconds(seconds: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
