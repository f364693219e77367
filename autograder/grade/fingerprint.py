"""A digest of the checks: two machines with the same digest give the same grades."""

from __future__ import annotations

import hashlib
from pathlib import Path

from autograder import __version__
from autograder.grade.files import grading_files

ENGINE = Path(__file__).parents[1]
_SUFFIXES = frozenset({".py", ".json", ".toml"})
_SHOWN = 12


def engine() -> str:
    """A digest of this package."""
    return _digest(ENGINE)


def fingerprint(folder: Path) -> str:
    """A digest of everything a grade depends on but the submission: checks, reference, engine."""
    return hashlib.sha256(f"{__version__} {_digest(folder)} {engine()}".encode()).hexdigest()


def version(folder: Path) -> str:
    """The assignment, the digest and the version of the engine, in one line for people."""
    return f"checks: {folder.name} {fingerprint(folder)[:_SHOWN]} (autograder {__version__})"


def _digest(root: Path) -> str:
    state = hashlib.sha256()
    for path in grading_files(root):
        if path.suffix in _SUFFIXES:
            data = path.read_bytes()
            name = path.relative_to(root).as_posix()
            state.update(f"{name} {len(data)}\n".encode("utf-8", "surrogatepass"))
            state.update(data)
    return state.hexdigest()
