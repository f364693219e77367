"""The plain tests under pytest-prairielearn-grader: the submission runs in a process of its own and is called over a socket.

What a call returns travels as JSON, which holds an array and no tuple of arrays: ``trailing_code.py``, which the tool runs after
the submission, returns one part of a tuple.
"""

import plain
import pytest
from pytest_prairielearn_grader import ConfigObject

autograder_config = ConfigObject(sandbox_timeout=10.0)
PARTS = {"estimate_parameters": 2, "sample": 2}


@pytest.mark.grading_data(name="question", points=1)
@pytest.mark.parametrize("question", plain.POINTS)
def test_question(question, module_sandbox):
    """The answer agrees with the reference."""

    def call(*arguments):
        if question not in PARTS:
            return module_sandbox.query_function(question, *arguments)
        parts = range(PARTS[question])
        return tuple(module_sandbox.query_function("part", question, i, *arguments) for i in parts)

    for seed in range(plain.SEEDS):
        plain.check(question, call, seed)
