"""The plain tests under pytest and Hypothesis: as many cases as Hypothesis draws by default, the same in every run."""

import naive_bayes
import plain
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize("question", plain.POINTS)
@settings(derandomize=True, database=None, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_question(question, seed):
    """The answer agrees with the reference."""
    plain.check(question, getattr(naive_bayes, question), seed)
