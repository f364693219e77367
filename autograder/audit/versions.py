"""Temporary environments with other versions of Python and NumPy.

One has the oldest supported NumPy; the others are every supported Python of this machine with the newest NumPy.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from autograder.audit.perturbations import ROOT
from autograder.model.errors import UsageError

LIBRARIES = ("hypothesis", "matplotlib", "msgpack", "pandas", "scikit-learn", "scipy")
"""Packages that the checks or right answers import."""
_NEWEST_MINOR = 30
_ASK = "import sys; print(sys.implementation.name, *sys.version_info[:3])"


@contextmanager
def environments() -> Iterator[dict[str, Path]]:
    """Label -> Python of each environment; removed afterwards.

    Raises:
        UsageError: ``uv`` is missing or failed.

    """
    uv = shutil.which("uv")
    if uv is None:
        raise UsageError("--versions makes environments with uv, which is not installed: https://docs.astral.sh/uv")
    oldest_python, oldest_numpy = _oldest()
    with tempfile.TemporaryDirectory(prefix="autograder-versions-") as folder:
        wanted = {f"NumPy {oldest_numpy}": (Path(sys.executable), f"numpy=={oldest_numpy}.*")}
        for version, python in sorted(_pythons(oldest_python).items()):
            wanted["Python " + ".".join(map(str, version))] = (python, "numpy")
        yield {
            label: _make(uv, Path(folder) / str(at), python, numpy)
            for at, (label, (python, numpy)) in enumerate(wanted.items())
        }


def _oldest() -> tuple[tuple[int, int], str]:
    """Oldest supported Python and NumPy, from pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python = re.fullmatch(r">=(\d+)\.(\d+)", project["requires-python"])
    numpy = [m[1] for d in project["dependencies"] if (m := re.fullmatch(r"numpy>=([\d.]+)", d))]
    if not python or len(numpy) != 1:
        raise UsageError(f"{ROOT / 'pyproject.toml'}: expected requires-python and numpy as >=; found another form")
    return (int(python[1]), int(python[2])), numpy[0]


def _pythons(oldest: tuple[int, int]) -> Mapping[tuple[int, int], Path]:
    """CPythons of this machine, not older than ``oldest``; the newest of each minor version."""
    named = [shutil.which(f"python{oldest[0]}.{minor}") for minor in range(oldest[1], _NEWEST_MINOR)]
    installed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [Path(sys.executable), *(Path(n) for n in named if n), *sorted(installed.glob("3.*/bin/python"))]
    found: dict[tuple[int, int], tuple[int, Path]] = {}
    for candidate in candidates:
        said = subprocess.run([str(candidate), "-c", _ASK], capture_output=True, text=True, check=False).stdout.split()
        if said[:1] != ["cpython"]:
            continue  # such as a pyenv shim of a version that is not active
        major, minor, patch = map(int, said[1:])
        if (major, minor) >= oldest and found.get((major, minor), (-1,))[0] < patch:
            found[major, minor] = patch, candidate
    return {version: path for version, (_, path) in found.items()}


def _make(uv: str, folder: Path, python: Path, numpy: str) -> Path:
    made = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    env = os.environ | {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    for command in (
        [uv, "venv", "--quiet", "--python", str(python), str(folder)],
        [uv, "pip", "install", "--quiet", "--only-binary", ":all:", "--python", str(made), numpy, *LIBRARIES],
    ):
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise UsageError(f"{python} with {numpy}: no environment could be made: {done.stderr.strip()}")
    return made
