"""Hypothesis in a student's module: the same draws in every run and on every machine, and nothing kept between runs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

MOST_EXAMPLES = 25
"""Cases of a ``@given`` without a number of its own."""
PROFILE = "autograder"


def fix_draws() -> None:
    """Load settings under which what Hypothesis draws depends on a test's strategies alone."""
    import hypothesis.core
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis.internal.conjecture import providers

    settings.register_profile(
        PROFILE,
        max_examples=MOST_EXAMPLES,
        derandomize=False,  # it reads the test's source in each process: a third of what a failing test costs
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )
    settings.load_profile(PROFILE)
    core: Any = hypothesis.core
    core.global_force_seed = 0
    # Constants in the source of every local module would be drawn, too: they depend on what is installed, and how.
    internal: Any = providers
    none = internal.Constants()
    internal._get_local_constants = lambda: none  # noqa: SLF001  (there is no public switch)


@contextlib.contextmanager
def fixed_draws() -> Iterator[None]:
    """As :func:`fix_draws`, for a while."""
    import hypothesis.core
    from hypothesis import settings
    from hypothesis.internal.conjecture import providers

    core: Any = hypothesis.core
    internal: Any = providers
    before = settings.get_current_profile_name(), core.global_force_seed, internal._get_local_constants  # noqa: SLF001
    fix_draws()
    try:
        yield
    finally:
        settings.load_profile(before[0])
        core.global_force_seed, internal._get_local_constants = before[1:]  # noqa: SLF001


def load_what_it_needs() -> None:
    """Run a test that passes and one that fails: parts of Hypothesis are imported when first used."""
    from hypothesis import given
    from hypothesis import strategies as st

    @given(st.tuples(st.integers(), st.floats(), st.text(), st.lists(st.booleans()), st.sampled_from("ab")))
    def holds(_: object) -> None:
        pass

    @given(st.integers())
    def fails(number: int) -> None:
        assert number < 0

    holds()
    with contextlib.suppress(AssertionError):
        fails()
