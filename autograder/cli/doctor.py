"""``autograder doctor``: what isolation this machine can have."""

from __future__ import annotations

import click

from autograder.cli.common import Command


@click.command("doctor", cls=Command, epilog="autograder doctor")
def command() -> None:
    """Say what isolation this machine can have, layer by layer, by trying it."""
    from autograder.sandbox.probe import probe

    for layer in probe():
        click.echo(f"{'holds  ' if layer.holds else 'MISSING'}  {layer.name:14}  {layer.detail}")
