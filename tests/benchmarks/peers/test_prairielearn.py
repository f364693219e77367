"""The plain tests under pytest-prairielearn-grader: the submission runs in a process of its own and is called over a socket."""

import plain
import pytest
from pytest_prairielearn_grader import ConfigObject

autograder_config = ConfigObject(sandbox_timeout=10.0)


@pytest.mark.grading_data(name="question", points=1)
@pytest.mark.parametrize("question", plain.POINTS)
def test_question(question, module_sandbox):
    """The answer agrees with the reference."""
    for seed in range(plain.SEEDS):
        plain.check(question, lambda *arguments: module_sandbox.query_function(question, *arguments), seed)
