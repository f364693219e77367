"""Who handed something in, and when."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Student:
    """A person of the class.

    Attributes:
        ids: everything that names this person in some system, the best first: a system's own number, the
            university's, a login, an e-mail address, :func:`plain_name`.
        name: as people read it; may be empty.
        group: the group's name, or empty.
        canvas: the number of this person in Canvas, where it is known to be that, or empty.

    """

    ids: tuple[str, ...]
    name: str = ""
    group: str = ""
    canvas: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionMetadata:
    """How a submission was handed in, as a course system tells it.

    Attributes:
        students: one, the members of a group, or nobody where the system does not say.
        late: whether the system marked it as late.
        at: when, where the system says; with its offset from UTC.
        typed: ``"a text entry"`` or ``"a link"`` where that is all there is, and no file: for a person to look at.

    """

    students: tuple[Student, ...] = ()
    late: bool = False
    at: datetime | None = None
    typed: str = ""


def plain_name(name: str) -> str:
    """A name as Canvas writes it into file names: lower case, no spaces, commas or hyphens.

    >>> plain_name("Lovelace, Ada")
    'lovelaceada'
    """
    return re.sub(r"\W+", "", unicodedata.normalize("NFC", name)).lower()
