"""Export formats, rosters, gradebooks and late policies, each with what may be odd or wrong in it."""

from datetime import UTC, datetime, timedelta

import pytest

from autograder import courses, intake
from autograder.courses import open_gradebook
from autograder.courses.canvas import Canvas
from autograder.courses.late import LatePolicy, read_policy
from autograder.courses.people import People, Submitter
from autograder.courses.system import Export
from autograder.model.errors import UsageError
from autograder.model.people import Student, SubmissionMetadata
from autograder.model.submission import Submission
from tests.engine.courses.conftest import ANONYMOUS, CANVAS, GRADEBOOK, GRADESCOPE, RIGHT


def sources(path):
    """id -> source or status."""
    read = [intake.read_entry(f, "toy") for f in courses.find([path], "toy")]
    return {one.id: one.source if isinstance(one, Submission) else one.status.words for one in read}


def test_an_unpacked_export_is_read_like_its_zip(write_zip, write_files):
    for number, files in enumerate((CANVAS, ANONYMOUS, GRADESCOPE)):
        packed = sources(write_zip(files, f"{number}.zip"))
        assert packed == sources(write_files(files, f"folder {number}"))
        assert RIGHT in packed.values()


def test_a_folder_inside_a_gradescope_export_may_be_named_itself(write_files):
    folder = write_files(GRADESCOPE, "x") / "assignment_77_export"
    assert sources(folder)["submission_501"] == RIGHT


def test_anonymous_submissions_keep_their_mark(write_zip):
    found = {f.id: f.metadata for f in courses.find([write_zip(ANONYMOUS, "a.zip")], "toy")}
    assert {i: h.late for i, h in found.items()} == {"anon_00000": False, "anon_aB3dE": False, "anon_Zz9yX": True}


def test_earlier_attempts_are_named_in_a_note(write_zip):
    (found,) = [f for f in courses.find([write_zip(CANVAS, "a.zip")], "toy") if f.id == "boolegeorge_1002"]
    assert intake.read_entry(found, "toy").notes == ("of several attempts at toy.py the latest counts",)


@pytest.mark.parametrize(
    "names",
    [
        ["ada.py", "bob.py"],
        ["hw_1_2.py", "bob.py", "cyd.py"],
        ["toy.py"],
        ["src/a_1_2_b.py", "toy.py"],
        ["quiz_8801_55501_toy.py", "quiz_8801_55502_toy.py", "quiz_8801_55503_toy.py"],
    ],
    ids=str,
)
def test_a_class_of_another_kind_is_not_taken_for_an_export(write_files, names):
    assert not Canvas().recognises(names)
    folder = write_files(dict.fromkeys(names, RIGHT), "class")
    assert all(f.part is None for f in courses.find([folder], "toy"))


def test_numbers_in_a_groups_name_are_told_from_ids():
    names = ["ada_4711_990001_a.py", "team_7_4712_990002_a.py", "bob_4713_990003_12_34_a.py"]
    found = Canvas().submissions(Export("x", names, names, lambda *_: b""))
    assert {s.id for s in found} == {"ada_4711", "team_7_4712", "bob_4713"}


TYPED = {
    "ada_1001_text.html": "for a person: a text entry; expected toy.py or toy.ipynb",
    "ada_LATE_1001_90001_link.html": "for a person: a link; expected toy.py or toy.ipynb",
    "anon_00000_text.html": "for a person: a text entry; expected toy.py or toy.ipynb",
}


@pytest.mark.parametrize("name", TYPED)
def test_what_was_typed_in_the_place_of_a_file_is_said_to_be_that(write_zip, name):
    others = {f"bob{i}_100{i}_9000{i}_toy.py": RIGHT for i in range(2, 5)}
    assert TYPED[name] in sources(write_zip({**others, name: "<p>def double(z): ...</p>"}, "a.zip")).values()


def test_a_file_counts_whatever_was_typed_beside_it(write_zip):
    files = {"ada_1001_text.html": "<p>see the file</p>", "ada_1001_90001_toy.py": RIGHT}
    (found,) = courses.find([write_zip(files, "a.zip")], "toy")
    read = intake.read_entry(found, "toy")
    assert read.source == RIGHT
    assert read.notes == ("what was typed into Canvas' text box was not graded; the file was",)


def test_a_strange_file_in_an_export_is_a_submission_too(write_zip):
    assert sources(write_zip({**CANVAS, "mailed.py": RIGHT}, "a.zip"))["mailed"] == RIGHT


def test_a_submission_without_files_gets_a_row(write_zip):
    files = {k: v for k, v in GRADESCOPE.items() if "submission_503" not in k}
    assert sources(write_zip(files, "a.zip"))["submission_503"] == "empty"


@pytest.mark.parametrize("text", ["a: [", "- 1\n", "submission_1: 5\n", "submission_1:\n  :submitters: ada\n"], ids=str)
def test_a_damaged_table_of_gradescope_is_named(write_zip, text):
    path = write_zip({"submission_metadata.yml": text, "submission_1/a.py": RIGHT}, "a.zip")
    with pytest.raises(UsageError, match=r"a\.zip: submission_metadata\.yml"):
        courses.find([path], "toy")


# --- roster ---


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "found an empty file"),
        ("first,second\n1,2\n", "expected a column such as id, sid or email; found first, second"),
        ("id,name\n7,Ada\n7,Bob\n", "line 3: 7 is in line 2 already"),
        (
            'id,name\n7,"Ada\n8,"Bob"\n',
            "line 2: expected a row of a CSV table; ',' expected after '\"': look at its quotes",
        ),
        ("id,name,email\n7,Ada,a@x\n7,Ada,b@x\n", "line 3: 7 is in line 2 already"),
        ("id,name,email\n7,Lovelace, Ada,a@x\n", "line 2: expected 3 cells; found 4: put a text with commas between"),
        ("id,name\n,Ada\n", "expected a line for each student"),
        (b"id\nM\x9fller\n", "expected UTF-8 text; found the byte 0x9f"),
        ("id,name\n1,Мюллер\n".encode("cp1251"), "expected UTF-8 text; found the byte 0xcc"),
        (b"PK\3\4rest", "found a workbook: save it as CSV UTF-8"),
    ],
)
def test_a_roster_that_cannot_be_used_is_named(write_files, text, problem):
    path = write_files({"r.csv": text}, "x") / "r.csv"
    with pytest.raises(UsageError, match=rf"r\.csv.*{problem}"):
        courses.read_roster(path)


def test_a_plain_class_is_joined_by_the_names_of_its_files(write_files):
    folder = write_files({"ada.py": RIGHT, "bob.py": RIGHT, "zed.py": RIGHT}, "class")
    roster = courses.read_roster(write_files({"r.csv": "login,name\nada,Ada L\nbob,Bob B\ncyd,Cyd C\n"}, "x") / "r.csv")
    people = People(courses.find([folder], "toy"), roster, None)
    assert [s.student.name for s in people.submitters()] == ["Ada L", "Bob B", ""]
    assert people.problems == ["zed: not in the roster"]
    assert [s.name for s in people.absent] == ["Cyd C"]


def test_a_gradebook_is_a_roster_too(write_files):
    roster = courses.read_roster(write_files({"g.csv": GRADEBOOK}, "x") / "g.csv")
    assert (roster[0].number, roster[0].ids[:3]) == ("1001", ("1001", "2001", "ada"))


# --- gradebook ---


@pytest.fixture
def gradebook(write_files):
    return lambda text=GRADEBOOK, title="toy": open_gradebook(write_files({"g.csv": text}, "x") / "g.csv", [title])


@pytest.mark.parametrize(
    ("student", "row"),
    [
        (Student(("1001", "lovelaceada"), system="Canvas", number="1001"), "1001"),
        (Student(("2002",), "somebody"), "1002"),
        (Student(("ALAN",)), "1003"),
        (Student(("e@x.org",), "Carl Gauß"), "1005"),
        (Student(("gaußcarl",), plain=("gaußcarl",)), "1005"),
    ],
    ids=["Canvas number", "university number", "login", "name", "plain name"],
)
def test_rows_are_matched(gradebook, student, row):
    book = gradebook()
    matched, problems = book.match([Submitter(student, "s")])
    assert problems == []
    assert [book.rows[at][1] for at in matched] == [row]


@pytest.mark.parametrize(
    ("submitters", "problem"),
    [
        ([("1001", "s")], r"s: could be Lovelace, Ada \(ID 1001\) or Wrong, Will \(ID 1008\)"),
        ([("nobody", "s")], "s: matches no row"),
        ([("ada", "s"), ("2001", "t")], r"Lovelace, Ada \(ID 1001\): 2 submissions \(s, t\); left out"),
    ],
    ids=["two rows", "no row", "two submissions"],
)
def test_what_is_unclear_is_listed_and_left_out(gradebook, submitters, problem):
    matched, (said,) = gradebook().match([Submitter(Student((i,)), s) for i, s in submitters])
    assert matched == {}
    import re

    assert re.search(problem, said)


def test_only_rows_with_a_grade_are_written_and_formulas_made_harmless(gradebook):
    book = gradebook()
    matched, _ = book.match([Submitter(Student(("2010",)), "s"), Submitter(Student(("2002",)), "t")])
    text = book.write({at: 5 for at, s in matched.items() if s.submission == "s"}, 20)
    assert text.endswith(',10\r\n"\'=cmd()|x, Eve",1010,2010,eve,CS 1,2.50\r\n')
    assert text.count("\r\n") == 3


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Toy (32)", "Other (32)", "expected one column for this assignment; found Essay"),
        ("Essay (31)", "toy (31)", "expected one column for this assignment; found toy"),
        ("Student,ID", "Name,ID", "expected a gradebook exported from .*Canvas"),
        ("    Points Possible", "Ada", "expected the points possible of 'Toy"),
    ],
)
def test_a_gradebook_that_does_not_fit_is_named(gradebook, old, new, problem):
    with pytest.raises(UsageError, match=problem):
        gradebook(GRADEBOOK.replace(old, new))


# --- late ---

DUE = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "days"), [(-60, 0), (0, 0), (10, 0), (10.1, 1), (24 * 60, 1), (24 * 60 + 1, 2), (10 * 24 * 60, 10)]
)
def test_days_late(minutes, days):
    policy = LatePolicy("day", 20, cap=50, due=DUE, grace=10)
    handed_in = SubmissionMetadata(at=DUE + timedelta(minutes=minutes))
    assert policy.units(handed_in) == days
    assert policy.penalty(handed_in, 10) == min(2 * days, 5)


def test_a_mark_counts_where_no_time_is_known():
    policy = LatePolicy("day", 20, due=DUE, marked=2)
    assert [
        policy.units(h)
        for h in (None, SubmissionMetadata(), SubmissionMetadata(late=True), SubmissionMetadata(late=True, at=DUE))
    ] == [
        0,
        0,
        2,
        0,
    ]


def test_the_largest_numbers_of_a_policy_can_be_counted_with(write_files):
    text = 'due = 2026-01-01T00:00:00Z\nper = "hour"\npercent = 100\ncap = 100\ngrace = 1000000\nmarked = 10000\n'
    policy = read_policy(write_files({"late.toml": text}, "x") / "late.toml")
    assert policy.units(SubmissionMetadata(late=True)) == 10_000
    assert policy.units(SubmissionMetadata(late=True), timedelta(days=3650)) == 0
    assert policy.penalty(SubmissionMetadata(at=datetime(2028, 1, 1, tzinfo=UTC)), 10) == 10


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("per = ", "expected a TOML file"),
        (f"grace = 1{'0' * 5000}", "expected a TOML file"),
        ("percent = 5", "expected per ="),
        ('per = "day"', "expected percent to be a number, 0 to 100; found None"),
        ('per = "day"\npercent = true', "found True"),
        ('per = "day"\npercent = 5\ndue = 2026-11-20T23:59:00', "expected due with its offset"),
        ('per = "day"\npercent = 5\nday = 1', "found day"),
        ('per = "day"\npercent = 5\ngrace = -1', "expected grace to be a number, 0 to 1000000; found -1"),
        ('per = "day"\npercent = 5\ngrace = inf', "expected grace to be a number, 0 to 1000000; found inf"),
        (f'per = "day"\npercent = 5\ngrace = 1{"0" * 30}', "expected grace to be a number, 0 to 1000000; found 1000"),
        ('per = "day"\npercent = nan', "expected percent to be a number, 0 to 100; found nan"),
        ('per = "day"\npercent = 5\nmarked = inf', "expected marked to be a whole number, 0 to 10000; found inf"),
        ('per = "day"\npercent = 5\nmarked = 1.5', "expected marked to be a whole number, 0 to 10000; found 1.5"),
        (f'per = "day"\npercent = 5\nmarked = 1{"0" * 400}', "expected marked to be a whole number, 0 to 10000"),
        ('per = "day"\npercent = 5\nmarked = true', "expected marked to be a whole number, 0 to 10000; found True"),
    ],
)
def test_a_policy_that_is_not_clear_is_named(write_files, text, problem):
    with pytest.raises(UsageError, match=rf"late\.toml: .*{problem}"):
        read_policy(write_files({"late.toml": text}, "x") / "late.toml")
