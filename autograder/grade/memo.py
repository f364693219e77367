"""A cache of verdicts, for submissions that give exactly the same answers.

Most of a class is right, and right answers are often the same to the last bit; so are those of one common mistake. A
verdict, and a diagnosis, depend on nothing but the checks and the answers, so that the same bytes need not be judged
again. What depends on answers that were not prefetched is not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

MOST = 4000
"""Entries that a cache keeps: those used last."""

V = TypeVar("V")


class Memo(Generic[V]):
    """A cache that drops what was not used for longest.

    Args:
        most: entries that are kept; 0 for none.

    Attributes:
        hits: how often :meth:`get` found something.

    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self.hits = 0

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept

    def get(self, key: Hashable) -> V | None:
        """The value of ``key``, or None."""
        if key not in self._kept:
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return self._kept[key]

    def put(self, key: Hashable, value: V) -> None:
        """Keep ``value``, and drop what was not used for longest."""
        self._kept[key] = value
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
