"""Lists of a class as each system and registrar writes them: who is a student, and what they are called."""

import unicodedata

import pytest

from autograder import courses
from autograder.courses.people import People
from autograder.model.status import GRADED
from autograder.report.table import Row

ADA = {
    "Gradescope": "First Name,Last Name,SID,Email,Role,Section\nAda,Lovelace,S001,ada@x.edu,Student,L01\n"
    "Ida,Prof,,ida@x.edu,Instructor,\nTom,Tutor,T9,tom@x.edu,TA,\n",
    "Moodle": '"First name",Surname,"ID number","Email address"\nAda,Lovelace,S001,ada@x.edu\n',
    "Moodle in German": "Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAda;Lovelace;S001;ada@x.edu\n",
    "Canvas' people": "Name,Login ID,SIS ID,Section,Role\nAda Lovelace,ada,S001,L01,Student\nTom Tutor,tom,T1,L01,TA\n",
    "username": "username,name\nS001,Ada Lovelace\n",
    "NetID": "NetID,Name\nS001,Ada Lovelace\n",
    "tabs": "SID\tName\nS001\tAda Lovelace\n",
    "Excel": "sep=;\nSID;Name\nS001;Ada Lovelace\n",
    "UTF-16": "SID\tName\nS001\tAda Lovelace\n",
    "two sections": "id,name,section\nS001,Ada Lovelace,L01\nS001,Ada Lovelace,L02\n",
    "Canvas' gradebook": "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
    '"Lovelace, Ada",77,S001,ada,L1\n"Student, Test",99,,5a3f,L1\n',
    "Moodle in French": "Prénom,Nom de famille,Numéro d'identification,Adresse de courriel\nAda,Lovelace,S001,a@x.edu\n",
    "Moodle in Spanish": "Nombre,Apellido(s),Número de ID,Dirección de correo\nAda,Lovelace,S001,a@x.edu\n",
    "Chinese": "姓名,学号,邮箱\nAda Lovelace,S001,a@x.edu\n",
    "mail by its cells": "Name;Anschrift\nAda Lovelace;S001@x.edu\n",
    "a title above": '"sep=;"\nClass, first half, 2026\n\nSID;Name\nS001;Ada Lovelace\n',
    "Brightspace": "OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator\n#S001,#ada,Lovelace,Ada,#\n",
    "UTF-16 without a mark": "SID\tName\nS001\tAda Lovelace\n",
    "Windows": "SID;Name;Ort\nS001;Ada Lovelace;Zürich\n",
    "teachers of many kinds": "id,name,role\nS001,Ada Lovelace,StudentEnrollment\n1,A,TeacherEnrollment\n"
    "2,B,Teaching Assistant\n3,C,Non-editing teacher\n4,D,Dozent/in\n5,E,TaEnrollment\n6,F,Kurstutor\n7,G,maintain\n"
    "8,H,StudentViewEnrollment\n9,I,Course Builder\n10,J,Dozierende\n",
    "enrolments": "sid,name,type,status\nS001,Ada Lovelace,Lecture and Tutorial,Administrative hold\n2,B,Lecturer,active\n",
    "Stud.IP": "Status;Titel;Vorname;Nachname;Benutzername;E-Mail;Matrikelnummer\nDozent/-in;Prof.;Ida;Prof;ip;i@x.de;\n"
    "Studierende;;Ada;Lovelace;alove;a@x.de;S001\n",
    "roles of Moodle's list": "Vorname,Nachname,E-Mail-Adresse,Rollen,Gruppen\nAda,Lovelace,S001@x.edu,Teilnehmer/in,A\n"
    'Ida,Prof,i@x.de,"Trainer/in, Teilnehmer/in",\n',
    "Canvas' users": "canvas_user_id,user_id,login_id,full_name,status\n77,S001,alove,Ada Lovelace,active\n",
    "a registrar": "Institution ID,EMPLID,Name,Email\nU1,S001,Ada Lovelace,a@x.edu\nU1,S001,Ada Lovelace,a@x.edu\n",
    "Blackboard": '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\n"Lovelace"\t"Ada"\t"al"\t"S001"\t"Yes"\n'
    '"Hopper_PreviewUser"\t"Grace"\t"hop_previewuser"\t""\t"Yes"\n',
    "German names": "Name;Vorname;Matrikelnummer (7-stellig)\nLovelace;Ada;S001\n",
    "German names in one": '"Name, Vorname";Matrikelnummer\nLovelace, Ada;S001\n',
    "Banner": "Record Number,Student Name,ID,Reg Status\n1,Ada Lovelace,S001,Registered\n",
    "a name of one word": "StudentID,Name\nS001,Ada Lovelace\n",
    "another number": "Enrollment No.,Name\nS001,Ada Lovelace\n",
    "two header lines": "id,name,section\nS001,Ada Lovelace,L1\nid,name,section\nS001,Ada Lovelace,L2\n",
    "lines above": "Course:,CS 101\nTerm:;Fall\n\nSID,Name\nS001,Ada Lovelace\n",
    "one line twice": 'sid,name\nS001,Ada Lovelace\nS001,"Lovelace, Ada"\n',
    "a title with commas": "Class, first half\nSID;Name\nS001;Ada Lovelace\n",
    "text for Excel": '="SID",Name\n="S001","=""Ada Lovelace"""\n',
    "spaces around quotes": 'SID, "Name" , "Section"\nS001, "Lovelace, Ada" , "L1"\n',
    "letters apart": "Matrikelnummer,Vollsta\u0308ndiger Name\nS001,Ada Lovelace\n",
}


@pytest.mark.parametrize("kind", ADA)
def test_a_list_is_read_whoever_wrote_it(write_files, kind):
    data = ADA[kind].encode(
        {"UTF-16": "utf-16", "UTF-16 without a mark": "utf-16-le", "Windows": "cp1252"}.get(kind, "utf-8")
    )
    (student,) = courses.read_roster(write_files({"r.csv": data}, "x") / "r.csv")
    assert {"S001", "S001@x.edu"} & set(student.ids)
    assert "1" not in student.ids
    assert {"adalovelace", "lovelaceada"} <= set(student.plain)


def test_zeros_before_a_number_are_kept_and_decimals_after_it_are_not(write_files):
    text = 'SID,Name\n007,Ada\n="008",Bob\n1234.0,Cyd\n'
    students = courses.read_roster(write_files({"r.csv": text}, "x") / "r.csv")
    assert [s.ids for s in students] == [("007",), ("008",), ("1234",)]


@pytest.mark.parametrize("name", ["O\u2019Grady, Žofie", "Šimon Müller", "Œuvre"])
def test_letters_of_windows_are_read(write_files, name):
    text = f'SID;Name\n1;"{name}"\n'.encode("cp1252")
    assert courses.read_roster(write_files({"r.csv": text}, "x") / "r.csv")[0].name == name


def test_a_surname_may_contain_the_first_name(write_files):
    text = "Name;Vorname;SID\nAnderson;An;1\nAn Anderson;An;2\n"
    students = courses.read_roster(write_files({"r.csv": text}, "x") / "r.csv")
    assert [s.name for s in students] == ["An Anderson", "An Anderson"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_ids_are_the_same_however_their_letters_are_spelt(write_files, form):
    files = {unicodedata.normalize("NFD", "zoë.py"): ""}
    roster = unicodedata.normalize(form, "login,name\nzoë,Zoë Müller\n")
    students = courses.read_roster(write_files({"r.csv": roster}, "x") / "r.csv")
    people = People(courses.find([write_files(files, "c")], "toy"), students, None)
    assert (people.problems, people.absent) == ([], [])


def test_a_name_of_several_words_is_known_in_any_order(write_files, write_zip):
    files = {"vandenbergjanpieter_7_91_toy.py": "", "garcialopezmaria_8_92_toy.py": ""}
    roster = 'sid,name\n1,Jan Pieter van den Berg\n2,"Garcia Lopez, Maria"\n'
    students = courses.read_roster(write_files({"r.csv": roster}, "x") / "r.csv")
    people = People(courses.find([write_zip(files, "a.zip")], "toy"), students, None)
    assert (people.problems, people.absent) == ([], [])


def test_a_student_is_found_among_the_words_of_a_files_name(write_files):
    names = [
        "S001_toy",
        "hw3 - Alan Turing",
        "Hopper_Grace_ghop_77",
        "bob",
        "bob_S004_old",
        "eve-ghop-S001",
        "S0011",
        "Alan Turing S001",
    ]
    roster = (
        "sid,login,name\nS001,ada,Ada Lovelace\nS002,at,Alan Turing\nS003,ghop,Grace Hopper\nS004,bob,Bob B\n"
        "S005,x,Alan Mathison Turing\n"
    )
    folder = write_files({f"{name}.py": "" for name in names}, "c")
    students = courses.read_roster(write_files({"r.csv": roster}, "x") / "r.csv")
    people = People(courses.find([folder], "toy"), students, None)
    found = {s.submission: s.student.ids[0] for s in people.submitters()}
    assert found == {
        "S001_toy": "S001",
        "hw3 - Alan Turing": "S002",
        "Hopper_Grace_ghop_77": "S003",
        "bob": "S004",
        **{name: name for name in ("bob_S004_old", "eve-ghop-S001", "S0011", "Alan Turing S001")},
    }
    assert people.problems == [
        f"{n}: not in the roster" for n in ("Alan Turing S001", "S0011", "bob_S004_old", "eve-ghop-S001")
    ]


def test_sections_are_joined(write_files):
    (student,) = courses.read_roster(write_files({"r.csv": ADA["two sections"]}, "x") / "r.csv")
    assert student.section == "L01, L02"


def test_github_classroom_names_are_known(write_files):
    roster = (
        '"identifier","github_username","github_id","name"\n"ada@x.edu","adal","1",""\n"alan@x.edu","alan-t","2",""\n'
    )
    (ada, _) = students = courses.read_roster(write_files({"r.csv": roster}, "x") / "r.csv")
    assert ada.ids == ("ada@x.edu", "adal")
    clones = {f"hw1-{name}/{file}": "" for name in ("adal", "alan-t") for file in ("toy.py", ".git/HEAD")}
    people = People(courses.find([write_files(clones, "c")], "toy"), students, None)
    assert (people.problems, people.absent) == ([], [])


def test_github_usernames_may_begin_alike(write_files):
    roster = "identifier,github_username\n1,jo-miller\n2,jo-smith\n"
    students = courses.read_roster(write_files({"r.csv": roster}, "x") / "r.csv")
    clones = {f"hw-1-jo-{name}/{file}": "" for name in ("miller", "smith") for file in ("toy.py", ".git/HEAD")}
    people = People(courses.find([write_files(clones, "c")], "toy"), students, None)
    assert [s.student.ids[0] for s in people.submitters()] == ["1", "2"]


def test_control_characters_are_left_out(write_files):
    (student,) = courses.read_roster(write_files({"r.csv": "id,name\n\x1b[1m7,Eve\x1b]0;x\x07 \x9bM\n"}, "x") / "r.csv")
    assert (student.ids, student.name) == (("[1m7",), "Eve]0;x M")


def test_another_systems_number_is_not_the_universitys(write_files, write_zip):
    files = {"lovelaceada_1001_90001_toy.py": "", "boolegeorge_1002_90002_toy.py": ""}
    roster = "id,name\n1001,Will Wrong\n2001,Ada Lovelace\n1002,George Boole\n"
    students = courses.read_roster(write_files({"r.csv": roster}, "x") / "r.csv")
    people = People(courses.find([write_zip(files, "a.zip")], "toy"), students, None)
    assert {s.submission: s.student.name for s in people.submitters()} == {
        "lovelaceada_1001": "Ada Lovelace",
        "boolegeorge_1002": "George Boole",
    }


GROUP = """\
submission_1:
  :submitters: [{":name": Ada L, ":email": ada@u.edu}, {":name": Bobby, ":email": b0b@mail.com}, {":email": c@mail.com}]
submission_2:
  :submitters: [{":name": Dan, ":email": dan@mail.com}]
"""


def test_a_partner_who_is_not_in_the_roster_keeps_a_row_and_is_named(write_files, write_zip):
    export = {"submission_metadata.yml": GROUP, "submission_1/toy.py": "", "submission_2/toy.py": ""}
    roster = "sid,name,email\n1,Ada Lovelace,ada@u.edu\n2,Bob Ray,bob@u.edu\n"
    students = courses.read_roster(write_files({"r.csv": roster}, "x") / "r.csv")
    people = People(courses.find([write_zip(export, "a.zip")], "toy"), students, None)
    assert people.problems == [
        "submission_1: Bobby (b0b@mail.com): not in the roster",
        "submission_1: c@mail.com: not in the roster",
        "submission_2: not in the roster",
    ]
    row = Row("submission_1", 5.0, 10.0, GRADED, (5.0,))
    assert [(r.student, r.name, r.score) for r in people.rows(row)] == [
        ("1", "Ada Lovelace", 5),
        ("b0b@mail.com", "Bobby", 5),
        ("c@mail.com", "", 5),
    ]
    assert [g.student.ids[0] for g in people.grades({"submission_1": row})] == ["1", "b0b@mail.com", "c@mail.com"]
    assert [s.name for s in people.absent] == ["Bob Ray"]
