"""Otter and Gradescope give exactly the scores that ``grade`` gives, and run none of the student's code."""

import io
import json
import os
import pickle
import shutil
import zipfile
from pathlib import Path

import pytest

from autograder import intake
from autograder.checks import question
from autograder.checks.modules import load_module
from autograder.grade import Assignment, Grader
from autograder.grade.fingerprint import version
from autograder.release import bundles
from autograder.sandbox.sandbox import Sandbox
from tests import means
from tests.otter_run import otter_run
from tests.processes import run_python

pytestmark = pytest.mark.usefixtures("quick_sandboxes")

THOROUGH = bool(os.environ.get("AUTOGRADER_THOROUGH"))
RIGHT = "def double(z):\n    return 2 * z\n\n\ndef weigh(X, theta):\n    return X @ theta\n"
WRONG = RIGHT.replace("2 * z", "z * z")
HELPED = "import helper\n" + RIGHT.replace("2 * z", "helper.two * z")


class Bomb:
    """Pickled, it writes a file where it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self):
        return Path.write_text, (self.marker, "unpickled")


def notebook(*cells: str) -> str:
    table = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    cells_ = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": c}
        for i, c in enumerate(cells)
    ]
    return json.dumps(table | {"cells": cells_})


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def graded(master: Path, *submissions: Path) -> list[dict[str, float]]:
    """Scores by question, as the command ``grade`` finds them."""
    assignment = Assignment(master)
    names = [q.name for q in assignment.questions]
    with Sandbox() as sandbox:
        grader = Grader(assignment, sandbox)
        results = [grader.grade(intake.read(s, master.name, questions=names)) for s in submissions]
    assert all(r.judged for r in results)
    return [{q.name: q.score for q in r.questions} for r in results]


@pytest.fixture(scope="module")
def files(otter_zip: Path) -> dict[str, bytes]:
    """The zip for Otter, unpacked."""
    with zipfile.ZipFile(otter_zip) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def attack(marker: Path) -> str:
    return f"open({str(marker)!r}, 'w').write('ran')\n"


def test_otter_run_gives_the_scores_of_grade(released_master, otter_zip, tmp_path):
    marker = tmp_path / "marker"
    shadows = {f"{name}.py": attack(marker) for name in ("otter", "numpy", "IPython", "ipykernel_launcher")}
    handed_in = tmp_path / "handed in"
    handed_in.mkdir()
    (handed_in / "right.py").write_text(RIGHT, encoding="utf-8")
    (handed_in / "wrong.py").write_text(f"try:\n    {attack(marker)}except OSError: pass\n{WRONG}", encoding="utf-8")
    (handed_in / "broken.py").write_text("def double(z) return 1\n", encoding="utf-8")
    cells = ["%matplotlib inline", "import otter\ngrader = otter.Notebook()", WRONG, "grader.check('double')", "1 / 0"]
    (handed_in / "book.ipynb").write_text(notebook(*cells), encoding="utf-8")
    log = pickle.dumps(Bomb(marker))
    zipped(handed_in / "one.zip", {"toy.py": RIGHT, "tests/double.py": "cheat", ".OTTER_LOG": log})
    (handed_in / "never_ends.py").write_text(f"{RIGHT}\ndef double(z):\n    while True: pass\n", encoding="utf-8")
    (handed_in / "exits.py").write_text(f"{RIGHT}\ndef weigh(X, theta):\n    raise SystemExit\n", encoding="utf-8")
    (handed_in / "untouched.py").write_text("def double(z):\n    raise NotImplementedError\n", encoding="utf-8")
    (handed_in / "imports.py").write_text("import nothing_such\n", encoding="utf-8")
    zipped(handed_in / "shadows.zip", {"book.ipynb": notebook(WRONG), **shadows})
    submissions = sorted(handed_in.iterdir())
    assert len(submissions) == 10
    if not THOROUGH:
        submissions = [s for s in submissions if s.stem in {"right", "wrong", "book", "one"}]
    # An endless loop ends by its own limit, long before this one.
    scores = otter_run(tmp_path, otter_zip, submissions)
    assert scores == graded(released_master, *submissions)
    assert scores[submissions.index(handed_in / "right.py")] == {"double": 4, "weigh": 6}
    assert scores[submissions.index(handed_in / "wrong.py")] == {"double": 0, "weigh": 6}
    assert not marker.exists()
    shown = json.loads((handed_in / "wrong.out/results.json").read_text(encoding="utf-8"))
    assert "You square z." in json.dumps(shown["tests"])
    assert version(released_master) in shown["output"]


@pytest.fixture
def gradescope(files, tmp_path):
    """Lay out /autograder as Gradescope does, with the uploaded files, and run its entry point."""

    def run(changed=None, **uploads):
        root = tmp_path / "autograder"
        shutil.rmtree(root, ignore_errors=True)
        for name in ("submission", "results", "source"):
            (root / name).mkdir(parents=True)
        with zipfile.ZipFile(io.BytesIO(bundles.zipped(changed or files))) as archive:
            archive.extractall(root / "source")
        (root / "submission_metadata.json").write_text("{}", encoding="utf-8")
        for name, text in uploads.items():
            path = root / "submission" / name.replace("__", "/").replace("_DOT_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        # The paths inside are fixed by the service; everything else is as it is there.
        entry = root / "source/run_otter.py"
        entry.write_text(entry.read_text(encoding="utf-8").replace("/autograder", str(root)), encoding="utf-8")
        done = run_python(tmp_path, str(entry), seconds=200)
        results = root / "results/results.json"
        return done, json.loads(results.read_text(encoding="utf-8")) if results.exists() else None

    return run


def scores(results):
    return {t["name"]: t["score"] for t in results["tests"] if "max_score" in t}


ZEROS = (
    "import numpy as np\n\n\ndef double(z):\n    return 0 * z\n\n\ndef weigh(X, theta):\n    return np.zeros(len(X))\n"
)
SPOILS = RIGHT.replace("return X @ theta", "p = X @ theta\n    X[:] = 7\n    return p")
COMPUTED = {
    "nothing": (ZEROS, {"double": 0, "weigh": 0}),
    "right": (RIGHT, {"double": 4, "weigh": 6}),
    "partly": (SPOILS, {"double": 4, "weigh": 4}),
}


def test_what_is_free_is_paid_alike_by_otter_and_gradescope(master, gradescope, tmp_path):
    """Zeros leave their arguments alone: 2 points, were they not free."""
    reference = load_module(master / "toy.py", "reference")
    for q in question.load_all(master / "tests")[1]:
        q.record(reference=reference)
    free = {p.id for q in question.load_all(master / "tests")[1] for p in q.properties if p.free}
    assert free == {"leaves_its_arguments_alone"}
    packed = bundles.for_otter(master)
    autograder_zip = tmp_path / "toy-autograder.zip"
    autograder_zip.write_bytes(bundles.zipped(packed))
    paths = {name: tmp_path / f"{name}.py" for name in COMPUTED}
    for name, (source, _) in COMPUTED.items():
        paths[name].write_text(source, encoding="utf-8")
    expected = [points for _, points in COMPUTED.values()]
    assert graded(master, *paths.values()) == expected
    chosen = ("nothing", "partly") if THOROUGH else ("partly",)  # Otter takes seconds; Gradescope's way is Otter's
    assert otter_run(tmp_path, autograder_zip, [paths[c] for c in chosen]) == [COMPUTED[c][1] for c in chosen]
    done, results = gradescope(packed, toy_DOT_py=ZEROS)
    assert done.returncode == 0, done.stderr
    assert scores(results) == COMPUTED["nothing"][1]


UPLOADS = {
    "several files that shadow": {
        "toy_DOT_py": HELPED,
        "helper_DOT_py": "two = 2\n",
        "otter_DOT_py": "raise SystemExit\n",
        "numpy_DOT_py": "from math import *\n",
        "ipython_config_DOT_py": "raise SystemExit\n",
    },
    "a zip that was unpacked": {
        "work__src__toy_DOT_py": RIGHT,
        "work__essay_DOT_txt": "x",
        "work__tests__a_DOT_py": "x",
    },
    "the notebook": {"toy_DOT_ipynb": notebook(WRONG)},
}


@pytest.mark.parametrize("kind", UPLOADS, ids=str)
def test_gradescope_gives_the_scores_of_grade(released_master, gradescope, tmp_path, kind):
    done, results = gradescope(**UPLOADS[kind])
    assert done.returncode == 0, done.stderr
    handed_in = tmp_path / "autograder/handed_in"
    inside = list(handed_in.iterdir())
    (expected,) = graded(released_master, inside[0] if len(inside) == 1 and inside[0].is_file() else handed_in)
    assert scores(results) == expected
    assert sum(expected.values()) > 0


def test_what_cannot_be_read_gets_no_points_and_a_reason(gradescope):
    done, results = gradescope(a_DOT_py="x = 1", b_DOT_py="x = 2")
    assert done.returncode == 0, done.stderr
    assert scores(results) == {"double": 0, "weigh": 0}
    assert "found 2 candidates: a.py, b.py" in results["output"]


def test_a_fault_of_ours_is_no_score(gradescope, files):
    name = "masters/toy/tests/double.py"
    broken = files[name].replace(b"expect(double(z), z + z)", b"expect(double(z), z + nothing_such)")
    done, results = gradescope(files | {name: broken}, ada_DOT_py=RIGHT)
    assert done.returncode != 0
    assert "the submission was not graded: double: the check is_z_plus_z itself failed" in done.stderr
    assert results is None


ENDS = "import os\n\n\ndef check_mean(mean):\n    os._exit(0)\n"
PARTLY = "import numpy as np\n\n\ndef check_mean(mean):\n    x = np.array([0.0, 0.0, 3.0])\n    assert mean(x) > 0.5 * x.mean()\n"


def test_properties_get_the_scores_of_grade(tmp_path, gradescope):
    """Implementations are handed to a property there as here: handles in the worker, and a fresh one each time."""
    master = tmp_path / "means"
    means.write(master)
    files = bundles.for_otter(master)
    (tmp_path / "means-autograder.zip").write_bytes(bundles.zipped(files))
    submissions = [tmp_path / f"{name}.py" for name in ("partly", "ends")]
    for path, source in zip(submissions, (PARTLY, ENDS), strict=True):
        path.write_text(source, encoding="utf-8")
    expected = graded(master, *submissions)
    assert [s["check_mean"] for s in expected] == [4, 0]
    done, results = gradescope(files, means_DOT_py=PARTLY)
    assert done.returncode == 0, done.stderr
    assert scores(results) == expected[0]
    if not THOROUGH:
        return  # Gradescope's run is Otter's; by itself it costs as much again for each submission
    assert otter_run(tmp_path, tmp_path / "means-autograder.zip", submissions) == expected


PROPERTIES = Path(__file__).parents[3] / "solutions" / "properties"


def test_the_assignment_properties_gets_the_scores_of_grade(tmp_path, gradescope):
    """One right set through Gradescope's entry point; at night a deficient one through ``otter run``, too."""
    right = (PROPERTIES / "wheats" / "plain_loops.py").read_text(encoding="utf-8")
    limits = "    assert log_odds(1.0) == np.inf and log_odds(0.0) == -np.inf\n"
    assert limits in right
    deficient = right.replace(limits, "") + "\n\ndef check_elbo(elbo, log_marginal_likelihood):\n    pass\n"
    files = bundles.for_otter(PROPERTIES)
    (tmp_path / "properties-autograder.zip").write_bytes(bundles.zipped(files))
    submissions = [tmp_path / f"{name}.py" for name in ("right", "deficient")]
    for path, source in zip(submissions, (right, deficient), strict=True):
        path.write_text(source, encoding="utf-8")
    expected = graded(PROPERTIES, *submissions)
    assert sum(expected[0].values()) == 100
    assert {name for name, score in expected[1].items() if score < expected[0][name]} == {
        "check_log_odds",
        "check_elbo",
    }
    done, results = gradescope(files, properties_DOT_py=right)
    assert done.returncode == 0, done.stderr
    assert scores(results) == expected[0]
    if not THOROUGH:
        return
    assert otter_run(tmp_path, tmp_path / "properties-autograder.zip", submissions[1:]) == expected[1:]
