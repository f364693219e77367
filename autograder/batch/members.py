"""The members of a class: submissions handed in now, kept from earlier runs, or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from autograder.batch.journal import Origin, ResultEntry
from autograder.intake import Entry, unique

_SAME_CLASS = 0.5
"""A listing that holds at least this share of an earlier one's submissions is a newer export of it."""


class Members:
    """The submissions of a class.

    Args:
        found: what the paths name.
        paths: as given on the command line.
        earlier: what was graded before, by id.

    """

    def __init__(self, found: Iterable[Entry], paths: Sequence[Path], earlier: Mapping[str, ResultEntry]) -> None:
        given = [path.resolve() for path in paths]
        placed = _with_earlier_ids([(entry, _Place.of(entry, given)) for entry in found], earlier)
        self.entries: list[Entry] = []
        """What is handed in now."""
        self.origins: dict[str, Origin] = {}
        listings = set()
        for entry, place in placed:
            listing = str(place.at.parent if place.alone else place.above)
            metadata = entry.metadata
            if not place.alone:
                listings.add(listing)
            elif metadata is None and entry.id in earlier and (before := earlier[entry.id].origin).metadata:
                # It takes the place of one out of an export, which said who handed it in, and when.
                listing, metadata = before.listing, before.metadata
            self.entries.append(replace(entry, metadata=metadata))
            self.origins[entry.id] = Origin(str(place.at) if entry.part is None else "", listing, metadata)
        others = {identity: entry for identity, entry in earlier.items() if identity not in self.origins}
        replaced = listings | self._exported_anew(earlier, listings)
        self.withdrawn = sorted(i for i, entry in others.items() if entry.origin.listing in replaced)
        """Ids of what is handed in no more."""
        stay = [
            Entry(Path(entry.origin.path), identity, None, entry.origin.metadata)
            for identity, entry in others.items()
            if identity not in self.withdrawn
        ]
        self.all = sorted([*self.entries, *stay], key=lambda entry: entry.id)
        """All of the class, sorted by id."""

    def _exported_anew(self, earlier: Mapping[str, ResultEntry], listings: set[str]) -> set[str]:
        """Earlier listings most of whose submissions are in a listing given now."""
        ids: dict[str, list[str]] = {}
        for identity, entry in earlier.items():
            ids.setdefault(entry.origin.listing, []).append(identity)
        now = {identity for identity, origin in self.origins.items() if origin.listing in listings}
        return {
            listing
            for listing, members in ids.items()
            if listing and sum(i in now for i in members) >= max(1, _SAME_CLASS * len(members))
        }


class _Place(NamedTuple):
    """Where a submission lies.

    Attributes:
        at: its path, or that of the export that holds it.
        above: the path on the command line at or above it.
        alone: whether that is the submission itself.

    """

    at: Path
    above: Path
    alone: bool

    @classmethod
    def of(cls, entry: Entry, given: Sequence[Path]) -> _Place:
        """The place of an entry; ``given`` are the paths on the command line, resolved."""
        at = entry.path.resolve()
        above = next((p for p in given if p == at or p in at.parents), at)
        return cls(at, above, above == at and entry.part is None)


def _with_earlier_ids(
    placed: Sequence[tuple[Entry, _Place]], earlier: Mapping[str, ResultEntry]
) -> list[tuple[Entry, _Place]]:
    """The entries sorted by id, each that is given alone under its earlier id, and no id twice.

    Beside others it had another name, such as ada.py where there is an ada.ipynb.
    """
    known = {entry.origin.path: identity for identity, entry in earlier.items() if entry.origin.path}
    same, others = [], []
    for entry, place in placed:
        if place.alone and str(place.at) in known:
            same.append((replace(entry, id=known[str(place.at)]), place))
        else:
            others.append((entry, place))
    renamed = unique([entry for entry, _ in others], [entry.id for entry, _ in same])
    both = [*same, *zip(renamed, [place for _, place in others], strict=True)]
    return sorted(both, key=lambda pair: pair[0].id)
