"""The same submissions get the same results, byte for byte but for times, whatever the machine is set to.

In the ordinary run some submissions of one sample class; all of every class with ``AUTOGRADER_THOROUGH=1``.
"""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.course.grading.classes import MASTERS, ROOT

THOROUGH = bool(os.environ.get("AUTOGRADER_THOROUGH"))
STEP = 1 if THOROUGH else 8
CLASSES = [m for m in MASTERS if THOROUGH or m.name == "naive_bayes"]
SETTINGS = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TZ": "UTC"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "OMP_NUM_THREADS": "2", "TZ": "Asia/Kathmandu"},
)


def graded(name, paths, out, cwd, jobs, settings):
    """Grade with the settings; every file of the output folder but the journal, without times."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", name, *map(str, paths), "--out", str(out), "--jobs", str(jobs)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | settings,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = {"grades.csv": (out / "grades.csv").read_bytes()}
    for path in (out / "results").glob("*.json"):
        table = json.loads(path.read_text(encoding="utf-8"))
        assert table.pop("execution_time") >= 0
        # As text: the order of the keys counts too.
        found[path.name] = json.dumps(table).encode()
    return found


@pytest.mark.parametrize("master", CLASSES, ids=lambda m: m.name)
def test_settings_of_the_machine_change_nothing(master, tmp_path):
    handed_in = tmp_path / "class"
    handed_in.mkdir()
    # Of a composed assignment, the class is not in the folder that is made.
    for path in sorted((ROOT / "solutions" / master.name / "class").iterdir())[::STEP]:
        (shutil.copytree if path.is_dir() else shutil.copy)(path, handed_in / path.name)
    alone = [p for p in handed_in.iterdir() if p.is_file()]
    (tmp_path / "elsewhere").mkdir()
    first = graded(master.name, [handed_in], tmp_path / "first", ROOT, 1, SETTINGS[0])
    again = graded(str(master), [*alone, handed_in], tmp_path / "again", tmp_path / "elsewhere", 2, SETTINGS[1])
    assert len(first) == len(list(handed_in.iterdir())) + 1
    assert first.keys() == again.keys()
    assert not [name for name in first if first[name] != again[name]]
