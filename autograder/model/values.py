"""Stand-ins for values that do not cross from the student's process."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something a student's function returned that is no number, array or container of them.

    Attributes:
        type_name: the name of its class, as the student's process gave it (untrusted text).
        preview: the start of its ``repr``, likewise untrusted.

    """

    type_name: str
    preview: str = ""
