"""What a student's module sets in this process, and finds again at the next call of its functions."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.source.draws import RandomStream
from autograder.source.recursion import RecursionLimit
from autograder.source.settings import Settings


@dataclass(frozen=True)
class ModuleState:
    """The state of one module; by default, that of one that has not run.

    Attributes:
        recursion: the limit that it has set.
        settings: what it has set of NumPy and of warnings.
        stream: what it draws from without a seed; None where that is what the process draws from.

    """

    recursion: RecursionLimit = field(default_factory=RecursionLimit)
    settings: Settings = field(default_factory=Settings)
    stream: RandomStream | None = field(default_factory=RandomStream)

    @contextlib.contextmanager
    def resume(self) -> Iterator[None]:
        """Apply settings and stream inside the block; what is set there is kept for the next time."""
        stream = self.stream.resume() if self.stream else contextlib.nullcontext()
        with stream, self.settings.resume():
            yield
