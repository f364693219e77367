"""Run a module's text; a statement that fails is left out, and the next one runs, as in a notebook."""

from __future__ import annotations
import __future__

import ast
import contextlib
import inspect
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

from autograder.source.left_out import Omission, left_out, readable
from autograder.source.parsing import NOT_PYTHON, first_line, parse
from autograder.source.slow import loop_around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import CodeType

_FAILS = (Exception, SystemExit)
_PART = 0.8
"""Of the CPU time that is left, what a single statement may take: there is always some for the next."""
_RUN_THEIR_BODY = frozenset({"time", "capture", "prun", "debug"})
_EXPORTED = "get_ipython"


class TooLongError(BaseException):
    """A statement took too long. Not an Exception, so that ``except Exception`` in a loop does not keep it going."""


def execute(
    source: str, file: str, namespace: dict[str, Any], seconds: float = 0.0, code: CodeType | None = None
) -> list[Omission]:
    """Run ``source`` in ``namespace``.

    Args:
        source: the module's text.
        file: its name, for tracebacks.
        namespace: the module's.
        seconds: CPU seconds for all of it, where it is not bounded otherwise; 0 for no bound.
        code: the same compiled by :func:`compiled`, where it is known.

    Returns:
        What was left out.

    Raises:
        BaseException: nothing is defined; the first of the errors, a TooLongError perhaps.

    """
    return _Execution(source, file, namespace, seconds, code).run()


def compiled(source: str, file: str) -> CodeType:
    """The code of a module's text as a whole."""
    return compile(source, file, "exec", dont_inherit=True)


class _Execution:
    def __init__(
        self, source: str, file: str, namespace: dict[str, Any], seconds: float, code: CodeType | None
    ) -> None:
        self.source = source
        self.code = code
        self.file = file
        self.namespace = namespace
        self.lines = source.split("\n")
        self.ends = time.process_time() + seconds if seconds else 0.0
        self.left_out: list[Omission] = []
        self.first_error: BaseException | None = None

    def run(self) -> list[Omission]:
        done = 0
        if _EXPORTED not in self.source:
            try:
                code = self.code or compile(self.source, self.file, "exec", dont_inherit=True)
            except NOT_PYTHON as error:
                self.first_error = readable(error)
            else:
                try:
                    with self._bounded():
                        exec(code, self.namespace)  # noqa: S102  (a student's module, where it may run)
                except (*_FAILS, TooLongError) as error:
                    done = self._after(_line_in(error, code), error)
                else:
                    return []
        self._run_statements(done)
        if self.first_error is not None and not self._defines_something():
            raise self.first_error
        return self.left_out

    def _after(self, line: int, error: BaseException) -> int:
        """The line up to which the module has run, where ``error`` passed ``line``."""
        if self.lines[line - 1].startswith("@"):
            return line - 1  # a decorated function is tried again without its decorators
        loop = loop_around(self.lines, line) if isinstance(error, TooLongError) else 0
        self._leave_out_line(loop or line, error)
        return line

    def _run_statements(self, done: int) -> None:
        """Run, one by one, the statements that begin after line ``done``."""
        statements, missing = parse(self.source)
        self.left_out += missing
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        for node in statements:
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                for alias in node.names:
                    flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
        first = statements[0] if statements else None
        if not done and isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            self.namespace["__doc__"] = first.value.value
        for node in statements:
            if first_line(node) > done:
                self._run_statement(node, flags)

    def _run_statement(self, node: ast.stmt, flags: int) -> None:
        cell = _exported_cell(node)
        if cell is not None:
            body = parse(cell)
            for inner in body.statements:
                ast.increment_lineno(inner, node.lineno - inner.lineno)
                self._run_statement(inner, flags)
            if not body.statements:
                self.left_out.append(left_out(self.lines, node.lineno, SyntaxError("a magic command of a notebook")))
            return
        if not self._try(node, flags) and getattr(node, "decorator_list", []):
            # The function itself may be right: a decorator of a missing package makes it faster, say.
            assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            node.decorator_list = []
            self._try(node, flags)

    def _try(self, node: ast.stmt, flags: int) -> bool:
        try:
            code = compile(ast.Module([node], []), self.file, "exec", flags, dont_inherit=True)
            with self._bounded():
                value = eval(code, self.namespace)  # noqa: S307  (exec has no value, and an await has one)
                if inspect.iscoroutine(value):
                    import asyncio

                    asyncio.run(value)
        except (*_FAILS, TooLongError) as error:
            self._leave_out_line(first_line(node), error)
            return False
        return True

    def _leave_out_line(self, number: int, error: BaseException) -> None:
        error = readable(error)
        self.first_error = self.first_error or error
        self.left_out.append(left_out(self.lines, number, error))

    def _defines_something(self) -> bool:
        name = self.namespace.get("__name__")
        return any(
            callable(value) and getattr(value, "__module__", None) == name
            for key, value in list(self.namespace.items())
            if isinstance(key, str) and not key.startswith("_")
        )

    @contextlib.contextmanager
    def _bounded(self) -> Iterator[None]:
        """Raise TooLongError in what runs inside once it has taken its part of the CPU time that is left."""
        main = threading.current_thread() is threading.main_thread()
        if not (self.ends and main and hasattr(signal, "setitimer")):
            yield
            return
        seconds = max((self.ends - time.process_time()) * _PART, 0.01)

        def ring(_signal: int, _frame: object) -> None:
            raise TooLongError(f"took more than {seconds:.2g} s of computing time")

        try:
            before = signal.signal(signal.SIGPROF, ring)
            signal.setitimer(signal.ITIMER_PROF, seconds, 0.2)
        except OSError:  # not allowed here: the caller bounds the module as a whole
            yield
            return
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)


def _line_in(error: BaseException, code: CodeType) -> int:
    """The line of ``code`` itself, not of what it called, at which ``error`` passed."""
    at = error.__traceback__
    while at is not None:
        if at.tb_frame.f_code is code:
            return at.tb_lineno
        at = at.tb_next
    return 0


def _exported_cell(node: ast.stmt) -> str | None:
    """The body of a notebook's cell in ``get_ipython().run_cell_magic("time", "", body)``; empty for other magics."""
    call = node.value if isinstance(node, (ast.Expr, ast.Assign)) else None
    if not (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Call)
        and isinstance(call.func.value.func, ast.Name)
        and call.func.value.func.id == _EXPORTED
    ):
        return None
    texts = _texts(call.args)
    if call.func.attr == "run_cell_magic" and len(texts) == 3 and texts[0] in _RUN_THEIR_BODY:
        return texts[2]
    return ""


def _texts(nodes: Sequence[ast.expr]) -> list[str]:
    return [n.value if isinstance(n, ast.Constant) and isinstance(n.value, str) else "" for n in nodes]
