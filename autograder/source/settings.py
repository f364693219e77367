"""What a student's code sets of NumPy and of warnings: floating-point errors that raise, warnings that are errors."""

from __future__ import annotations

import contextlib
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULTS = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}


class Settings:
    """NumPy's defaults and no warning that is an error, until the student's code sets others.

    They hold in its calls, as they do where it is imported, and not in the checks around these.
    """

    def __init__(self) -> None:
        self._errors: dict[str, Any] = dict(_DEFAULTS)
        self._filters: list[Any] = []

    @classmethod
    def of_this_process(cls) -> Settings:
        """Those that hold now, in a notebook."""
        found = cls()
        found._errors = {**np.geterr(), "call": np.geterrcall()}
        found._filters = [f for f in warnings.filters if f[0] == "error"]
        return found

    @contextlib.contextmanager
    def resume(self) -> Iterator[None]:
        """Apply them inside the block; what is set there is kept for the next time."""
        with np.errstate(**self._errors), warnings.catch_warnings():
            for _, message, category, module, line in reversed(self._filters):
                warnings.filterwarnings("error", _pattern(message), category, _pattern(module), line)
            before = list(warnings.filters)
            try:
                yield
            finally:
                self._errors = {**np.geterr(), "call": np.geterrcall()}
                new = [f for f in warnings.filters if f[0] == "error" and f not in before]
                self._filters = [*new, *self._filters]


def _pattern(compiled: Any) -> str:
    return getattr(compiled, "pattern", compiled) or ""
