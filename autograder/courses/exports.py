"""Recognises what a course system exported."""

from __future__ import annotations

import stat
from pathlib import Path

from autograder.courses import canvas, gradescope
from autograder.courses.canvas import Part
from autograder.intake.trees import Archive, Folder, Tree
from autograder.model.errors import IntakeError
from autograder.model.limits import MIB, IntakeLimits

_LIMITS = IntakeLimits(entries=500_000, directory=128 * MIB)
"""Of a whole class."""


def recognise(path: Path) -> tuple[Tree | None, list[Part]]:
    """The export at ``path`` and its parts; None where it is something else.

    Raises:
        UsageError: it is one, and cannot be read.

    """
    try:
        path = path.resolve(strict=True)
        mode = path.stat().st_mode
        tree: Tree
        if stat.S_ISDIR(mode):
            inside = {p.name for p in path.iterdir()}
            tops = [path, *(path / name for name in inside)] if len(inside) <= 3 else [path]
            if any((top / gradescope.METADATA).is_file() for top in tops) or canvas.parts(sorted(inside)) is not None:
                tree = Folder(path, _LIMITS)
            else:
                return None, []
        elif stat.S_ISREG(mode) and path.suffix.lower() == ".zip":
            tree = Archive(path, _LIMITS)
        else:
            return None, []
        table = gradescope.metadata_name(tree.names)
        if table is not None:
            text = tree.read(table, gradescope.LARGEST)
            return tree, gradescope.parts(tree.names, table, text, f"{path}: {table}")
        found = canvas.parts(tree.names)
    except (OSError, IntakeError, RuntimeError):
        # Whoever reads it as a submission will say what is wrong with it.
        return None, []
    return (None, []) if found is None else (tree, found)
