"""Build the engine as a wheel from this checkout, without a network."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from autograder.model.errors import InfrastructureError, UsageError

ROOT = Path(__file__).resolve().parents[2]
# Date of the files in the wheel, so that the same sources give the same bytes.
_EPOCH = "315532800"
_SCRIPT = "import sys; from flit_core.buildapi import build_wheel; print(build_wheel(sys.argv[1]))"


@lru_cache(maxsize=1)
def build_wheel() -> tuple[str, bytes]:
    """File name and contents of the wheel.

    Raises:
        UsageError: the package runs from an installation, not from a checkout.
        InfrastructureError: the build failed.

    """
    if not (ROOT / "pyproject.toml").is_file():
        raise UsageError(f"{ROOT}: releasing needs a clone of the project; found an installed package")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT, folder],
            cwd=ROOT,
            env=os.environ | {"SOURCE_DATE_EPOCH": _EPOCH},
            capture_output=True,
            text=True,
            check=False,
        )
        built = list(Path(folder).glob("*.whl"))
        if done.returncode or len(built) != 1:
            raise InfrastructureError(f"{ROOT}: the wheel could not be built: {done.stderr.strip()[-500:]}")
        return built[0].name, built[0].read_bytes()
