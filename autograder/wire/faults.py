"""What a student's code did instead of returning a value, in the same words wherever it ran.

The worker imports this module too: standard library and NumPy only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.model.errors import Fault, StudentFault
from autograder.source.execution import TooLongError
from autograder.wire.convert import sanitize, size_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MESSAGE = 2000
_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
_ALLOCATION = re.compile(
    rf"Unable to allocate (\d{{1,9}}(?:\.\d{{0,9}})?) ({'|'.join(_UNITS)}) for an array with shape (\([\d, ]+\))"
)
"""How NumPy puts it."""


def describe(error: BaseException, where: Callable[[BaseException], str]) -> tuple[str, str, str, list[str]]:
    """An exception of the student's code: the word of its fault, its message, its line, the names of its classes.

    Args:
        error: what was raised.
        where: finds the student's line in its traceback.

    """
    names = [kind.__name__ for kind in type(error).__mro__ if kind not in (BaseException, object)]
    try:
        # Of a syntax error, the line is known; the name of the file depends on where the code ran.
        said = error.msg if isinstance(error, SyntaxError) and type(error.msg) is str else str(error)
        text = said[:MESSAGE].encode("utf-8", "replace").decode()
    except BaseException:  # noqa: BLE001  (an exception whose __str__ raises)
        text = "(its message cannot be shown)"
    try:
        line = where(error)
    except BaseException:  # noqa: BLE001
        line = ""
    names = names or [type(error).__name__]
    message = f"{names[0]}: {text}" if text else names[0]
    if isinstance(error, TooLongError):
        return Fault.TIMED_OUT.value, text, line, names
    if isinstance(error, SystemExit):
        return Fault.EXITED.value, f"exit() was called ({message})", line, names
    if isinstance(error, MemoryError):
        return Fault.OUT_OF_MEMORY.value, message, line, names
    if isinstance(error, NotImplementedError):
        return Fault.NOT_WRITTEN.value, text, line, names
    return Fault.RAISED.value, message, line, names


def student_fault(word: str, message: str, where: str, names: Sequence[str], memory: int) -> StudentFault:
    """The fault that :func:`describe` described, for people.

    Args:
        word: of the fault.
        message: from the student's code.
        where: the student's line.
        names: of the classes of the exception.
        memory: bytes that the student's code may use.

    """
    if word == Fault.OUT_OF_MEMORY:
        message = _of_memory(message, memory)
    return StudentFault(Fault(word), sanitize(message[:MESSAGE]), sanitize(where[:MESSAGE]), tuple(names))


def _of_memory(message: str, limit: int) -> str:
    """A MemoryError in terms of the limit. What one array needed is said where it alone is too large."""
    most = size_in_words(limit)
    found = _ALLOCATION.search(message)
    if found is None:
        return f"used more than {most} of memory ({message})" if ":" in message else f"used more than {most} of memory"
    size, unit, shape = found.groups()
    if float(size) * 1024 ** _UNITS.index(unit) <= limit:
        return f"used more than {most} of memory"
    return f"an array of shape {shape} needs {size.rstrip('.')} {unit}, and there is {most} of memory"
