"""A module of which something fails: what can be had of it is had."""

import textwrap

import pytest

from autograder.source.execution import TooLongError, execute
from autograder.source.left_out import cell_mark


def run(source, seconds=0.0):
    names = {"__name__": "toy"}
    left = execute(textwrap.dedent(source), "toy.py", names, seconds)
    return names, [str(part) for part in left]


def test_a_right_module_runs_as_it_is():
    names, left = run("'''About.'''\nx: int = 1\ndef f(z):\n    return z + x\n")
    assert names["f"](1) == 2
    assert names["__doc__"] == "About."
    assert left == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("import nothing_such", "ModuleNotFoundError: No module named 'nothing_such'"),
        ("assert 1 == 3", "AssertionError"),
        ("raise SystemExit(2)", "SystemExit: 2"),
        ("open('/nowhere/data.csv')", "FileNotFoundError: [Errno 2] No such file or directory: '/nowhere/data.csv'"),
        ("def broken(z) return 1", "SyntaxError: expected ':'"),
        ("return 1", "SyntaxError: 'return' outside function"),
        ("x = = 1", "SyntaxError: invalid syntax"),
        ("get_ipython().run_line_magic('matplotlib', 'inline')", "SyntaxError: a magic command of a notebook"),
    ],
)
def test_a_line_that_fails_costs_itself(line, why):
    names, left = run(f"def f(z):\n    return g(z)\n{line}\n@staticmethod\ndef g(z):\n    return z + 1\n")
    assert names["f"](1) == 2
    assert left == [f"left out line 3: {line} ({why})"]


def test_the_line_that_is_no_python_is_shown_where_it_is_not_the_first_of_its_part():
    source = "def f(z):\n    return z\n\ndef mean(x):\n    for i in x\n        pass\n    return 1\n"
    assert run(source)[1] == ["left out line 4: def mean(x): (SyntaxError: expected ':' in line 5: for i in x)"]


def test_what_ran_is_not_run_again():
    names, left = run("log = []\nlog.append(1)\n1 / 0\nlog.append(2)\n1 / 0\nlog.append(3)\ndef f(): pass\n")
    assert names["log"] == [1, 2, 3]
    assert [part.partition(":")[0] for part in left] == ["left out line 3", "left out line 5"]


@pytest.mark.parametrize(
    "broken",
    [
        "def g(z):\n    return foo(1, 2",
        "def g(z):\n    '''Text.\n    return 1",
        "def g(z):\nreturn z",
        "def g(z)\n    return z",
        "def g(z):\n    if z:\n      x = 1\n     return x",
        "@decorated\ndef g(z):\n    return ]",
    ],
)
def test_a_syntax_error_costs_its_function(broken):
    names, left = run(
        f"'''About\nthis.\n'''\nimport math\n\n{broken}\n\ndef f(z):\n    '''Text.'''\n    return math.exp(z)\n"
    )
    assert names["f"](0) == 1
    assert "g" not in names
    assert left
    assert left[0].startswith("left out line 6: ")


def test_a_future_import_holds_for_the_rest():
    names, left = run("from __future__ import annotations\n1 / 0\ndef f(z: Nowhere) -> Nobody:\n    return z\n")
    assert names["f"](1) == 1
    assert len(left) == 1


def test_awaits_run():
    names, left = run("import asyncio\nawait asyncio.sleep(0)\ndef f(): return 1\n")
    assert names["f"]() == 1
    assert left == []


def test_the_body_of_an_exported_cell_runs():
    names, left = run("get_ipython().run_cell_magic('time', '', 'def f(z):\\n    return z\\n')\n")
    assert names["f"](3) == 3
    assert left == []


def test_a_place_in_a_notebook_is_told_as_such():
    _, left = run(f"{cell_mark(1)}\ndef f(): pass\n{cell_mark(4)}\n\n1 / 0\n")
    assert left == ["left out cell 4, line 2: 1 / 0 (ZeroDivisionError: division by zero)"]


def test_where_nothing_is_defined_the_first_error_is_raised():
    with pytest.raises(SyntaxError, match="expected ':'"):
        run("import math\ndef f(z) return 1\n")
    with pytest.raises(ModuleNotFoundError):
        run("import nothing_such\n1 / 0\n")


def test_an_endless_statement_is_left_out():
    names, left = run(
        "while True:\n    try:\n        1 / 0\n    except Exception:\n        pass\ndef f(): return 1\n", 0.5
    )
    assert names["f"]() == 1
    assert "took more than 0.4 s of computing time" in left[0]
    with pytest.raises(TooLongError):
        run("while True:\n    pass\n", 0.1)


def test_an_endless_loop_is_named_whichever_of_its_lines_was_running():
    source = "x = 1\nwhile x:\n    y = x\n    x = sum(range(10**6))\ndef f(): return x\n"
    _, (left,) = run(source, 0.4)
    assert left.startswith("left out line 2: while x: (TooLongError: took more than")


def test_a_function_is_had_without_the_decorator_that_failed():
    names, left = run("import nothing_such\n@nothing_such.jit\ndef f(z):\n    return z\n")
    assert names["f"](1) == 1
    assert left[1] == "left out line 2: @nothing_such.jit (NameError: name 'nothing_such' is not defined)"


def test_nested_too_deep():
    names, left = run("x = " + "(" * 5000 + ")" * 5000 + "\ndef f(): return 1\n")
    assert names["f"]() == 1
    assert len(left) == 1
