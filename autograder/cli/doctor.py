"""``autograder doctor``: what isolation this machine can have."""

from __future__ import annotations

import click

from autograder.cli.common import ROOT, Command
from autograder.cli.screen import echo
from autograder.model.errors import InfrastructureError


@click.command("doctor", cls=Command, epilog="autograder doctor")
def command() -> None:
    """Say what isolation this machine can have, layer by layer, by trying it.

    Exit code 1 when student code cannot be confined here.
    """
    from autograder.batch import resources
    from autograder.model.limits import Limits
    from autograder.sandbox.layers import LAYERS, find_layers, isolation_level
    from autograder.sandbox.layers.limits import memory_that_is_short
    from autograder.sandbox.sandbox import require_isolation
    from autograder.wire.convert import size_in_words

    findings = find_layers()
    for layer, finding in zip(LAYERS, findings, strict=True):
        echo(f"{'holds  ' if finding.holds else 'missing'}  {layer.name:12}  {finding.detail}")
        if not finding.holds:
            echo(f"{'':23}to have it: {layer.remedy}")
    echo()
    try:
        require_isolation(findings)
    except InfrastructureError as error:
        echo(f"Not enough: {error}")
        raise click.exceptions.Exit(1) from None
    if (files := resources.too_few_open_files()) is not None:
        echo(f"Not enough: {files} open files are allowed, and grading needs {resources.OPEN_FILES}: ulimit -n 1024")
        raise click.exceptions.Exit(1)
    if (memory := memory_that_is_short(Limits().memory)) is not None:
        echo(f"Only {size_in_words(memory)} of memory are allowed here (ulimit -v, -d): who needs more is not graded")
    if not resources.has_semaphores():
        echo("No shared semaphores (is /dev/shm writable, and not full?): grading goes over pipes, which starts slower")
    echo(f"Enough to grade: {isolation_level(findings)}.")
    if (ROOT / ".github" / "SECURITY.md").is_file():
        echo(f"What each layer stops: {ROOT / '.github' / 'SECURITY.md'}")
