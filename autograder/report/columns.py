"""A table of an audit, for the terminal and for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NUMBER = re.compile(r"(\d+(\.\d+)?(e[+-]?\d+)?)?")


@dataclass(frozen=True, slots=True)
class Columns:
    """A table.

    Attributes:
        caption: what it is about; shown on a page.
        head: a name for each column.
        rows: cells, as many as the head has.
        note: what the columns mean, where their names do not say it.

    """

    caption: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""

    @classmethod
    def filled(cls, caption: str, head: Sequence[str], rows: Sequence[tuple[str, ...]], note: str = "") -> Columns:
        """A table without the columns that are empty in every row."""
        kept = [i for i in range(len(head)) if any(row[i] for row in rows)]
        return cls(caption, tuple(head[i] for i in kept), [tuple(row[i] for i in kept) for row in rows], note)

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Whether a column holds numbers only, so that it is aligned to the right."""
        return tuple(all(NUMBER.fullmatch(row[i]) for row in self.rows) for i in range(len(self.head)))

    def lines(self) -> Iterator[str]:
        """The table as text."""
        widths = [max(len(row[i]) for row in [self.head, *self.rows]) for i in range(len(self.head))]
        for row in [self.head, *self.rows]:
            cells = zip(row, widths, self.numeric, strict=True)
            yield "  ".join(c.rjust(w) if number else c.ljust(w) for c, w, number in cells).rstrip()
