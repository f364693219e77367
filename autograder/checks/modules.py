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
    except (Exception, SystemExit) as error:
        raise unloadable(path, error) from error
    return module


def unloadable(path: Path, error: BaseException) -> AuthoringError:
    """What to tell course staff whose file raised ``error`` when it was loaded."""
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return AuthoringError(f"{place(path, error)}: cannot be loaded: {type(error).__name__}: {text}")


def place(path: Path, error: BaseException) -> str:
    """The file with the line in it that the error passed last."""
    if isinstance(error, SyntaxError) and error.lineno:
        return f"{path}, line {error.lineno}"
    found = str(path)
    at = error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename in {str(path), str(path.absolute())}:
            found = f"{path}, line {at.tb_lineno}"
        at = at.tb_next
    return found
