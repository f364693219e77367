"""``otter run`` on several submissions, in one process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.processes import run_python

_RUN = """\
import json, sys
from pathlib import Path
from otter.run import main
scores = []
for submission in sys.argv[2:]:
    out = Path(submission).with_suffix(".out")
    out.mkdir()
    results = main(submission, autograder=sys.argv[1], output_dir=str(out), no_logo=True)
    scores.append({name: results.get_score(name) for name in results.test_files})
Path("scores.json").write_text(json.dumps(scores))
"""


def otter_run(cwd: Path, autograder_zip: Path, submissions: Sequence[Path], **how: Any) -> list[dict[str, float]]:
    """The scores by question of each submission in turn; what Otter writes is in ``<submission>.out``.

    Args:
        cwd: the working directory.
        autograder_zip: what was released for Otter.
        submissions: modules, notebooks or archives.
        how: options of ``run_python``.

    """
    done = run_python(cwd, "-c", _RUN, str(autograder_zip), *map(str, submissions), **how)
    assert done.returncode == 0, done.stderr
    scores: list[dict[str, float]] = json.loads((cwd / "scores.json").read_text(encoding="utf-8"))
    return scores
