"""An assignment's master copy, loaded to grade with."""

from __future__ import annotations

import types
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.checks import misconceptions, question
from autograder.checks.composition import complete
from autograder.checks.judging import REFERENCE
from autograder.checks.misconceptions import Misconception
from autograder.checks.modules import load_module
from autograder.checks.question import Question
from autograder.grade.property_caller import PropertyCaller, register
from autograder.model.calls import Caller
from autograder.model.contract import Contract
from autograder.sandbox import trusted
from autograder.sandbox.session import Session


@dataclass(frozen=True)
class Assignment:
    """A master copy, ready to grade with: contract, questions, reference and misconceptions.

    Attributes:
        folder: where it is.
        has_reference: whether its module is the reference; in a student's folder it is the student's answer.
        only: the question to judge, or empty for all.

    """

    folder: Path
    has_reference: bool = field(default=True, kw_only=True)
    only: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folder", complete(self.folder))

    @cached_property
    def _loaded(self) -> tuple[Contract, tuple[Question, ...]]:
        rules, questions = question.load_all(self.folder / "tests")
        return rules, tuple(q for q in questions if self.only in {"", q.name})

    @property
    def contract(self) -> Contract:
        """Its contract."""
        return self._loaded[0]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its questions, in the contract's order."""
        return self._loaded[1]

    @cached_property
    def reference(self) -> types.ModuleType:
        """The reference answers, as a module outside of ``sys.modules``."""
        return load_module(self.folder / f"{self.folder.name}.py", f"reference_of_{self.folder.name}")

    def namespace(self, caller: Caller, defined: Collection[str]) -> dict[str, Any]:
        """The namespace that properties are judged in: ``caller`` under each question's name, and the reference.

        Args:
            caller: calls the submission's functions.
            defined: names of those that it has.

        """
        functions: dict[str, Any] = {q.name: caller for q in self.contract.questions if q.name in defined}
        if isinstance(caller, Session) and any(q.is_property for q in self.contract.questions):
            register(trusted.shared, self.questions)
            of_properties = PropertyCaller(caller)
            functions |= {q.name: of_properties for q in self.contract.questions if q.is_property and q.name in defined}
        if any(REFERENCE in p.parameters for q in self.questions for p in q.properties):
            functions[REFERENCE] = self.reference
        return functions

    @cached_property
    def misconceptions(self) -> Mapping[str, tuple[Misconception, ...]]:
        """Known wrong answers by question; students' copies have none."""
        if not (self.folder / "misconceptions").is_dir():
            return {}
        return misconceptions.load(self.folder / "misconceptions", vars(self.reference))
