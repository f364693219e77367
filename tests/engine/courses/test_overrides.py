"""What course staff decide over the checks: it survives every run, is shown everywhere, and a bad row is named."""

from __future__ import annotations

import csv
import json

import pytest

from autograder.batch.grade_class import Exchange, grade_class
from autograder.model.errors import UsageError

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
