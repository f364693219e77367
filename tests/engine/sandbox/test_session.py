"""A session: values there and back, callbacks, generators, prints, stand-ins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.model.errors import Fault, InfrastructureError, Mismatch, StudentFault
from autograder.model.limits import Limits
from autograder.model.values import Opaque
from autograder.sandbox.budget import Budget
from tests.engine.sandbox.asking import ask

ECHO = """
import numpy as np

def echo(*args, **kwargs):
    return args if not kwargs else (args, kwargs)
"""


def same(left, right):
    if isinstance(left, np.ndarray):
        return left.dtype == right.dtype and left.shape == right.shape and np.array_equal(left, right, equal_nan=True)
    if isinstance(left, tuple | list):
        return type(left) is type(right) and len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and left == right


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        7,
        -(2**200),
        0.1,
        float("inf"),
        "π",
        [1, [2.0, "x"], (None,)],
        {"a": [1], "b": {"c": (1,)}},
        np.float32(1.5),
        np.int8(-3),
        np.bool_(True),
        np.array(3.0),
        np.zeros((0, 3)),
        np.arange(6, dtype=np.int16).reshape(2, 3).T,
        np.arange(24.0)[::-2],
        np.array([True, False]),
        np.array([1 + 2j, np.nan]),
        np.array([1.0, np.nan, -np.inf], dtype=np.float16),
        [np.zeros(2), np.arange(3)],
        np.random.RandomState(0).normal(size=(200, 300)),
    ],
    ids=lambda v: f"{type(v).__module__}-{type(v).__name__}-{str(v)[:15]}",
)
def test_values_come_back_as_they_went(run, value):
    assert same(ask(run(ECHO), "echo", (value,), {}).value, (value,))


def test_longdouble_and_other_byte_order_come_as_double(run):
    session = run("import numpy as np\ndef f(): return np.ones(2, np.longdouble), np.ones(2, '>f8')")
    assert same(ask(session, "f", (), {}).value, (np.ones(2), np.ones(2)))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("np.matrix([[1.0, 2.0]])", np.array([[1.0, 2.0]])),
        ("np.ma.array([1.0, 2.0])", np.array([1.0, 2.0])),
        ("np.array([1, 2.5, F(1, 2)], dtype=object)", np.array([1, 2.5, 0.5])),
        ("np.array([1, 2], dtype=object)", np.array([1, 2])),
        ("range(3)", np.arange(3)),
        ("F(1, 4)", 0.25),
        ("D('0.5')", 0.5),
        ("N(1, np.zeros(2))", (1, np.zeros(2))),
        ("C(1.0, np.ones(1))", (1.0, np.ones(1))),
        ("1j", np.complex128(1j)),
        ("class_of_list([1, 2])", [1, 2]),
        ("np.str_('a')", "a"),
        ("array.array('d', [1, 2])", np.array([1.0, 2.0])),
        ("collections.deque([1, 2.5])", np.array([1, 2.5])),
        ("collections.UserList([[1, 2]])", np.array([[1, 2]])),
        ("memoryview(np.ones(2))", np.ones(2)),
        ("bytearray([0, 1])", np.array([0, 1], dtype=np.uint8)),
        ("Pair()", np.array([1.0, 2.0])),
        ("[collections.deque([1])]", [np.array([1])]),
        ("Half()", 0.5),
        ("np.inf", np.inf),
    ],
)
def test_other_numbers_come_as_plain_ones(run, expression, expected):
    session = run(f"""
        import numpy as np, array, dataclasses, collections
        from fractions import Fraction as F
        from decimal import Decimal as D
        N = collections.namedtuple("N", "a b")
        class_of_list = type("L", (list,), {{}})
        @dataclasses.dataclass
        class C:
            a: float
            b: object
        class Pair:
            def __len__(self): return 2
            def __getitem__(self, i): return (1.0, 2.0)[i]
        class Half:
            def __float__(self): return 0.5
        def f():
            return {expression}
    """)
    assert same(ask(session, "f", (), {}).value, expected)


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("{1, 2}", "set"),
        ("b'x'", "bytes"),
        ("(i for i in [1])", "generator"),
        ("object()", "object"),
        ("f", "function"),
        ("int", "type"),
        ("np.array(['a'])", "ndarray"),
        ("np.array([{}])", "ndarray"),
        ("{1: 2}", "dict"),
        ("np.datetime64('2020-01-01')", "datetime64"),
        ("Evil()", "Evil"),
        ("collections.deque(['a'])", "deque"),
        ("collections.deque([[1], [1, 2]])", "deque"),
    ],
)
def test_what_does_not_cross_is_named(run, expression, name):
    session = run(f"""
        import numpy as np, collections
        class Evil:
            def __repr__(self): raise SystemExit
            def __array__(self, *a, **k): raise ValueError
        def f():
            return {expression}
    """)
    value = ask(session, "f", (), {}).value
    assert isinstance(value, Opaque)
    assert value.type_name == name


@pytest.mark.parametrize("library", ["scipy.sparse", "pandas"])
def test_libraries_can_be_imported(run, library):
    pytest.importorskip(library.partition(".")[0])
    assert ask(run(f"import {library}\ndef f(): return 1"), "f", (), {}).value == 1


def test_pandas_comes_as_arrays(run):
    pytest.importorskip("pandas")
    session = run("import pandas as pd\ndef f(x): return pd.Series(x), pd.DataFrame({'a': x})")
    assert same(ask(session, "f", (np.arange(3.0),), {}).value, (np.arange(3.0), np.arange(3.0)[:, None]))


def test_plotting_at_the_top_is_harmless(run):
    pytest.importorskip("matplotlib")
    session = run("""
        import matplotlib.pyplot as plt
        fig, ax = plt.subplots()
        ax.plot([1, 2])
        plt.show()
        def f(): return 1
    """)
    assert ask(session, "f", (), {}).value == 1


def test_arguments_are_fresh_and_writable_and_are_told_when_changed(run):
    session = run("def f(x, y):\n    x *= 2\n    return x.flags.owndata")
    x = np.ones(3)
    answer = ask(session, "f", (x, [1]), {}, want_arguments=True)
    assert answer.value is True
    assert same(x, np.ones(3))
    assert same(answer.arguments, (np.full(3, 2.0), [1]))


def test_a_generator_advances_as_it_would_at_home(run):
    session = run("def draw(n, rng): return rng.normal(size=n)")
    away, home = np.random.default_rng(5), np.random.default_rng(5)
    for _ in range(2):
        assert same(ask(session, "draw", (3, away), {}).value, home.normal(size=3))
        assert same(ask(session, "draw", (3,), {"rng": away}).value, home.normal(size=3))
    home.integers(5, dtype=np.uint32), away.integers(5, dtype=np.uint32)
    assert away.bit_generator.state == home.bit_generator.state


def test_another_bit_generator_is_our_fault(run):
    with pytest.raises(InfrastructureError, match="MT19937"):
        ask(run(ECHO), "echo", (np.random.Generator(np.random.MT19937(1)),), {})


def test_functions_among_the_arguments_are_called_back(run):
    session = run("def twice(f, x): return f(f(x)), f.__name__")
    assert same(ask(session, "twice", (lambda x: x + 1, np.zeros(2)), {}).value, (np.full(2, 2.0), "given"))


def test_a_call_inside_a_callback(run):
    session = run("def outer(f): return f(1) + 1\ndef inner(x): return x * 10")
    assert ask(session, "outer", (lambda x: ask(session, "inner", (x,), {}).value,), {}).value == 11


def test_what_a_callback_raises_comes_out_even_if_the_student_catches_it(run):
    session = run("""
        def quiet(f):
            try:
                f()
            except RuntimeError as error:
                return str(error)
    """)

    def wrong():
        raise Mismatch("not so")

    with pytest.raises(Mismatch, match="not so"):
        ask(session, "quiet", (wrong,), {})
    assert ask(session, "quiet", (lambda: None,), {}).value is None


def test_a_kept_callback_is_of_no_use_later(run):
    session = run("def keep(f):\n    global kept\n    kept = f\ndef use(): return kept()")
    ask(session, "keep", (lambda: 1,), {})
    with pytest.raises(StudentFault, match="only valid during the call"):
        ask(session, "use", (), {})


def test_callbacks_from_threads(run):
    session = run("""
        from concurrent.futures import ThreadPoolExecutor
        def f(g, n):
            with ThreadPoolExecutor(4) as pool:
                return list(pool.map(g, range(n)))
    """)
    assert ask(session, "f", (lambda x: x * x, 20), {}).value == [x * x for x in range(20)]


def test_a_stand_in_outlives_the_worker(run):
    session = run("def sigmoid(z): return 0\ndef predict(z): return sigmoid(z)\ndef die():\n    import os; os._exit(3)")
    session.replace("sigmoid", lambda z: z + 0.5)
    assert ask(session, "predict", (1.0,), {}).value == 1.5
    with pytest.raises(StudentFault):
        ask(session, "die", (), {})
    assert ask(session, "predict", (1.0,), {}).value == 1.5
    assert ask(session, "predict", (1.0,), {}, hidden=True).value == 1.5


def test_functions_lists_public_callables(run):
    session = run("from math import sqrt\nimport math\nx = 1\ndef f(): pass\ndef _g(): pass\nclass C: pass")
    assert session.functions() == {"sqrt", "f", "C"}


def test_helpers_and_packages_are_imported_from_memory(run):
    helpers = {
        "tools": "def one(): return 1",
        "pkg.__init__": "",
        "pkg.deep": "from tools import one\nbad = lambda: 1 / 0",
    }
    session = run("from pkg.deep import one, bad\nimport answer", helpers=helpers)
    assert ask(session, "one", (), {}).value == 1
    with pytest.raises(StudentFault) as fault:
        ask(session, "bad", (), {})
    assert fault.value.where == "pkg/deep.py, line 2: bad = lambda: 1 / 0"


def test_what_notebooks_import_for_themselves_is_there(run):
    session = run("""
        import otter
        from IPython.display import display
        grader = otter.Notebook("x.ipynb")
        grader.check("f")
        grader.export(run_tests=True)
        get_ipython()
        if __name__ == "__main__":
            raise SystemExit
        def f(): return 1
    """)
    assert ask(session, "f", (), {}).value == 1


def test_prints_are_kept_but_not_those_of_hidden_calls(run):
    session = run("""
        import sys
        print("imported")
        seen = []
        def f(x):
            seen.append(x)
            print("got", seen, file=sys.stderr)
        def die():
            print("last words")
            import os; os._exit(1)
    """)
    ask(session, "f", ("secret",), {}, hidden=True)
    ask(session, "f", (1,), {})
    with pytest.raises(StudentFault):
        ask(session, "die", (), {})
    ask(session, "f", (2,), {})
    assert session.output == "imported\ngot [1]\nlast words\ngot [2]\n"


def test_prints_beyond_the_cap_are_dropped_not_punished(run):
    session = run("""
        import os
        def f():
            for _ in range(100):
                print("x" * 10_000)
            return 1
    """)
    assert ask(session, "f", (), {}, seconds=2.0).value == 1
    assert len(session.output) == 64 * 1024


def test_output_cannot_steer_a_terminal(run):
    session = run("print('\\x1b[2J', 'ok')")
    session.functions()
    assert session.output == "\N{REPLACEMENT CHARACTER}[2J ok\n"


def test_seconds_are_those_of_the_worker(run):
    session = run("""
        import time
        def f():
            end = time.process_time() + 0.1
            while time.process_time() < end: pass
    """)
    assert 0.09 < ask(session, "f", (), {}).seconds < 0.25


def test_two_workers_draw_the_same_global_numbers(run):
    source = "import numpy as np, random\ndef f(): return np.random.rand(), random.random(), hash('a')"
    assert ask(run(source), "f", (), {}).value == ask(run(source), "f", (), {}).value


def test_generators_without_a_seed_draw_other_numbers_each_time_and_the_same_in_every_run(run):
    source = "import numpy as np\ndef f(): return np.random.default_rng().random(), np.random.RandomState().rand()"
    one, other = run(source), run(source)
    first = [ask(one, "f", (), {}).value for _ in range(2)]
    assert len({number for pair in first for number in pair}) == 4
    assert [ask(other, "f", (), {}).value for _ in range(2)] == first


def test_not_written_is_told_apart(run):
    with pytest.raises(StudentFault) as fault:
        ask(run("def f(): raise NotImplementedError"), "f", (), {})
    assert fault.value.fault is Fault.NOT_WRITTEN


def test_a_warning_names_the_students_line_and_no_path_of_this_machine(run):
    session = run("import numpy as np\ndef f(): return np.zeros(0).mean(), np.log(np.zeros(1))")
    ask(session, "f", (), {})
    line = "(line 2: def f(): return np.zeros(0).mean(), np.log(np.zeros(1)))"
    said = session.output.splitlines()
    assert f"RuntimeWarning: Mean of empty slice {line}" in said
    assert f"RuntimeWarning: divide by zero encountered in log {line}" in said
    assert ".venv" not in session.output
    assert "site-packages" not in session.output


def test_a_generator_cannot_come_back_stuck(run):
    source = """
        def f(rng):
            state = rng.bit_generator.state
            state["state"] = {"state": 0, "inc": 0}
            rng.bit_generator.state = state
            return 1
    """
    with pytest.raises(StudentFault) as raised:
        ask(run(source), "f", (np.random.default_rng(1),))
    assert raised.value.fault is Fault.PROTOCOL


def test_a_hidden_worker_never_lives_beside_a_public_one(run):
    session = run("import os\ndef f(): return os.getpid()")
    public = ask(session, "f").value
    hidden = ask(session, "f", hidden=True).value
    assert not Path(f"/proc/{public}").exists()
    ask(session, "f")
    assert not Path(f"/proc/{hidden}").exists()


def test_who_is_not_defined_is_said_in_the_graders_words(run):
    session = run("""
        import sys
        def f(z): return z
        def g(z):
            worker = next(o for o in __import__("gc").get_objects() if type(o).__name__ == "Worker")
            worker._send("fault", 1, "not defined", f"SECRET {z}", "", [])
    """)
    with pytest.raises(StudentFault) as caught:
        ask(session, "g", (3.0,), hidden=True)
    assert caught.value.fault is Fault.MISSING
    assert caught.value.message == "g is not defined"


def test_a_callback_advances_the_workers_generator(run):
    session = run("""
        import numpy as np
        def f(draw):
            rng, same = np.random.default_rng(5), np.random.default_rng(5)
            return [draw(rng), draw(rng), rng.random(), same.random(), same.random(), same.random()]
    """)
    *drawn, a, b, c = ask(session, "f", (lambda rng: rng.random(),), {}).value[:6]
    assert [*drawn, a, b, c][:3] == [a, b, c]


def test_a_renewed_worker_remembers_nothing(run):
    session = run("calls = []\ndef count():\n    calls.append(1)\n    print(len(calls))\n    return len(calls)")
    assert [ask(session, "count", (), {}).value for _ in range(2)] == [1, 2]
    session.renew(hidden=False)
    assert ask(session, "count", (), {}).value == 1
    assert session.output == "1\n2\n1\n"


def test_a_renewed_worker_is_told_no_number_that_says_how_many_there_were_before(run):
    session = run("""
        import sys
        def f(g):
            numbers, frame = [], sys._getframe()
            while frame:
                numbers += [v for v in frame.f_locals.values() if type(v) is int]
                frame = frame.f_back
            return [*numbers, *(c.cell_contents for c in g.__closure__ if type(c.cell_contents) is int)]
    """)
    seen = []
    for _ in range(3):
        session.renew(hidden=False)
        seen.append(ask(session, "f", (lambda: 0,), {}).value)
    assert seen[0] == seen[1] == seen[2]
    assert seen[0]


@pytest.mark.parametrize(
    "source",
    [
        "x = [" + "[], " * 20_000 + "]\ndef f(): return len(x)",  # three times as long when it is compiled
        "def f(): return 20_000\nthis is no Python",
        "def f(): return 20_000\nx = " + "(" * 5_000 + ")" * 5_000,  # nested too deeply for the compiler
    ],
    ids=["long", "not Python", "deep"],
)
def test_a_branch_answers_where_the_module_cannot_be_compiled_once(run, source):
    session = run(source, replace(Limits(), array_elements=100_000))
    with session.branch(Budget(Limits())) as branch:
        assert ask(branch, "f").value == 20_000
