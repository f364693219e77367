"""What the command line prints, without anything that could steer a terminal; where nobody reads, it goes on."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

_STREAMS = ("stdin", "stdout", "stderr")


def open_streams() -> None:
    """Give a command that was started without some of its streams, as a service may be, ones that lead nowhere."""
    for number, name in enumerate(_STREAMS):
        if getattr(sys, name) is not None:
            continue
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: what is opened later is not taken for it
        setattr(sys, name, open(os.devnull, "r+" if number == 0 else "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def echo(text: object = "", *, err: bool = False) -> None:
    """Print a line or several; names of files and students may hold control characters, the screen never does.

    Where they cannot be printed, because the reader ended or the disk is full, the command goes on: its results are
    in files.
    """
    try:
        click.echo(clean(str(text)), err=err)
    except OSError:
        _lead_nowhere(sys.stderr if err else sys.stdout)


def _lead_nowhere(stream: TextIO) -> None:
    """Drop what is printed from now on, and what waits to be."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)


def clean(text: str) -> str:
    r"""A text without control and direction characters; line ends and tabs stay.

    >>> clean("Ada\x1b[2J\u202e Lovelace")
    'Ada[2J Lovelace'
    """
    return "".join(c for c in text if c.isprintable() or c in "\n\t" or (c.isspace() and c >= "\xa0"))
