"""A grading process on its standard streams: how a worker of a cluster grades.

It reads a packed assignment, then submissions, and writes a result for each. It ends, and cleans up, when its input
ends, even if the process that started it was killed. Both sides are trusted and run the same engine, so frames are
pickles; no student code runs in either.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import platform
import struct
import subprocess
import sys
import tempfile
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from autograder.batch.process_grader import grade_here
from autograder.grade.files import grading_files
from autograder.grade.fingerprint import ENGINE, engine
from autograder.model.errors import AutograderError, InfrastructureError
from autograder.model.result import SubmissionResult
from autograder.model.submission import AnySubmission

_LENGTH = struct.Struct("<Q")
_SECONDS_TO_END = 10


@dataclass(frozen=True)
class AssignmentArchive:
    """An assignment on its way: its folder's name, its files as a zip, and how it must be graded."""

    name: str
    files: bytes
    engine: str
    unsafe: bool


def pack(folder: Path, *, unsafe: bool = False) -> AssignmentArchive:
    """The assignment as grading needs it; without the sample class."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in grading_files(folder):
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return AssignmentArchive(folder.name, buffer.getvalue(), engine(), unsafe)


class GradingProcess:
    """A grading process started by this one."""

    def __init__(self, packed: AssignmentArchive) -> None:
        root = str(Path(__file__).parents[2])
        self._process = subprocess.Popen(
            # -P: the folder that it is started in may hold another copy of this package.
            [sys.executable, "-P", "-c", "from autograder.batch.grading_process import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))},
        )
        self._send(packed)

    def grade(self, submission: AnySubmission) -> SubmissionResult:
        """Grade one submission.

        Raises:
            EOFError: the process died.
            AutograderError: its own error.

        """
        self._send(submission)
        assert self._process.stdout is not None
        answer = _receive(self._process.stdout)
        if isinstance(answer, AutograderError):
            raise answer
        assert isinstance(answer, SubmissionResult)
        return answer

    def _send(self, thing: object) -> None:
        assert self._process.stdin is not None
        try:
            _send(self._process.stdin, thing)
        except BrokenPipeError:
            raise EOFError("the grading process is gone") from None

    def close(self) -> None:
        """End it, having let it clean up unless it takes long."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_SECONDS_TO_END)
        self._process.kill()
        with contextlib.suppress(OSError), self._process:
            pass


class GradingProcesses:
    """As many grading processes as are needed at once; one that dies is replaced."""

    def __init__(self, packed: AssignmentArchive) -> None:
        self._packed = packed
        self._idle: list[GradingProcess] = []
        self._lock = threading.Lock()

    def grade(self, submission: AnySubmission) -> SubmissionResult:
        """Grade one submission.

        Raises:
            InfrastructureError: its grading process died, and the next one too.

        """
        for _ in range(2):
            with self._lock:
                process = self._idle.pop() if self._idle else None
            process = process or GradingProcess(self._packed)
            try:
                result = process.grade(submission)
            except EOFError:
                process.close()
                continue
            except BaseException:
                process.close()
                raise
            with self._lock:
                self._idle.append(process)
            return result
        raise InfrastructureError("the grading process died twice on this submission")

    def close(self) -> None:
        """End all that are idle; the others end with their input."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()


def _send(stream: IO[bytes], thing: object) -> None:
    data = pickle.dumps(thing)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError("the stream ended")
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError("the stream ended")
    return pickle.loads(data)  # noqa: S301  (our own process at the other end)


def main() -> None:
    """Grade submissions from standard input until it ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever prints must not print into an answer.
    os.dup2(2, 1)
    packed = _receive(requests)
    with tempfile.TemporaryDirectory(prefix="autograder-") as home:
        folder = Path(home) / packed.name
        with zipfile.ZipFile(io.BytesIO(packed.files)) as archive:
            archive.extractall(folder)
        while True:
            try:
                submission = _receive(requests)
            except EOFError:
                break
            try:
                if packed.engine != engine():
                    raise InfrastructureError(
                        f"a worker of the cluster has another version of this package, in {ENGINE} on {platform.node()}"
                    )
                _send(answers, grade_here(str(folder), submission, unsafe=packed.unsafe))
            except AutograderError as error:
                _send(answers, error)
            except BrokenPipeError:
                break
