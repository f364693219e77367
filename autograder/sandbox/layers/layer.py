"""The interface of a confinement layer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


WORKER_DESCRIPTORS = 5
"""A worker's own descriptors are 0 to 4: those that a layer keeps have higher numbers."""


class Bounds(NamedTuple):
    """What a worker may use: bytes of memory beyond its start, seconds of CPU, open files, child processes."""

    memory: int
    cpu_seconds: int
    open_files: int
    processes: int


class Confinement(NamedTuple):
    """One worker's confinement.

    Attributes:
        held: names of the layers that are applied to it.
        bounds: what it may use.

    """

    held: frozenset[str]
    bounds: Bounds


class Layer(ABC):
    """One layer of confinement. An instance lives in the zygote, and a copy of it in every worker.

    Attributes:
        name: what people call it.
        guarantee: what the layer guarantees, in words.
        remedy: how to have it where it is missing.
        required: whether nothing is graded without it.
        descriptors: open files that :meth:`apply` needs in the worker, numbered from WORKER_DESCRIPTORS.

    """

    name: ClassVar[str]
    guarantee: ClassVar[str]
    remedy: ClassVar[str]
    required: ClassVar[bool] = False
    descriptors: tuple[int, ...] = ()

    def prepare(self, held: frozenset[str]) -> None:  # noqa: B027  (most layers have nothing to prepare)
        """Do in the zygote what serves all workers; ``held`` are the names of the layers in use."""

    @abstractmethod
    def apply(self, confinement: Confinement) -> None:
        """Confine this process, a worker that has not run student code yet; OSError where that fails."""

    @abstractmethod
    def attempt(self) -> str:
        """Apply the layer to this process, a child for the purpose, and try what it forbids.

        Returns:
            What is wrong, or nothing where the layer holds. An OSError says it as well.

        """


def denied(action: Callable[[], object]) -> bool:
    """Whether ``action`` fails with an OSError."""
    try:
        action()
    except OSError:
        return True
    return False
