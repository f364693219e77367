"""Who handed something in, and when."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

_MOST_WORDS = 10
"""Of a name that are tried as its first one."""


@dataclass(frozen=True, slots=True)
class Student:
    """A person of the class; texts hold no control characters, and composed letters (NFC).

    Attributes:
        ids: this person's ids in all systems, the most reliable first: a system's own number, the
            university's, a login, an e-mail address. No name, since some systems let people choose theirs.
        name: as people read it; may be empty.
        group: the group's name, or empty.
        section: the section's name, several separated by commas, or empty.
        system: the course system whose own number of this person is known, or empty.
        number: that number, which is among the ids; without a system it counts where the name agrees.
        plain: the plain forms of the name, see :func:`plain_names`.

    """

    ids: tuple[str, ...]
    name: str = ""
    group: str = ""
    section: str = ""
    system: str = ""
    number: str = ""
    plain: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field in ("name", "group", "section", "system", "number"):
            object.__setattr__(self, field, composed(getattr(self, field)))
        object.__setattr__(self, "ids", tuple(i for i in map(composed, self.ids) if i))
        object.__setattr__(self, "plain", self.plain or plain_names(self.name))

    @property
    def common_ids(self) -> tuple[str, ...]:
        """The ids that mean the same person in every list: all but a system's own number."""
        return tuple(i for i in self.ids if i != self.number)


@dataclass(frozen=True, slots=True)
class SubmissionMetadata:
    """How a submission was handed in, according to a course system.

    Attributes:
        students: one, the members of a group, or nobody where the system does not say.
        late: whether the system marked it as late.
        at: when, where the system says; without an offset from UTC where it goes by its own clock.
        typed: ``"a text entry"`` or ``"a link"`` where that is all there is, and no file: for a person to look at.
        system: the course system's name, or empty.
        feedback: the name under which the system takes a file as feedback on it; empty where it takes none.

    """

    students: tuple[Student, ...] = ()
    late: bool = False
    at: datetime | None = None
    typed: str = ""
    system: str = ""
    feedback: str = ""


def printable(text: str) -> str:
    r"""A text in one line, without control characters, that a terminal or a table can show.

    >>> printable("Ada\x1b[2J  Lovelace\n")
    'Ada[2J Lovelace'
    """
    spaced = "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)
    return " ".join(spaced.split())


def composed(text: str) -> str:
    r"""A printable text that spells no letter and its accent apart, as macOS does in names of files.

    >>> composed("Zoe\u0308") == "Zo\u00eb"
    True
    """
    return printable(unicodedata.normalize("NFC", text))


def plain_name(name: str) -> str:
    """A name as Canvas writes it into file names: lower case, no spaces, commas or hyphens.

    >>> plain_name("Lovelace, Ada")
    'lovelaceada'
    """
    return re.sub(r"\W+", "", unicodedata.normalize("NFC", name)).lower()


def plain_names(name: str, last: str = "", first: str = "") -> tuple[str, ...]:
    """The plain forms of a name: as it is, and with its first words at the end, since any of them may be first names.

    >>> plain_names("Ada Lovelace")
    ('adalovelace', 'lovelaceada')
    >>> "vandenbergjanpieter" in plain_names("Jan Pieter van den Berg")
    True
    """
    words = re.split(r"[\s,]+", name.strip())
    turned = (" ".join([*words[at:], *words[:at]]) for at in range(min(len(words), _MOST_WORDS)))
    several = map(plain_name, (name, *turned, f"{last} {first}"))
    return tuple(dict.fromkeys(n for n in several if n))


def is_test_student(name: str) -> bool:
    """Whether it is the name of the Test Student in whose place Canvas lets instructors hand in.

    >>> is_test_student("Student, Test"), is_test_student("Test Studentova")
    (True, False)
    """
    return plain_name(name) in {"studenttest", "teststudent"}


def is_preview_user(identity: str) -> bool:
    """Whether it is the username under which Blackboard lets an instructor try a course as a student.

    >>> is_preview_user("hopper_previewuser")
    True
    """
    return identity.casefold().endswith("_previewuser")
