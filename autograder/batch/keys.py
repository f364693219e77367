"""What a grade depends on, as digests."""

from __future__ import annotations

import hashlib
from pathlib import Path

from autograder import __version__
from autograder.model.submission import Handed

ENGINE = Path(__file__).parents[1]
_SUFFIXES = frozenset({".py", ".json", ".toml"})
_OTHER = frozenset({"class", "wheats", "__pycache__"})


def engine() -> str:
    """A digest of this package: two machines with the same one grade alike."""
    return _digest(ENGINE)


def fingerprint(folder: Path) -> str:
    """A digest of everything a grade depends on but the submission: checks, reference, engine."""
    return hashlib.sha256(f"{__version__} {_digest(folder)} {engine()}".encode()).hexdigest()


def _digest(root: Path) -> str:
    state = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.suffix in _SUFFIXES):
        inside = path.relative_to(root)
        if not _OTHER & set(inside.parts):
            data = path.read_bytes()
            state.update(f"{inside.as_posix()} {len(data)}\n".encode("utf-8", "surrogatepass"))
            state.update(data)
    return state.hexdigest()


def key_of(checks: str, submission: Handed) -> str:
    """Digests of the checks and of a submission, ``checks:submission``: the same key, the same result."""
    parts = (hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest() for part in (checks, repr(submission)))
    return ":".join(part[:32] for part in parts)
