"""Moodle's grading worksheet: the rows of one assignment, to import with the grades filled in.

The names of its columns are in the language of the user who exports it, and must stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.courses.gradebook import Gradebook
from autograder.model.errors import UsageError

_NUMBER = ("identifier", "id", "identifikator", "identifiant", "identificador", "identificatore", "identificatie")
_NAMES = ("full name", "vollständiger name", "nom complet", "nombre completo", "cognome nome", "volledige naam")
_MAILS = ("email address", "e-mail-adresse", "adresse de courriel", "dirección de correo", "indirizzo email", "e-mail")
_GRADES = ("grade", "bewertung", "note", "calificación", "valutazione", "cijfer")
_MAXIMA = ("maximum grade", "bestwertung", "note maximale", "calificación máxima", "punteggio massimo", "maximumcijfer")
_CHANGE = ("grade can be changed", "bewertung kann geändert werden", "la note peut être modifiée")
_NO = ("no", "nein", "non")


class MoodleWorksheet(Gradebook):
    """Rows are matched by the number of the participant; every column comes back, the grade filled in."""

    system = "Moodle"
    ids = ("number", "mail")
    names = (("name",),)

    @classmethod
    def fits(cls, header: Sequence[str]) -> bool:
        """Whether there are a grade, its maximum and a participant's number."""
        return all(any(name in header for name in several) for several in (_NUMBER, _GRADES, _MAXIMA))

    def _column(self, titles: Sequence[str]) -> int:  # noqa: ARG002  (a worksheet is of one assignment)
        known = {"number": _NUMBER, "mail": _MAILS, "name": _NAMES, "grade": _GRADES, "max": _MAXIMA, "change": _CHANGE}
        self.at |= {
            called: self.at[name] for called, several in known.items() for name in reversed(several) if name in self.at
        }
        return self.at["grade"]

    def _id(self, row: Sequence[str], column: str) -> str:
        cell = super()._id(row, column)
        if column == "number":  # "Participant 1001"
            return match[0] if (match := re.search(r"\d+$", cell)) else ""
        return cell

    def _possible(self) -> float:
        numbers = {self.table.number(row[self.at["max"]]) for row in self.rows}
        if len(numbers) != 1 or None in numbers:
            raise UsageError(f"{self.table.path}: expected one maximum grade, a number; found another scale")
        return float(max(n for n in numbers if n is not None))

    def _closed(self, row: Sequence[str]) -> str:
        if "change" in self.at and row[self.at["change"]].casefold() in _NO:
            return "its grade cannot be changed in Moodle"
        return super()._closed(row)

    def _kept(self) -> list[int]:
        return list(range(len(self.table.header)))
