"""Reading a notebook takes time and memory in proportion to its size, whatever is in it."""

import json
import time

import pytest

from autograder.intake.notebook import to_module
from autograder.model.limits import IntakeLimits


def spaces(n):
    return ["(\n" + " " * n + "x", "x = (\n" + "a " * (n // 2) + "!"]


def globals_made(n):
    names = [f"a{i}" for i in range(n // 20)]
    return [f"def f():\n global {','.join(names)}\n {'='.join(names)}=0\n", "f()\n" * (n // 10), "def f2(z): return z"]


def calls_in_a_class_that_makes_globals(n):
    names = [f"a{i}" for i in range(n // 40)]
    calls = "\n".join(f" x{i}()" for i in range(n // 40))
    return [f"class C:\n{calls}\n def f():\n  global {','.join(names)}\n  {'='.join(names)}=0\n", "def g(): return a1"]


def statements_that_share_lines(n):
    return ["(1,\n2);" * (n // 7)]


def global_statements_on_a_line(n):
    return ["global a;" * (n // 9)]


def magics_in_open_brackets(n):
    magics = "%time 1\n" * (n // 8)
    return [
        f"(\n{magics}",
        f"x = '''\n{magics}",
        f"{magics}'''",
        "%time 1 \\\n" * (n // 10),
        "!\n(" + "('''" * (n // 4),
    ]


def options_of_magics(n):
    return [
        "%prun" + " -l -l" * (n // 6),
        "%lprun" + " -f" * (n // 3) + " x",
        "%prun -s '" + " '" * (n // 2),
        "x = %time" + " ;" * (n // 2) + "(",
    ]


@pytest.mark.parametrize(
    "cells",
    [
        magics_in_open_brackets,
        options_of_magics,
        spaces,
        globals_made,
        calls_in_a_class_that_makes_globals,
        statements_that_share_lines,
        global_statements_on_a_line,
    ],
)
def test_reading_takes_time_in_proportion(cells):
    def seconds(n):
        table = {"cells": [{"cell_type": "code", "source": source} for source in cells(n)]}
        data = json.dumps(table).encode()
        started = time.process_time()
        to_module(data, "ada.ipynb", ("f",), IntakeLimits())
        return time.process_time() - started

    # Once of three times is enough: a collection of garbage walks through all that the tests before have left.
    short = min(seconds(5_000) for _ in range(3))
    # Ten times as much takes ten times as long; where it is quadratic, a hundred times.
    assert any(seconds(50_000) < 40 * max(short, 0.01) for _ in range(3))
