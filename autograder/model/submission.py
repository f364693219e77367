"""What one student handed in, read into memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.model.status import Status


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission, its sources read and decoded; nothing of it has run.

    Attributes:
        id: its id in the grades table, unique in a class.
        source: the text of the answer module.
        helpers: other modules handed in beside it, dotted module name -> source text.
        origin: the file it came from, as a person would name it (``"ada.zip: src/naive_bayes.py"``).
        notes: remarks for the student about how it was read (``"3 magics left out"``).

    """

    id: str
    source: str
    helpers: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something handed in that cannot be read as a submission. It still has a row in the grades table."""

    id: str
    status: Status
    message: str
    origin: str = ""


AnySubmission = Submission | Unreadable
"""Whatever was handed in, as it was read."""
