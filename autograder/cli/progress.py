"""Progress reporting."""

from __future__ import annotations

import sys
import time
from typing import Any, Self

import click

from autograder.cli.screen import echo

EVERY = 10.0
"""Seconds between lines of progress where there is no terminal."""


class Progress:
    """A bar with the time left on a terminal, a line now and then elsewhere."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done = label, total, 0
        self._bar: Any = None
        self._last_line = time.monotonic()

    def begin(self) -> None:
        """Show the bar where there is a terminal."""
        if sys.stderr.isatty():
            self._bar = click.progressbar(
                length=self.total, label=self.label, show_eta=True, show_pos=True, file=sys.stderr
            ).__enter__()

    def step(self) -> None:
        """Count one more."""
        self.done += 1
        if self._bar is not None:
            self._bar.update(1)
        elif time.monotonic() - self._last_line > EVERY or self.done == self.total:
            self._last_line = time.monotonic()
            echo(f"{self.label}: {self.done} of {self.total}", err=True)

    def end(self) -> None:
        """End the bar's line."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __call__(self, _: str) -> None:
        """Count one more."""
        self.step()

    def __exit__(self, *error: object) -> None:
        self.end()
