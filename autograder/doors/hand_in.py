"""What a student hands in: the answer and the modules beside it, as one zip."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from autograder.intake.kinds import kind_of
from autograder.model.errors import UsageError


def files_to_hand_in(folder: Path, name: str, answer: Path | None = None) -> dict[str, Path]:
    """Name in the zip -> file: the answer under the assignment's name, and the modules beside it.

    Args:
        folder: the student's.
        name: of the assignment.
        answer: where it is another file than ``<name>.py`` and ``<name>.ipynb``.

    """
    home = answer.parent if answer else folder
    files = {p.name: p for p in sorted(home.glob("*.py")) if p.stem.isidentifier() and p.name != "conftest.py"}
    if answer:
        files.pop(f"{name}.py", None)
        files.pop(answer.name, None)
        files[f"{name}{kind_of(answer.name) or answer.suffix}"] = answer
    elif (folder / f"{name}.ipynb").is_file():
        files[f"{name}.ipynb"] = folder / f"{name}.ipynb"
    return files


def write_zip(folder: Path, name: str, files: Mapping[str, Path]) -> Path:
    """Write ``<name>-submission.zip`` to ``folder``.

    Raises:
        UsageError: it cannot be written.

    """
    target = folder / f"{name}-submission.zip"
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for inside, path in files.items():
                archive.write(path, inside)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written: {error.strerror}") from error
    return target
