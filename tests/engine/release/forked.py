"""What takes the place of ``subprocess`` in a module of the release, to fork the Python that it would start."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace

from tests.processes import run_python


def _run(command: list[str], *, cwd: Path, **_: object) -> subprocess.CompletedProcess[str]:
    return run_python(cwd, *command[command.index("-c") :], MPLBACKEND="Agg")


FORKED = SimpleNamespace(run=_run)
