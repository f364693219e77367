"""The student's module in this process, with a deadline on every call of it."""

from __future__ import annotations

import contextlib
import importlib.util
import linecache
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder.checks.functions import LocalCaller
from autograder.model.calls import Answer, Call
from autograder.model.contract import Contract
from autograder.model.errors import Fault, StudentFault
from autograder.model.limits import Limits

_AGAIN = 0.5
"""Seconds after which a student's code that caught the alarm is told again."""


class _Alarm(BaseException):
    """Time is up. No Exception: ``except Exception`` in a student's loop must not keep it going."""


@contextlib.contextmanager
def deadline(seconds: float, folder: Path) -> Iterator[None]:
    """End what runs inside after so many seconds, where the system has alarms.

    Raises:
        StudentFault: it took longer; says which of the student's lines was at work.

    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: object) -> None:
        raise _Alarm

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), _AGAIN)
    try:
        yield
    except _Alarm as alarm:
        signal.setitimer(signal.ITIMER_REAL, 0)
        message = f"gave no answer within {seconds:.3g} s"
        raise StudentFault(Fault.TIMED_OUT, message, _where(alarm, folder)) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Clock:
    """What is left to a property; a call may take no longer."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        self.folder = folder
        self._limits = limits
        self.begin()

    def begin(self) -> None:
        """A new property begins."""
        self._ends = time.monotonic() + self._limits.property_seconds

    @contextlib.contextmanager
    def call(self) -> Iterator[None]:
        """One call of the student's code."""
        with deadline(min(self._limits.call_seconds, self._ends - time.monotonic()), self.folder):
            yield


class TimedCaller:
    """A student's function, called in this process under the clock."""

    def __init__(self, function: Callable[..., Any], clock: Clock) -> None:
        self._caller = LocalCaller(function)
        self._clock = clock

    def call(self, call: Call) -> Answer:
        """Call it; when it takes too long, that is a fault of the student's."""
        try:
            with self._clock.call():
                return self._caller.call(call)
        except StudentFault as fault:
            return Answer(call, fault=fault)


def namespace(contract: Contract, clock: Clock) -> dict[str, Any]:
    """The student's functions by question, from a module imported afresh.

    Raises:
        StudentFault: it cannot be imported; says why, and in which of the student's lines.

    """
    module = _import(contract.path / f"{contract.name}.py", contract.limits.import_seconds)
    functions = {q.name: getattr(module, q.name, None) for q in contract.questions}
    return {name: TimedCaller(f, clock) for name, f in functions.items() if callable(f)}


def _import(path: Path, seconds: float) -> types.ModuleType:
    if not path.is_file():
        raise StudentFault(Fault.IMPORT_ERROR, f"expected your answers in {path}; found no such file")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    # Modules that the student wrote beside it are found as they are when it is run.
    sys.path.insert(0, str(path.parent))
    sys.modules[path.stem] = module
    try:
        with deadline(seconds, path.parent):
            # Not by the loader, which may take an older compiled file for a source saved within the second.
            exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), module.__dict__)  # noqa: S102
    except StudentFault:
        raise
    except SyntaxError as error:
        where = f"line {error.lineno}: {(error.text or '').strip()}" if error.lineno else ""
        raise StudentFault(Fault.IMPORT_ERROR, f"{type(error).__name__}: {error.msg}", where) from None
    except SystemExit as error:
        raise StudentFault(Fault.IMPORT_ERROR, f"called exit({error.code!r})", _where(error, path.parent)) from None
    except Exception as error:  # noqa: BLE001  (whatever a student's module raises)
        message = f"{type(error).__name__}: {error}"
        raise StudentFault(Fault.IMPORT_ERROR, message, _where(error, path.parent)) from None
    return module


def _where(error: BaseException, folder: Path) -> str:
    """The innermost line in the student's folder that the error passed."""
    found = ""
    at = error.__traceback__
    while at is not None:
        file = Path(at.tb_frame.f_code.co_filename)
        if file.parent == folder:
            found = f"{file.name} line {at.tb_lineno}: {linecache.getline(str(file), at.tb_lineno).strip()}"
        at = at.tb_next
    return found
