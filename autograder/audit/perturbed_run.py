"""Judge right answers under another Python, NumPy, processor, number of threads or order of sums.

Runs as ``python -m autograder.audit.perturbed_run FOLDER plain|reordered`` without a sandbox, as students run the
checks at home. Needs only what :mod:`autograder.checks` needs. Prints one JSON object.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from autograder.audit.margins import margins
from autograder.checks import question
from autograder.model.result import Verdict
from autograder.source.draws import fix_draws


def main(folder: Path, order: str) -> dict[str, Any]:
    """Judge the reference and every wheat of a master copy."""
    path = folder / f"{folder.name}.py"
    wheats = sorted((folder / "wheats").glob("*.py"))
    if any("hypothesis" in p.read_text(encoding="utf-8") for p in (path, *wheats)):
        fix_draws()
    contract, questions = question.load_all(folder / "tests")
    reference = _module(path, folder.name)
    failures: list[str] = []
    measured: dict[str, float] = {}
    for wheat in [path, *wheats]:
        answer = vars(_module(wheat, folder.name))
        if order == "reordered":
            for signature in contract.questions:
                answer[signature.name] = reordered(answer[signature.name])
        with margins() as seen, _reversed_sums() if order == "reordered" else contextlib.nullcontext():
            for q in questions:
                for judgement in q.judge({**answer, "reference": reference}):
                    result = judgement.result
                    if result.verdict is not Verdict.PASSED:
                        example = result.counterexample
                        why = f"{example.problem} {example.difference}" if example else result.reason
                        failures.append(f"{wheat.stem}: {q.name}.{result.name}: {why}")
        for (q_name, p_name), ratio in seen.largest.items():
            key = f"{q_name}.{p_name}"
            measured[key] = max(measured.get(key, 0.0), ratio)
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "wheats": len(wheats) + 1,
        "failures": failures,
        "margins": measured,
    }


def _module(path: Path, name: str) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__file__ = str(path)
    # Dataclasses look their module up.
    sys.modules[name] = module
    exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102  (course staff's own file)
    return module


def reordered(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function on arrays with another memory layout: sums and products then run in another order."""

    def call(*args: Any, **kwargs: Any) -> Any:
        return function(*map(_in_reverse_order, args), **kwargs)

    return call


def _in_reverse_order(value: Any) -> Any:
    if not isinstance(value, np.ndarray) or value.ndim == 0:
        return value
    # Equal to the given array, but in Fortran order and with a negative stride.
    backwards = np.asfortranarray(value[::-1])
    return backwards[::-1]


@contextlib.contextmanager
def _reversed_sums() -> Any:
    """Sum from the last element to the first in ``numpy.sum`` without an axis."""
    true = np.sum

    def backwards(a: Any, *args: Any, **kwargs: Any) -> Any:
        if not args and not kwargs and isinstance(a, np.ndarray):
            return true(a.ravel()[::-1])
        return true(a, *args, **kwargs)

    np.sum = backwards
    try:
        yield
    finally:
        np.sum = true


if __name__ == "__main__":
    speak = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.environ["MPLBACKEND"] = "Agg"
    warnings.simplefilter("ignore")
    found = main(Path(sys.argv[1]), sys.argv[2])
    os.write(speak, json.dumps(found).encode())
