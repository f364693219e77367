"""Every submission of a class, whichever course system it was handed in to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder import intake
from autograder.courses import exports
from autograder.intake import Entry
from autograder.intake.trees import Part


def find(paths: Sequence[Path], module_name: str) -> list[Entry]:
    """Every submission that the paths name, sorted by id.

    An export of a course system, zip or folder, is recognised and gives an entry for each sender;
    everything else is found as :func:`autograder.intake.find` does.

    Raises:
        UsageError: a path does not exist, a folder holds nothing, or an export cannot be read.

    """
    exported: list[Entry] = []
    others: list[Path] = []
    for path in dict.fromkeys(paths):
        tree, parts = exports.recognise(path)
        if tree is None:
            others.append(path)
        else:
            exported += [Entry(path, intake.fit(p.id), Part(tree, p.files), p.metadata, p.notes) for p in parts]
    ordinary = intake.find(others, module_name)
    return sorted(intake.unique([*ordinary, *exported]), key=lambda e: e.id)
