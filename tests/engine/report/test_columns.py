"""Tables of an audit."""

from autograder.report.columns import Columns


def test_numbers_are_to_the_right_and_words_to_the_left():
    table = Columns("Uses", ("property", "mutants", "seen"), [("is_odd", "12", "public, free"), ("adds", "3e+07", "")])
    assert table.numeric == (False, True, False)
    assert list(table.lines()) == [
        "property  mutants  seen",
        "is_odd         12  public, free",
        "adds        3e+07",
    ]


def test_empty_columns_are_left_out():
    table = Columns.filled("Points", ("question", "earned", "namely"), [("double", "0", ""), ("weigh", "0", "")])
    assert (table.head, table.rows) == (("question", "earned"), [("double", "0"), ("weigh", "0")])
    assert Columns.filled("Points", ("question",), []).rows == []
