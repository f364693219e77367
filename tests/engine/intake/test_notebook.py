"""What counts of a notebook."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.intake import read
from autograder.intake.magics import PlainCell, without_magics
from autograder.intake.notebook import to_module
from autograder.model.limits import IntakeLimits
from autograder.model.submission import Submission, Unreadable
from autograder.source.execution import execute
from autograder.source.parsing import parse

QUESTIONS = ("sigmoid", "predict")


def notebook(path: Path, *cells: str, **more: Any) -> Path:
    table = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [{"cell_type": "code", "source": c.splitlines(keepends=True)} for c in cells],
    }
    path.write_text(json.dumps(table | more), encoding="utf-8")
    return path


def run(tmp_path: Path, *cells: str, questions: Any = QUESTIONS) -> tuple[dict[str, Any], list[str], tuple[str, ...]]:
    found = read(notebook(tmp_path / "ada.ipynb", *cells), "toy", questions=questions)
    assert isinstance(found, Submission), found
    namespace: dict[str, Any] = {"__name__": "toy"}
    with contextlib.redirect_stdout(io.StringIO()):
        left_out = execute(found.source, "toy.py", namespace)
    return namespace, list(map(str, left_out)), found.notes


def test_definitions_and_imports_count(tmp_path):
    names, _, notes = run(
        tmp_path, "import math\nK = 2", "def sigmoid(z):\n    '''Text.\n  more'''\n    return K / (1 + math.exp(-z))"
    )
    assert names["sigmoid"](0) == 1
    assert names["sigmoid"].__doc__ == "Text.\n  more"
    assert notes == ()


def test_magics_fall_away(tmp_path):
    names, _, notes = run(
        tmp_path,
        "%matplotlib inline\n!pip install x \\\n  y\nfiles = !ls\nimport math\nmath.exp?",
        "%%time\ndef sigmoid(z):\n    return math.exp(z)",
        "%%bash\nrm -rf /",
        "if True:\n    %timeit 1",
    )
    assert names["sigmoid"](0) == 1
    assert "left out 7 magic commands" in notes


def test_what_only_looks_like_a_magic_stays():
    source = "x = '''\n%matplotlib\n!ls\n'''\ny = (7\n% 4)"
    assert without_magics(source) == PlainCell(source)


SHOW = 'def show(x):\n    return ("%d points"\n            % x)'
CONTINUED = {
    "a bracket": f"%matplotlib inline\n{SHOW}",
    "a bracket after a comment": "%matplotlib inline\n" + SHOW.replace("x):", "x):  # ( '"),
    "a backslash": "!ls\ndef show(x):\n    return '%d points' \\\n        % x",
    "a text": 'f?\ndef show(x):\n    return """\\\n%d points""" % x',
    "a text over two lines": "!ls\ndef show(x):\n    return '%d \\\n%point'.replace('%p', 'p') % x + 's'",
    "a magic over two lines": f"!echo \\\n  (\n{SHOW}",
    "a mistake before": f"def broken(:\n    return (1\n\n{SHOW}",
    "a mistake after": f"%matplotlib inline\n{SHOW}\ndef broken(:\n    return (1\n%time 1",
}


@pytest.mark.parametrize("kind", CONTINUED)
def test_a_line_that_continues_a_statement_is_no_magic(tmp_path, kind):
    names, _, _ = run(tmp_path, CONTINUED[kind], questions=["show"])
    assert names["show"](3) == "3 points"


@pytest.mark.parametrize(
    "cell",
    [
        "%time TABLE = make()",
        "%time --no-raise-error TABLE = make()",
        "%time   TABLE = \\\n  make()",
        "TABLE = %time make()",
        "TABLE = %time make();",
        "if True:\n    %time TABLE = make()",
        "%prun -s cumulative -l 10 -q TABLE = make()",
        "%prun TABLE = make()",
        "%memit -r1 TABLE = make()",
        "%lprun -f make TABLE = make()",
        "%mprun -f make TABLE = make()",
        "%debug TABLE = make()",
        "TABLE = []\n%time TABLE.append(1)",
        "%%time\nTABLE = make()",
        "%%memit\nTABLE = make()",
    ],
)
def test_what_a_magic_runs_in_the_notebook_binds_names(tmp_path, cell):
    names, _, _ = run(tmp_path, "def make():\n    return [1]", cell, "def sigmoid():\n    return TABLE[0]")
    assert names["sigmoid"]() == 1


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%timeit x = 1", "pass"),
        ("%time", "pass"),
        ("%time !ls", "pass"),
        ("%time x = (", "pass"),
        ("%timeless x = 1", "pass"),
        ("%prun -s time", "pass"),
        ("x = %timeit -o f()", "x = None"),
        ("x = !ls", "x = None"),
        ("x = %time (", "x = None"),
    ],
)
def test_what_a_magic_runs_elsewhere_binds_none(cell, plain):
    assert without_magics(cell) == PlainCell(plain, 1)


def test_pylab_imports_numpy(tmp_path):
    names, _, _ = run(tmp_path, "%pylab inline", "def sigmoid(z):\n    return np.exp(z) + exp(z) + numpy.exp(z)")
    assert names["sigmoid"](0) == 3


def test_exploration_takes_no_time_and_breaks_nothing(tmp_path):
    names, out, notes = run(
        tmp_path,
        "def sigmoid(z):\n    return z",
        "import nowhere_to_be_found as plt\nplt.plot(sigmoid(1))",
        "data = open('no such file')\nwhile True:\n    pass",
        "print(sigmoid(undefined))",
        "theta = sigmoid(1)",
        "def predict(theta):\n    return theta",
    )
    assert names["predict"](3) == 3
    assert "theta" not in names
    (left_out,) = out
    assert left_out.startswith("left out cell 2, line 1: import nowhere_to_be_found as plt (ModuleNotFoundError: No")
    assert "left out 5 statements that no definition needs" in notes


def test_what_definitions_need_is_kept(tmp_path):
    names, _, _ = run(
        tmp_path,
        "base = [1]\ntable = list(base)\nscale: float = 2",
        "for i in range(3):\n    table.append(i)\ntable[0] = 5",
        "cache = {}\ndef fill():\n    global ready\n    ready = True\nfill()",
        "class Model:\n    def run(self):\n        return table, ready, scale",
        "def predict():\n    return Model().run()",
    )
    assert names["predict"]() == ([5, 0, 1, 2], True, 2)
    assert "cache" not in names


# --- NumPy in the exploration: what changes its state or a table is kept, what only computes is not ---

NUMPY = "import numpy as np\nimport matplotlib.pyplot as plt"
USES = "def sigmoid(z):\n    plt.plot(z)\n    return np.exp(z)\ndef predict():\n    return TABLE[0]"


def kept(*cells: str) -> str:
    """The source that is made of the cells after those of NUMPY and USES, without these."""
    data = json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in (NUMPY, USES, *cells)]}).encode()
    lines = to_module(data, "ada.ipynb", QUESTIONS, IntakeLimits()).source.splitlines()
    ours = {*NUMPY.splitlines(), *USES.splitlines()}
    return "\n".join(line for line in lines if line not in ours and line and not line.startswith("# %%"))


@pytest.mark.parametrize(
    "cell",
    [
        "X = np.random.default_rng(0).normal(size=(500000, 20))\ny = (X[:, 0] > 0).astype(int)",
        "theta, trace = sigmoid(np.ones(3)), [0]\nplt.plot(np.arange(len(trace)), trace)\nplt.show()",
        "X = np.ones(3)\nfor i in range(10**9):\n    np.dot(X, X)",
        "for i in range(10**9):\n    x = np.random.normal(size=3)\n    print(np.mean(x))",
        "np.testing.assert_allclose(sigmoid(0), 1)",
        "np.mean(sigmoid(np.zeros(10)) == 1)",
        "np.vectorize(sigmoid)([1, 2])\nnp.apply_along_axis(sigmoid, 0, np.ones((2, 2)))",
        "plt.gca().set_title(str(sigmoid(1)))",
        "plt.subplots()[0].x = 3",
        "import math, time\nt = time.time()\nfor i in range(10**9): math.exp(1)\nprint(time.time() - t)",
        "X = np.sort(np.setdiff1d([3], [1]))\nnp.add(X, 1, out=X)\nnp.random.shuffle(X)",
        "import scipy.stats as st, pandas as pd\nfrom scipy import optimize\nst.norm.pdf(0)\noptimize.minimize(sigmoid, 0)\npd.DataFrame({'x': [1]}).set_index('x')",
    ],
)  # fmt: skip
def test_what_only_computes_with_a_library_is_left_out(cell):
    source = kept("TABLE = [1]", cell)
    assert [line for line in source.splitlines() if not line.startswith(("import", "from"))] == ["TABLE = [1]"]


@pytest.mark.parametrize(
    "cell",
    [
        "np.random.seed(0)",
        "SEED = 0\nif SEED is not None:\n    np.random.seed(SEED)",
        "old = np.seterr(all='ignore')",
        "np.seterr(over='raise')",
        "np.set_printoptions(precision=3)",
        "old = np.random.get_state()\nnp.random.set_state(old)",
        "np.twice = lambda z: 2 * z",
        "del np.twice",
        "plt.rcParams['figure.dpi'] = 100",
        "plt.style.use('ggplot')",
        "plt.rc('font', size=8)",
        "for name in ('a', 'b'):\n    plt.rcParams.update({})",
    ],
)
def test_what_changes_the_state_of_a_library_is_kept(cell):
    assert kept(cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "TABLE = np.zeros(3)\nnp.copyto(TABLE, 1)",
        "TABLE = np.zeros((3, 3))\nnp.fill_diagonal(TABLE, 1)",
        "TABLE = np.zeros(3)\nnp.add.at(TABLE, [0, 1], 1)",
        "TABLE = np.zeros(3)\n_ = np.add(TABLE, 1, out=TABLE)",
        "TABLE = np.zeros(3)\nnp.add(TABLE, 1, TABLE)",
        "TABLE = np.zeros((3, 1))\nnp.copyto(TABLE.reshape(-1)[:2], 1)",
        "TABLE = np.zeros(3)\nnp.ravel(TABLE)[0] = 1",
        "TABLE = np.zeros(3)\nnp.put(np.ravel(TABLE), [0], 1)",
        "TABLE = np.zeros(3)\nfor x in np.nditer(TABLE, op_flags=['readwrite']):\n    x[...] = 1",
        "TABLE = np.zeros(3)\nif True:\n    _ = np.place(TABLE, [True] * 3, 1)",
        "TABLE = np.ones(3)\nnp.random.shuffle(TABLE)",
        "TABLE = np.ones(3)\nrng = np.random.default_rng(0)\nrng.shuffle(TABLE)",
        "TABLE = np.zeros(3)\nfrom numpy import copyto\ncopyto(TABLE, 1)",
        "import random\nTABLE = [1, 1]\nrandom.shuffle(TABLE)",
        "from random import shuffle\nTABLE = [1, 1]\nshuffle(TABLE)",
        "from heapq import heappush\nimport heapq\nTABLE = []\nheapq.heappush(TABLE, 1)\ndef other(): return heapq",
    ],
)
def test_what_changes_a_table_that_an_answer_uses_is_kept(tmp_path, cell):
    assert kept(cell) == cell
    names, _, _ = run(
        tmp_path,
        "import numpy as np",
        cell,
        "def predict():\n    return TABLE.ravel()[0] if hasattr(TABLE, 'ravel') else TABLE[0]",
    )
    assert names["predict"]() == 1


@pytest.mark.parametrize(
    "cell",
    [
        "import helper\nhelper.prepare()\ndef other(): return helper.table",
        "import helper as np\nx = np.prepare()",
        "np = np.ma\nnp.prepare()",
        "from . import numpy as np\nnp.prepare()",
        "try:\n    import numpy as nq\nexcept ImportError:\n    nq = None\nnq.prepare()\ndef other(): return nq",
        "import warnings, sys\nwarnings.filterwarnings('ignore')\nsys.setrecursionlimit(5000)\ndef other(): return sys, warnings",
        "from decimal import getcontext\ngetcontext().prec = 50\ndef other(): return getcontext()",
        "def table(): return TABLE\ntable()[0] = 5\ntable().append(1)\nTABLE = []\ndef other(): return table",
    ],
)  # fmt: skip
def test_a_call_on_what_may_be_no_library_is_kept(cell):
    assert kept(cell) == cell


@pytest.mark.parametrize(
    ("definition", "call"),
    [
        ("TABLE = {}\ndef fill():\n    TABLE[0] = 1", "fill()"),
        ("TABLE = []\ndef fill():\n    for i in range(3):\n        TABLE.append(1)", "print(fill())"),
        ("TABLE = {}\ndef fill(table):\n    table[0] = 1", "fill(TABLE)"),
        ("TABLE = []\ndef fill(table, n):\n    table.extend([1] * n)", "fill(TABLE, n=3)"),
    ],
)
def test_a_table_that_a_function_fills_is_full(tmp_path, definition, call):
    names, _, _ = run(tmp_path, definition, call, "def predict():\n    return TABLE[0]")
    assert names["predict"]() == 1


def test_an_answer_that_keeps_its_results_is_not_called():
    answer = "known = {}\ndef predict(x):\n    known[x] = 1\n    return known[x]"
    assert kept(answer, "predict(3)") == answer


def test_a_draw_with_a_kept_seed_runs(tmp_path):
    names, _, _ = run(
        tmp_path,
        "import numpy as np\nnp.random.seed(3)\nSHIFT = np.random.rand()",
        "def sigmoid(z):\n    return np.exp(z) + SHIFT\nX = np.random.rand(10**12)",
    )
    assert names["sigmoid"](0) == 1.5507979025745755


STEPS = (
    "A = np.zeros(4)",
    "A[1] = 5",
    "A += B",
    "A.sort()",
    "B = np.arange(4.0)",
    "B = np.sort(A)",
    "C = np.dot(A, B)",
    "np.dot(A, B)",
    "print(np.mean(A))",
    "np.copyto(A, B)",
    "copyto(A, B)",
    "np.add(A, 1, A)",
    "np.cumsum(A, out=A)",
    "_ = np.multiply(A, 2, out=A)",
    "_ = np.putmask(A, A > 2, 1)",
    "[np.put(A, [k], 2) for k in range(2)]",
    "for i in range(2):\n    np.add.at(A, [i], 3)",
    "if len(B) > 1:\n    np.fill_diagonal(A.reshape(2, 2), 9)",
    "for v in np.nditer(A, op_flags=['readwrite']):\n    v[...] = v + 1",
    "np.ravel(A)[2] = 4",
    "old = np.seterr(all='ignore')",
    "np.seterr(divide='raise')",
    "with np.errstate(all='ignore'):\n    A = A / 2",
    "rng = np.random.RandomState(3)",
    "rng.shuffle(A)",
    "np.random.RandomState(2).shuffle(B)",
    "np.random.RandomState(1).rand(4)",
    "K = 3",
    "np.zeros(K)",
    "del K\nK = 4",
    "A = np.append(A, K)[1:]",
)


@given(st.lists(st.sampled_from(STEPS), max_size=8), st.integers(0, 8))
@settings(max_examples=300, deadline=None)
def test_an_answer_finds_what_it_finds_in_the_whole_notebook(steps, at):
    start = "import numpy as np\nfrom numpy import copyto\nA = np.arange(4.0)\nB = np.ones(4)\nK = 1\nrng = np.random.RandomState(0)"
    cells = [start, *steps[:at], "def sigmoid():\n    return A.tolist(), np.geterr(), K", *steps[at:]]
    data = json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]}).encode()
    found = []
    for source in ("\n".join(cells), to_module(data, "ada.ipynb", QUESTIONS, IntakeLimits()).source):
        names: dict[str, Any] = {}
        with np.errstate(), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "ada", "exec"), names)
            found.append(names["sigmoid"]())
    assert found[0] == found[1]


def test_a_question_may_be_assigned(tmp_path):
    names, _, _ = run(tmp_path, "def make():\n    return lambda z: z\nsigmoid = make()", "predict, other = (make(), 1)")
    assert names["sigmoid"](1) == names["predict"](1) == 1


def test_without_questions_every_assignment_counts(tmp_path):
    names, _, _ = run(tmp_path, "a = 1\nb = a + 1\nprint(b)", questions=None)
    assert names["b"] == 2


def test_statements_on_one_line(tmp_path):
    names, _, _ = run(tmp_path, "import math; x = 1; y = (2,\n 3); print(y)\ndef sigmoid(): return x, y")
    assert names["sigmoid"]() == (1, (2, 3))


def test_decorators_and_texts_keep_their_shape(tmp_path):
    names, _, _ = run(
        tmp_path,
        "import functools\n@functools.lru_cache(\n  maxsize=2)\ndef sigmoid(z):\n\tif z:\n\t\treturn f'''{z}\n  x'''\n\treturn z",
    )
    assert names["sigmoid"](1) == "1\n  x"


def test_a_future_import_comes_first(tmp_path):
    names, _, _ = run(tmp_path, "'''About.'''\nfrom __future__ import annotations", "def sigmoid(z: Nowhere): return z")
    assert names["sigmoid"](1) == 1


def test_a_cell_that_is_no_python_is_left_out_as_in_jupyter(tmp_path):
    names, _, notes = run(tmp_path, "def sigmoid(z) return z", "return 1", "def predict(): return 1")
    assert "sigmoid" not in names
    assert names["predict"]() == 1
    assert notes[0] == "left out cell 1, line 1: def sigmoid(z) return z (SyntaxError: expected ':')"


def test_what_a_notebook_draws_and_checks_with_is_left_out_without_a_word_on_each(tmp_path):
    names, out, notes = run(
        tmp_path,
        'import math\nfrom autograder.doors.notebook import BLUE, Homework\nhomework = Homework("toy", globals())',
        'grader = homework.grader\ngrader.check("sigmoid")\nCOLOURS = [BLUE]',
        "def sigmoid(z):\n    return math.exp(z)",
        "with homework.figure():\n    def curve(z): return sigmoid(z)\n    table = curve(1)",
        "@homework.sliders(z=1)\ndef draw(z): print(table, COLOURS)",
        "def predict(z, c=2):\n    return c * z",
        "def other(): return draw, curve, table, grader, COLOURS",
    )
    assert names["sigmoid"](0) == 1
    assert names["predict"](2) == 4
    assert out == []
    assert notes == ("left out 7 statements that no definition needs",)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("from autograder.doors.notebook import BLUE as sigmoid", None),
        ("from autograder.doors.notebook import homework\nhomework = 3\nsigmoid = homework", 3),
        ("from autograder.doors.notebook import BLUE\nsigmoid = [2, BLUE]", None),
    ],
)
def test_an_answer_is_never_left_out_for_what_it_needs(tmp_path, cell, value):
    names, out, _ = run(tmp_path, f"def predict(): return 1\n{cell}")
    assert ("sigmoid" in names) == (value is not None or not out)
    assert value is None or names["sigmoid"] == value


def test_where_nothing_else_is_left_the_import_says_what_is_wrong(tmp_path):
    found = read(notebook(tmp_path / "ada.ipynb", "def sigmoid(z) return z"), "toy")
    assert found.source == "# %% notebook cell 1\ndef sigmoid(z) return z"


def test_an_exit_in_a_cell_ends_nothing(tmp_path):
    names, out, _ = run(tmp_path, "sigmoid = exit()", "def predict(): return 1")
    assert names["predict"]() == 1
    assert out == ["left out cell 1, line 1: sigmoid = exit() (SystemExit: None)"]


@pytest.mark.parametrize(
    "cells",
    [
        ["from math import *", "def sigmoid(z):\n    return exp(0)"],
        ["    def sigmoid(z):\n        return 1"],
        ["\n  %time x = 1\n  def sigmoid(z):\n    return x"],
        [">>> def sigmoid(z):\n...     return 1\n... "],
        ["In [3]: def sigmoid(z):\n   ...:     return 1"],
        ["if __name__ == '__main__':\n    def sigmoid(z):\n        return 1"],
        ['if (__name__=="__main__"): ONE = 1', "def sigmoid(z):\n    return ONE"],
    ],
)
def test_what_works_in_a_notebook_works_in_grading(tmp_path, cells):
    names, left_out, _ = run(tmp_path, *cells)
    assert (names["sigmoid"](0), left_out) == (1, [])


@pytest.mark.parametrize(
    ("cells", "helper"),
    [
        (["%%writefile helper.py\nX = 1\n", "%%writefile -a helper.py\nY = 2\n"], "helper"),
        (["%%writefile src/helper.py\nX = 1\n", "%%file --append ./src/helper.py\nY = 2\n"], "src.helper"),
        (["%%writefile /content/helper.py\nX = 1\nY = 2\n"], "helper"),
    ],
)
def test_a_cell_that_writes_a_module_makes_a_helper(tmp_path, cells, helper):
    found = read(notebook(tmp_path / "ada.ipynb", *cells, f"from {helper} import *"), "toy", questions=QUESTIONS)
    assert isinstance(found, Submission)
    assert "".join(found.helpers[helper].split()) == "X=1Y=2"
    assert f"from {helper} import *" in found.source


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%run helper.py", "from helper import *"),
        ("%run -i './src/helper' 3", "from src.helper import *"),
        ("%run other.ipynb", "pass"),
        ("%run ../helper.py", "pass"),
    ],
)
def test_a_file_that_a_cell_runs_is_imported(cell, plain):
    assert without_magics(cell).source == plain


def test_an_answer_that_is_defined_again_is_noted(tmp_path):
    stub, answer = "def sigmoid(z):\n    raise NotImplementedError", "def sigmoid(z):\n    return 1"
    assert run(tmp_path, answer, stub)[2] == ("sigmoid is defined in cells 1, 2: the last one counts",)
    assert run(tmp_path, answer, "sigmoid = sigmoid(3)")[2] == (
        "sigmoid is defined in cells 1, 2: the last one counts",
    )
    assert run(tmp_path, stub, answer)[2] == ()


def test_a_notebook_says_in_several_places_that_it_is_python(tmp_path):
    for metadata in ({"kernelspec": {"language": "sage"}, "language_info": {"name": "python"}},
                     {"kernelspec": {"language": "python3"}}):  # fmt: skip
        path = notebook(tmp_path / "ada.ipynb", "def sigmoid(z): ...", metadata=metadata)
        assert isinstance(read(path, "toy"), Submission)


def test_older_notebooks(tmp_path):
    cell = {"cell_type": "code", "input": ["x = 1\n", "def sigmoid(): return x"]}
    path = notebook(tmp_path / "ada.ipynb")
    path.write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": [cell]}]}), encoding="utf-8")
    assert "def sigmoid" in read(path, "toy").source


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "found something else"),
        ("{", "found something else"),
        ("[]", "found JSON without cells"),
        ('{"cells": 3}', "found JSON without cells"),
        ("[" * 200_000, "nested too deeply"),
        ('{"x": ' + "9" * 9999 + "}", "found something else"),
        ('{"cells": [], "metadata": {"kernelspec": {"language": "R"}}}', "found one in r"),
        ('{"cells": [], "metadata": {"kernelspec": {"name": "ir"}, "language_info": {"name": "R"}}}', "found one in r"),
    ],
)
def test_what_is_no_notebook(tmp_path, text, says):
    path = tmp_path / "ada.ipynb"
    path.write_text(text, encoding="utf-8")
    found = read(path, "toy")
    assert isinstance(found, Unreadable)
    assert found.status.words == "unreadable"
    assert says in found.message


@pytest.mark.parametrize(
    "cell",
    [
        "x = " + "-" * 100_000 + "1",
        "x = " + "+".join("1" * 50_000),
        "x = " + "lambda x: " * 3_000 + "1",
        "x = " + "(" * 150 + ")" * 150,
        "f(" * 190 + ")" * 190,
        "if 1: pass\n" + "elif 1: pass\n" * 5_000,
        "\\",
        "x = '\\ud800'\n\ud800",
    ],
    ids=range(8),
)
def test_hostile_cells_harm_nobody(tmp_path, cell):
    names, _, _ = run(tmp_path, cell, "def predict(): return 1")
    assert names["predict"]() == 1


def test_odd_cells(tmp_path):
    path = notebook(tmp_path / "ada.ipynb", cells=[None, 3, {}, {"cell_type": "code", "source": [1, "x = 1"]}])
    assert "x = 1" in read(path, "toy").source


def test_too_much_code(tmp_path):
    assert read(notebook(tmp_path / "ada.ipynb", "x = 1\n" * 200_000), "toy").status.words == "too large"


SNIPPETS = (
    "x = 1",
    'x = """\n  text\n%no magic\n"""',
    "y = f'''{x}\n \\\n'''",
    'def f(a, b=x):\n    """Doc.\n\n  More."""\n    return a\n',
    "@property\n@staticmethod\ndef g(): pass",
    "class C:\n\tx = 1\n\n\tdef m(self): return f(1)",
    "if x:\n    f(\n1)\nelse: pass",
    "for i in []:\n  continue",
    "try:\n    import nothing_such\nexcept ImportError: pass",
    "x = 1; y = (2,\n3); f(x)",
    "lambda: (yield)",
    "from math import *",
    "from __future__ import annotations",
    "x = 1 \\\n  + 2",
    "global z; z = 1",
    "with open('a') as a: b = a",
    "# comment only",
    "%time x = 1",
    "!ls \\\n -l",
    "?f",
    "%prun -s x x = 1",
    "if x:\n    %time f(1)",
    "y = ('%d'\n% 1)",
    "(\n%time 1",
    "x: int",
    "del x",
    "assert 0, 'é'",
    "\f",
    "'''a\nb''' '''c\nd'''",
)


@given(st.lists(st.lists(st.sampled_from(SNIPPETS), max_size=4).map("\n".join), max_size=5), st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_is_kept_compiles(cells, every):
    data = json.dumps({"cells": [{"cell_type": "code", "source": c} for c in cells]}).encode()
    made = to_module(data, "ada.ipynb", None if every else ("f", "x"), IntakeLimits())
    if not any(note.startswith("left out cell") for note in made.notes):
        assert parse(made.source).left_out == []


@given(st.lists(st.text(max_size=40), max_size=4))
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_cells_is_read(cells):
    data = json.dumps({"cells": [{"cell_type": "code", "source": c} for c in cells]}).encode()
    source = to_module(data, "ada.ipynb", None, IntakeLimits()).source
    assert isinstance(source, str)
