"""Grade right answers under perturbations of the machine: each must keep every point."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.model.errors import UsageError
from autograder.model.threads import THREADS

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 600
# OpenBLAS: the oldest kernels that NumPy still runs on, and those of each wider vector unit.
CORES = (("Nehalem", "sse4_2"), ("Haswell", "avx2"), ("SkylakeX", "avx512f"))


@dataclass(frozen=True, slots=True)
class Perturbation:
    """A change of the environment that must not change a verdict.

    Attributes:
        label: as shown in the table.
        python: path of the interpreter.
        variables: environment variables.
        order: ``plain``, or ``reordered`` for another memory layout of arrays and sums from last to first.

    """

    label: str
    python: str
    variables: Mapping[str, str]
    order: str = "plain"


@dataclass(frozen=True, slots=True)
class PerturbedRun:
    """Result of the right answers under one perturbation."""

    label: str
    python: str
    numpy: str
    wheats: int
    failures: tuple[str, ...]
    margins: Mapping[str, float]


def perturbations(pythons: Mapping[str, Path] | None = None) -> Iterator[Perturbation]:
    """Perturbations that this machine supports, and one for each further Python, by its label."""
    one = dict.fromkeys(THREADS, "1")
    here = sys.executable
    yield Perturbation("arrays in another order", here, one, "reordered")
    yield Perturbation("2 threads", here, dict.fromkeys(THREADS, "2"))
    for core, flag in CORES:
        if flag in _flags():
            yield Perturbation(f"OpenBLAS for {core}", here, {**one, "OPENBLAS_CORETYPE": core})
    for label, python in (pythons or {}).items():
        yield Perturbation(label, str(python), one)


def _flags() -> frozenset[str]:
    if platform.machine() != "x86_64" or not Path("/proc/cpuinfo").exists():
        return frozenset()
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    return frozenset(next((line.split() for line in lines if line.startswith("flags")), []))


def grade_perturbed(folder: Path, perturbation: Perturbation) -> PerturbedRun:
    """Judge the reference and every wheat of a master copy in another process.

    Raises:
        UsageError: the Python cannot run the checks.

    """
    command = [perturbation.python, "-m", "autograder.audit.perturbed_run", str(folder), perturbation.order]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **perturbation.variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    if done.returncode or not done.stdout:
        said = done.stderr.strip().splitlines()[-1:] or [f"exit status {done.returncode}"]
        raise UsageError(
            f"{perturbation.python}: expected a Python that can run the checks of {folder.name}; {said[0]}"
        )
    found = json.loads(done.stdout)
    return PerturbedRun(
        perturbation.label,
        found["python"],
        found["numpy"],
        found["wheats"],
        tuple(found["failures"]),
        found["margins"],
    )
