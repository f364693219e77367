"""What the benchmarks measure with."""

from __future__ import annotations

import sys
import textwrap

import pytest

from tests.benchmarks.measure import run


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves orphans to the process that measures")
def test_the_computing_of_a_process_that_nobody_waited_for_counts():
    """Zygotes outlive the grading process that started them by a moment."""
    code = """
        import os, time
        if os.fork() == 0:
            if os.fork() == 0:
                while time.process_time() < 0.5:
                    pass
            os._exit(0)
        os.wait()
    """
    assert run([sys.executable, "-c", textwrap.dedent(code)]).cpu >= 0.5
