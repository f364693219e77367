"""Grades and pages on their way back: what each course system takes in, and who is left out of it."""

import csv
import io
import re
import zipfile

import pytest

from autograder.courses import export, open_gradebook
from autograder.courses.people import Grade
from autograder.courses.roster import read_roster
from autograder.courses.tables import read_table
from autograder.model.errors import UsageError
from autograder.model.people import Student
from tests.engine.courses.conftest import CANVAS, GRADEBOOK, RIGHT, SQUARES
from tests.engine.courses.test_systems import MOODLE

WORKSHEET = (
    "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\r\n"
    'Participant 1001,Ada Lovelace,ada@uni.example,Submitted,,"50,00",Yes,"Friday, 20 November 2026",-,\r\n'
    'Participant 1002,Carl Gauß,carl@uni.example,Submitted,"49,90","50,00",Yes,-,-,\r\n'
    'Participant 1003,Grace Hopper,grace@uni.example,Submitted,,"50,00",Yes,-,-,\r\n'
    'Participant 1004,Emmy Noether,emmy@uni.example,Submitted,"49,90","50,00",Yes,-,-,\r\n'
    'Participant 1005,Alan Turing,alan@uni.example,Submitted,,"50,00",No,-,-,\r\n'
)
BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,First Name,toy Points Grade <Numeric MaxPoints:20 Weight:5>,End-of-Line Indicator\n"
    "#2001,#ada,Lovelace,Ada,,#\n#2002,#boole,Boole,George,18,#\n"
)
BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\t"Toy [Total Pts: 20 Score] |417"\n'
    '"Lovelace"\t"Ada"\t"ada"\t"2001"\t"Yes"\t""\n"Boole"\t"George"\t"boole"\t"2002"\t"Yes"\t"18"\n'
)


def grade(*ids, final=10.0, name="", **more):
    return Grade(Student(ids, name), f"s{ids[0]}", final, final, 10.0, "graded", **more)


@pytest.fixture
def book(write_files):
    return lambda text, titles=("toy",): open_gradebook(
        write_files({"g.csv": text if isinstance(text, bytes) else text.encode()}, "x") / "g.csv", titles
    )


def test_brightspace_gets_its_columns_back(book):
    filled = export.fill(book(BRIGHTSPACE), [grade("2001"), grade("boole", final=7.5)])
    assert filled.text.splitlines() == [
        "OrgDefinedId,Username,toy Points Grade <Numeric MaxPoints:20 Weight:5>,End-of-Line Indicator",
        "#2001,#ada,20.00,#",
    ]
    assert filled.lower == ("Boole, George (OrgDefinedId #2002): has 18 already, more than 15.00; left out",)


def test_brightspaces_number_of_a_user_is_nobodys_number_at_the_university(book):
    # Ada's user id in Brightspace is Bob's OrgDefinedId.
    text = BRIGHTSPACE.replace("#2001,#ada", "#7,#ada").replace("#2002,#boole", "#2001,#boole").replace(",18,", ",,")
    ada = Grade(Student(("2001",), "Ada Lovelace", system="Brightspace", number="2001"), "s", 9.0, 9.0, 10.0, "graded")
    filled = export.fill(book(text), [ada])
    assert filled.text.splitlines()[1:] == ["#7,#ada,18.00,#"]
    assert filled.unmatched == ()
    assert export.fill(book(text.replace("\n", ",,\n")), [ada]).text == filled.text  # as Excel adds columns
    without_ada = "\n".join(line for line in text.splitlines() if "Ada" not in line)
    filled = export.fill(book(without_ada), [ada])
    assert (filled.grades, filled.unmatched) == (0, ("s: matches no row of the gradebook; left out",))


def test_students_of_a_group_have_grades_of_their_own(book):
    ada, boole = (
        Grade(Student((i,)), "submission_1", 10.0, final, 10.0, "graded")
        for i, final in (("ada", 10.0), ("boole", 9.5))
    )
    filled = export.fill(book(BRIGHTSPACE), [ada, boole])
    assert filled.text.splitlines()[1:] == ["#2001,#ada,20.00,#", "#2002,#boole,19.00,#"]


def test_who_has_no_grade_to_write_is_named(book):
    def of(number, status, score=None, **more):
        return Grade(Student((number,)), f"s{number}", score, None, 10.0, status, **more)

    grades = [of("2001", "not graded: worker died"), of("2002", "graded", 7.0, excused=True)]
    filled = export.fill(book(BRIGHTSPACE), grades)
    assert (filled.grades, filled.unmatched, filled.lower) == (0, (), ())
    assert filled.without_grade == (
        "Lovelace, Ada (OrgDefinedId #2001): not graded: worker died; left out",
        "Boole, George (OrgDefinedId #2002): excused; left out",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_blackboard_gets_its_columns_back(book, encoding):
    filled = export.fill(book(BLACKBOARD.encode(encoding)), [grade("ada"), grade("boole", final=10)])
    assert filled.text.splitlines()[0] == "Last Name,First Name,Username,Student ID,Toy [Total Pts: 20 Score] |417"
    assert filled.text.splitlines()[1:] == ["Lovelace,Ada,ada,2001,20.00", "Boole,George,boole,2002,20.00"]


@pytest.mark.parametrize(
    ("system", "text"),
    [
        (
            "Moodle",
            """Identificativo,Cognome e nome,Indirizzo email,Stato,Valutazione,Valutazione massima,x
Partecipante 2001,Lovelace Ada,ada,-,-,"20,00",Sì
Partecipante 2002,Boole George,boole,-,18,"20,00",Sì
""",
        ),
        (
            "Moodle",
            """ID;フルネーム;メールアドレス;ステータス;評点;最大評点;x
参加者2001;Ada;ada@x;;;20,00;
参加者2002;George;b@x;;18,5;20,00;
""",
        ),
        (
            "Blackboard",
            """Apellidos,Nombre,Nombre de usuario,ID de estudiante,Toy [Puntos totales: 20 Puntuación] |417
Lovelace,Ada,ada,2001,
Boole,George,boole,2002,18
""",
        ),
        (
            "Brightspace",
            """OrgDefinedId,Nom,toy Note en points <Numeric MaxPoints:20>,Indicateur de fin de ligne
#2001,Lovelace,,#
#2002,Boole,18,#
""",
        ),
    ],
)
def test_gradebooks_in_other_languages(book, system, text):
    found = book(text)
    assert (found.system, found.possible) == (system, 20)
    filled = export.fill(found, [grade("2001"), grade("2002", final=7.5)])
    header, row = filled.text.splitlines()
    assert "20.00" in row
    assert "2001" in row
    assert len(filled.lower) == 1
    assert set(next(csv.reader([header]))) <= set(found.table.header)


@pytest.mark.parametrize("points", ["0", "0.00", "0,00", ""])
def test_no_points_possible_is_said_before_grading(book, points):
    with pytest.raises(UsageError, match=r"has 0 points possible|expected the points possible"):
        book(GRADEBOOK.replace(",20,10,", f',20,"{points}",'))


@pytest.mark.parametrize("title", ["Toy Final Score", "Toy final points", "Toy Current Grade"])
def test_a_title_that_canvas_drops_is_said_before_grading(book, title):
    with pytest.raises(UsageError, match="Canvas leaves out a column called"):
        book(GRADEBOOK.replace("Toy (32)", f"{title} (32)"), [title])


def test_a_number_of_a_system_is_nobody_elses_number_at_the_university(book):
    # Will's number at the university is 1001, Ada's in Canvas; Ada dropped out of the gradebook.
    without_ada = re.sub(r'"Lovelace, Ada".*\r\n', "", GRADEBOOK)
    ada = Grade(Student(("1001",), "lovelaceada", system="Canvas", number="1001"), "s", 10.0, 10.0, 10.0, "graded")
    filled = export.fill(book(without_ada), [ada])
    assert (filled.grades, filled.unmatched) == (0, ("s: matches no row of the gradebook; left out",))


def test_a_number_at_the_university_is_no_number_of_canvas_where_the_names_differ(book):
    # From files and a roster: Grace's number at the university is Ada's in Canvas.
    grace, ada = (
        Grade(Student(("1001",), "Grace Hopper"), "s", 9.0, 9.0, 10.0, "graded"),
        grade("1001", name="Ada K Lovelace"),
    )
    text = GRADEBOOK.replace(",,EX,", ",,,").replace("1008,1001", "1008,2008")
    assert [row.split(",")[2] for row in export.fill(book(text), [grace]).text.splitlines()[2:]] == ["1004"]
    assert [row.split(",")[2] for row in export.fill(book(text), [ada]).text.splitlines()[2:]] == ["1001"]


def test_a_student_of_two_joined_sections_has_one_row(book):
    twice = GRADEBOOK + GRADEBOOK.partition("\n")[2].replace(",18,,", ",18,4,").replace(",3.5,", ",,")
    filled = export.fill(book(twice), [grade("ada"), grade("boole"), grade("alan")])
    assert (filled.grades, filled.unmatched) == (3, ())
    filled = export.fill(book(twice.replace(",18,,", ",18,3,")), [grade("ada")])
    assert "could be Lovelace, Ada (ID 1001) or Lovelace, Ada (ID 1001)" in filled.unmatched[0]


def test_a_grade_that_is_no_number_is_not_written_over(book):
    filled = export.fill(
        book(GRADEBOOK.replace(",18,,", ",18,A-,").replace(",3.5,", ",N/A,")), [grade("ada"), grade("boole")]
    )
    assert filled.unmatched == ("Lovelace, Ada (ID 1001): already has 'A-', which is not a number; left out",)
    assert filled.grades == 1


@pytest.mark.parametrize("cell", ["1.00E+13", "1,00E+13"])
def test_an_id_that_a_spreadsheet_shortened_is_an_error(book, write_files, cell):
    with pytest.raises(
        UsageError, match=r"line 5: expected an id; found '1.00E\+13', as a spreadsheet program shortens"
    ):
        book(GRADEBOOK.replace("1002", f'"{cell}"'))
    with pytest.raises(UsageError, match=r"line 2: expected an id; found '1.00E\+13'"):
        read_roster(write_files({"r.csv": f'id,name\n"{cell}",Ada\n'}, "x") / "r.csv")


def test_what_programs_add_to_canvas_gradebook_is_no_matter(book):
    text = GRADEBOOK.replace(",1001,", ",1001.0,").replace(",2002,", ',="2002",').replace("\r\n", ",,\r\n")
    text = text.replace('"Student, Test",1999,,5a3f', f'"Teststudent",1999,,{"5a3f" * 10}')
    grades = [
        Grade(Student(("1001",), system="Canvas", number="1001"), "s", 9.0, 9.0, 10.0, "graded"),
        grade("2002"),
        Grade(Student(("1999",), system="Canvas", number="1999"), "t", 9.0, 9.0, 10.0, "graded"),
    ]
    filled = export.fill(book(text), grades)
    assert (filled.grades, filled.unmatched) == (2, ("t: matches no row of the gradebook; left out",))
    assert '"Boole, George",1002,2002,' in filled.text


@pytest.mark.parametrize(
    ("start", "encoding"),
    [
        ("", "utf-16"),
        ("Gradebook, CS 101, Fall\r\n", "utf-8"),
        ("sep=;\r\n", "utf-8-sig"),  # which it is not
        ("\r\n,,,\r\n", "utf-8"),
        ("sep=\\t\r\n", "utf-16"),
    ],
)
def test_a_gradebook_is_read_whatever_comes_first(book, start, encoding):
    text = GRADEBOOK.removeprefix("\ufeff")
    if start.startswith("sep=\\"):
        rows = list(csv.reader(io.StringIO(text, newline="")))
        text = "".join("\t".join(row) + "\r\n" for row in rows)
    filled = export.fill(book((start + text).encode(encoding)), [grade("ada"), grade("carl")])
    assert filled.text == export.fill(book(GRADEBOOK), [grade("ada"), grade("carl")]).text


def test_columns_in_another_order_and_a_column_by_its_number(book):
    rows = list(csv.reader(io.StringIO(GRADEBOOK.removeprefix("\ufeff"), newline="")))
    turned = "".join(",".join(f'"{row[at]}"' for at in (1, 0, 2, 3, 4, 6, 5, 7)) + "\n" for row in rows)
    header, points, ada = export.fill(book(turned, ["32"]), [grade("ada")]).text.splitlines()
    assert header == "ID,Student,SIS User ID,SIS Login ID,Section,Toy (32)"
    assert points == ",    Points Possible,,,,10"
    assert ada == '1001,"Lovelace, Ada",2001,ada,CS 1 and CS 2,10.00'


def test_control_characters_reach_no_message_and_no_table(book):
    text = GRADEBOOK.replace('"Hopper, Grace"', '"\x1b]0;x\x07\x1b[2JHopper, \u202eGrace"')
    filled = export.fill(book(text), [grade("grace"), grade("ada")])
    assert filled.unmatched == ("]0;x[2JHopper, Grace (ID 1004): excused; left out",)
    assert filled.text.isascii()
    assert "\x1b" not in filled.text


def test_moodles_worksheet_is_matched_by_the_universitys_number_too(book):
    text = WORKSHEET.replace("Email address", "ID number").replace("carl@uni.example", "0012")
    assert "Participant 1002" in export.fill(book(text), [grade("0012")]).text


NUMBERS = [
    ("1234.5", 1234.5),
    ("1,234.5", 1234.5),
    ("1.234,5", 1234.5),
    ("1 234,50", 1234.5),
    ("1\u00a0234,50", 1234.5),
]
NUMBERS += [
    ("1'234.50", 1234.5),
    ("100,00", 100),
    ("100.00", 100),
    ("85 %", 85),
    ("1,234,567", 1234567),
    ("-2.5", -2.5),
]
NUMBERS += [("-", None), ("EX", None), ("N/A", None), ("", None), ("1,2,3.4.5", None)]


@pytest.mark.parametrize(("cell", "number"), NUMBERS)
@pytest.mark.parametrize("other", ["3,5", "3.5", "L1"])
def test_numbers_as_people_write_them(write_files, cell, number, other):
    table = read_table(write_files({"t.csv": f"a;b\nx;{cell}\ny;{other}\n"}, "x") / "t.csv")
    assert table.number(cell) == number


@pytest.mark.parametrize(("other", "number"), [("3,5", 1.234), ("3.5", 1234), ("L1", 1234)])
def test_what_may_be_thousands_or_decimals_is_read_as_other_numbers_of_the_table(write_files, other, number):
    table = read_table(write_files({"t.csv": f"a;b\nx;1,234\ny;{other}\n"}, "x") / "t.csv")
    assert table.number("1,234") == number


COMMENTED = (
    "Identifier,Full name,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),{}\r\n"
    'Participant 1,=cmd()|x,Submitted,,"50,00",Yes,"Friday, 20 November 2026, 10:00{}AM",{}\r\n'
    'Participant 2,George Boole,Submitted,,"50,00",Yes,-,Good\r\n'
)


@pytest.fixture
def worksheet(book):
    """The rows of Moodle's worksheet with a comment, filled in with the grade of one participant."""

    def filled(title, comment, participant):
        student = Student((participant,), system="Moodle", number=participant)
        found = book(COMMENTED.format(title, "\u202f", comment))
        text = export.fill(found, [Grade(student, "s", 10.0, 10.0, 10.0, "graded")]).text
        return list(csv.reader(io.StringIO(text, newline="")))

    return filled


@pytest.mark.parametrize(
    "comment", ["Two  spaces\n\n- see p. 3\n", ' "Quoted", <p>1 &lt; 2</p>', "-", "", "a\u00a0b\u200b"]
)
def test_a_comment_in_moodle_comes_back_as_it_was(worksheet, comment):
    quoted = comment.replace('"', '""')
    _, row = worksheet("Feedback comments", f'"{quoted}"', "1")
    # The name is the student's own choice.
    start = ["Participant 1", "'=cmd()|x", "Submitted", "50.00", "50,00", "Yes"]
    assert row == [*start, "Friday, 20 November 2026, 10:00\u202fAM", comment]


@pytest.mark.parametrize("comment", ["- check units", '"=1+1\nfine"', "\t@SUM(A1)", '"\r\n+1"', "\x1b[2J"])
@pytest.mark.parametrize("title", ["Feedback comments", "Online text"])
def test_a_column_that_moodle_does_not_need_is_left_out_where_a_spreadsheet_would_run_it(worksheet, comment, title):
    header, row = worksheet(title, comment, "1")
    assert header[-1] == "Last modified (grade)"
    assert len(row) == len(header)
    # In the other row is nothing of that kind.
    header, row = worksheet(title, comment, "2")
    assert (header[-1], row[-1]) == (title, "Good")


def test_mail_merge_and_gradescopes_table():
    grades = [grade("2001", "ada@uni.example", name="Lovelace, Ada"), grade("7", final=None, name="Bob B")]
    (ada, bob) = csv.DictReader(io.StringIO(export.mail_merge(grades).removeprefix("\ufeff")))
    assert (ada["email"], ada["first_name"], ada["final"], ada["attachment"]) == (
        *("ada@uni.example", "Ada", "10"),
        "feedback/s2001.html",
    )
    assert bob["final"] == ""
    (ada, bob) = csv.DictReader(io.StringIO(export.gradescope_table(grades)))
    assert (ada["SID"], ada["Last Name"], ada["Total Score"], bob["Status"]) == ("2001", "Lovelace", "10", "Ungraded")


@pytest.fixture
def run_export(command):
    return lambda out, *arguments: command("export", out, *arguments)


def test_from_moodle_and_back(grade, write_zip, write_files, run_export):
    _, _, out = grade(write_zip(MOODLE, "a.zip"))
    sheet = write_files({"w.csv": WORKSHEET}, "x") / "w.csv"
    done = run_export(out, "--to", "moodle", "--gradebook", sheet)
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(io.StringIO((out / "export/moodle.csv").read_text(encoding="utf-8"))))
    assert ",".join(rows[0]) == WORKSHEET.removeprefix("\ufeff").splitlines()[0]
    assert [(r[0], r[4]) for r in rows[1:]] == [("Participant 1001", "50.00"), ("Participant 1002", "50.00")]
    for line in (
        "Hopper",
        "Emmy Noether (Identifier Participant 1004): has 49.9 already",
        "cannot be changed in Moodle",
    ):
        assert line in done.stderr
    # As Moodle's importer reads it: name, participant, plugin type, plugin, and the rest.
    with zipfile.ZipFile(out / "export/moodle_feedback.zip") as archive:
        names = [tuple(n.split("/")[0].split("_", 4)) for n in archive.namelist()]
        assert b"<html" in archive.read(archive.namelist()[0])
    assert {(n[1], n[2], n[3]) for n in names} == {
        (i, "assignsubmission", "file") for i in ("1001", "1002", "1004", "1005")
    }


def test_from_canvas_and_back_with_pages(grade, write_zip, write_files, run_export):
    _, said, out = grade(
        write_zip(CANVAS, "a.zip"),
        "--gradebook",
        write_files({"g.csv": GRADEBOOK.replace(",3.5,", ",10,")}, "x") / "g.csv",
    )
    assert "for a person: a text entry; expected toy.py or toy.ipynb: noetheremmy_1007" in said
    assert said.count("(ID 1007)") == 1
    assert run_export(out, "--to", "canvas").returncode == 0
    with zipfile.ZipFile(out / "export/canvas_feedback.zip") as archive:
        names = archive.namelist()
    # As Canvas' importer reads it: the first two numbers between underscores.
    numbers = [[w for w in n.split("_") if w.isdigit()][:2] for n in names if not n.startswith("team_7")]
    assert ["1001", "90001"] in numbers
    assert ["1002", "90011"] in numbers
    assert not any("1007" in n for n in names)
    done = run_export(out, "--to", "blackboard")
    assert (done.returncode, "expected --gradebook" in done.stderr) == (2, True)


def test_what_is_older_than_the_grades_is_named_and_not_exported(grade, write_zip, write_files, run_export):
    book = write_files({"g.csv": GRADEBOOK}, "x") / "g.csv"
    _, said, out = grade(write_zip(CANVAS, "a.zip"), "--gradebook", book)
    assert "older than" not in said
    assert run_export(out, "--to", "mail").returncode == 0
    (out / "similarity.html").write_text("", encoding="utf-8")
    files = {name: data for name, data in CANVAS.items() if "1001" not in name}
    _, said, _ = grade(write_zip(files, "a.zip"), "--no-report")
    assert f"the pages in {out} are older than these grades" in said
    assert "older than these grades; write again: canvas.csv, export/mail.csv, similarity.html" in said
    done = run_export(out, "--to", "canvas")
    assert (done.returncode, "the pages are older than the grades" in done.stderr) == (2, True)
    assert "the pages to attach are missing or older" in run_export(out, "--to", "mail").stderr


def test_an_export_that_cannot_be_written_is_named(grade, write_zip, run_export):
    _, _, out = grade(write_zip(CANVAS, "a.zip"))
    (out / "export").write_text("in the way", encoding="utf-8")
    done = run_export(out, "--to", "mail")
    assert done.returncode == 2
    assert f"{out / 'export' / 'mail.csv'}: cannot be written: File exists" in done.stderr


def test_a_higher_grade_stays(grade, write_zip, write_files):
    book = GRADEBOOK.replace("boole,CS 1,,3.5,", "boole,CS 1,,9.5,").replace(
        '"Turing, Alan",1003,2003,alan,CS 1,,,', '"Turing, Alan",1003,2003,alan,CS 1,,9,'
    )
    _, said, out = grade(write_zip(CANVAS, "a.zip"), "--canvas-gradebook", write_files({"g.csv": book}, "x") / "g.csv")
    assert "Turing, Alan (ID 1003): has 9 already, more than 6.00; left out" in said
    text = (out / "canvas.csv").read_text(encoding="utf-8")
    assert "Turing" not in text
    assert '"Boole, George",1002,2002,boole,CS 1,10.00' in text


def test_who_is_excused_or_not_judged_has_a_line_at_grade_and_at_export(
    grade, write_zip, write_files, tmp_path, run_export
):
    header = "student,question,score,points,extension,excused,comment,by,reason\n"
    write_files({"overrides.csv": header + "2001,,,,,yes,,Prof,ill\n2003,,,,,yes,,Prof,ill\n"}, "graded")
    files = {k: v for k, v in CANVAS.items() if "1003" not in k} | {"boolegeorge_1002_90011_toy-2.py": b"\x00\xff"}
    book = write_files({"g.csv": GRADEBOOK.replace(",3.5,", ",,")}, "x") / "g.csv"
    _, said, out = grade(write_zip(files, "a.zip"), "--roster", book, "--gradebook", book)
    done = run_export(out, "--to", "canvas", "--gradebook", book)
    for text in (said, done.stderr):
        assert "Lovelace, Ada (ID 1001): excused; left out" in text
        # Who is excused and handed in nothing.
        assert "Turing, Alan (ID 1003): excused; left out" in text


def test_a_name_that_is_not_utf_8_is_graded_and_exported(grade, write_files, run_export):
    names = ("Ada Lovelace_1001", "Carl Gau\udcdf_1002")
    files = {f"{name}_assignsubmission_file_/toy.py": RIGHT for name in names}
    rows, _, out = grade(write_files(files, "class"), "--gradebook", write_files({"w.csv": WORKSHEET}, "x") / "w.csv")
    assert [row["score"] for row in rows.values()] == ["10", "10"]
    carl = export.read_class(out).grades[1]
    assert carl.feedback == "Carl Gau\udcdf_1002_assignsubmission_file_/feedback.html"
    assert (out / "students.json").read_bytes().isascii()
    for system in ("moodle", "gradescope", "mail"):
        done = run_export(out, "--to", system)
        assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(out / "export/moodle_feedback.zip") as archive:
        assert archive.namelist() == [
            "Ada Lovelace_1001_assignsubmission_file_/feedback.html",
            "Carl Gau\ufffd_1002_assignsubmission_file_/feedback.html",
        ]


def test_a_time_due_without_any_time_of_handing_in_is_refused(toy_master, write_files, tmp_path, command):
    folder = write_files({"ada.py": RIGHT, "bob.py": SQUARES}, "class")
    late = write_files({"late.toml": 'due = 2026-11-20T23:00:00+00:00\nper = "day"\npercent = 5\n'}, "x") / "late.toml"
    done = command("grade", toy_master, folder, "--out", tmp_path / "out", "--late", late)
    assert done.returncode == 2
    assert "late.toml: due is" in done.stderr
    assert "nothing says when these submissions were handed in" in done.stderr
    assert not (tmp_path / "out").exists()
