"""``prop`` declares a property of a question once; pytest, the notebook, Otter and the grader judge the same object."""

from __future__ import annotations

import inspect
import math
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.checks import contract
from autograder.checks.cases import Draws, Recording, build_case, load_recording
from autograder.checks.expectations import expect_inputs_unchanged
from autograder.checks.judging import REFERENCE
from autograder.checks.otter import OtterTestCase
from autograder.checks.recipes import Recipe
from autograder.model.contract import Contract
from autograder.model.errors import AuthoringError
from autograder.model.values import numbers_in

UNCHANGED = "Does not modify its arguments."
IN_PLACE = "Avoid what changes an array in place: `+=`, `out=`, `.sort()`, assignment to items."


class prop(OtterTestCase):  # noqa: N801  (a decorator, named like Otter's test_case)
    """Decorate a function to make it a property of the question of its file.

    Parameters named among ``drawn`` get values built by their recipes. ``reference`` (hidden properties only) gets
    the reference module. All other parameters are functions of the student. The first line of the docstring is the
    title that students see.

    Args:
        points: what it is worth, all or nothing.
        hint: what a student should think about when it fails.
        hidden: whether students see it only after submitting, and then neither inputs nor source.
        cases: how many cases are recorded; fewer where a call is expensive.
        required: whether nothing of its question counts unless it passes.
        drawn: argument -> recipe.

    """

    def __init__(
        self,
        *,
        points: float,
        hint: str,
        hidden: bool = False,
        cases: int = 16,
        required: bool = False,
        **drawn: Recipe,
    ) -> None:
        self.required = required
        self.points = points
        self.hint = hint
        self.hidden = hidden
        self.count = cases
        self.recipes: Mapping[str, Recipe] = drawn
        self.name: str | None = None
        if not drawn:
            raise AuthoringError("a property draws at least one argument")
        for name, made in drawn.items():
            if not isinstance(made, Recipe):
                called = getattr(made, "__name__", "") if callable(made) else ""
                remedy = f"; write {name}={called}(...)" if called else ""
                raise AuthoringError(f"expected a recipe for {name}; found {called or repr(made)}{remedy}")
        if not isinstance(points, (int, float)):
            raise AuthoringError(f"expected points as a number; found {points!r}")
        if not 0 <= points < math.inf:
            raise AuthoringError(f"expected points of 0 or more; found {points}")
        if not isinstance(hint, str) or not hint.strip():
            raise AuthoringError(f"expected a hint in words; found {hint!r}")
        if type(cases) is not int or cases < 1:
            raise AuthoringError(f"expected a whole number of cases, 1 or more; found {cases!r}")
        if flags := [
            f"{name}={value!r}"
            for name, value in (("hidden", hidden), ("required", required))
            if type(value) is not bool
        ]:
            raise AuthoringError(f"expected True or False; found {', '.join(flags)}")

    def __call__(self, body: Callable[..., None]) -> prop:
        """Take the function that states the property."""
        title = (inspect.getdoc(body) or "").partition("\n")[0] or body.__name__.replace("_", " ")
        code = body.__code__
        return self.state(body, body.__name__, title, Path(code.co_filename), code.co_firstlineno)

    def state(self, body: Callable[..., None], name: str, title: str, path: Path, line: int) -> prop:
        """Complete the declaration.

        Args:
            body: takes the drawn values and the student's functions by keyword; raises Mismatch when violated.
            name: unique in the question file.
            title: what students read.
            path: the question file.
            line: where the declaration starts in it.

        """
        self.body = body
        self.id = name
        self.name = self.title = title
        self.path = path.absolute()
        self.line = line
        self.parameters = tuple(inspect.signature(body).parameters)
        if missing := set(self.recipes) - set(self.parameters):
            takes = ", ".join(self.parameters) or "nothing"
            raise AuthoringError(f"{self.id}: draws {', '.join(sorted(missing))}, but takes only {takes}")
        if REFERENCE in self.parameters and not self.hidden:
            raise AuthoringError(f"{self.id}: only a hidden property may use the reference")
        return self

    @cached_property
    def contract(self) -> Contract:
        """The contract beside the question file."""
        return contract.load(self.path.parent / contract.FILE)

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """Names of the student's functions it uses."""
        return tuple(p for p in self.parameters if p not in self.recipes and p != REFERENCE)

    @cached_property
    def cases(self) -> list[tuple[Draws, dict[str, Any]]]:
        """Recorded cases, published and unpublished, smallest first: the draws, and the values built from them."""
        recorded = self.recording
        cases = [(d, build_case(self.recipes, d)) for d in [*recorded.cases, *recorded.unpublished]]
        return sorted(cases, key=lambda case: numbers_in(case[1])) if recorded.unpublished else cases

    @cached_property
    def recording(self) -> Recording:
        """What is recorded of it."""
        return load_recording(self.path.with_suffix(".json"), self.id, self.recipes)

    @property
    def free(self) -> bool:
        """Whether some trivial answer passes it."""
        known = "recording" in vars(self) or self.path.with_suffix(".json").is_file()
        return known and self.recording.free


def inputs_unchanged(
    name: str,
    function: str,
    *,
    points: float,
    arguments: Callable[..., tuple[Any, ...]] | None = None,
    title: str = UNCHANGED,
    hint: str = IN_PLACE,
    cases: int = 16,
    hidden: bool = False,
    **drawn: Recipe,
) -> prop:
    """A property that holds when ``function`` leaves every array and list among its arguments unchanged.

    Args:
        name: of the property, unique in the file.
        function: of the student.
        points: what it is worth.
        arguments: makes the positional arguments from the drawn values, which it takes by keyword. By default they
            are the drawn values in order, each tuple spread.
        title: what students read.
        hint: what to think about when it fails.
        cases: how many cases are recorded.
        hidden: whether it is a hidden property.
        drawn: argument -> recipe.

    Example::

        leaves_its_arguments_alone = inputs_unchanged(
            "leaves_its_arguments_alone", "gradient", points=1, data=labelled, precision=precision
        )

    """
    caller = sys._getframe(1)  # noqa: SLF001  (the property belongs to the file that declares it)

    def body(**given: Any) -> None:
        called = given.pop(function)
        expect_inputs_unchanged(called, *(arguments(**given) if arguments else _spread(given.values())))

    kinds = inspect.Parameter.KEYWORD_ONLY
    body.__doc__ = title
    body.__signature__ = inspect.Signature([inspect.Parameter(n, kinds) for n in (function, *drawn)])  # type: ignore[attr-defined]
    declared = prop(points=points, hint=hint, hidden=hidden, cases=cases, required=False, **drawn)
    return declared.state(body, name, title, Path(caller.f_code.co_filename), caller.f_lineno)


def _spread(values: Any) -> list[Any]:
    return [item for value in values for item in (value if isinstance(value, tuple) else (value,))]


def properties_in(namespace: Mapping[str, Any]) -> Iterator[prop]:
    """The properties that a question file declares, in its order."""
    return (v for v in namespace.values() if type(v) is prop)
