"""Record the cases of an assignment in a clean process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from autograder.model.errors import AuthoringError

_PACKAGE = Path(__file__).resolve().parents[1]
# Hypothesis draws constants from loaded modules: the same ones must be loaded each time.
_SCRIPT = """\
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from autograder.checks import question
from autograder.checks.cases import load_seed
from autograder.checks.modules import load_module
from autograder.model.errors import AutograderError
from autograder.source.draws import fix_draws
if "hypothesis" in Path(sys.argv[3]).read_text(encoding="utf-8"):
    fix_draws()
try:
    reference = load_module(Path(sys.argv[3]), "reference")
    for q in question.load_all(Path(sys.argv[2]))[1]:
        path = q.path.with_suffix(".json")
        q.record(int(sys.argv[4]) if sys.argv[4] else load_seed(path), reference)
except AutograderError as error:
    sys.exit(f"{error}")
"""


def record(master: Path, seed: int | None = None) -> None:
    """Draw new cases of every property of ``master`` and write them to ``tests/<question>.json``.

    Args:
        master: the assignment's folder below ``solutions``.
        seed: other seeds give other cases; by default that of the cases that are there.

    Raises:
        AuthoringError: a question file does not load.

    """
    master = master.absolute()
    command = [sys.executable, "-I", "-c", _SCRIPT, str(_PACKAGE.parent), str(master / "tests")]
    command += [str(master / f"{master.name}.py"), "" if seed is None else str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=master)
    if done.returncode:
        why = done.stderr.strip()
        if why and "Traceback" not in why:
            raise AuthoringError(why)
        raise AuthoringError(f"{master}: cases could not be recorded: {why or f'exit code {done.returncode}'}")
