"""Moodle's grading worksheet: the rows of one assignment, to import with the grades filled in.

The names of its columns are in the language of the user who exports it, and must stay the same.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence

from autograder.courses.gradebook import Gradebook
from autograder.courses.tables import Table
from autograder.model.errors import UsageError
from autograder.model.people import printable
from autograder.report import table as cells

_NUMBER = ("identifier", "id", "identifikator", "identifiant", "identificador", "identificatore", "identificatie")
_ID_NUMBERS = (
    "id number",
    "id-nummer",
    "numéro d'identification",
    "número de id",
    "codice identificativo",
)
_USERNAMES = ("username", "anmeldename", "nom d'utilisateur", "nombre de usuario", "gebruikersnaam")
_NAMES = ("full name", "vollständiger name", "nom complet", "nombre completo", "cognome nome", "volledige naam")
_MAILS = ("email address", "e-mail-adresse", "adresse de courriel", "dirección de correo", "indirizzo email", "e-mail")
_GRADES = ("grade", "bewertung", "note", "calificación", "valutazione", "cijfer")
_MAXIMA = ("maximum grade", "bestwertung", "note maximale", "calificación máxima", "punteggio massimo", "maximumcijfer")
_CHANGE = ("grade can be changed", "bewertung kann geändert werden", "la note peut être modifiée")
_NO = ("no", "nein", "non", "nee", "não", "nej", "nei", "ei", "nie", "ne", "нет", "いいえ", "否")


def _in_known_language(table: Table) -> bool:
    header = {h.casefold() for h in table.header}
    return all(header & set(several) for several in (_NUMBER, _GRADES, _MAXIMA))


def _grade(table: Table) -> int | None:
    """The place of the column of grades in a worksheet of any language; None where it is something else.

    In each row the first cell is a word and a number; the maximum, a number, follows the grade; its name is that of
    the grade with a word more.
    """
    if not table.rows or len({re.sub(r"\d+$", "", row[0]) for row in table.rows}) > 1:
        return None
    names = [h.casefold() for h in table.header]
    found = [
        at
        for at, (name, after) in enumerate(itertools.pairwise(names))
        if at > 1
        and name
        and name != after
        and (name[:-1] or name) in after
        and all(table.number(row[at + 1]) for row in table.rows)
        and all(row[at] in {"", "-"} or table.number(row[at]) is not None for row in table.rows)
    ]
    return found[0] if len(found) == 1 and re.search(r"\d$", table.rows[0][0]) else None


class MoodleWorksheet(Gradebook):
    """Rows are matched by the number of the participant; the columns come back, the grade filled in.

    Moodle imports comments, too, and takes one that differs for a new one.
    """

    system = "Moodle"
    ids = ("number", "mail", "id number", "username")
    own_number = "number"
    names = (("name",),)

    @classmethod
    def fits(cls, table: Table) -> bool:
        """Whether there are a grade, its maximum and a participant's number."""
        return _in_known_language(table) or _grade(table) is not None

    def _column(self, titles: Sequence[str]) -> int:  # noqa: ARG002  (a worksheet is of one assignment)
        known = {"number": _NUMBER, "mail": _MAILS, "name": _NAMES, "grade": _GRADES, "max": _MAXIMA, "change": _CHANGE}
        known |= {"id number": _ID_NUMBERS, "username": _USERNAMES}
        self.at |= {
            called: self.at[name] for called, several in known.items() for name in reversed(several) if name in self.at
        }
        if not _in_known_language(self.table):
            self.at |= {"number": 0, "name": 1, "grade": _grade(self.table) or 0, "max": (_grade(self.table) or 0) + 1}
            for at in range(self.at["grade"]):
                if any("@" in row[at] for row in self.table.rows):
                    self.at.setdefault("mail", at)
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

    def _cell(self, at: int, column: int) -> str | None:
        if column <= self.at["max"]:
            return super()._cell(at, column)
        # Times and comments, which Moodle compares with its own: as they were, or not at all.
        text = self.raw[at][column]
        control = any(unicodedata.category(c) == "Cc" for c in text if c not in "\t\r\n")
        return None if control or cells.harmless(text) != printable(text) else text

    def _kept(self) -> list[int]:
        return list(range(len(self.table.header)))
