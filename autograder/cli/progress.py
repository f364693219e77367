"""How far long work has come."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import click

EVERY = 10.0
"""Seconds between lines of progress where there is no terminal."""


class Progress:
    """A bar with the time left on a terminal, a line now and then elsewhere."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done = label, total, 0
        self.bar: Any = None
        self.said = time.monotonic()

    def __enter__(self) -> Callable[[str | None], None]:
        if sys.stderr.isatty():
            self.bar = click.progressbar(
                length=self.total, label=self.label, show_eta=True, show_pos=True, file=sys.stderr
            ).__enter__()
        return self.step

    def step(self, _: str | None) -> None:
        """One more is done."""
        self.done += 1
        if self.bar is not None:
            self.bar.update(1)
        elif time.monotonic() - self.said > EVERY or self.done == self.total:
            self.said = time.monotonic()
            click.echo(f"{self.label}: {self.done} of {self.total}", err=True)

    def __exit__(self, *stop: object) -> None:
        if self.bar is not None:
            self.bar.__exit__(*stop)
