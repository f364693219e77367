"""``prop``: a property is written once, as an Otter test case, and judged the same behind every door."""

from __future__ import annotations

import contextlib
import inspect
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks import contract
from autograder.checks.cases import Draws, build_case, load_cases
from autograder.checks.functions import Function, as_caller
from autograder.checks.prefetch import Ahead, Asked
from autograder.checks.recipes import Recipe
from autograder.model.calls import Call
from autograder.model.contract import Contract
from autograder.model.errors import LOST, AuthoringError, Fault, InfrastructureError, Mismatch, StudentFault
from autograder.model.result import Counterexample, PropertyResult, Verdict
from autograder.model.values import numbers_in
from autograder.wording.literals import show
from autograder.wording.text import property_text
from autograder.wording.transcript import transcript

WRONG = "wrong answer"
REFERENCE = "reference"
VERDICTS = "__autograder_verdicts__"
"""Name under which Otter's environment holds verdicts that were reached elsewhere: (question, property) -> text of
what is wrong, or None. Our Otter plugin puts them there; student code never runs in that environment."""


@dataclass(slots=True)
class Judgement:
    """A verdict with the calls that led to it, for the diagnosis."""

    result: PropertyResult
    calls: list[Call] = field(default_factory=list)
    failing_calls: list[Call] = field(default_factory=list)


class prop:  # noqa: N801  (a decorator, named like Otter's test_case)
    """Decorate a function to make it a property of the question whose file it stands in.

    Parameters of the function that are named among ``drawn`` get values built by their recipes;
    ``reference`` (hidden properties only) gets the reference module; all others are the student's
    functions. The first line of its docstring is the title that students see.

    Args:
        points: what it is worth; all or nothing.
        hint: what a student should think about when it fails.
        hidden: whether students see it only after submitting, and then neither input nor source.
        cases: how many cases are recorded; fewer where a call is dear.
        drawn: argument -> recipe.

    """

    success_message = None
    failure_message = None

    def __init__(
        self,
        *,
        points: float,
        hint: str,
        hidden: bool = False,
        cases: int = 16,
        **drawn: Recipe,
    ) -> None:
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
                raise AuthoringError(f"expected a recipe for {name}; found {made!r}")
        if not isinstance(points, (int, float)):
            raise AuthoringError(f"expected points as a number; found {points!r}")

    def __call__(self, body: Callable[..., None]) -> prop:
        """Take the function that states the property."""
        self.body = body
        self.id = body.__name__
        self.title = (inspect.getdoc(body) or "").partition("\n")[0] or self.id.replace("_", " ")
        self.name = self.title
        self.parameters = tuple(inspect.signature(body).parameters)
        if missing := set(self.recipes) - set(self.parameters):
            raise AuthoringError(f"{self.id}: draws {sorted(missing)} but takes only {list(self.parameters)}")
        if REFERENCE in self.parameters and not self.hidden:
            raise AuthoringError(f"{self.id}: only a hidden property may use the reference")
        return self

    @property
    def path(self) -> Path:
        """The question file it stands in."""
        return Path(self.body.__code__.co_filename).absolute()

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
        """Recorded cases, smallest first: what was drawn, and the values it stands for."""
        draws = load_cases(self.path.with_suffix(".json"), self.id, self.recipes)
        return [(d, build_case(self.recipes, d)) for d in draws]

    def judge(self, namespace: Mapping[str, Any], asked: Sequence[Sequence[Asked]] = ()) -> Judgement:
        """Run every recorded case against the functions in ``namespace``.

        A fault that loses the student's process ends the property; a wrong answer does not, since the
        diagnosis asks what the other cases gave.

        Args:
            namespace: question name -> function or caller; ``reference`` where the property needs it.
            asked: for each case, what was asked for beforehand.

        """
        with _quiet():
            return self._judge(namespace, asked or [()] * len(self.cases))

    def _judge(self, namespace: Mapping[str, Any], asked: Sequence[Sequence[Asked]]) -> Judgement:
        judgement = Judgement(self._result(Verdict.PASSED, cases=len(self.cases)))
        failing = 0
        for (draws, values), before in zip(self.cases, asked, strict=True):
            log: list[Call] = []
            trouble = self._run_case(namespace, values, log, Ahead(before))
            judgement.calls.extend(log)
            if trouble is None:
                continue
            if isinstance(trouble, AuthoringError):
                trouble = self._whose(trouble, namespace, values)
            if isinstance(trouble, AuthoringError):
                judgement.result = self._result(Verdict.NOT_JUDGED, reason=str(trouble), cases=len(self.cases))
                return judgement
            failing += 1
            judgement.failing_calls.extend(log)
            if failing == 1:
                judgement.result = self.failed(draws, log, trouble)
            if isinstance(trouble, StudentFault) and trouble.fault in LOST | {Fault.NOT_WRITTEN, Fault.MISSING}:
                break
        if failing:
            judgement.result = replace(judgement.result, failing=failing)
        return judgement

    def run_case(
        self,
        namespace: Mapping[str, Any],
        values: Mapping[str, Any],
        log: list[Call],
        ahead: Ahead | None = None,
    ) -> Mismatch | StudentFault | AuthoringError | None:
        """Run the body on one case; what is wrong, or None."""
        with _quiet():
            return self._run_case(namespace, values, log, ahead)

    def _run_case(
        self, namespace: Mapping[str, Any], values: Mapping[str, Any], log: list[Call], ahead: Ahead | None
    ) -> Mismatch | StudentFault | AuthoringError | None:
        arguments = dict(values)
        for name in self.functions:
            signature = self.contract.signature(name)
            if signature is None:
                return AuthoringError(f"{self.path.name}: {self.id} uses {name}, which the contract does not know")
            arguments[name] = Function(signature, as_caller(namespace.get(name)), log, ahead, hidden=self.hidden)
        if REFERENCE in self.parameters:
            if REFERENCE not in namespace:
                return AuthoringError(f"{self.path.name}: {self.id} uses the reference, and there is none here")
            arguments[REFERENCE] = namespace[REFERENCE]
        try:
            self.body(**arguments)
        except (Mismatch, StudentFault, AuthoringError) as trouble:
            return trouble
        except InfrastructureError:
            raise
        except Exception as error:  # noqa: BLE001  (whatever a body raises is the check's own error, never a verdict)
            return AuthoringError(f"the check {self.id} itself failed: {type(error).__name__}: {error}")
        return None

    def _whose(
        self,
        error: AuthoringError,
        namespace: Mapping[str, Any],
        values: Mapping[str, Any],
    ) -> AuthoringError | Mismatch:
        """A body that stumbles over the student's values but not over the reference's was tripped by them."""
        if REFERENCE not in namespace:
            return error
        reference = namespace[REFERENCE]
        if self.run_case({**vars(reference), REFERENCE: reference}, values, []) is not None:
            return error
        return Mismatch(f"returned values that cannot be computed with ({error})", refused=True)

    def _result(self, verdict: Verdict, **more: Any) -> PropertyResult:
        return PropertyResult(
            name=self.id,
            title=self.title,
            points=self.points,
            hidden=self.hidden,
            verdict=verdict,
            hint=self.hint,
            **more,
        )

    def failed(self, draws: Draws, log: list[Call], trouble: Mismatch | StudentFault) -> PropertyResult:
        """The verdict on a case that failed with ``trouble`` after the calls in ``log``."""
        reason = trouble.fault.value if isinstance(trouble, StudentFault) else WRONG
        seen = trouble if isinstance(trouble, Mismatch) else Mismatch(trouble.message or trouble.fault.value)
        example = Counterexample(
            case=dict(draws),
            calls=transcript(log),
            problem=seen.problem,
            expected="" if seen.expected is None else show(seen.expected),
            got="" if seen.got is None else show(seen.got),
            difference=seen.difference,
            what=seen.what,
            size=sum(numbers_in(c.args) for c in log[-1:]),
            made=len(log),
        )
        more: dict[str, Any] = {"reason": reason, "counterexample": example, "refused": seen.refused}
        return self._result(Verdict.FAILED, cases=len(self.cases), **more)

    # --- the door that Otter knocks at -------------------------------------------------------------

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        """Otter asks ``isinstance(x, test_case)``: say yes without importing Otter, which takes seconds."""
        loaded = sys.modules.get("otter.test_files.exception_test")
        return loaded.test_case if loaded else prop

    def __reduce__(self) -> tuple[Any, ...]:
        """Otter pickles its results: cross as a plain test case, with no body and no source."""
        from otter.test_files import test_case

        return test_case, (self.name, self.points, self.hidden)

    def to_dataclass(self) -> Any:
        """What Otter's loader wants of a test case."""
        from otter.test_files import TestCase

        return TestCase(self.name, self, self.hidden, self.points, None, None)

    def _line(self) -> int:
        """The line that says ``def``: its decorator's would repeat the hint."""
        first = self.body.__code__.co_firstlineno
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return next((n for n in range(first, len(lines) + 1) if lines[n - 1].startswith("def ")), first)

    def call_func(self, global_environment: dict[str, Any]) -> None:
        """Judge against Otter's environment; raise what Otter shows to the student.

        Raises:
            Wrong: the property does not hold (or could not be judged).

        """
        verdicts = global_environment.get(VERDICTS)
        if verdicts is not None:
            wrong: str | None = verdicts[self.path.stem, self.id]
        else:
            result = self.judge(global_environment).result
            wrong = None if result.verdict is Verdict.PASSED else property_text(result)
        if wrong is not None:
            # Otter names the line of the third traceback entry: let that be the property's own.
            frame = sys._getframe()  # noqa: SLF001  (the documented way to one's own frame)
            here = types.TracebackType(None, frame, 0, self._line())
            raise Wrong(wrong).with_traceback(here)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """No word from NumPy about what a wrong answer does to a sum; entering it takes as long as a small call."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class Wrong(Exception):  # noqa: N818  (its name is the first word that students read)
    """A property does not hold; the message is the whole feedback."""


def properties_in(namespace: Mapping[str, Any]) -> Iterator[prop]:
    """The properties that a question file defines, in its order."""
    return (v for v in namespace.values() if type(v) is prop)
