"""Remember what was made of answers, for the next submission that gives exactly the same ones.

Most of a class is right, and right answers are often the same to the last bit; so are those of one common mistake. A
verdict, and a diagnosis, depend on nothing but the checks and the answers, so that the same bytes need not be judged
again. What depends on answers that were not prefetched is not remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

MOST = 4000
"""Entries that a memo keeps: those used last."""

V = TypeVar("V")


class Memo(Generic[V]):
    """A bounded memory of a grading process.

    Args:
        most: entries that are kept; 0 remembers nothing.

    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self.used = 0
        """How often something was remembered."""

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept

    def get(self, key: Hashable) -> V | None:
        """What is remembered under ``key``, or None."""
        if key not in self._kept:
            return None
        self.used += 1
        self._kept.move_to_end(key)
        return self._kept[key]

    def put(self, key: Hashable, value: V) -> None:
        """Remember ``value``, and forget what was not used for longest."""
        self._kept[key] = value
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
