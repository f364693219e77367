"""The files of a folder or an archive that do not count, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from autograder.intake.noise import is_noise


@dataclass
class Omissions:
    """Files that do not count, and folders that may hold none that does.

    Attributes:
        files: name -> why.
        folders: with ``/`` at the end.

    """

    files: dict[str, str] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)

    @property
    def notes(self) -> list[str]:
        """A line on each file."""
        return [f"left out {printable(name)}: {why}" for name, why in self.files.items()]

    @property
    def line(self) -> str:
        """One line on all of it."""
        notes = self.notes or [f"left out {printable(name)}: no file in it counts" for name in sorted(self.folders)]
        return notes[0] + (f" (and {len(notes) - 1} more)" if len(notes) > 1 else "")

    def add_folder_of(self, name: str) -> None:
        """Add the folder of a member that is a folder itself, hidden, or otherwise noise."""
        parts = name.split("/")
        visible = next((at for at, part in enumerate(parts) if is_noise(part)), len(parts) - 1)
        if folder := "/".join(parts[:visible]):
            self.folders.add(f"{folder}/")

    def relative(self, base: str) -> Omissions:
        """The same, as seen from the folder ``base``, which has ``/`` at the end; what is elsewhere keeps its name."""
        files = {name.removeprefix(base): why for name, why in self.files.items()}
        return Omissions(files, {name.removeprefix(base) for name in self.folders} - {""})

    def by_top(self) -> dict[str, Omissions]:
        """The same for each name at the top, which has no ``/`` at the end."""
        found: dict[str, Omissions] = defaultdict(Omissions)
        for name, why in self.files.items():
            found[name.partition("/")[0]].files[name] = why
        for name in self.folders:
            found[name.partition("/")[0]].folders.add(name)
        return dict(found)


def printable(name: str) -> str:
    """A name in a message: without control characters, and not long."""
    shown = "".join(c if c.isprintable() else "?" for c in name)
    return shown if len(shown) <= 80 else f"{shown[:40]}...{shown[-36:]}"
