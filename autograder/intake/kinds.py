"""Which kind of file a name stands for."""

from __future__ import annotations

PYTHON, NOTEBOOK, ZIP, TAR = ".py", ".ipynb", ".zip", ".tar"
_ENDINGS = {
    ".py": PYTHON,
    ".ipynb": NOTEBOOK,
    ".zip": ZIP,
    ".tar": TAR,
    ".tar.gz": TAR,
    ".tgz": TAR,
    # What browsers and course systems make of names.
    ".py.txt": PYTHON,
    ".ipynb.txt": NOTEBOOK,
    ".ipynb.json": NOTEBOOK,
}
ARCHIVES = frozenset({ZIP, TAR})


def kind_of(name: str) -> str:
    """``".py"``, ``".ipynb"``, ``".zip"`` or ``".tar"``; empty for other names."""
    return _ENDINGS[ending] if (ending := _ending(name)) else ""


def without_ending(name: str) -> str:
    """The name without what tells its kind: ``"toy"`` for ``"toy.py.txt"``."""
    return name[: len(name) - len(_ending(name))]


def _ending(name: str) -> str:
    return max((e for e in _ENDINGS if name.lower().endswith(e)), key=len, default="")
