"""The process that workers are forked from: clean environment, libraries loaded, no student code.

Started by :mod:`.launcher` with one socket, on which the grader asks it to open and to end workers.
It ends, and its workers with it, when the grader ends, however that happens.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import importlib
import os
import re
import select
import shutil
import signal
import socket
import sys
import tempfile
from typing import TYPE_CHECKING, Any, NoReturn

from autograder.sandbox.layers import LAYERS, Bounds, Confinement, Finding, find_layers, linux
from autograder.sandbox.worker import control
from autograder.sandbox.worker.main import ANSWERS, Worker, capped_output
from autograder.sandbox.worker.stack import answer_on
from autograder.source.draws import fix_draws, load_what_it_needs
from autograder.wire.codec import Codec
from autograder.wire.convert import refuse, to_plain
from autograder.wire.types import Caps

if TYPE_CHECKING:
    from collections.abc import Iterable

LIBRARY = """abc argparse array ast asyncio base64 bisect builtins bz2 cProfile calendar cmath codecs collections
    collections.abc concurrent.futures concurrent.futures.process concurrent.futures.thread configparser
    contextlib contextvars copy copyreg csv ctypes dataclasses datetime decimal difflib dis doctest
    encodings.ascii encodings.cp1252 encodings.cp437 encodings.idna encodings.latin_1
    encodings.unicode_escape encodings.utf_16 encodings.utf_8_sig enum errno fnmatch fractions functools gc
    getopt getpass glob graphlib gzip hashlib heapq html importlib importlib.metadata importlib.resources
    importlib.util inspect io itertools json keyword linecache locale logging lzma marshal math mmap
    multiprocessing multiprocessing.dummy multiprocessing.pool multiprocessing.synchronize numbers
    numpy.ctypeslib numpy.fft numpy.lib.recfunctions numpy.lib.stride_tricks numpy.linalg numpy.ma
    numpy.polynomial numpy.random numpy.testing numpy.typing operator optparse os pathlib pdb pickle
    platform pprint profile pstats pwd queue random re resource sched secrets select selectors shelve shutil
    signal socket stat statistics string struct subprocess symtable sys tempfile textwrap threading time
    timeit token tokenize traceback types typing unicodedata unittest unittest.mock urllib.request uuid
    warnings weakref xml.etree.ElementTree zipfile zlib zoneinfo""".split()  # noqa: SIM905  (a list to read, not to look at)
"""Loaded at once: where no file can be opened by a worker, this is what a submission can import."""

IF_NAMED = """scipy scipy.special scipy.stats scipy.optimize scipy.linalg scipy.sparse scipy.spatial scipy.integrate
    scipy.interpolate pandas matplotlib matplotlib.pyplot matplotlib.cm matplotlib.colors seaborn sklearn
    sklearn.datasets sklearn.linear_model sklearn.metrics sklearn.model_selection sklearn.naive_bayes
    sklearn.preprocessing hypothesis hypothesis.strategies hypothesis.extra.numpy pytest""".split()  # noqa: SIM905  (a list to read, not to look at)
"""Loaded when a submission names them, before its worker is forked: once for all who do."""

_LOADED_LATE = {"matplotlib.pyplot": ("matplotlib.backends.backend_agg", "matplotlib.backends.backend_pdf")}
"""Modules that a library imports on first use."""

_POLL_MILLISECONDS = 1000
_MOST_DESCRIPTORS = 1024


class Zygote:
    """Forks and ends workers on request of the grader."""

    def __init__(self, grader: socket.socket, *, unsafe: bool, without: frozenset[str]) -> None:
        self._grader = grader
        self._parent = os.getppid()
        self._workers: dict[int, int] = {}  # process id -> bytes of memory that it was born with
        self._preloaded: list[list[Any]] = []
        self._news = select.poll()
        self._grading_process = -1
        if sys.platform == "linux":
            linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        self.findings: tuple[Finding, ...] = (
            tuple(Finding(layer.name, holds=False, detail="switched off") for layer in LAYERS)
            if unsafe
            else find_layers(without)
        )
        self._held = frozenset(finding.name for finding in self.findings if finding.holds)
        self._layers = [layer for layer in LAYERS if layer.name in self._held]
        for layer in self._layers:
            layer.prepare(self._held)

    def serve(self) -> None:
        """Answer requests until the grader is gone."""
        control.send(self._grader, {"layers": [list(finding) for finding in self.findings]})
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)  # nobody reads it from here on
        os.close(null)
        self._news.register(self._grader, select.POLLIN)
        while os.getppid() == self._parent:
            news = [fd for fd, _ in self._news.poll(_POLL_MILLISECONDS)]
            if self._grading_process in news:
                return
            if not news:
                continue
            try:
                request, fds = control.receive(self._grader)
            except (EOFError, OSError):
                return
            if request["do"] == "leave":
                return
            self._answer(request, fds)

    def _answer(self, request: dict[str, Any], fds: list[int]) -> None:
        answer: dict[str, Any]
        try:
            if request["do"] == "open":
                load(request["load"])
                answer = {"pid": self._open(request, fds)}
            elif request["do"] == "preload":
                self._preload(request["frames"], Caps(**request["caps"]))
                answer = {}
            elif request["do"] == "follow":
                self._follow(request["pid"], request["cores"])
                answer = {}
            else:
                answer = self._end(request["pid"])
        except OSError as error:
            answer = {"error": str(error)}
        for fd in fds:
            os.close(fd)
        with contextlib.suppress(OSError):
            control.send(self._grader, answer)

    def _follow(self, pid: int, cores: list[int]) -> None:
        """Serve the grading process ``pid``, on its cores, and end with it."""
        if not hasattr(os, "pidfd_open"):
            raise OSError("no process can be watched here")
        self._grading_process = os.pidfd_open(pid)
        self._news.register(self._grading_process, select.POLLIN)
        os.sched_setaffinity(0, cores)

    def _preload(self, frames: list[bytes], caps: Caps) -> None:
        """Decode batches of calls once for all workers, each of which has its own copy of these pages."""
        codec = Codec(caps, to_plain, refuse)
        self._preloaded += [codec.unpack(bytearray(frame)) for frame in frames]
        gc.collect()
        gc.freeze()

    def _open(self, request: dict[str, Any], fds: list[int]) -> int:
        me = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._become_worker(request, fds, me)
        self._workers[pid] = _resident_bytes()
        return pid

    def _become_worker(self, request: dict[str, Any], fds: list[int], parent: int) -> NoReturn:
        worker = Worker(Caps(**request["caps"]), self._preloaded)
        try:
            os.setsid()
            if request["cores"]:  # of the thread that will call it
                os.sched_setaffinity(0, request["cores"])
            _arrange_descriptors(fds, kept=[fd for layer in self._layers for fd in layer.descriptors])
            answer_on(ANSWERS)
            linux.end_with(parent)
            for layer in self._layers:
                layer.apply(Confinement(self._held, Bounds(**request["bounds"])))
            sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = capped_output(1, request["output"])  # type: ignore[misc]
            sys.dont_write_bytecode = True
            gc.enable()
            worker.serve()
        except BaseException as error:  # noqa: BLE001  (a forked child must never return into the zygote's loop)
            with contextlib.suppress(BaseException):
                worker.broken(f"{type(error).__name__}: {error}")
        finally:
            os._exit(70)

    def _end(self, pid: int) -> dict[str, Any]:
        """Kill a worker unless it is dead already; how it ended and what it had used."""
        if pid not in self._workers:
            raise OSError("no such worker")
        inherited = self._workers.pop(pid)
        ended = self._wait(pid)
        killed = ended is None
        if ended is None:
            for kill in (os.killpg, os.kill):  # the group only exists once the worker made its session
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    kill(pid, signal.SIGKILL)
            ended = os.wait4(pid, 0)
        _, status, usage = ended
        return {
            "killed": killed,
            "status": os.waitstatus_to_exitcode(status),
            "cpu": usage.ru_utime + usage.ru_stime,
            "memory": usage.ru_maxrss * 1024 - inherited,
        }

    def _wait(self, pid: int) -> Any:
        ended = os.wait4(pid, os.WNOHANG)
        return ended if ended[0] else None

    def end_all(self) -> None:
        """Kill every worker and every other child of this process."""
        for pid in list(self._workers):
            self._end(pid)
        while children := _children():
            for pid in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def named_in(sources: Iterable[str]) -> list[str]:
    """The libraries loaded on demand that the sources mention."""
    words = {word for text in sources for word in re.findall(r"\w+", text)}
    return [name for name in IF_NAMED if words.issuperset(name.split("."))]


def load(names: list[str]) -> None:
    """Import the modules ``names`` as far as they are installed; no worker's cache or display is needed later."""
    missing = [name for name in names if name in IF_NAMED and name not in sys.modules]
    if not missing:
        return
    home = tempfile.mkdtemp(
        prefix=f"autograder-{os.getpid()}-"
    )  # matplotlib wants to write a cache of fonts while it is imported
    os.environ["MPLCONFIGDIR"] = home
    try:
        for name in (each for first in missing for each in (first, *_LOADED_LATE.get(first, ()))):
            with contextlib.suppress(Exception):  # not installed, or broken: the submission's own import fails
                importlib.import_module(name)
        if "hypothesis" in missing:
            with contextlib.suppress(ImportError):
                fix_draws()
                load_what_it_needs()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    gc.collect()
    gc.freeze()


def _arrange_descriptors(fds: list[int], kept: list[int]) -> None:
    """Leave open: nothing to read on 0, output on 1 and 2, requests on 3, answers on 4, and those ``kept``."""
    requests, answers, output = fds
    null = os.open(os.devnull, os.O_RDONLY)
    wanted = [null, output, output, requests, answers]
    out_of_the_way = [fcntl.fcntl(fd, fcntl.F_DUPFD, len(wanted)) for fd in wanted]
    for at, fd in enumerate(out_of_the_way):
        os.dup2(fd, at)
    first = len(wanted)
    for fd in sorted(kept):
        os.closerange(first, fd)
        first = fd + 1
    os.closerange(first, _MOST_DESCRIPTORS)


def _resident_bytes() -> int:
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _children() -> list[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:  # noqa: PTH123
            return [int(pid) for pid in file.read().split()]
    except OSError:
        return []


def main(fd: int, flags: list[str]) -> None:
    """Run a zygote on the socket ``fd``; ``flags`` are ``unsafe`` and names of layers to leave out."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the grader decides when to end
    with socket.socket(fileno=fd) as grader:
        zygote = Zygote(grader, unsafe="unsafe" in flags, without=frozenset(flags))
        for name in LIBRARY:
            importlib.import_module(name)
        gc.collect()
        gc.freeze()
        try:
            zygote.serve()
        finally:
            zygote.end_all()
