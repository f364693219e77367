"""The notebook's own help: points so far, and an export that can be graded."""

from __future__ import annotations

import zipfile

import pytest

from autograder import intake
from autograder.model.submission import Submission
from tests.engine.doors.test_pytest_plugin import RIGHT
from tests.processes import run_python

CELLS = """
import sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
first = '''
from autograder.doors.notebook import Homework
homework = Homework("toy", globals())
grader = homework.grader
'''
for cell in (first, 'grader.check("double")', 'x = 1', 'grader.check("weigh")', *sys.argv[1:]):
    print(f"--- {cell.splitlines()[-1]}")
    shell.run_cell(cell).raise_error()
"""


@pytest.fixture
def run(folder):
    """Run a notebook's cells with an answer: what each of them printed."""

    def run_cells(answer: str, *cells: str) -> dict[str, str]:
        (folder / "toy.py").write_text(answer, encoding="utf-8")
        done = run_python(folder, "-c", CELLS, *cells)
        assert done.returncode == 0, done.stderr
        parts = [part.partition("\n") for part in done.stdout.split("--- ")[1:]]
        return {cell: printed for cell, _, printed in parts}

    return run_cells


def test_points_so_far_follow_each_check(run):
    printed = run(RIGHT.replace("2 * z", "z * z"))
    assert "public points at your last checks: 0 of 8" in printed['grader.check("double")']
    assert "public points" not in printed["x = 1"]
    assert "public points at your last checks: 6 of 8" in printed['grader.check("weigh")']


def test_an_export_holds_the_module_and_needs_no_latex(run, folder):
    printed = run(RIGHT, "grader.export(pdf=True)")
    assert "hand in toy-submission.zip: toy.py, toy.ipynb" in printed["grader.export(pdf=True)"]
    with zipfile.ZipFile(folder / "toy-submission.zip") as archive:
        assert archive.namelist() == ["toy.py", "toy.ipynb"]
    found = intake.read(folder / "toy-submission.zip", "toy", questions=["double", "weigh"])
    assert isinstance(found, Submission)
    assert found.source == RIGHT


def test_a_function_that_a_syntax_error_took_is_said_to_be_lost_by_it(run):
    printed = run(RIGHT.replace("return 2", "return (2"))
    assert "double is not defined: its definition in line " in printed['grader.check("double")']
    assert "was left out (SyntaxError: '(' was never closed" in printed['grader.check("double")']


def test_an_unknown_question_is_answered_with_those_there_are(run):
    printed = run(RIGHT, "grader.check('dubble')", "grader.check('x')")
    assert "no question 'dubble'; did you mean 'double'? There are double, weigh." in printed["grader.check('dubble')"]
    assert "no question 'x'; there are double, weigh." in printed["grader.check('x')"]


STUB = RIGHT.replace("return 2 * z", "raise NotImplementedError")
IN_A_CELL = "def double(z):\n    return 2 * z\ngrader.check('double')"
SAVES = "path = homework.path; path.write_text(path.read_text() + {!r})"


@pytest.mark.parametrize(
    ("saved", "says"),
    [
        ("# more", "double                   2 / 2  passed"),
        ("\ndef broken(:", "double                   2 / 2  passed"),
        ("\ndef double(z):\n    return z * z\n", "double                   0 / 2  failed"),
    ],
    ids=["a stub stays", "not all of it can be read", "the file answers it now"],
)
def test_a_function_of_a_cell_is_there_until_the_file_answers_it(run, saved, says):
    printed = run(STUB, IN_A_CELL, SAVES.format(saved), "y = 1", "grader.check('double') ")
    assert says in printed["grader.check('double') "]


SLIDERS = """
{before}
@homework.sliders(a=("the slope", 0, 2, 1.0))
def line(a):
    print("drawn at", a)
    plt.plot([0, 1], [0, a])
{after}
"""


def test_a_figure_is_redrawn_when_its_slider_moves(run):
    before = "import ipywidgets; import matplotlib; matplotlib.use('agg'); import matplotlib.pyplot as plt"
    after = "[w for w in ipywidgets.Widget.widgets.values() if isinstance(w, ipywidgets.FloatSlider)][0].value = 2"
    printed = "".join(run(RIGHT, SLIDERS.format(before=before, after=after)).values())
    assert "drawn at 1.0" in printed
    assert "drawn at 2.0" in printed
    assert "figure for a = 1" in printed


def test_a_figure_that_fails_when_its_slider_moves_says_why_in_its_place(run):
    before = "import ipywidgets; import matplotlib; matplotlib.use('agg'); import matplotlib.pyplot as plt"
    after = (
        "from autograder.doors import notebook\n"
        "class Shown:\n"
        "    def update(self, drawn, raw): print('updated', drawn)\n"
        "notebook.display = lambda *shown, **how: Shown()\n"
        "@homework.sliders(a=('the slope', 0, 2, 1.0))\n"
        "def fails_above_one(a):\n"
        "    if a > 1: raise ValueError('too steep')\n"
        "list(w for w in ipywidgets.Widget.widgets.values() if isinstance(w, ipywidgets.FloatSlider))[-1].value = 2"
    )
    printed = "".join(run(RIGHT, SLIDERS.format(before=before, after=after)).values())
    assert "updated {'text/plain': 'This figure could not be drawn." in printed
    assert "ValueError: too steep" in printed


def test_before_a_function_is_written_there_is_no_slider_to_move(run):
    before = "import ipywidgets; import matplotlib; matplotlib.use('agg'); import matplotlib.pyplot as plt"
    stub = RIGHT.replace("return 2 * z", "raise NotImplementedError")
    cell = SLIDERS.format(before=before, after="print(len(ipywidgets.Widget.widgets), 'widgets')")
    printed = "".join(run(stub, cell.replace("plt.plot(", "double(a); plt.plot(")).values())
    assert "double is not written yet: this figure needs it." in printed
    assert "0 widgets" in printed


def test_the_same_cell_draws_its_figure_without_ipywidgets(run):
    before = "import sys; sys.modules['ipywidgets'] = None; import matplotlib; matplotlib.use('agg'); import matplotlib.pyplot as plt"
    printed = "".join(run(RIGHT, SLIDERS.format(before=before, after="print('went on')")).values())
    assert printed.count("drawn at 1.0") == 1
    assert "figure for a = 1" in printed
    assert "went on" in printed


def test_checks_leave_the_random_numbers_of_the_notebook_alone(run):
    answer = "import random\nimport numpy as np\n" + RIGHT.replace(
        "2 * z", "2 * z + np.random.rand() + random.random()"
    )
    numbers = "random.random(), np.random.rand(), np.random.default_rng().random()"
    printed = run(
        answer,
        "import random; import numpy as np",
        f"random.seed(5); np.random.seed(5); expected = {numbers}",
        "random.seed(5); np.random.seed(5)",
        "grader.check('double')",
        f"print(({numbers})[:2] == expected[:2], np.random.default_rng().random() == np.random.default_rng().random())",
    )
    assert printed['grader.check("double")'].startswith(printed["grader.check('double')"])
    assert "returned: " in printed["grader.check('double')"]
    assert [text for cell, text in printed.items() if cell.startswith("print(")] == ["True False\n"]


def test_what_a_cell_raises_and_returns_is_worded_as_in_grading(run, folder):
    (folder / "helper.py").write_text("def two(z):\n    raise ValueError('h')\n", encoding="utf-8")
    printed = run(
        RIGHT,
        "class Stop(BaseException): pass",
        "def double(z): raise Stop('x')\ngrader.check('double')",
        "def weigh(X, theta):\n    found = []\n    found.append(found)\n    return found\ngrader.check('weigh')",
        "def double(z):\n    import helper\n    return helper.two(z)\ngrader.check('double') # with a helper",
    )
    assert "raised:   Stop: x (line 1: def double(z): raise Stop('x'))" in printed["grader.check('double')"]
    assert "raised:   weigh returned nested more than 12 deep" in printed["grader.check('weigh')"]
    assert (
        "ValueError: h (helper.py, line 2: raise ValueError('h'))" in printed["grader.check('double') # with a helper"]
    )
