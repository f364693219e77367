"""The roster of a class, in the form of Canvas, Gradescope, Moodle, GitHub Classroom or a registrar."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.courses.tables import read_table
from autograder.model.errors import UsageError
from autograder.model.people import Student, SubmissionMetadata, is_test_student, plain_name, plain_names

_MAIL = "email"
_IDS = (
    *("id", "canvas id", "student id", "sis user id", "sid", "sis id", "sis login id", "login", "login id"),
    *("id number", "student number", "matriculation number", "matrikelnummer", "id nummer", "org defined id"),
    *("orgdefinedid", "netid", "net id", "uni id", "username", "user name", "user id", "benutzername", "anmeldename"),
    *("numéro d identification", "numéro étudiant", "id étudiant", "nom d utilisateur", "identifiant"),
    *("número de id", "número de identificación", "id de estudiante", "matrícula", "nombre de usuario", "usuario"),
    *("codice identificativo", "numero id", "matricola", "nome utente", "número de identificação", "nome de usuário"),
    *("studentnummer", "gebruikersnaam", "studentnumber", "personnummer", "användarnamn", "brugernavn", "brukernavn"),
    *("numer indeksu", "numer id", "nazwa użytkownika", "numer albumu", "osobní číslo", "uživatelské jméno"),
    *("логин", "номер студента", "идентификатор", "индивидуальный номер", "学号", "用户名", "學號", "学籍番号", "학번"),
    *("teilnehmer id", "studierenden id", "studenten id", "kennung", "matrikel nr", "matr nr", "matrikelnr"),
    *(_MAIL, "e mail", "mail", "email address", "e mail address", "e mail adresse"),
    *("identifier", "roster identifier", "github username", "github login", "submission"),
)
"""Columns that name a student, the best first."""
_NAMES = (
    *("name", "student", "full name", "student name", "display name", "vollständiger name", "nom complet"),
    *(
        "nombre completo",
        "cognome e nome",
        "nome completo",
        "volledige naam",
        "namn",
        "navn",
        "naam",
        "полное имя",
        "фио",
    ),
    *("姓名", "氏名", "이름", "pełna nazwa", "imię i nazwisko", "celé jméno"),
)
_FIRST = (
    *("first name", "firstname", "given name", "forename", "vorname", "prénom", "nombre", "nome", "voornaam"),
    *("förnamn", "fornavn", "imię", "jméno", "имя", "名"),
)
_LAST = (
    *("last name", "lastname", "surname", "family name", "nachname", "familienname", "nom de famille", "nom"),
    *("apellidos", "apellido s", "apellido", "cognome", "sobrenome", "apelido", "achternaam", "efternamn", "etternavn"),
    *("efternavn", "nazwisko", "příjmení", "фамилия", "姓"),
)
_GROUPS = ("group", "group name", "team", "gruppe", "groupe", "grupo", "gruppo", "groep")
_SECTIONS = ("section", "sections", "section name", "class section", "abschnitt", "sección", "sezione", "tutorium")
_ROLES = ("role", "roles", "rolle", "course role", "enrollment role", "rôle", "rol", "ruolo", "função", "papel")
_STAFF = frozenset(
    {
        *(
            "instructor",
            "teacher",
            "ta",
            "assistant",
            "reader",
            "designer",
            "observer",
            "admin",
            "administrator",
            "grader",
        ),
        *("tutor", "staff", "manager", "lecturer", "professor", "owner", "facilitator", "editingteacher"),
        *(
            "teacherenrollment",
            "taenrollment",
            "designerenrollment",
            "observerenrollment",
            "dozent",
            "dozentin",
            "trainer",
            "trainerin",
            "lehrkraft",
            "enseignant",
            "enseignante",
            "professeur",
            "profesor",
            "profesora",
            "docente",
            "docent",
            "professora",
        ),
    }
)


def read_roster(path: Path) -> list[Student]:
    """Every student of the class, without staff and Canvas' test student.

    The header names the columns: at least one of ``id, student id, sid, login, username, NetID, email, ...``, and
    where there are such, ``name`` (or ``student``, or ``first name`` and ``last name``), ``group``, ``section`` and
    ``role``. A student in several sections is listed once.

    Raises:
        UsageError: it cannot be read, names no such column, or holds a student twice.

    """
    table = read_table(path)
    header = [" ".join(re.split(r"[\W_]+", cell.casefold())).strip() for cell in table.header]
    header = _with_mail(header, table.rows)
    if not set(_IDS) & set(header):
        raise UsageError(f"{path}: expected a column such as id, sid or email; found {', '.join(header)}")
    students: dict[str, Student] = {}
    lines: dict[str, int] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        cells = {column: cell for column, cell in zip(header, row, strict=False) if cell}
        student = _student(cells, canvas="sis user id" in header)
        if student is None:
            continue
        key = student.ids[0].casefold()
        if key in students and not _same_person(students[key], student):
            raise UsageError(f"{path}, line {line}: {student.ids[0]} is in line {lines[key]} already")
        students[key] = _merged(students[key], student) if key in students else student
        lines.setdefault(key, line)
    if not students:
        raise UsageError(f"{path}: expected a line for each student; found none")
    return list(students.values())


def _with_mail(header: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The header, where the column of e-mail addresses is called so, whatever the language calls it."""
    if _MAIL in header:
        return header
    mails = [at for at in range(len(header)) if rows and all("@" in row[at] or not row[at] for row in rows)]
    at = next((at for at in mails if header[at] not in _IDS and any(row[at] for row in rows)), None)
    return [_MAIL if i == at else name for i, name in enumerate(header)]


def _student(cells: Mapping[str, str], *, canvas: bool) -> Student | None:
    """The student of a line, of a gradebook of Canvas or another list; None where it is of staff, or of nobody."""
    ids = tuple(
        filter(None, (cells[c].removeprefix("#") for c in _IDS if c in cells))
    )  # Brightspace marks numbers by #
    if not ids:  # the line of points in a gradebook of Canvas
        return None
    if set(re.split(r"\W+", _cell(cells, _ROLES).casefold())) & _STAFF:
        return None
    last, first = _cell(cells, _LAST), _cell(cells, _FIRST)
    name = _cell(cells, _NAMES) or " ".join(filter(None, (first, last)))
    if canvas and is_test_student(name) and "sis user id" not in cells:
        return None
    # A gradebook of Canvas, which calls its own number ID, is a roster too.
    number = cells.get("canvas id") or (cells.get("id", "") if canvas else "")
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
    return next((cells[c] for c in columns if c in cells), "")


def _same_person(one: Student, other: Student) -> bool:
    return one.section != other.section and not (one.name and other.name and one.name != other.name)


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
        at = _only(self._ids.get(identity.casefold()))
        return self.called(plain_names(identity)) if at is None else at

    def members(self, group: str) -> list[int]:
        """The places of a group's members."""
        wanted = plain_name(group)
        return [at for at, s in enumerate(self.students) if wanted and s.group and plain_name(s.group) == wanted]


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
