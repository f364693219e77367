"""Files that systems leave behind and nobody handed in."""

from __future__ import annotations

from pathlib import Path

_NAMES = frozenset({"__macosx", "__pycache__", "thumbs.db", "desktop.ini", "node_modules", "site-packages"})


def is_noise(name: str) -> bool:
    """Whether a file or folder of this name is left behind by a system: hidden files, caches, thumbnails."""
    return name.startswith(".") or name.casefold() in _NAMES


def visible(folder: Path) -> list[Path]:
    """What stands in a folder but noise, sorted."""
    return sorted(p for p in folder.iterdir() if not is_noise(p.name))
