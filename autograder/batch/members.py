"""The members of a class: submissions handed in now, kept from earlier runs, or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

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
        self.entries = _with_earlier_ids(found, given, earlier)
        """What is handed in now."""
        self.origins: dict[str, Origin] = {}
        listings = set()
        for entry in self.entries:
            at = entry.path.resolve()
            above, alone = _place(entry, given)
            listing = str(at.parent if alone else above)
            if not alone:
                listings.add(listing)
            self.origins[entry.id] = Origin(str(at) if entry.part is None else "", listing, entry.metadata)
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


def _place(entry: Entry, given: Sequence[Path]) -> tuple[Path, bool]:
    """The path on the command line that an entry is at or below, and whether that is the submission itself."""
    at = entry.path.resolve()
    above = next((p for p in given if p == at or p in at.parents), at)
    return above, above == at and entry.part is None


def _with_earlier_ids(found: Iterable[Entry], given: Sequence[Path], earlier: Mapping[str, ResultEntry]) -> list[Entry]:
    """The entries, each submission that is given alone under its earlier id, and no id twice.

    Beside others it had another name, such as ada.py where there is an ada.ipynb.
    """
    known = {entry.origin.path: identity for identity, entry in earlier.items() if entry.origin.path}
    same, others = [], []
    for entry in found:
        at = str(entry.path.resolve())
        if at in known and _place(entry, given)[1]:
            same.append(replace(entry, id=known[at]))
        else:
            others.append(entry)
    return sorted([*same, *unique(others, [entry.id for entry in same])], key=lambda entry: entry.id)
