"""A part of the attacks through ``otter run`` and the zip that is uploaded to Gradescope."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from pathlib import Path

import pytest

from tests.attacks.arena import CANARY, HONEST, Arena, listening
from tests.attacks.attack import ATTEMPT, Attack
from tests.attacks.test_archives import notebook
from tests.attacks.test_attacks import ALL, ATTACKS, BY_NAME
from tests.otter_run import otter_run

# One submission tries all that answers right and only says whether it got through.
ALL_AT_ONCE = Attack("all_at_once", ("process",), "\n".join(a.code for a in ATTACKS if a.code.startswith(ATTEMPT)))
# In Otter's own process these would be full marks, or code of theirs where the scores are.
SCORES = {
    "all_at_once": 10,
    "forge_otter_doctest": 6,
    "forge_otter_results": 6,
    "value_pickle_bomb": 6,
    "exit_at_once": 6,
    "wire_garbage": 6,
    "import_exits": 10,  # that line is left out, and the answers are right
    "told_by_exception": 6,
    "shadows": 10,
}
OFTEN = ("all_at_once", "forge_otter_doctest")
"""Otter takes seconds a submission: the others wait for AUTOGRADER_ALL_LEVELS=1."""
SHADOWS = ("otter", "numpy", "autograder", "sitecustomize", "usercustomize", "IPython", "ipykernel", "json", "conftest")


@pytest.fixture
def arena(toy_master):
    with tempfile.TemporaryDirectory(prefix="autograder-arena-") as folder:
        yield Arena(toy_master, Path(folder))


def hand_in_shadows(arena):
    with zipfile.ZipFile(arena.submissions / "shadows.zip", "w") as archive:
        # Beside several modules Otter itself refuses a module; Gradescope's way is tried in tests/doors.
        archive.writestr("toy.ipynb", notebook(HONEST["honest_right"]))
        for name in SHADOWS:
            archive.writestr(f"{name}.py", f"open({str(arena.evidence / name)!r}, 'w')\nraise SystemExit\n")


def test_nothing_gets_through_otter(arena, otter_zip):
    if os.uname().machine != "x86_64":
        pytest.skip("the attacks' system call numbers are those of x86_64")
    for path in arena.submissions.iterdir():
        path.unlink()
    with listening(arena.folder) as (ports, listeners):
        chosen = [name for name in SCORES if ALL or name in OFTEN]
        arena.hand_in([{**BY_NAME, "all_at_once": ALL_AT_ONCE}[name] for name in chosen if name != "shadows"], ports)
        if "shadows" in chosen:
            hand_in_shadows(arena)
        otter_run(arena.folder, otter_zip, sorted(arena.submissions.iterdir()), fresh=True, A_SECRET=CANARY)
    results = {
        path.parent.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in arena.submissions.glob("*.out/results.json")
    }
    scores = {name: sum(t["score"] for t in result["tests"] if "max_score" in t) for name, result in results.items()}
    assert scores == {name: SCORES[name] for name in chosen}
    shown = {name: json.dumps(result) for name, result in results.items()}
    assert not [name for name, text in shown.items() if "BREACH" in text or CANARY in text]
    assert list(arena.evidence.iterdir()) == []
    assert listeners.heard == []
    hidden = [t for t in results.get("told_by_exception", {"tests": []})["tests"] if "everywhere" in t["name"]]
    assert not any("TOLD" in t.get("output", "") for t in hidden)
