"""A student's answer in this process, as pytest and the notebook check it: read, run and timed as grading does."""

from __future__ import annotations

import contextlib
import importlib
import linecache
import os
import sys
import types
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from autograder.checks.deadline import deadline, students_line
from autograder.checks.local_caller import line_text, raise_unless_students
from autograder.checks.timed import Clock, TimedCaller, no_input
from autograder.intake.reader import read, read_beside
from autograder.model.contract import Contract
from autograder.model.errors import Fault, StudentFault
from autograder.model.limits import Limits
from autograder.model.submission import Unreadable
from autograder.source.draws import RandomStream, fix_draws
from autograder.source.execution import execute
from autograder.source.module_state import ModuleState
from autograder.source.recursion import BELOW_A_MODULE
from autograder.source.stubs import stubs
from autograder.wire.faults import describe, student_fault

_PRELOADED = ("numpy", "scipy", "pandas", "matplotlib", "sklearn", "seaborn")
"""Imported before the clock starts, where a module mentions them: they load from a cold disk, not by the student."""


class LocalAnswer:
    """The answer in a student's folder, loaded.

    Args:
        folder: holds ``<name>.py``, or a notebook of that name that is the answer.
        contract: the assignment's.
        path: the answer, where it is another file.
        runs_clock: whether calls have deadlines.

    Attributes:
        functions: question -> caller, of those that are defined.
        notes: how it was read, and what was left out of it.

    Raises:
        StudentFault: it cannot be read, or nothing of it can be run.

    """

    def __init__(self, folder: Path, contract: Contract, path: Path | None = None, *, runs_clock: bool = True) -> None:
        self.folder = path.parent if path else folder
        self.name = contract.name
        names = [q.name for q in contract.questions]
        if path:
            found = read(path, contract.name, questions=names)
        else:
            found = read_beside(folder, contract.name, questions=names)
        if isinstance(found, Unreadable):
            raise StudentFault(Fault.IMPORT_ERROR, found.message)
        self.path = path or folder / found.origin.rpartition(": ")[2]
        state = ModuleState()
        self.clock = Clock(contract.limits, self.where, state, runs=runs_clock)
        self.module, left_out = load(self.path, contract.name, found.source, contract.limits, self.where, state)
        self.notes = (*found.notes, *left_out)
        values = {name: vars(self.module).get(name) for name in names}  # as a worker does
        self.functions = {name: TimedCaller(f, self.clock) for name, f in values.items() if callable(f)}

    def where(self, error: BaseException) -> str:
        """The innermost line in the student's folder that the error passed."""
        return line_of(error, self.path)


def load(
    path: Path,
    name: str,
    source: str,
    limits: Limits,
    where: Callable[[BaseException], str],
    state: ModuleState | None = None,
) -> tuple[types.ModuleType, list[str]]:
    """Run a student's module, with the packages that it mentions imported beforehand.

    Args:
        path: the file it comes from.
        name: of the module.
        source: its text.
        limits: its time.
        where: finds the student's line in a traceback.
        state: gets what it sets; by default, this process does, and what it draws without a seed ends with it.

    Returns:
        The module, and what was left out of it, a line each.

    Raises:
        StudentFault: nothing of it can be run.

    """
    os.environ.setdefault("MPLBACKEND", "Agg")
    if "hypothesis" in source:
        fix_draws()
    for package in _PRELOADED:
        if package in source:
            with contextlib.suppress(Exception):
                importlib.import_module(package)
    file = str(path)
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    module = types.ModuleType(name)
    module.__file__ = file
    if str(path.parent) not in sys.path:
        # Modules that the student wrote beside it are found as they are when it is run.
        sys.path.insert(0, str(path.parent))
    sys.modules[name] = module
    try:
        # In a notebook, these packages are there, and somebody may look.
        interactive = contextlib.nullcontext() if "IPython" in sys.modules else stubs()
        counted = state.recursion.counted_from_here(BELOW_A_MODULE) if state else contextlib.nullcontext()
        with (
            _as_when_graded(name),
            (state or RandomStream()).resume(),
            deadline(0, limits.import_seconds * limits.wall_factor, where),
            interactive,
            counted,
        ):
            left_out = execute(source, file, module.__dict__, limits.import_seconds)
    except StudentFault:
        raise
    except BaseException as error:  # noqa: BLE001  (a student's module may raise anything)
        raise_unless_students(error)
        word, message, line, names = describe(error, where)
        kept = word in {Fault.EXITED, Fault.OUT_OF_MEMORY, Fault.TIMED_OUT}
        raise student_fault(word if kept else Fault.IMPORT_ERROR, message, line, names, limits.memory) from None
    return module, [str(part) for part in left_out]


@contextlib.contextmanager
def _as_when_graded(name: str) -> Iterator[None]:
    """No command-line arguments and no input; the working directory is restored afterwards."""
    arguments, folder = sys.argv, Path.cwd()
    sys.argv = [f"{name}.py"]
    try:
        with no_input():
            yield
    finally:
        sys.argv = arguments
        os.chdir(folder)


def line_of(error: BaseException, answer: Path, files: Collection[str] = ()) -> str:
    """The line of the student's that stopped with ``error``, as grading words it; empty for none.

    Args:
        error: from code of the student's.
        answer: the file that is graded; modules beside it, and in packages there, are the student's, too.
        files: other files of the student's, as tracebacks name them.

    """

    def is_students(file: str) -> bool:
        return file in files or bool(_name_beside(file, answer.parent))

    if isinstance(error, SyntaxError) and error.filename and is_students(error.filename):
        found: tuple[str, int] | None = (error.filename, error.lineno or 0)
    else:
        found = students_line(error, is_students)
    if found is None:
        return ""
    file, number = found
    return line_text(file, number, "" if file == str(answer) else _name_beside(file, answer.parent))


def _name_beside(file: str, folder: Path) -> str:
    """The name of a module of the student's in ``folder``; empty for other files, such as installed packages."""
    path = Path(file)
    if not path.is_relative_to(folder):
        return ""
    name = path.relative_to(folder)
    others = any(part.startswith(".") or part == "site-packages" for part in name.parts) or name.parts[:1] == ("tests",)
    return "" if others else name.as_posix()
