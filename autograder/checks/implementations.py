"""Questions whose answer is a property, judged by the implementations that it accepts and by those that it catches.

A student's ``check_*`` function takes implementations and returns None, or raises AssertionError where they are wrong
(contract: ``returns = "none"``). Right and wrong ones are in ``given/implementations/<question>.py``, which students
read, and in ``implementations/<question>.py``, which they do not: two tables, ``RIGHT`` and ``WRONG``, from what an
implementation does ("divides by n - 1") to the tuple of functions that are handed in.
"""

from __future__ import annotations

import inspect
import sys
import warnings
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache, partial, wraps
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from hypothesis import strategies as st

from autograder.checks import contract
from autograder.checks.arguments import check_arguments
from autograder.checks.modules import load_module
from autograder.checks.property import prop
from autograder.checks.recipes import Recipe
from autograder.model.calls import Answer, Call
from autograder.model.errors import AuthoringError, Fault, Mismatch, StudentFault
from autograder.model.values import copied
from autograder.wording.statements import IMPLEMENTATION

PUBLISHED, HIDDEN = Path("given", "implementations"), Path("implementations")
RIGHT, WRONG = "RIGHT", "WRONG"
BEGIN = "begin"
"""An attribute of an implementation: called before a property is called with it."""
MOST_SHOWN = 2
"""Of the calls that a property made of an implementation, the last ones are shown."""
ASSERTIONS = frozenset({"AssertionError", "Failed"})
"""The second is what pytest.fail raises, and pytest.raises where nothing is raised."""
NO_ASSERTION = "only an AssertionError says that an implementation is wrong: state it with `assert`"


class Implementation:
    """A function that is handed to a student's property. It gets copies of its arguments.

    Args:
        function: ours, right or wrong.
        says: what it does.
        seen: gets the last calls with their results.

    """

    def __init__(self, function: Callable[..., Any], says: str, seen: deque[Answer] | None = None) -> None:
        self.function = function
        self.says = says
        self.seen = seen
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it as the student's code does."""
        if self.seen is None:
            return _call(self.function, *args, **kwargs)
        made = Call(self.__name__, copied(args), copied(kwargs))
        try:
            value = _call(self.function, *args, **kwargs)
        except Exception as error:
            kind = type(error).__name__
            fault = StudentFault(Fault.RAISED, f"{kind}: {error}", type_names=(kind,))
            self.seen.append(Answer(made, fault=fault))
            raise
        self.seen.append(Answer(made, value))
        return value

    def watched(self, seen: deque[Answer]) -> Implementation:
        """The same, for one call of a property, whose calls are noted in ``seen``."""
        found = Implementation(self.function, self.says, seen)
        vars(found)["remote"] = self.remote
        _begin(self.function)
        return found

    @cached_property
    def remote(self) -> Callable[..., Any]:
        """For a process of its own: what it returns, and the generators among its arguments as it left them.

        Its first argument says whether it is the first call of a property.
        """
        return partial(_with_generators, self.function)


def _call(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    given = [value if is_generator(value) else copied(value) for value in args]
    named = {key: value if is_generator(value) else copied(value) for key, value in kwargs.items()}
    return _quietly(function, given, named)


def _quietly(function: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*map(_as_array, args), **{key: _as_array(value) for key, value in kwargs.items()})


def _as_array(value: Any) -> Any:
    """A list of numbers as an array: implementations need not take lists, and a property may write them."""
    if not isinstance(value, list | tuple):
        return value
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return value
    return array if array.dtype.kind in "biuf" else value


def _begin(function: Callable[..., Any]) -> None:
    """Have an implementation that remembers something forget it: what a property gets does not depend on another."""
    getattr(function, BEGIN, lambda: None)()


def _with_generators(function: Callable[..., Any], first: bool, *args: Any, **kwargs: Any) -> tuple[Any, list[Any]]:
    if first:
        _begin(function)
    value = _quietly(function, args, kwargs)  # which nobody else has
    return value, [v for v in (*args, *kwargs.values()) if is_generator(v)]


def is_assertion(fault: StudentFault | None) -> bool:
    """Whether a student's property ended as one does that finds an implementation wrong."""
    return fault is not None and fault.fault is Fault.RAISED and bool(ASSERTIONS & {*fault.type_names})


def is_generator(value: Any) -> bool:
    """Whether it is a random generator, which a call changes."""
    return isinstance(value, np.random.Generator)


def perturbed(function: Callable[..., Any], *, monotone: bool = False) -> Callable[..., Any]:
    """The same function, each float nearer to 0 by a relative 0, 2⁻⁵² or 2⁻⁵¹: as right, with other bits.

    What is 0, 1 or infinite stays so: a limit is exact.

    Args:
        function: a right implementation.
        monotone: move all floats by 2⁻⁵²: what does not decrease still does not.

    """

    @wraps(function)
    def other(*args: Any, **kwargs: Any) -> Any:
        return _perturb(function(*args, **kwargs), monotone)

    return other


def _perturb(value: Any, monotone: bool) -> Any:
    if isinstance(value, tuple):
        return tuple(_perturb(item, monotone) for item in value)
    array = np.asarray(value)
    if array.dtype.kind != "f":
        return value
    differ = array.dtype == np.float64 and not monotone
    steps = array.view(np.uint64).astype(np.int64) % 3 if differ else np.ones(array.shape)
    moved = array * (1 - steps * 2.0**-52)
    found = np.where(np.isfinite(array) & (array != 1), moved, array)
    return found if array.shape else float(found)


def accepts(name: str, function: str, *right: str, points: float, hint: str, hidden: bool = False) -> prop:
    """A required property: the student's property ``function`` accepts right implementations.

    Where it does not, nothing of the question counts.

    Args:
        name: of the property, unique in the file.
        function: the question.
        right: keys of ``RIGHT``.
        points: what it is worth.
        hint: what to think about when it fails.
        hidden: whether the implementations are hidden.

    """

    def body(**given: Any) -> None:
        several: tuple[Implementation, ...] = given[IMPLEMENTATION]
        try:
            given[function](*several)
        except StudentFault as fault:
            if fault.fault is not Fault.RAISED:
                raise
            where = f" ({fault.where})" if fault.where else ""
            # Of a hidden one, students read this and nothing else: no more than which line of theirs it was.
            message = fault.type_names[0] if hidden and fault.type_names else fault.message
            does = "rejects" if is_assertion(fault) else "breaks on"
            raise Mismatch(f"{does} a right implementation, one that {several[0].says}: {message}{where}") from None

    title = "Accepts right implementations" + (" that you do not see." if hidden else ".")
    return _declare(body, name, function, title, RIGHT, right, points=points, hint=hint, hidden=hidden, required=True)


def catches(
    name: str, function: str, *wrong: str, points: float, hint: str, title: str = "", hidden: bool = False
) -> prop:
    """A property that holds when the student's property ``function`` raises AssertionError for wrong implementations.

    Args:
        name: of the property, unique in the file.
        function: the question.
        wrong: keys of ``WRONG``.
        points: what it is worth, for all of them together.
        hint: what to think about when it fails.
        title: what students read; by default, what the implementation does.
        hidden: whether the implementations are hidden.

    """

    def body(**given: Any) -> None:
        several: tuple[Implementation, ...] = given[IMPLEMENTATION]
        try:
            given[function](*several)
        except StudentFault as fault:
            if is_assertion(fault):
                return
            if fault.fault is not Fault.RAISED:
                raise
            raise Mismatch(
                f"does not catch an implementation that {several[0].says}: {fault.message}; {NO_ASSERTION}"
            ) from None
        raise Mismatch(f"accepts an implementation that {several[0].says}")

    title = title or f"Catches an implementation that {wrong[0]}."
    return _declare(body, name, function, title, WRONG, wrong, points=points, hint=hint, hidden=hidden)


def _declare(
    body: Callable[..., None], name: str, function: str, title: str, table: str, keys: Sequence[str], **declared: Any
) -> prop:
    caller = sys._getframe(2)  # noqa: SLF001  (the property belongs to the file that declares it)
    path = Path(caller.f_code.co_filename).absolute()
    if not keys:
        raise AuthoringError(f"{name}: expected at least one implementation; found none")
    file = path.parent.parent / (HIDDEN if declared["hidden"] else PUBLISHED) / path.name

    def build(that: str) -> tuple[Implementation, ...]:
        """Read when a case is built: where Otter only shows verdicts, there are no implementations."""
        signature = contract.load(path.parent / contract.FILE).signature(function)
        return _implementations(file, signature.takes if signature else {}, table, that)

    recipe = Recipe(build, {"that": st.sampled_from(keys)}, tuple({"that": key} for key in keys))
    kinds = inspect.Parameter.KEYWORD_ONLY
    body.__doc__ = title
    body.__signature__ = inspect.Signature([inspect.Parameter(n, kinds) for n in (function, IMPLEMENTATION)])  # type: ignore[attr-defined]
    made = prop(cases=len(keys), **declared, implementation=recipe)
    return made.state(body, name, title, path, caller.f_lineno)


@lru_cache(maxsize=64)
def _module(file: Path) -> ModuleType:
    return load_module(file, f"implementations_of_{file.stem}")


def _implementations(file: Path, takes: Mapping[str, str], table: str, key: str) -> tuple[Implementation, ...]:
    known = getattr(_module(file), table, {})
    if key not in known:
        raise AuthoringError(f"{file}: expected {key!r} in {table}; found {', '.join(map(repr, known))}")
    return tuple(Implementation(check_arguments(f, takes) if takes else f, key) for f in known[key])


def implementations_in(p: prop) -> list[tuple[Implementation, ...]]:
    """The implementations that the cases of ``p`` hand in, those of a case together."""
    return [values[IMPLEMENTATION] for _, values in p.cases if IMPLEMENTATION in values]
