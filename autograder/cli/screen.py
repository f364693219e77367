"""What the command line prints, without anything that could steer a terminal."""

from __future__ import annotations

import click


def echo(text: object = "", *, err: bool = False) -> None:
    """Print a line or several; names of files and students may hold control characters, the screen never does."""
    click.echo(clean(str(text)), err=err)


def clean(text: str) -> str:
    r"""A text without control and direction characters; line ends and tabs stay.

    >>> clean("Ada\x1b[2J\u202e Lovelace")
    'Ada[2J Lovelace'
    """
    return "".join(c for c in text if c.isprintable() or c in "\n\t" or (c.isspace() and c >= "\xa0"))
