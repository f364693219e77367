"""Files that systems leave behind and nobody handed in."""

from __future__ import annotations

_NAMES = frozenset({"__macosx", "__pycache__", "thumbs.db", "desktop.ini", "node_modules", "site-packages"})


def is_noise(name: str) -> bool:
    """Whether a file or folder of this name is left behind by a system: hidden files, caches, thumbnails."""
    return name.startswith(".") or name.casefold() in _NAMES
