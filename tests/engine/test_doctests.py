"""Every example in a docstring of the engine gives what it shows."""

import doctest
import importlib
from pathlib import Path

import pytest

import autograder

ENGINE = Path(autograder.__file__).parent
EXAMPLES = [p for p in sorted(ENGINE.rglob("*.py")) if ">>> " in p.read_text(encoding="utf-8")]


def module(path):
    parts = path.relative_to(ENGINE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("name", [module(p) for p in EXAMPLES])
def test_examples_give_what_they_show(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0
