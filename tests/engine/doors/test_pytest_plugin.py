"""What a student sees who types ``pytest`` in the released folder."""

import json
import re
import subprocess
import sys
import textwrap
import time

import pytest

from autograder.checks import question
from tests.processes import run_python

RIGHT = "def double(z):\n    return 2 * z\n\n\ndef weigh(X, theta):\n    return X @ theta\n"


@pytest.fixture
def run(folder):
    """Write the answer, run pytest, give the exit code and what it printed."""

    def pytest_run(answer: str | None, *arguments: str) -> tuple[int, str]:
        if answer is not None:
            (folder / "toy.py").write_text(textwrap.dedent(answer), encoding="utf-8")
        done = run_python(folder, "-m", "pytest", "-p", "no:cacheprovider", *arguments)
        assert not done.stderr, done.stderr
        return done.returncode, done.stdout

    return pytest_run


def shorten_limits(folder, **limits):
    contract = folder / "tests/contract.toml"
    lines = ["\n[limits]\n", *(f"{name} = {value}\n" for name, value in limits.items())]
    contract.write_text(contract.read_text(encoding="utf-8") + "".join(lines), encoding="utf-8")


def test_a_right_answer(run):
    code, out = run(RIGHT)
    assert code == 0
    assert re.search(r"^double +2 / 2  passed$", out, re.MULTILINE)
    assert re.search(r"^weigh +6 / 6  passed$", out, re.MULTILINE)
    assert "public points: 8 / 8" in out
    assert "3 passed" in out


def test_stubs_are_told_apart_from_wrong_answers(run):
    code, out = run(None)
    assert code == 1
    assert re.search(r"^double +0 / 2  not written yet$", out, re.MULTILINE)
    assert "public points: 0 / 8" in out
    assert "3 not written" in out
    assert "hint" not in out


def test_a_wrong_answer_shows_hint_and_smallest_counterexample(run):
    code, out = run(RIGHT.replace("2 * z", "z * z"))
    assert code == 1
    shown = out[out.index("double  ") : out.index("weigh  ")]
    for part in ("0 / 2  failed", "hint: Add z to itself.", "called:   double(", "returned: ", "expected: "):
        assert part in shown
    assert len(shown.splitlines()) <= 22
    assert "public points: 6 / 8" in out
    for part in ("Traceback", "FAILURES", "site-packages", "autograder/checks"):
        assert part not in out


def test_many_wrong_answers_fit_on_a_screen(run, folder):
    for name in ("json", "py"):
        path = folder / f"tests/double.{name}"
        text = path.read_text(encoding="utf-8")
        parts = text.split("@prop") if name == "py" else None
        if parts:
            for i in range(8):
                text += "\n\n@prop" + parts[1].replace("is_z_plus_z", f"again_{i}")
        else:
            block = text.strip()[1:-1].rstrip()
            text = "{" + ",".join([block, *(block.replace("is_z_plus_z", f"again_{i}") for i in range(8))]) + "}"
        path.write_text(text, encoding="utf-8")
    _, out = run(RIGHT.replace("2 * z", "z * z"))
    shown = out[out.index("double  ") : out.index("weigh  ")]
    assert "9 not passed" in out
    assert shown.count("double(z) = z + z. (2 points)") == 9
    assert "more lines: fix the above first\n  also failing:\n  - double(z) = z + z. (2 points)\n" in shown
    assert len(shown[: shown.index("also failing")].splitlines()) <= 24


def test_an_exception_names_the_students_line(run):
    _, out = run(RIGHT.replace("return 2 * z", "return 1 / 0  # my line"))
    assert "raised:   ZeroDivisionError: division by zero (line 2: return 1 / 0  # my line)" in out


def test_a_missing_function_is_said(run):
    _, out = run("def double(z):\n    return 2 * z\n")
    assert re.search(r"(?m)^weigh +0 / 6  not defined$", out)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            "x = 1\nimport nowhere_such\n",
            "ModuleNotFoundError: No module named 'nowhere_such'\n  line 2: import nowhere_such",
        ),
        ("def double(z) return 1\n", "SyntaxError: expected ':'\n  line 1: def double(z) return 1"),
        ("raise SystemExit(3)\n", "exit() was called (SystemExit: 3)\n  line 1: raise SystemExit(3)"),
        ("import helper\n", "NameError: name 'undefined' is not defined\n  helper.py, line 1: undefined"),
    ],
)
def test_a_module_that_does_not_import_is_one_clear_error(run, folder, answer, says):
    (folder / "helper.py").write_text("undefined\n", encoding="utf-8")
    code, out = run(answer)
    assert code == 1
    assert f"toy.py cannot be imported, so nothing could be checked:\n  {says}\n" in out
    assert out.count("cannot be imported") == 1
    assert "public points: 0 / 8" in out
    assert "Traceback" not in out


def test_a_module_that_is_not_there(run, folder):
    (folder / "toy.py").unlink()
    _, out = run(None)
    assert f"expected your answers in {folder / 'toy.py'}; found no such file" in out


@pytest.mark.parametrize(
    "loop", ["pass", "\n        try:\n            1 / 0\n        except Exception:\n            pass"]
)
def test_an_endless_loop_ends(run, folder, loop):
    shorten_limits(folder, call_seconds=0.5)
    _, out = run(RIGHT.replace("return X @ theta", f"while True: {loop}"))
    # On a busy machine the wall clock may come first.
    assert re.search(r"(used more than 0.5 s of computing time|gave no answer within 2 s) \(line \d+: while True:", out)
    assert re.search(r"^double +2 / 2  passed$", out, re.MULTILINE)


def test_an_endless_import_ends(run, folder):
    shorten_limits(folder, import_seconds=0.5)
    _, out = run("while True:\n    pass\n")
    assert re.search(r"(s of computing time|gave no answer within \d+ s)\n  line 1: while True:", out)


def test_modules_of_ones_own_are_found(run, folder):
    (folder / "helper.py").write_text("two = 2\n", encoding="utf-8")
    code, _ = run("import helper\n" + RIGHT.replace("2 * z", "helper.two * z"))
    assert code == 0


def test_one_question_or_property_may_be_asked_for(run):
    assert "public points: 2 / 2" in run(RIGHT, "tests/double.py")[1]
    assert "public points: 4 / 4" in run(None, "-k", "is_a_product")[1]
    assert "public points: 2 / 2" in run(None, "tests/double.py::is_z_plus_z")[1]


def test_exploring_goes_beyond_the_recorded_cases(run, folder):
    (product, _) = question.load(folder / "tests/weigh.py").properties
    recorded = {float(values["data"][0][0, 0]) for _, values in product.cases}
    sly = RIGHT.replace("return X @ theta", f"return X @ theta + (X[0, 0] not in {recorded})")
    code, out = run(sly, "-k", "is_a_product")
    assert (code, "public points: 4 / 4" in out) == (0, True), out
    code, out = run(sly, "-k", "is_a_product", "--explore")
    assert (code, "public points: 0 / 4" in out) == (1, True), out
    assert "called:   weigh(np.array([[" in out


def test_exploring_a_right_answer_finds_nothing(run):
    assert run(RIGHT, "--explore")[0] == 0


def test_a_broken_question_file_is_no_fault_of_the_students(run, folder):
    path = folder / "tests/double.py"
    path.write_text(path.read_text(encoding="utf-8").replace("import arrays", "import nothing_such"), encoding="utf-8")
    code, out = run(RIGHT)
    assert code == 2
    assert re.search(r"double\.py, line \d+: cannot be loaded: ImportError", out)
    assert "Traceback" not in out


def test_other_folders_are_left_alone(tmp_path):
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "test_mine.py").write_text("def test_mine():\n    assert 1\n", encoding="utf-8")
    (tests / "double.py").write_text("raise SystemExit\n", encoding="utf-8")
    code = "import sys, pytest; c = pytest.main(['-q', '-p', 'no:cacheprovider']); print(*sys.modules); sys.exit(c)"
    done = run_python(
        tmp_path, "-c", code, fresh=True, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTEST_PLUGINS="autograder.doors.pytest"
    )
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
    assert "public points" not in done.stdout
    assert not {"numpy", "hypothesis", "otter", "autograder.checks"} & set(done.stdout.split())


def test_what_runs_of_a_module_is_checked(run):
    code, out = run("import nothing_such\n" + RIGHT + "def other(z) return 1\n")
    assert code == 0
    assert "public points: 8 / 8" in out
    assert "note: left out line 8: def other(z) return 1 (SyntaxError: expected ':')" in out
    _, out = run("import nothing_such\n" + RIGHT)
    assert "note: left out line 1: import nothing_such (ModuleNotFoundError: No module named 'nothing_such')" in out


def test_an_answered_notebook_beside_an_untouched_module_is_checked(run, folder):
    cells = [{"cell_type": "code", "source": text} for text in ("from toy import *", RIGHT, "1 / 0")]
    (folder / "toy.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    code, out = run(None)
    assert "note: toy.py is as it was handed out, so toy.ipynb is graded" in out
    assert code == 0
    assert "public points: 8 / 8" in out


def test_a_waiting_call_ends(run, folder):
    shorten_limits(folder, call_seconds=0.2)
    _, out = run(RIGHT.replace("return X @ theta", "import time; time.sleep(99)"))
    assert "gave no answer within 0.8 s (line " in out


def test_prints_of_a_failing_check_are_shown(run):
    _, out = run(RIGHT.replace("return 2 * z", "print('here', z)\n    return z * z"))
    assert re.search(r"printed:\n +here ", out)


def test_a_line_a_question_and_the_first_wrong_one_in_full(run):
    _, out = run(RIGHT.replace("2 * z", "z * z").replace("X @ theta", "X[:, 0]"))
    assert out.count("called: ") == 1
    assert re.search(
        r"^weigh +2 / 6  failed: weigh\(X, theta\) = X theta. \(4 points\): wrong answer$", out, re.MULTILINE
    )


def test_breakpoints_stop_in_the_students_code(folder):
    (folder / "toy.py").write_text(RIGHT.replace("return 2 * z", "breakpoint()\n    return 2 * z"), encoding="utf-8")
    shorten_limits(folder, call_seconds=0.2)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/double.py"]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        time.sleep(4)  # it must not be ended while somebody thinks
        out, _ = process.communicate("p 'z is', z\nq\n", timeout=60)
    assert "-> return 2 * z" in out
    assert "'z is'" in out
    assert "computing time" not in out


def test_the_debugger_stops_where_the_students_code_raised(folder):
    (folder / "toy.py").write_text(RIGHT.replace("return 2 * z", "return 1 / 0"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--pdb", "tests/double.py"]
    done = subprocess.run(command, cwd=folder, input="p 'z is', z\nq\n", capture_output=True, text=True, check=False)
    assert "-> return 1 / 0" in done.stdout
    assert "'z is'" in done.stdout


def test_the_debugger_stops_where_a_wrong_answer_was_returned(folder):
    answer = RIGHT.replace("return 2 * z", "wrong = z * z\n    return wrong")
    (folder / "toy.py").write_text(answer, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--pdb", "tests/double.py"]
    asked = "p 'wrong is', wrong\nq\n"
    done = subprocess.run(command, cwd=folder, input=asked, capture_output=True, text=True, check=False)
    assert "-> return wrong" in done.stdout
    assert "'wrong is'" in done.stdout


def test_a_function_of_a_similar_name_is_noted(run):
    _, out = run(RIGHT.replace("def weigh", "def wiegh"))
    assert "note: weigh is not defined; wiegh is: did you mean that?" in out


def test_a_missing_return_is_suspected(run):
    _, out = run(RIGHT.replace("return 2 * z", "2 * z"))
    assert "returned None (is a `return` missing?); expected " in out


def test_an_exception_besides_exception_fails_its_checks(run):
    code, out = run("class Stop(BaseException): pass\n" + RIGHT.replace("return X @ theta", "raise Stop('x')"))
    assert code == 1
    assert "raised:   Stop: x (line 7: raise Stop('x'))" in out
    assert "public points: 2 / 8" in out
    code, out = run(RIGHT.replace("return 2 * z", "raise KeyboardInterrupt"))
    assert "raised:   KeyboardInterrupt (line 2: raise KeyboardInterrupt)" in out
    assert "public points: 6 / 8" in out


def test_ctrl_c_ends_the_run(run):
    code, out = run("import signal\n" + RIGHT.replace("return X @ theta", "signal.raise_signal(signal.SIGINT)"))
    assert code == 2
    assert "KeyboardInterrupt" in out
    assert "0 / 0" not in out
    assert "public points: 2 / 2" in out


def test_what_cannot_be_judged_counts_among_the_points(run, folder):
    (folder / "conftest.py").write_text(
        "from autograder.checks import judging\n"
        "judge = judging.judge\n"
        "def broken(p, namespace):\n"
        "    if 'double' in p.functions: raise OSError('disk full')\n"
        "    return judge(p, namespace)\n"
        "judging.judge = broken\n"
    )
    code, out = run(RIGHT)
    assert code == 1
    assert "OSError: disk full" in out
    assert "public points: 6 / 8" in out


def test_what_draws_without_a_seed_gives_the_same_in_every_run(run):
    chance = "(np.random.rand() + random.random() + np.random.default_rng().random())"
    answer = "import random\nimport numpy as np\n" + RIGHT.replace("X @ theta", f"X @ theta + {chance}")
    alone = re.search("returned: .*", run(answer, "-k", "is_a_product")[1])[0]
    for _ in range(2):
        assert alone in run(None)[1]


def test_nobody_types_an_answer_to_a_check(run):
    _, out = run(RIGHT.replace("return 2 * z", "return 2 * z + float(input('more? '))"))
    assert "raised:   EOFError: EOF when reading a line (line 2: return 2 * z + float(input('more? ')))" in out
