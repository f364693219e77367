"""What course staff decide over the checks: it survives every run, is shown everywhere, and a bad row is named."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime

import pytest

from autograder.batch.grade_class import Exchange, grade_class
from autograder.courses.late import LatePolicy
from autograder.courses.overrides import read_overrides
from autograder.courses.people import People
from autograder.intake import Entry
from autograder.model.errors import UsageError
from autograder.model.people import Student, SubmissionMetadata
from autograder.model.status import GRADED
from autograder.report.table import Row

pytestmark = pytest.mark.usefixtures("quick_sandboxes")
HEADER = "student,question,score,points,extension,excused,comment,by,reason\n"
ROWS = (
    "ada,double,3.5,,,,Nearly.,Prof. Hopper,second look\n"
    "bob,essay,8,10,,,Well argued.,T. A.,written\n"
    "cyd,,,,,yes,,Prof. Hopper,ill\n"
    "zoe,,7,,,,,Prof. Hopper,on paper\n"
)


@pytest.fixture
def grade(toy, tmp_path):
    """Grade the class with overrides; the rows of grades.csv by submission."""
    (tmp_path / "students.csv").write_text("id,name\nada,Ada L\nbob,Bob\ncyd,Cyd\nzoe,Zoe\n")
    out = tmp_path / "out"

    def grade(text, *, regrade=False, paths=None):
        out.mkdir(exist_ok=True)
        if text is not None:
            (out / "overrides.csv").write_text(HEADER + text, encoding="utf-8")
        exchange = Exchange(roster=tmp_path / "students.csv")
        grade_class(toy, paths or [toy / "class"], out, jobs=1, regrade=regrade, exchange=exchange)
        with (out / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
            return {row["submission"]: row for row in csv.DictReader(file)}

    return grade


def test_every_kind_is_in_the_table_with_who_and_why_and_survives_every_run(grade, toy, tmp_path):
    rows = grade(ROWS)
    columns = ("score", "max_score", "double", "written", "final", "comment", "override")
    assert {i: tuple(row[c] for c in columns) for i, row in rows.items()} == {
        "ada": ("9.5", "20", "3.5", "", "9.5", "Nearly.", "double 3.5 instead of 4 (Prof. Hopper: second look)"),
        "bob": ("14", "20", "0", "8", "14", "Well argued.", "essay 8 of 10 (T. A.: written)"),
        "cyd": ("0", "20", "0", "", "", "", "excused (Prof. Hopper: ill)"),
        "zoe": ("7", "20", "0", "", "7", "", "score 7 (Prof. Hopper: on paper)"),
    }
    assert grade(None, regrade=True) == rows
    assert grade(None, paths=[toy / "class" / "ada.py"]) == rows
    found = json.loads((tmp_path / "out" / "students.json").read_text())["grades"]
    assert {g["submission"]: (g["final"], g["comment"]) for g in found} == {
        "ada": (9.5, "Nearly."),
        "bob": (14, "Well argued."),
        "cyd": (None, ""),
        "zoe": (7, ""),
    }


def test_without_the_file_there_are_no_columns_of_it(grade):
    assert "override" not in grade(None)["ada"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("nobody,,1,,,,,P,r\n", "nobody is nobody of this class"),
        ("ada,doubel,1,,,,,P,r\n", "expected one of the questions double, weigh, or the points of a written one"),
        ("ada,double,5,,,,,P,r\n", "expected at most 4 points; found 5"),
        ("ada,double,-1,,,,,P,r\n", "expected a number of score, 0 or more; found '-1'"),
        ("ada,double,many,,,,,P,r\n", "expected a number of score, 0 or more; found 'many'"),
        ("ada,double,,,,,,P,r\n", "expected a score of double; found none"),
        ("ada,,1,,,,,,r\n", r"expected who decided \(by\) and why \(reason\)"),
        ("ada,,,,9999999999 days,,,P,r\n", "expected an extension of at most 3650 days; found '9999999999 days'"),
        (f"ada,,,,{'9' * 400} hours,,,P,r\n", "expected an extension of at most 3650 days"),
        (f"ada,,{'9' * 400},,,,,P,r\n", "expected a number of score, 0 or more"),
        ("ada,double,3.5,,,,Nearly, but no.,Prof,second look\n", "expected 9 cells; found 10: put"),
        ("ada,,,,soon,,,P,r\n", "expected an extension such as '2 days' or '12 hours'; found 'soon'"),
        ("ada,,,,,perhaps,,P,r\n", "expected yes, no or an empty cell under excused; found 'perhaps'"),
        ("ada,,,,,,,P,r\n", "expected a score, an extension, an excuse or a comment; found none"),
        (",,1,,,,,P,r\n", "expected a student; found none"),
        (
            "bob,,1,,,,,P,r\nada,,1,,,,,P,r\nada,,2,,,,,P,r\n",
            "line 4: line 3 has a total score for ada already; keep one of the two",
        ),
    ],
)
def test_a_bad_row_is_named_with_its_file_and_line_and_nothing_is_written(grade, tmp_path, row, says):
    with pytest.raises(UsageError, match=rf"overrides\.csv, line \d: .*{says}|overrides\.csv, {says}"):
        grade(row)
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["overrides.csv"]


def test_an_unknown_column_is_named(grade, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "overrides.csv").write_text("student,skore,by,reason\nada,1,P,r\n")
    with pytest.raises(
        UsageError, match=r"overrides\.csv, line 1: expected the columns student, .*found student, skore"
    ):
        grade(None)


AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
GROUP = SubmissionMetadata(
    (Student(("ada@u.edu", "1"), "Ada"), Student(("bob@u.edu", "2"), "Bob")), at=AT, system="Gradescope"
)


@pytest.fixture
def decide(tmp_path):
    """The students of a submission by name, after overrides; two of ``submission_1``, one of ``zoe``."""

    def decide(text, header=HEADER):
        path = tmp_path / "overrides.csv"
        path.write_text(header + text, encoding="utf-8")
        entries = [
            Entry(tmp_path, "submission_1", None, GROUP),
            Entry(tmp_path, "zoe", None, SubmissionMetadata((Student(("zo\u00eb@u.edu",), "Zoe"),), at=AT)),
            Entry(tmp_path, "Zoe\u0308  M", None, SubmissionMetadata((Student(("zm",), "Zoe M"),), at=AT)),
        ]
        policy = LatePolicy("day", 10, due=datetime(2026, 11, 20, 13, tzinfo=UTC))
        people = People(entries, [], policy)
        people.override(path, read_overrides(path, {"double": 4.0, "weigh": 6.0}), ["double", "weigh"])
        found = [r for e in entries for r in people.rows(Row(e.id, 5.0, 10.0, GRADED, (2.0, 3.0)))]
        grades = people.grades({e.id: Row(e.id, 5.0, 10.0, GRADED, (2.0, 3.0)) for e in entries})
        assert [(g.student.name, g.final, g.comment) for g in grades] == [(r.name, r.final, r.comment) for r in found]
        decide.problems = people.problems
        return {r.name: r for r in found}

    return decide


@pytest.mark.parametrize("who", ["2", "bob@u.edu", "BOB@U.EDU"])
def test_what_names_one_student_of_a_group_is_for_that_student_only(decide, who):
    rows = decide(f"{who},,,,,yes,,Prof,withdrew\n")
    assert {n: (r.excused, r.final) for n, r in rows.items()} == {
        "Ada": (False, 4.0),
        "Bob": (True, None),
        "Zoe": (False, 4.0),
        "Zoe M": (False, 4.0),
    }
    assert decide(f"{who},,,,1 day,,,Prof,ill\n")["Bob"].final == 5.0
    rows = decide(f"{who},,,,1 day,,,Prof,ill\n")
    assert (rows["Ada"].final, rows["Ada"].late, rows["Bob"].late) == (4.0, "1 day", "")
    rows = decide(f"{who},double,4,,,,Alone.,Prof,oral\n")
    assert [(r.score, r.comment) for r in rows.values()][:2] == [(5.0, ""), (7.0, "Alone.")]
    rows = decide(f"{who},essay,8,10,,,,Prof,oral\n")
    assert [(r.score, r.written, r.max_score) for r in rows.values()][:2] == [(5.0, None, 20.0), (13.0, 8.0, 20.0)]


def test_a_written_question_without_scores_is_said_since_it_counts_for_all(decide):
    """One score in essay makes everybody's maximum 20, and everybody else lose 10 points."""
    text = "1,essay,8,10,,,,P,r\nzoe,,5,,,,,P,r\n"
    decide(text)
    assert [p.partition("overrides.csv: ")[2] for p in decide.problems] == [
        "no score in essay for 2 of 3 submissions, so they get 0 of 10 points: submission_1, Zoe\u0308  M"
    ]


def test_what_names_a_submission_is_for_all_of_its_students(decide):
    rows = decide("submission_1,,,,,yes,,Prof,fire alarm\n")
    assert {n: r.excused for n, r in rows.items()} == {"Ada": True, "Bob": True, "Zoe": False, "Zoe M": False}


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("1,essay,8,10", "ada@u.edu,essay,9,10", r"line 2 \(1\) has a score in essay for ada@u.edu already"),
        ("submission_1,,8,", "bob@u.edu,,9,", r"line 2 \(submission_1\) has a total score for bob@u.edu already"),
        ("2,,9,", "submission_1,,8,", r"line 2 \(2\) has a total score for submission_1 already"),
        ("zoe,double,1,", "zo\u00eb@u.edu,double,2,", r"line 2 \(zoe\) has a score in double for"),
    ],
)
def test_a_second_decision_is_found_by_whatever_id_it_names_the_student(decide, first, second, says):
    with pytest.raises(UsageError, match=rf"overrides\.csv, line 3: {says}"):
        decide(f"{first},,,,P,r\n{second},,,,P,r\n")
    assert decide("1,essay,8,10,,,,P,r\nbob@u.edu,essay,9,10,,,,P,r\n")["Bob"].written == 9


@pytest.mark.parametrize(
    ("who", "name"),
    [("zo\u00eb@u.edu", "Zoe"), ("zoe\u0308@u.edu", "Zoe"), ("Zo\u00eb M", "Zoe M"), ("zoe\u0308  m", "Zoe M")],
)
def test_letters_with_accents_are_compared_however_they_are_encoded(decide, who, name):
    assert decide(f"{who},,,,,yes,,P,r\n")[name].excused


def test_empty_columns_beside_the_table_are_ignored(decide):
    header = HEADER.replace("\n", ",,\n")
    assert decide("1,,8,,,,,P,r,,\n", header)["Ada"].score == 8
    with pytest.raises(UsageError, match=r"csv, line 2: expected nothing in column 11, which has no name; found 'x'"):
        decide("1,,8,,,,,P,r,,x\n", header)
    with pytest.raises(UsageError, match=r"csv, line 1: .*; found student, .*, reason, score"):
        decide("1,,8,,,,,P,r,9\n", HEADER.replace("\n", ",score\n"))
