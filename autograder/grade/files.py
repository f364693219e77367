"""The files of a master copy that grading reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_NOT_READ = frozenset({"class", "wheats", "__pycache__"})


def grading_files(folder: Path) -> Iterator[Path]:
    """Files of ``folder``, sorted, without sample answers and caches."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not _NOT_READ & set(parts) and not path.name.startswith("."):
            yield path
