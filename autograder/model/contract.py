"""An assignment's contract: its questions in order, their points, signatures and shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.model.limits import Limits


@dataclass(frozen=True, slots=True)
class Returns:
    """What one returned value must be.

    Attributes:
        kind: ``"real"``, ``"integer"``, or ``"none"`` for a property, which raises or returns None.
        shape: dimension expressions such as ``("n", "T+1")``; ``()`` is a 0-d number.
        like: names of arguments whose broadcast shape is the result's, instead of ``shape``.
        optional: whether None is an answer.

    """

    kind: str
    shape: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A question's function.

    Attributes:
        name: of the function, and so of the question.
        points: what the question is worth.
        arguments: name -> what its value binds: ``("n", "d")`` binds an array's shape, ``"T"`` the
            value of an integer, ``None`` nothing. In the order of the definition.
        returns: one :class:`Returns`, or several when a tuple is returned.
        several: whether a tuple is returned.
        own: for a property, the assignment in which students write the functions that it takes; or empty.
        takes: for a property, what these functions take, by argument; see :mod:`autograder.checks.arguments`.

    """

    name: str
    points: float
    arguments: Mapping[str, tuple[str, ...] | str | None]
    returns: tuple[Returns, ...]
    several: bool = False
    own: str = ""
    takes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_property(self) -> bool:
        """Whether the answer is itself a property, judged by what it accepts and catches."""
        return self.returns[0].kind == "none"


@dataclass(frozen=True, slots=True)
class Contract:
    """What ``contract.toml`` says: the assignment as students and graders agree on it."""

    name: str
    title: str
    questions: tuple[Signature, ...]
    path: Path
    limits: Limits = field(default_factory=Limits)
    rejudge: bool = True
    """Whether a question that fails only through an earlier wrong function is judged again."""
    named: str = "before"
    """Whether known mistakes are named ``"before"`` handing in as well, or only ``"after"``."""

    def signature(self, name: str) -> Signature | None:
        """The question of that name, or None."""
        return next((q for q in self.questions if q.name == name), None)

    @property
    def points(self) -> float:
        """Points of the whole assignment."""
        return sum(q.points for q in self.questions)
