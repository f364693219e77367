"""Search beyond the recorded cases: for the curious student, and for our own tests of the references."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from autograder.checks.cases import Draws, build_case
from autograder.checks.judging import failed, run_case
from autograder.checks.property import prop
from autograder.model.calls import Answer
from autograder.model.errors import LOST, AuthoringError, StudentFault
from autograder.model.result import PropertyResult
from autograder.model.values import numbers_in


class _Stop(BaseException):
    """Ends the search: a hang would be tried again with every step of shrinking."""


def explore(
    p: prop,
    namespace: Mapping[str, Any],
    *,
    examples: int = 300,
    seconds: float = 20.0,
    begin_case: Callable[[], None] = lambda: None,
) -> PropertyResult | None:
    """Let Hypothesis look for a case in which the property does not hold, and make it small.

    Args:
        p: the property.
        namespace: question name -> function or caller; ``reference`` where the property needs it.
        examples: how many cases are tried.
        seconds: after so long no further case is tried.
        begin_case: called before each case, which gets its own time.

    Returns:
        The verdict on the smallest failing case, or None where none was found.

    Raises:
        AuthoringError: the property itself failed.

    """
    from hypothesis import HealthCheck, Phase, Verbosity, given, settings
    from hypothesis import strategies as st

    strategy = st.fixed_dictionaries({arg: st.fixed_dictionaries(dict(r.draws)) for arg, r in p.recipes.items()})
    ends = time.monotonic() + seconds
    found: dict[int, PropertyResult] = {}
    tried = 0

    @settings(
        max_examples=examples,
        phases=[Phase.generate, Phase.shrink],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
    )
    @given(strategy)
    def search(draws: Draws) -> None:
        nonlocal tried
        if time.monotonic() > ends:
            return
        tried += 1
        begin_case()
        log: list[Answer] = []
        values = build_case(p.recipes, draws)
        trouble = run_case(p, namespace, values, log)
        if trouble is None:
            return
        if not isinstance(trouble, AuthoringError):
            found.setdefault(numbers_in(values), failed(p, draws, log, trouble))
            if isinstance(trouble, StudentFault) and trouble.fault in LOST:
                raise _Stop
        raise trouble

    try:
        search()
    except AuthoringError:
        raise
    # Hypothesis raises the last failure, or complains that it did not fail twice; what was found was seen to fail.
    except (Exception, _Stop):
        if not found:
            raise
    if not found:
        return None
    return replace(found[min(found)], cases=tried, failing=1)
