"""Randomness in a student's module: the same draws in every run and on every machine, and nothing kept between runs."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from typing import Any

import numpy as np

MOST_EXAMPLES = 25
"""Cases of a ``@given`` without a number of its own."""
PROFILE = "autograder"
_ALWAYS: dict[str, Any] = {"deadline": None, "report_multiple_bugs": False}
"""What a test's own settings do not change: the clock is no judge, and two failures would be no AssertionError."""

_SEEDS = random.seed, np.random.seed
"""As they were before a student's module could replace them."""


def fix_random() -> None:
    """Let what draws without a seed begin anew: ``random``, ``numpy.random``, and NumPy's generators without a seed."""
    seed, seed_numpy = _SEEDS
    seed(0)
    with contextlib.suppress(TypeError):  # a student's module put another bit generator in its place
        seed_numpy(0)
    vars(np.random.bit_generator)["randbits"] = random.Random(0).getrandbits  # noqa: S311


class RandomStream:
    """What a module draws without a seed: it goes on from call to call, whatever else in the process draws."""

    def __init__(self) -> None:
        self._state: tuple[Any, ...] | None = None

    @contextlib.contextmanager
    def resume(self) -> Iterator[None]:
        """Draw from the stream; afterwards all other draws go on where they were."""
        before = _random_state()
        if self._state is None:
            fix_random()
        else:
            _set_random_state(self._state)
        try:
            yield
        finally:
            self._state = _random_state()
            _set_random_state(before)


def _random_state() -> tuple[Any, ...]:
    numpy: Any = np.random
    return random.getstate(), numpy.get_state(legacy=False), vars(numpy.bit_generator)["randbits"]


def _set_random_state(state: tuple[Any, ...]) -> None:
    numpy: Any = np.random
    random.setstate(state[0])
    with contextlib.suppress(TypeError, ValueError):  # likewise
        numpy.set_state(state[1])
    vars(numpy.bit_generator)["randbits"] = state[2]


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
    for name, value in _ALWAYS.items():
        type.__setattr__(settings, name, _Constant(value))
    core: Any = hypothesis.core
    core.global_force_seed = 0
    # Constants in the source of every local module would be drawn, too: they depend on what is installed, and how.
    internal: Any = providers
    none = internal.Constants()
    internal._get_local_constants = lambda: none  # noqa: SLF001  (there is no public switch)


@contextlib.contextmanager
def fixed_draws() -> Iterator[None]:
    """As :func:`fix_draws`, inside the block."""
    import hypothesis.core
    from hypothesis import settings
    from hypothesis.internal.conjecture import providers

    core: Any = hypothesis.core
    internal: Any = providers
    before = settings.get_current_profile_name(), core.global_force_seed, internal._get_local_constants  # noqa: SLF001
    own = {name: vars(settings)[name] for name in _ALWAYS}
    fix_draws()
    try:
        yield
    finally:
        for name, value in own.items():
            type.__setattr__(settings, name, value)
        settings.load_profile(before[0])
        core.global_force_seed, internal._get_local_constants = before[1:]  # noqa: SLF001


class _Constant:
    """An attribute of every instance, whatever is set."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __get__(self, *_: object) -> object:
        return self._value

    def __set__(self, *_: object) -> None:
        pass


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
