"""``grader`` in a notebook: Otter's calls with our feedback, for students who do not have Otter installed."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from autograder.checks import question
from autograder.checks.judging import judge
from autograder.checks.missing import explain_missing
from autograder.checks.mistakes import diagnose_by_fingerprint
from autograder.checks.otter import EARNED
from autograder.checks.timed import files_of, timed
from autograder.doors.hand_in import files_to_hand_in, write_zip
from autograder.doors.local import line_of
from autograder.model.contract import Contract
from autograder.model.result import QuestionResult
from autograder.source.draws import RandomStream, fix_draws
from autograder.wording.text import question_lines

MOST_LINES = 22
"""Lines on one question: what is wrong with it fits on a screen."""


class NotebookGrader:
    """Check the functions that are bound in the notebook now.

    Args:
        folder: the student's, with ``tests``.
        rules: the contract.
        namespace: the notebook's ``globals()``.
        left_out: says what is left out of the module at present.

    """

    def __init__(
        self,
        folder: Path,
        rules: Contract,
        namespace: Mapping[str, Any],
        left_out: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._left_out = left_out
        self._folder = folder
        self._rules = rules
        self._namespace = namespace

    def check(self, name: str) -> None:
        """Print what the public checks of a question say."""
        names = [q.name for q in self._rules.questions]
        if name not in names:
            near = difflib.get_close_matches(str(name), names, 1)
            hint = f"did you mean {near[0]!r}? There are" if near else "there are"
            print(f"There is no question {name!r}; {hint} {', '.join(names)}.")  # noqa: T201  (a traceback says no more)
            return
        if "hypothesis" in sys.modules:
            fix_draws()
        asked = question.load(self._folder / "tests" / f"{name}.py")
        judged = []
        stream = RandomStream()
        for p in asked.properties:
            functions = {f: self._namespace.get(f) for f in p.functions}
            answer = self._folder / f"{self._rules.name}.py"
            where = partial(line_of, answer=answer, files=files_of(functions))
            with stream.resume():
                judged.append(judge(p, timed(functions, self._rules.limits, where)))
        found = QuestionResult(name, tuple(j.result for j in judged), diagnose_by_fingerprint(asked, judged))
        result = explain_missing(found, self._left_out())
        EARNED.update({(name, p.name): p.score for p in result.properties})
        print("\n".join(question_lines(result, MOST_LINES)))  # noqa: T201  (a notebook is a terminal)

    def check_all(self) -> None:
        """Check every question, in the contract's order."""
        for q in self._rules.questions:
            self.check(q.name)

    def export(self, *_: object, **__: object) -> None:
        """Write the zip to hand in, as ``autograder submit`` does. Otter's arguments are accepted; there is no PDF.

        Raises:
            UsageError: the zip cannot be written.

        """
        files = files_to_hand_in(self._folder, self._rules.name)
        target = write_zip(self._folder, self._rules.name, files)
        print(f"hand in {target.name}: {', '.join(files)}")  # noqa: T201
        if f"{self._rules.name}.ipynb" in files:
            print("Notebooks are taken as last saved: save this one, and export again if it has changed.")  # noqa: T201
