"""``autograder doctor``: what isolation this machine can have."""

from __future__ import annotations

import click

from autograder.cli.common import Command
from autograder.model.errors import InfrastructureError


@click.command("doctor", cls=Command, epilog="autograder doctor")
def command() -> None:
    """Say what isolation this machine can have, layer by layer, by trying it.

    Exit code 1 when student code cannot be confined here.
    """
    from autograder.sandbox.layers.probe import REMEDIES, floor, probe
    from autograder.sandbox.sandbox import refuse_below_the_floor

    layers = probe()
    for layer in layers:
        click.echo(f"{'holds  ' if layer.holds else 'missing'}  {layer.name:12}  {layer.detail}")
        if not layer.holds and layer.name in REMEDIES:
            click.echo(f"{'':23}to have it: {REMEDIES[layer.name]}")
    click.echo()
    try:
        refuse_below_the_floor(layers)
    except InfrastructureError as error:
        click.echo(f"Not enough: {error}")
        raise click.exceptions.Exit(1) from None
    click.echo(f"Enough to grade: {floor(layers)}.")
    click.echo("What each layer stops: .github/SECURITY.md")
