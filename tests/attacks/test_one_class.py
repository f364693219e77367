"""One of each kind of trick beside honest submissions, through the command: it ends, and every honest grade is as it was."""

from __future__ import annotations

import json
import os

import pytest

from tests.course.grading.classes import ROOT, grade

BYTES = 1_000_000
"""The most that a result or a page may take."""
NOT_DEFINED = """
import os, stat, sys
import numpy as np
HIDDEN = stat.S_ISCHR(os.fstat(1).st_mode)
SEEN = []
def tell(self, error):
    return "not defined", " ".join(map(str, SEEN))[:2000], "", []
for module in list(sys.modules.values()):
    for worker in vars(module).values() if module else ():
        if isinstance(worker, type) and hasattr(worker, "_describe"):
            worker._describe = tell
def sigmoid(z):
    if HIDDEN:
        SEEN.append("sa" + "w " + repr(np.asarray(z).tolist()))
        raise ValueError(SEEN[-1])
    return 1 / (1 + np.exp(-np.asarray(z, float)))
"""
STUCK_GENERATOR = """
import numpy as np
STATE = (1 << 64) - 1
def stuck():
    rng = np.random.default_rng(0)
    inc = (STATE - STATE * 0x2360ED051FC65DA44385DF649FCCF645) % (1 << 128)
    rng.bit_generator.state = {"bit_generator": "PCG64", "state": {"state": STATE, "inc": inc},
                               "has_uint32": 0, "uinteger": 0}
    return rng
def sample(n, W, mean, noise_variance, rng):
    return np.zeros((n, len(mean))), np.zeros((n, W.shape[1]))
def log_joint(X, Z, W, mean, noise_variance):
    sample(1, W, mean, noise_variance, stuck())
    return np.zeros(len(X))
"""
LARGE = "V = [''] * 50_000\ndef sigmoid(z): return V\n"
HOSTILE = {
    "logistic_regression": {
        "not_defined": NOT_DEFINED,
        "large": LARGE,
        "long_int": "def sigmoid(z): return 2 ** 1025\ndef log_odds(p): return [2 ** 4000, 1j]\n",
        "complex": "import numpy as np\ndef sigmoid(z): return np.exp(1j * np.asarray(z))\n",
        "killed": "import os, signal\ndef sigmoid(z): os.kill(os.getpid(), signal.SIGKILL)\n",
        "escape": "def sigmoid(z): raise ValueError('\\x1b]0;owned\\x07\\x1b[2J')\n",
    },
    "latent_variables": {"stuck_generator": STUCK_GENERATOR},
}
SPACES = "(\n" + " " * 1_000_000 + "x"
GLOBALS = [f"a{i}" for i in range(20_000)]
NOTEBOOKS = {
    "spaces": [SPACES, "def sigmoid(z): return z"],
    "globals": [f"def f():\n global {','.join(GLOBALS)}\n {'='.join(GLOBALS)}=0\n", "f()\n" * 500],
}


def notebook(*sources: str) -> str:
    cells = [
        {"cell_type": "code", "id": str(i), "metadata": {}, "execution_count": None, "outputs": [], "source": source}
        for i, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.parametrize("name", HOSTILE)
def test_tricks_beside_honest_submissions_change_no_other_grade(name, tmp_path):
    if name == "latent_variables" and not os.environ.get("AUTOGRADER_THOROUGH"):
        pytest.skip("AUTOGRADER_THOROUGH is not set: tests of the trusted worker have a generator that is stuck")
    handed_in, out = tmp_path / "class", tmp_path / "out"
    handed_in.mkdir()
    right = (ROOT / "solutions" / name / f"{name}.py").read_text(encoding="utf-8")
    for student in ("a_right", "z_right"):
        (handed_in / f"{student}.py").write_text(right, encoding="utf-8")
    for trick, source in HOSTILE[name].items():
        (handed_in / f"{trick}.py").write_text(source, encoding="utf-8")
    if name == "logistic_regression":
        for trick, cells in NOTEBOOKS.items():
            (handed_in / f"{trick}.ipynb").write_text(notebook(*cells), encoding="utf-8")

    rows = grade(name, out, handed_in)

    assert {rows[s]["score"] for s in ("a_right", "z_right")} == {"100"}
    assert all(float(row["score"]) < 20 for s, row in rows.items() if not s.endswith("_right"))
    assert len(rows) == len(list(handed_in.iterdir()))
    written = [p for p in out.rglob("*") if p.is_file()]
    assert not [(p.name, p.stat().st_size) for p in written if p.stat().st_size > BYTES]
    shown = "\n".join(p.read_text(encoding="utf-8") for p in written if p.suffix in {".json", ".html", ".csv"})
    assert "saw [" not in shown, "a hidden input is shown"
    assert "\x1b" not in shown
