"""Load a module from its file, always from the source as it is now."""

from __future__ import annotations

import types
from pathlib import Path

from autograder.model.errors import AuthoringError


def load_module(path: Path, name: str) -> types.ModuleType:
    """Load a module of course staff, outside of ``sys.modules``.

    Args:
        path: its file.
        name: its ``__name__``.

    Raises:
        AuthoringError: it is missing, or does not load.

    """
    module = types.ModuleType(name)
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102  (course staff's own file)
    except FileNotFoundError:
        raise AuthoringError(f"{path}: not found; expected the reference answers in it") from None
    except Exception as error:
        raise AuthoringError(f"{path}: cannot be loaded: {type(error).__name__}: {error}") from error
    return module
