"""grades.csv: a row for each submission, in order, and nothing in it that a spreadsheet would run."""

import csv
import io
from dataclasses import replace

import pytest

from autograder.model.status import failed, not_graded
from autograder.report import table


def read(text):
    return list(csv.reader(io.StringIO(text)))


def test_the_header_names_the_questions_in_order():
    assert table.header(("b", "a")) == ("submission", "score", "max_score", "status", "b", "a")


def cells(result):
    return table.cells(table.row(result), len(result.questions))


def test_a_row_fits_the_header(result):
    assert cells(result) == ("ada", "8", "10", "graded", "2", "6")


def test_a_submission_that_was_not_graded_has_no_numbers(result):
    row = cells(replace(result, status=not_graded("disk full")))
    assert row == ("ada", "", "10", "not graded: disk full", "", "")


def test_a_submission_that_does_not_run_has_its_numbers(result):
    assert cells(replace(result, status=failed("import error")))[:4] == ("ada", "8", "10", "import error")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.0, "0"),
        (100, "100"),
        (2.5, "2.5"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333"),
        (99.99, "99.99"),
        (33.333333, "33.333333"),
        (1234567.0, "1234567"),
    ],
)
def test_points_have_as_many_decimals_as_they_need(value, text):
    assert table.points(value) == text


def test_rows_are_sorted_and_every_cell_comes_back(result):
    odd = ["zoe", "ada", 'say "hi"', "a,b", "semi;colon", "Łucja", "ülkü", "10", "9"]
    rows = [table.row(replace(result, id=name)) for name in odd]
    found = read(table.write(("double", "weigh"), rows).removeprefix(table.MARK))
    assert found[0] == list(table.header(("double", "weigh")))
    assert [r[0] for r in found[1:]] == sorted(odd)
    assert all(len(r) == 6 for r in found)
    assert table.write(("double", "weigh"), reversed(rows)) == table.write(("double", "weigh"), rows)


def test_a_table_without_rows_is_its_header():
    assert table.write(("f",), []) == "\ufeffsubmission,score,max_score,status,f\n"


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", '="a"']


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_begins_like_a_formula(result, cell):
    text = table.write(
        ("double", "weigh"), [table.row(replace(result, id=cell)), table.row(replace(result, status=failed(cell)))]
    )
    for row in read(text)[1:]:
        assert not any(c.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")) for c in row)
    assert any(c.startswith("'") for row in read(text)[1:] for c in row)


@pytest.mark.parametrize("cell", ["a=b", "ada-lovelace", "x@y.org", "3", "Ö", ""])
def test_harmless_cells_stay_as_they_are(cell):
    assert table.harmless(cell) == cell


@pytest.mark.parametrize("breaking", ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\u2028", "\x85"])
def test_a_row_is_one_line_whatever_its_cells_hold(result, breaking):
    text = table.write(("double", "weigh"), [table.row(replace(result, id=f"a{breaking}b"))])
    assert len(text.splitlines()) == 2
    assert read(text)[1][0] == "a b"


def test_an_id_that_is_no_utf_8_can_be_written(result):
    table.write(("double", "weigh"), [table.row(replace(result, id="caf\udce9"))]).encode("utf-8")
