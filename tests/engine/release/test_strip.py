"""Taking the solution out: one rule, and no marker that is misread."""

from pathlib import Path
from textwrap import dedent

import pytest

from autograder.model.errors import AuthoringError
from autograder.release import strip

PATH = Path("f.py")


def stripped(text: str) -> str:
    return strip(dedent(text), PATH)


def test_a_block_in_a_body_becomes_a_stub():
    text = """\
        def f(x):
            '''Text.'''
            # BEGIN SOLUTION
            y = x
            return y
            # END SOLUTION
        """
    assert stripped(text) == "def f(x):\n    '''Text.'''\n    raise NotImplementedError\n"


def test_a_block_in_an_inner_place_keeps_its_indentation():
    text = """\
        def f(x):
            if x:
                # BEGIN SOLUTION
                return 1
                # END SOLUTION
            return 2
        """
    assert stripped(text) == "def f(x):\n    if x:\n        raise NotImplementedError\n    return 2\n"


def test_a_block_elsewhere_disappears_with_its_gap():
    text = """\
        a = 1


        # BEGIN SOLUTION
        def hidden():
            return 1
        # END SOLUTION


        class C:
            # BEGIN SOLUTION
            secret = 1
            # END SOLUTION
            x = 1
        """
    assert stripped(text) == "a = 1\n\n\nclass C:\n    x = 1\n"


def test_text_without_markers_is_itself():
    text = "a = '''\n\n\n'''\n"
    assert strip(text, PATH) == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# END SOLUTION\n", "f.py:1: # END SOLUTION without # BEGIN SOLUTION"),
        ("a = 1\n# BEGIN SOLUTION\n", "f.py:2: # BEGIN SOLUTION without # END SOLUTION"),
        ("# BEGIN SOLUTION\n# BEGIN SOLUTION\n# END SOLUTION\n", "f.py:2: # BEGIN SOLUTION inside the block"),
        (
            "if 1:\n    # BEGIN SOLUTION\n    a = 1\n# END SOLUTION\n",
            "f.py:4: # END SOLUTION is not indented like # BEGIN SOLUTION in line 2",
        ),
        ("# begin solution\n", "f.py:1: expected '# BEGIN SOLUTION'"),
        ("#BEGIN SOLUTION\n", "f.py:1: expected '# BEGIN SOLUTION'"),
        ("# BEGIN SOLUTION NO PROMPT\n", "f.py:1: expected '# BEGIN SOLUTION'"),
        ("x = 1  # SOLUTION\n", "f.py:1: expected '# BEGIN SOLUTION'"),
        ("def f(:\n", "f.py: it is not valid Python"),
        (
            "if 1:\n    # BEGIN SOLUTION\n    a = 1\n    # END SOLUTION\n",
            "f.py: without its solution it is not valid Python",
        ),
    ],
)
def test_a_wrong_marker_is_an_error_with_its_line(text, says):
    with pytest.raises(AuthoringError) as raised:
        strip(text, PATH)
    assert str(raised.value).startswith(says)
