"""The roster of a class, in the form of Canvas, Gradescope, Moodle, GitHub Classroom or a registrar."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.courses.tables import is_shortened, read_table, shortened
from autograder.model.errors import UsageError
from autograder.model.people import (
    Student,
    SubmissionMetadata,
    composed,
    is_preview_user,
    is_test_student,
    plain_name,
    plain_names,
)

_MAIL = "email"
_IDS = (
    *("id", "canvas id", "canvas user id", "student id", "sis user id", "sid", "sis id", "sis student id"),
    *("sis login id", "login", "login id", "id number", "student number", "student no", "matriculation number"),
    *("matrikelnummer", "matrikel", "matrikel nr", "matr nr", "immatrikulationsnummer", "id nummer", "org defined id"),
    *("netid", "uni id", "uid", "uin", "eid", "pid", "cwid", "emplid", "banner id", "zid", "unikey", "username"),
    *(
        "user id",
        "user",
        "login name",
        "account",
        "benutzername",
        "benutzer",
        "anmeldename",
        "nutzername",
        "nutzernamen",
    ),
    *("numéro d identification", "numéro étudiant", "n étudiant", "id étudiant", "identifiant étudiant", "ine"),
    *("nom d utilisateur", "identifiant", "número de id", "número de identificación", "id de estudiante", "matrícula"),
    *("número de alumno", "legajo", "dni", "nombre de usuario", "usuario", "codice identificativo"),
    *("numero id", "numero di matricola", "matricola", "nome utente", "número de identificação", "número de aluno"),
    *("nome de usuário", "studentnummer", "gebruikersnaam", "studentnumber", "personnummer", "användarnamn"),
    *("brugernavn", "brukernavn", "opiskelijanumero", "käyttäjätunnus", "numer indeksu", "numer id"),
    *("nazwa użytkownika", "numer albumu", "osobní číslo", "uživatelské jméno"),
    *("логин", "номер студента", "идентификатор", "индивидуальный номер", "学号", "用户名", "學號", "学籍番号", "학번"),
    *("teilnehmer id", "studierenden id", "studenten id", "kennung", "nutzerkennung", "netzkennung", "rz kennung"),
)
"""Columns that name a student, the best first."""
_MORE_IDS = (
    *(_MAIL, "e mail", "mail", "email address", "e mail address", "e mail adresse"),
    *("identifier", "roster identifier", "github username", "github login", "submission"),
)
"""Such columns that come after all others."""
_LAST_WORDS = frozenset({"id", "number", "no", "nr", "num", "nummer", "login", "username", "kennung"})
"""At the end of the name of a column that names a student, as in Andrew ID, Registration Number, Roll No."""
_OTHER_THINGS = frozenset(
    {
        *("section", "course", "class", "group", "team", "assignment", "submission", "quiz", "attempt", "question"),
        *("phone", "telephone", "mobile", "fax", "seat", "room", "row", "line", "sequence", "role", "term", "order"),
        *("github", "department", "program", "advisor", "instructor", "parent", "guardian", "kurs", "gruppen", "raum"),
    }
)
"""Words of names of columns that number something else."""
_NAMES = (
    *("name", "student", "full name", "student name", "display name", "sortable name", "vollständiger name"),
    *("name vorname", "nachname vorname", "last name first name", "nom prénom", "nom et prénom", "apellidos y nombre"),
    *("nom complet", "nombre completo", "cognome e nome", "nome completo", "volledige naam", "namn", "navn", "naam"),
    *("полное имя", "фио", "姓名", "氏名", "이름", "pełna nazwa", "imię i nazwisko", "celé jméno"),
)
_FIRST = (
    *("first name", "given name", "forename", "vorname", "prénom", "nombre", "nome", "voornaam"),
    *("förnamn", "fornavn", "imię", "jméno", "имя", "名"),
)
_LAST = (
    *("last name", "surname", "family name", "nachname", "familienname", "nom de famille", "nom"),
    *("apellidos", "apellido s", "apellido", "cognome", "sobrenome", "apelido", "achternaam", "efternamn", "etternavn"),
    *("efternavn", "nazwisko", "příjmení", "фамилия", "姓"),
)
_GROUPS = (
    "group",
    "group name",
    "groups",
    "team",
    "gruppe",
    "gruppen",
    "groupe",
    "groupes",
    "grupo",
    "gruppo",
    "groep",
)
_SECTIONS = ("section", "sections", "section name", "class section", "abschnitt", "sección", "sezione", "tutorium")
_ROLES = (
    *("role", "roles", "role name", "course role", "enrollment role", "rolle", "rollen", "rôle", "rôles", "rol"),
    *("ruolo", "função", "papel", "type", "user type", "enrollment type", "member type", "user role", "funktion"),
)
_SHORTEST = 3
"""Characters of an id that may be among other words."""
_STAFF = re.compile(
    r"instruct|teach|\bta\b|taenrol|assist|designer|observer|admin|grader|tutor(?!i)|staff|manager|lecturer|prof(?!i)|owner"
    r"|facilitat|coordinat|maintain|builder|marker|studentview|doz|trainer|lehr(?!amt)|betreu|hilfskraft|korrek|übungsleit|docen"
    r"|enseign|ayudante|reader\b"
)
"""In a role, in lower case: of somebody who hands in nothing; studentview is Canvas' Test Student."""
_STATUSES = ("Dozent", "Tutor")
"""Of staff, where Stud.IP calls a role so; elsewhere a status may say "administrative hold"."""


def read_roster(path: Path) -> list[Student]:
    """Every student of the class, without staff and Canvas' test student.

    The header names the columns: at least one of ``id, student id, sid, login, username, NetID, email, ...``, and
    where there are such, ``name`` (or ``student``, or ``first name`` and ``last name``), ``group``, ``section`` and
    ``role``. A student in several sections is listed once.

    Raises:
        UsageError: it cannot be read, names no such column, or holds a student twice.

    """
    table = read_table(path, lambda cells: any(_rank(cell) is not None for cell in cells))
    columns = _with_mail([_plain(cell) for cell in table.header], table.rows)
    ids = _id_columns(table.header, columns, table.rows)
    if not ids:
        raise UsageError(f"{path}: expected a column such as id, sid or email; found {', '.join(table.header)}")
    students: dict[str, Student] = {}
    lines: dict[str, int] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        cells = {column: cell for column, cell in zip(columns, row, strict=True) if cell}
        student = _student([_identity(row[at]) for at in ids if row[at]], cells, canvas="sisuserid" in columns)
        if student is None:
            continue
        if cell := next(filter(is_shortened, student.ids), None):
            raise UsageError(f"{path}, line {line}: {shortened(cell)}")
        key = student.ids[0].casefold()
        if key in students and not _same_person(students[key], student):
            raise UsageError(f"{path}, line {line}: {student.ids[0]} is in line {lines[key]} already")
        students[key] = _merged(students[key], student) if key in students else student
        lines.setdefault(key, line)
    if not students:
        raise UsageError(f"{path}: expected a line for each student; found none")
    return list(students.values())


@functools.cache
def _plain(column: str) -> str:
    """The name of a column for comparison: ``Student ID``, ``student_id`` and ``StudentId`` are one."""
    return re.sub(r"\s\(.*\)$|[\W_]+", "", column.casefold().replace("#", "no"))


_RANKS = {_plain(name): rank for rank, name in enumerate((*_IDS, "", *_MORE_IDS))}


def _rank(column: str) -> int | None:
    """How well a column of this name names a student, the best 0; None: not at all."""
    rank = _RANKS.get(_plain(column)) if _plain(column) else None
    words = re.findall(r"[^\W_]+", column.casefold().replace("#", " no"))
    other = len(words) > 1 and words[-1] in _LAST_WORDS and not _OTHER_THINGS & set(words)
    return _RANKS[""] if rank is None and other else rank


def _id_columns(header: Sequence[str], columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The places of the columns that name a student, the best first."""
    known = []
    for at, name in enumerate(header):
        rank = _rank(_MAIL if columns[at] == _MAIL else name)
        cells = [row[at] for row in rows if row[at]]
        # "Institution ID" is the same for all, "Record Number" counts the lines.
        same, counted = len(set(cells)) * 2 <= len(cells), cells == [f"{n}" for n in range(1, len(cells) + 1)]
        if rank is not None and (rank != _RANKS[""] or not (same or counted)):
            known.append((rank, at))
    return [at for _, at in sorted(known)]


def _with_mail(columns: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The columns, where the one of e-mail addresses is called so, whatever the language calls it."""
    if _MAIL in columns:
        return columns
    mails = [at for at in range(len(columns)) if rows and all("@" in row[at] or not row[at] for row in rows)]
    at = next((at for at in mails if columns[at] not in _RANKS and any(row[at] for row in rows)), None)
    return [_MAIL if i == at else name for i, name in enumerate(columns)]


def _identity(cell: str) -> str:
    """An id, without the mark that Brightspace puts before it, or the decimals of programs that count with it."""
    return re.sub(r"^(\d{3,})\.0$", r"\1", cell.removeprefix("#"))


def _student(ids: Sequence[str], cells: Mapping[str, str], *, canvas: bool) -> Student | None:
    """The student of a line, of a gradebook of Canvas or another list; None where it is of staff, or of nobody."""
    ids = tuple(filter(None, ids))
    if not ids:  # the line of points in a gradebook of Canvas
        return None
    if any(map(is_preview_user, ids)):
        return None
    if any(_STAFF.search(cells.get(_plain(role), "").casefold()) for role in _ROLES):
        return None
    if cells.get("status", "").startswith(_STATUSES):
        return None
    name, last, first = (_cell(cells, columns) for columns in (_NAMES, _LAST, _FIRST))
    if name and first and not last and not set(first.split()) <= set(re.split(r"[\s,]+", name)):  # "Name;Vorname"
        name, last = "", name
    name = name or " ".join(filter(None, (first, last)))
    if canvas and is_test_student(name) and "sisuserid" not in cells:
        return None
    # A gradebook of Canvas, which calls its own number ID, is a roster too.
    number = cells.get("canvasid") or cells.get("canvasuserid") or (cells.get("id", "") if canvas else "")
    number = _identity(number)
    return Student(
        ids,
        name,
        _cell(cells, _GROUPS),
        _cell(cells, _SECTIONS),
        system="Canvas" if number else "",
        number=number,
        plain=plain_names(name, last, first),
    )


def _cell(cells: Mapping[str, str], columns: Iterable[str]) -> str:
    return next((cells[c] for c in map(_plain, columns) if c in cells), "")


def _same_person(one: Student, other: Student) -> bool:
    """Whether two lines with one id are of one student, as of one in two sections: by name and address."""
    mails = [{i for i in student.ids if "@" in i} for student in (one, other)]
    same_name = not (one.plain and other.plain) or bool(set(one.plain) & set(other.plain))
    return same_name and (not all(mails) or bool(mails[0] & mails[1]))


def _merged(one: Student, other: Student) -> Student:
    sections = dict.fromkeys([*one.section.split(", "), *other.section.split(", ")])
    return replace(
        one,
        ids=tuple(dict.fromkeys([*one.ids, *other.ids])),
        name=one.name or other.name,
        group=one.group or other.group,
        section=", ".join(filter(None, sections)),
    )


class Matcher:
    """Finds a student of the roster by an id or a name in another list; nobody where it could mean two."""

    def __init__(self, students: Sequence[Student]) -> None:
        self.students = students
        self._numbers: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._ids: dict[str, set[int]] = defaultdict(set)
        self._names: dict[str, set[int]] = defaultdict(set)
        for at, student in enumerate(students):
            self._numbers[student.system, student.number.casefold()].add(at)
            for identity in student.ids:
                self._ids[identity.casefold()].add(at)
            for name in student.plain:
                self._names[name].add(at)
        self._words = [set(re.findall(r"[^\W_]+", student.name.casefold())) for student in students]
        self._called: dict[str, set[int]] = defaultdict(set)
        for at, words in enumerate(self._words):
            for word in words if len(words) > 1 else ():
                self._called[word].add(at)

    def of(self, student: Student) -> int | None:
        """The place of a student: by the system's number, else another id, else the name; None: nobody."""
        if student.number and (at := _only(self._numbers.get((student.system, student.number.casefold())))) is not None:
            return at
        for identity in student.common_ids:
            if (at := _only(self._ids.get(identity.casefold()))) is not None:
                return at
        # A column that is only called id may hold a system's numbers; where the names differ, it does not.
        at = _only(self._ids.get(student.number.casefold())) if student.number else None
        if at is not None and not (student.plain and self.students[at].plain and not self._same_name(student, at)):
            return at
        return self.called(student.plain)

    def _same_name(self, student: Student, at: int) -> bool:
        return bool(set(student.plain) & set(self.students[at].plain))

    def called(self, names: Iterable[str]) -> int | None:
        """The place of the student with one of these plain names, the first that names exactly one; None: nobody."""
        return next((at for name in names if (at := _only(self._names.get(name))) is not None), None)

    def filed_as(self, identity: str) -> int | None:
        """The place of the student whose id or name a file is called by."""
        at = _only(self._ids.get(composed(identity).casefold()))
        return self.called(plain_names(identity)) if at is None else at

    def mentioned_in(self, identity: str) -> int | None:
        """The place of the one student whose id or name is among the words that a file is called by; None: nobody's."""
        text = composed(identity).casefold()
        words = set(re.findall(r"[^\W_]+", text))
        near = (i for i in self._ids if len(i) >= _SHORTEST and i in text)
        by_id = {at for i in near if re.search(rf"(?<![^\W_]){re.escape(i)}(?![^\W_])", text) for at in self._ids[i]}
        by_name = {at for word in words for at in self._called.get(word, ()) if self._words[at] <= words}
        return _only(by_id & by_name if by_id and by_name else by_id | by_name)

    def members(self, group: str) -> list[int]:
        """The places of a group's members; a student may be in several groups, between commas."""
        wanted = plain_name(group)
        groups = ([s.group, *s.group.split(",")] for s in self.students)
        return [at for at, several in enumerate(groups) if wanted and wanted in map(plain_name, several)]


def _only(places: Collection[int] | None) -> int | None:
    return next(iter(places)) if places and len(places) == 1 else None


def matches(
    matcher: Matcher, identity: str, metadata: SubmissionMetadata | None
) -> list[tuple[Student, dict[int, Student]]]:
    """Each student whose submission this is, as the system says, and whom of the roster that means, by place.

    The submission's id counts where no system says more. The name of a group means its members.
    """
    students = matcher.students
    if metadata is None or not metadata.students:
        at = matcher.filed_as(identity)
        sender = Student((identity,), plain=() if metadata else plain_names(identity))
        return [(sender, {} if at is None else {at: students[at]})]
    found = []
    for student in metadata.students:
        at = matcher.of(student)
        meant = {} if at is None else {at: _with_number(students[at], student)}
        found.append((student, {place: students[place] for place in matcher.members(student.name)} | meant))
    return found


def _with_number(student: Student, known: Student) -> Student:
    """A student of the roster with the number that the course system gives them, where the roster has none."""
    if student.number or not known.number:
        return student
    return replace(student, ids=(*student.ids, known.number), system=known.system, number=known.number)
