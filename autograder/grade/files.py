"""The files of a master copy that grading reads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_NOT_READ = frozenset({"class", "wheats", "__pycache__"})


def grading_files(folder: Path) -> Iterator[Path]:
    """Files of ``folder``, sorted, without sample answers and caches."""
    found = []
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _NOT_READ]
        found += [Path(at, name) for name in names if name not in _NOT_READ and not name.startswith(".")]
    yield from (path for path in sorted(found) if path.is_file())
