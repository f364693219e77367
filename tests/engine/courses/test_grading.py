"""Classes as Canvas and Gradescope export them, through the command, to the grades of every student."""

import csv
import io

from tests.engine.courses.conftest import CANVAS, GRADEBOOK, GRADESCOPE

ROSTER = """\
Name;Canvas ID;SID;Email;Group
Ada Lovelace;1001;2001;ada@uni.example;
George Boole;1002;2002;boole@uni.example;
Alan Turing;1003;2003;alan@uni.example;
Grace Hopper;1004;2004;grace@uni.example;
Carl Gauß;1005;2005;carl@uni.example;
Amy Noether;1016;2016;amy@uni.example;Team_7
Ben Abel;1017;2017;ben@uni.example;Team_7
Emmy Noether;1007;2007;emmy@uni.example;
Will Wrong;1008;2008;will@uni.example;
Zeno;1009;2009;zeno@uni.example;
"""


def test_a_class_from_canvas_and_back(grade, write_zip, tmp_path):
    (tmp_path / "students.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "gradebook.csv").write_text(GRADEBOOK, encoding="utf-8", newline="")
    (tmp_path / "late.toml").write_text('per = "day"\npercent = 10\nmarked = 2\n', encoding="utf-8")
    options = {"--roster": "students.csv", "--canvas-gradebook": "gradebook.csv", "--late": "late.toml"}
    rows, said, out = grade(
        write_zip(CANVAS, "submissions.zip"), *(x for k, v in options.items() for x in (k, tmp_path / v))
    )
    columns = ("name", "score", "status", "late", "penalty", "final")
    assert {key: tuple(row[c] for c in columns) for key, row in rows.items()} == {
        ("lovelaceada_1001", "1001"): ("Ada Lovelace", "10", "graded", "", "0", "10"),
        ("boolegeorge_1002", "1002"): ("George Boole", "10", "graded", "", "0", "10"),
        ("turingalan_1003", "1003"): ("Alan Turing", "6", "graded", "2 days", "2", "4"),
        ("hoppergrace_1004", "1004"): ("Grace Hopper", "10", "graded", "", "0", "10"),
        ("gaußcarl_1005", "1005"): ("Carl Gauß", "10", "graded", "", "0", "10"),
        ("team_7_1006", "1016"): ("Amy Noether", "6", "graded", "", "0", "6"),
        ("team_7_1006", "1017"): ("Ben Abel", "6", "graded", "", "0", "6"),
        ("noetheremmy_1007", "1007"): (
            *("Emmy Noether", "", "for a person: a text entry; expected toy.py or toy.ipynb", "", "", ""),
        ),
        ("wrongwill_1008", "1008"): ("Will Wrong", "0", "import error", "2 days", "2", "0"),
        ("1009", "1009"): ("Zeno", "", "no submission", "", "", ""),
    }
    for line in (
        "team_7_1006: matches no row of the gradebook; left out",
        "Hopper, Grace (ID 1004): excused; left out",
        "Noether, Emmy (ID 1007): a text entry, for a person to look at; left out",
    ):
        assert line in said
        assert said.index(line) < said.index("isolation:")
    assert "8 submissions, 1 in the roster without one, grades in " in said
    header, possible, *students = csv.reader(io.StringIO((out / "canvas.csv").read_text(encoding="utf-8")))
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Toy (32)"]
    assert possible == ["    Points Possible", "", "", "", "", "10"]
    assert students == [
        ["Lovelace, Ada", "1001", "2001", "ada", "CS 1 and CS 2", "10.00"],
        ["Boole, George", "1002", "2002", "boole", "CS 1", "10.00"],
        ["Turing, Alan", "1003", "2003", "alan", "CS 1", "4.00"],
        ["Gauß, Carl", "1005", "2005", "carl", "CS 1", "10.00"],
        ["Wrong, Will", "1008", "1001", "will", "CS 1", "0.00"],
    ]


def test_a_class_from_gradescope(grade, write_zip, tmp_path):
    (tmp_path / "late.toml").write_text(
        'due = 2026-11-20T23:00:00+00:00\nper = "hour"\npercent = 5\ncap = 40\ngrace = 15\n', encoding="utf-8"
    )
    rows, _, _ = grade(write_zip(GRADESCOPE, "export.zip"), "--late", tmp_path / "late.toml")
    columns = ("name", "score", "status", "late", "penalty", "final")
    assert {key: tuple(row[c] for c in columns) for key, row in rows.items()} == {
        ("submission_501", "2001"): ("Ada Lovelace", "10", "graded", "", "0", "10"),
        # 24 hours and a half after the time due, at most 40 per cent.
        ("submission_502", ""): ("George Boole", "6", "graded", "25 hours", "4", "2"),
        ("submission_502", "2004"): ("Grace Hopper", "6", "graded", "25 hours", "4", "2"),
        ("submission_503", "2007"): ("Emmy Noether", "10", "graded", "", "0", "10"),
    }
