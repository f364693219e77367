"""A toy whose checks can be made weak."""

import pytest

from autograder.checks import question


@pytest.fixture
def rewritten(toy):
    """Change a file of the toy assignment's master copy, and record its cases again."""

    def rewrite(path, *changes):
        file = toy / path
        text = file.read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        file.write_text(text, encoding="utf-8")
        for q in question.load_all(toy / "tests")[1]:
            q.record()
        return toy

    return rewrite
