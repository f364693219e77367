"""The line to name where time is up."""

import pytest

from autograder.source.slow import loop_around, slow_line

TEXT = """\
import numpy as np
for name in "ab":
    print(name)
def fit(X):
    # for nothing
    theta = 0
    while theta < 1:

        for x in X:
            theta += step(
        x)
        else:
            theta *= 2
    return theta
def step(x):
    return x
async def wait():
    async for x in y: pass
    former = 1
"""


@pytest.mark.parametrize(
    ("number", "loop"),
    [(1, 0), (3, 2), (6, 0), (7, 7), (10, 7), (12, 7), (14, 0), (16, 0), (18, 18), (19, 0), (0, 0), (99, 0)],
)
def test_the_outermost_loop_of_a_function(number, loop):
    assert loop_around(TEXT.split("\n"), number) == loop


def test_the_first_loop_on_the_way_or_else_the_last_line():
    files = {"a.py": TEXT.split("\n"), "b.py": ["def g():", "    while True:", "        pass"]}
    assert slow_line([("a.py", 14), ("a.py", 10), ("b.py", 3)], files.__getitem__) == ("a.py", 7)
    assert slow_line([("a.py", 14), ("b.py", 3)], files.__getitem__) == ("b.py", 2)
    assert slow_line([("a.py", 14), ("a.py", 16)], files.__getitem__) == ("a.py", 16)
