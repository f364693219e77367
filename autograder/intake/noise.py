"""Files that operating systems and tools leave behind, which nobody handed in."""

from __future__ import annotations

from pathlib import Path

_NAMES = frozenset({"__macosx", "__pycache__", "thumbs.db", "desktop.ini", "node_modules", "site-packages"})


def is_noise(name: str) -> bool:
    """Whether a file or folder of this name is left behind by a system: hidden files, caches, thumbnails."""
    return name.startswith(".") or name.casefold() in _NAMES


def visible(folder: Path) -> list[Path]:
    """Visible entries of a folder, sorted."""
    return sorted(p for p in folder.iterdir() if not is_noise(p.name))
