"""A property as an Otter test case, for ``otter check``, ``grader.check`` and ``otter run``."""

from __future__ import annotations

import sys
import types
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from autograder.checks.judging import REFERENCE, judge
from autograder.checks.timed import timed
from autograder.model.result import PropertyResult, Verdict
from autograder.source.draws import RandomStream, fix_draws
from autograder.wording.text import property_text

if TYPE_CHECKING:
    from autograder.checks.property import prop

VERDICTS = "__autograder_verdicts__"
"""Name in Otter's environment of verdicts that the sandbox reached: (question, property) -> feedback, or None where it
passed. The Otter plugin puts them there. Student code never runs in that environment."""

EARNED: dict[tuple[str, str], float] = {}
"""(question, property) -> points that it earned when it was last checked in this process: for the notebook."""


class Wrong(Exception):  # noqa: N818  (its name is the first word that students read)
    """A property does not hold; the message is the whole feedback."""


class OtterTestCase:
    """The part of a property that Otter uses. Otter itself is not imported: it takes seconds."""

    success_message = None
    failure_message = None

    name: str | None
    points: float
    hidden: bool
    id: str
    path: Path
    line: int

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        """Otter asks ``isinstance(x, test_case)``; the answer is yes where Otter is loaded."""
        loaded = sys.modules.get("otter.test_files.exception_test")
        return loaded.test_case if loaded else type(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Otter pickles its results: pickle as a plain test case, without body and source."""
        from otter.test_files import test_case

        return test_case, (self.name, self.points, self.hidden)

    def to_dataclass(self) -> Any:
        """The form that Otter's loader expects of a test case."""
        from otter.test_files import TestCase

        return TestCase(self.name, self, self.hidden, self.points, None, None)

    def call_func(self, global_environment: dict[str, Any]) -> None:
        """Judge against Otter's environment.

        Raises:
            Wrong: the property does not hold, or could not be judged.

        """
        verdicts = global_environment.get(VERDICTS)
        if verdicts is not None:
            wrong: str | None = verdicts[self.path.stem, self.id]
        else:
            result = _judge_timed(cast("prop", self), global_environment)
            if result.verdict is Verdict.PASSED and self._is_blocked(global_environment):
                result = replace(result, blocked=True)
            elif result.free and result.verdict is Verdict.PASSED and not self._computed(global_environment):
                result = replace(result, paid=False)
            EARNED[self.path.stem, self.id] = result.score
            wrong = None if result.earned else property_text(result)
        if wrong is not None:
            # Otter names the line of the third traceback entry: let that be the property's own.
            frame = sys._getframe()  # noqa: SLF001  (the documented way to one's own frame)
            here = types.TracebackType(None, frame, 0, self._line_of_definition())
            raise Wrong(wrong).with_traceback(here)

    def _is_blocked(self, global_environment: dict[str, Any]) -> bool:
        """Whether a required property of the question fails."""
        from autograder.checks import question

        others = [p for p in question.load(self.path).properties if p.required and p.id != self.id]
        return any(_judge_timed(p, global_environment).verdict is Verdict.FAILED for p in others)

    def _computed(self, global_environment: dict[str, Any]) -> bool:
        """Whether a property of the question passes that no trivial answer passes; or whether there is none."""
        from autograder.checks import question

        deciding = [p for p in question.load(self.path).properties if not p.free]
        return not deciding or any(_judge_timed(p, global_environment).verdict is Verdict.PASSED for p in deciding)

    def _line_of_definition(self) -> int:
        """The line with ``def``, since the decorator's line repeats the hint."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        if not lines[self.line - 1].startswith("@"):
            return self.line
        return next((n for n in range(self.line, len(lines) + 1) if lines[n - 1].startswith("def ")), self.line)


def _judge_timed(p: prop, global_environment: dict[str, Any]) -> PropertyResult:
    """Judge the functions of a notebook with the time limits of grading."""
    functions = {name: global_environment.get(name) for name in p.functions}
    if "hypothesis" in sys.modules:
        fix_draws()
    namespace: dict[str, Any] = dict(timed(functions, p.contract.limits))
    if REFERENCE in global_environment:
        namespace[REFERENCE] = global_environment[REFERENCE]
    with RandomStream().resume():
        return judge(p, namespace).result
