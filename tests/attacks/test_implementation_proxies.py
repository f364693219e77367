"""A property that students write gets handles on implementations: there is nothing behind them to read, keep or forge."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from autograder.grade import Assignment, Grader, property_caller
from autograder.model.errors import Fault, StudentFault
from autograder.model.result import Verdict
from autograder.model.status import GRADED
from autograder.model.submission import Submission
from autograder.report.results_json import to_results
from autograder.sandbox.sandbox import Sandbox
from tests import means
from tests.course.grading.classes import with_a_tenth_of_the_time, with_limits

READS = """
import gc, inspect, os, sys

def everything(start):
    seen, ahead, found = set(), [start], []
    while ahead and len(seen) < 20_000:
        it = ahead.pop()
        if id(it) in seen:
            continue
        seen.add(id(it))
        if isinstance(it, (str, bytes)):
            found.append(it if isinstance(it, str) else it.decode("latin-1"))
        for name in ("__globals__", "__code__", "__closure__", "__dict__", "__wrapped__", "__self__", "__func__", "__doc__"):
            value = getattr(it, name, None)
            if value is not None:
                ahead.append(value)
        ahead.extend(gc.get_referents(it)[:500])
    return found

def check_mean(mean):
    texts = everything(mean)
    for read in (inspect.getsource, inspect.getfile, inspect.getclosurevars, inspect.getdoc, repr):
        try:
            texts.append(str(read(mean)))
        except Exception as error:
            texts.append(str(error))
    frame = sys._getframe()
    while frame:
        texts.append(repr(frame.f_locals) + repr(sorted(frame.f_globals)) + frame.f_code.co_filename)
        frame = frame.f_back
    texts += [str(it) for it in gc.get_objects() if isinstance(it, (str, dict)) or callable(it)][:50_000]
    for folder in ("FOLDER", "/proc/self", f"/proc/{os.getppid()}"):
        for name in ("implementations/check_mean.py", "given/implementations/check_mean.py", "means.py", "mem", "environ"):
            try:
                with open(os.path.join(folder, name), "rb") as file:
                    texts.append(file.read(100_000).decode("latin-1"))
            except OSError:
                pass
    text = "\\n".join(texts)
    assert len(text) > 100_000
    for said in ("secret of " + "271828", "divides by " + "n - 1", "mean_" + "by_n_minus_1", "hidden_" + "right", "def " + "median"):
        assert said not in text, "READ: " + said
"""
KEEPS = """
import builtins, sys, threading

def check_mean(mean):
    kept = vars(builtins).setdefault("kept", [])
    assert not kept, "KEPT"
    kept.append(mean)
    sys.modules["kept"] = mean

    def later():
        while True:
            try:
                mean([1.0])
            except BaseException:
                return

    threading.Thread(target=later, daemon=True).start()
"""
FORGES = """
import gc

def check_mean(mean):
    (number,) = [c.cell_contents for c in mean.__closure__ if isinstance(c.cell_contents, int)]
    (worker,) = [it for it in gc.get_objects() if type(it).__name__ == "Worker" and hasattr(it, "_caller")]
    others = 0
    for other in (n for n in range(-5, 200) if n != number):
        try:
            worker._caller(other)([0.0, 0.0, 3.0])
        except RuntimeError as error:
            assert "only valid during the call" in str(error), error
        else:
            others += 1
    assert not others, "FORGED"
"""
FORGES_CALLS = """
import gc

def check_mean(mean):
    (number,) = [c.cell_contents for c in mean.__closure__ if isinstance(c.cell_contents, int)]
    (worker,) = [it for it in gc.get_objects() if type(it).__name__ == "Worker" and hasattr(it, "_caller")]
    worker._send("callback", number, *FIELDS)
    raise AssertionError(str(worker._read()))
"""
BITS = """
import numpy as np

def check_mean(mean):
    for seed in range(10):
        x = np.random.default_rng(seed).exponential(size=5)
        assert float(mean(x)).hex() in {float(np.mean(x)).hex(), float(np.sum(x / len(x))).hex()}
"""
TIMES = """
import time

import numpy as np

def check_mean(mean):
    x, took = np.arange(100.0), []
    for _ in range(40):
        start = time.perf_counter()
        mean(x)
        took.append(time.perf_counter() - start)
    assert sorted(took)[20] < SECONDS
"""
COUNTS = """
calls = 0

def check_mean(mean):
    global calls
    calls += 1
    assert calls <= 2
"""
SWALLOWS = """
import numpy as np

def check_mean(mean):
    try:
        assert abs(mean([0.0, 0.0, 3.0]) - 1) < 1e-9
    except BaseException:
        pass
"""
ESCAPES = """
import numpy as np

def check_mean(mean):
    for error in (NotImplementedError, SystemExit, KeyboardInterrupt):
        try:
            mean(None, wrong=error)
        except Exception:
            pass
    for x in (np.zeros(1_000_001), [2**62], "x" * 100, [[[]]] * 9, np.array([np.nan, np.inf])):
        try:
            mean(x)
        except Exception:
            pass
"""
LOOPS_IN_HYPOTHESIS = """
import numpy as np
from hypothesis import given, settings, strategies as st

def check_mean(mean):
    settings.register_profile("mine", max_examples=10**9, deadline=None)
    settings.load_profile("mine")

    @given(st.integers())
    def holds(n):
        mean(np.array([n % 7]))

    holds()
"""
CHANGES_HYPOTHESIS = """
import hypothesis.core, hypothesis.internal.conjecture.engine as engine
import numpy as np
from hypothesis import given, strategies as st

engine.MAX_SHRINKS = 10**9
hypothesis.core.global_force_seed = None

def check_mean(mean):
    @given(st.floats(0, 1))
    def holds(x):
        assert mean(np.array([x, x, 1.0])) > x or x == 1

    hypothesis.core.StateForActualGivenExecution.run_engine = lambda self: setattr(self, "ever_executed", True)
    holds()
"""
NTH_CALL = """
import hypothesis
import numpy as np

def check_mean(mean):
    calls = vars(hypothesis).setdefault("calls", [])
    for n in range(3):
        mean(np.ones(2))
        calls.append(n)
    assert len(calls) <= 6
"""
KEEPS_IN_FILES = """
import os, pathlib, tempfile

def check_mean(mean):
    place = pathlib.Path(tempfile.gettempdir()) / "count"
    before = place.read_text() if place.exists() else ""
    place.write_text(before + "x")
    os.environ["COUNT"] = os.environ.get("COUNT", "") + "x"
    assert len(before) < 2 and len(os.environ["COUNT"]) < 3
"""
ASKS_FOR_NAMES = """
def check_mean(mean):
    texts = []
    for args, kwargs in (((), {"wrong": 1}), ((1, 2, 3, 4), {}), ((), {}), ((1,), {"x": 1}), (("",), {}), ((None,), {})):
        try:
            mean(*args, **kwargs)
        except Exception as error:
            texts += [str(error), repr(error), *map(str, error.args), *getattr(error, "__notes__", [])]
    text = " ".join(texts)
    assert "argument" in text
    assert not any(name in text for name in ("n_minus_1", "spoils", "median", "hidden", "mean()")), "READ: " + text
"""
LATENCY = """
import time

import numpy as np

def check_mean(mean):
    x = np.arange(1000.0)
    mean(x)
    start = time.perf_counter()
    for _ in range(50):
        mean(x)
    first = time.perf_counter() - start
    start = time.perf_counter()
    for _ in range(50):
        mean(x)
    assert first < 50 * (time.perf_counter() - start)
"""
RAISES_AT_WILL = """
class AssertionError(AssertionError):
    def __str__(self):
        raise SystemExit

def check_mean(mean):
    raise AssertionError
"""


def body(*lines: str) -> str:
    return "import os, sys\nimport numpy as np\ndef check_mean(mean):\n" + "".join(f"    {line}\n" for line in lines)


ATTACKS = {
    "reads the implementations": READS,
    "keeps handles, and calls them from a thread": KEEPS,
    "forges the handles of others": FORGES,
    "calls with no arguments, but an object": FORGES_CALLS.replace("FIELDS", "(object(), {})"),
    "calls with no table of arguments, but a list": FORGES_CALLS.replace("FIELDS", "((object(),), [])"),
    "recognises public ones by their bits": BITS,
    "counts its calls": COUNTS,
    "always raises": body("raise AssertionError"),
    "never raises": body("pass"),
    "swallows what it finds": SWALLOWS,
    "gives implementations what they cannot take": ESCAPES,
    "raises what cannot be shown": RAISES_AT_WILL,
    "ends its process": body("os._exit(0)"),
    "ends its process where it is wrong": body(
        "if abs(mean(np.array([0.0, 0.0, 3.0])) - 1) > 1e-9:", "    os._exit(0)"
    ),
    "exits where it is wrong": body("if abs(mean(np.array([0.0, 0.0, 3.0])) - 1) > 1e-9:", "    sys.exit('wrong')"),
    "never ends": body("while True:", "    pass"),
    "calls too often": body("while True:", "    mean([1.0])"),
    "never ends within Hypothesis": LOOPS_IN_HYPOTHESIS,
    "changes Hypothesis": CHANGES_HYPOTHESIS,
    "raises on the seventh call of all": NTH_CALL,
    "keeps a count in files": KEEPS_IN_FILES,
    "asks for names by calls that fail": ASKS_FOR_NAMES,
    "compares times": LATENCY,
    "is quick": TIMES.replace("SECONDS", "1e-6"),
    "is slow": TIMES.replace("SECONDS", "1.0"),
}
REFUSES = {
    "recognises public ones by their bits",
    "always raises",
    "raises what cannot be shown",
    "is quick",
}
FAULTS = {
    "ends its process": Fault.EXITED,
    "calls with no arguments, but an object": Fault.PROTOCOL,
    "calls with no table of arguments, but a list": Fault.PROTOCOL,
    "never ends": Fault.TIMED_OUT,
    "calls too often": Fault.TIMED_OUT,
    "never ends within Hypothesis": Fault.TIMED_OUT,
}


ENDLESS = {"never ends", "never ends within Hypothesis"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxies") / "means"
    means.write(folder)
    return folder


@pytest.fixture(scope="module")
def grader(folder):
    with Sandbox() as sandbox:
        yield Grader(Assignment(folder), sandbox)


@pytest.fixture(scope="module")
def hasty(grader):
    """The same with a tenth of the time, for what uses all of it."""
    return Grader(with_a_tenth_of_the_time(grader.assignment), grader.sandbox)


@pytest.fixture(scope="module")
def attacked(grader, hasty, folder):
    """What every attack gets; then, with the same grader and sandbox, what an honest property gets."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(property_caller._BoundedCalls, "most", 500)
        found = {
            name: graded(hasty if name in ENDLESS else grader, source.replace("FOLDER", str(folder)))
            for name, source in ATTACKS.items()
        }
    return found, graded(grader, means.GOOD)


def graded(grader, source):
    result = grader.grade(Submission("ada", source))
    return replace(result, seconds=0, questions=tuple(replace(q, seconds=0) for q in result.questions))


def test_an_honest_property_earns_everything(grader):
    assert graded(grader, means.GOOD).score == 6


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_earns_nothing_and_learns_nothing(attacked, name):
    result = attacked[0][name]
    assert result.status == GRADED
    assert result.score == 0
    (q,) = result.questions
    right = [p for p in q.properties if p.required]
    assert all((p.verdict is Verdict.FAILED) == (name in FAULTS) for p in right) or name in REFUSES
    assert any(p.verdict is Verdict.FAILED for p in right) == (name in REFUSES or name in FAULTS)
    if name in FAULTS:
        assert {p.reason for p in q.properties} == {FAULTS[name]}
    for found in ("READ", "KEPT", "FORGED", means.SECRET):
        assert found not in json.dumps(to_results(result)) + result.output


def test_after_all_attacks_an_honest_property_earns_everything(attacked):
    assert attacked[1].score == 6


NAMES = """
import os
import numpy as np

def check_mean(mean):
    print("median" if mean(np.array([0.0, 0.0, 3.0])) == 0 else "mean")
"""


def test_which_implementation_comes_first_depends_on_the_submission_and_on_what_students_do_not_have(grader, folder):
    """Process ids, and the time since a module was imported, tell a worker how many there were before it."""
    orders = {}
    for number in range(12):
        source = f"# {number}{NAMES}"
        orders[source] = tuple(graded(grader, source).output.split())
    assert all(sorted(order) == ["mean", "mean", "median"] for order in orders.values())
    assert len(set(orders.values())) == 3
    source = next(iter(orders))
    helped = [replace(Submission("ada", source), helpers={"place": f"PLACE = {n}"}) for n in range(12)]
    assert len({grader.grade(submission).output for submission in helped}) > 1
    again = next(iter(orders))
    assert tuple(graded(grader, again).output.split()) == orders[again]
    hidden = folder / "implementations" / "check_mean.py"
    before = hidden.read_text()
    try:
        hidden.write_text(before + "# other ones\n")
        assert any(tuple(graded(grader, source).output.split()) != orders[source] for source in orders)
    finally:
        hidden.write_text(before)


ONCE = body("if abs(mean(np.array([0.0, 0.0, 3.0])) - 1) > 1e-9:", "    assert False")


@pytest.mark.parametrize("flips", ["is the median", "uses NumPy"])
def test_a_verdict_that_depends_on_chance_earns_nothing(grader, monkeypatch, flips):
    """A coin spares the right ones and catches a wrong one often enough; in four more runs it is another one."""
    call, seen = property_caller.PropertyCaller._call, []

    def flip(self, made):
        answer = call(self, made)
        seen.append(made.args[0].says)
        if made.args[0].says != flips or seen.count(flips) == 1:
            return answer
        return replace(
            answer, fault=None if answer.fault else StudentFault(Fault.RAISED, type_names=("AssertionError",))
        )

    monkeypatch.setattr(property_caller.PropertyCaller, "_call", flip)
    result = graded(grader, ONCE)
    said = [p.counterexample.problem for p in result.questions[0].properties if p.counterexample]
    assert any("its verdict depends on chance" in problem for problem in said) == (seen.count(flips) > 1)
    assert result.score == (0 if seen.count(flips) > 1 else 6)
    monkeypatch.undo()
    assert graded(grader, ONCE).score == 6


OWN_SETTINGS = """
import time
import numpy as np
from hypothesis import given, settings, strategies as st

def check_mean(mean):
    @settings(max_examples=3, deadline=0.1, report_multiple_bugs=True)
    @given(st.integers(0, 2))
    def holds(n):
        time.sleep(0.001)
        assert n == 2 or abs(mean(np.array([0.0, 0.0, 3.0])) - 1) < 1e-9
        assert abs(mean(np.array([0.0, 0.0, 3.0])) - 1) < 1e-9

    holds()
"""


def test_the_clock_is_no_judge_whatever_settings_a_test_has(grader):
    assert graded(grader, OWN_SETTINGS).score == 6


SLOW = """
import time
import numpy as np

def check_mean(mean):
    started = time.process_time()
    assert abs(mean(np.array([0.0, 0.0, 3.0])) - 1) < 1e-9
    while time.process_time() - started < 0.1:
        pass
"""


def test_each_call_has_all_of_its_time(grader):
    """Whatever the others took, and in whatever order they were made."""
    short = with_limits(grader.assignment, question_seconds=0.12, submission_seconds=0.15)
    assert graded(Grader(short, grader.sandbox), SLOW).score == 6


def test_after_a_right_implementation_no_other_is_tried_where_a_property_never_ends(hasty, monkeypatch):
    made = []
    call = property_caller.PropertyCaller._call
    monkeypatch.setattr(property_caller.PropertyCaller, "_call", lambda self, c: made.append(c) or call(self, c))
    (q,) = graded(hasty, ATTACKS["never ends"]).questions
    assert {p.reason for p in q.properties} == {Fault.TIMED_OUT}
    assert len(made) <= 4  # of the three public ones; once more with more time
    assert not any(c.hidden for c in made)


LARGE = """
import numpy as np

def check_mean(mean):
    for n in SIZES:
        mean(np.ones(n))
    raise AssertionError("wrong")
"""


@pytest.mark.parametrize(("sizes", "shown"), [((2, 300_000), 0), ((300_000, 2), 1), ((2, 3), 2)])
def test_large_arguments_are_not_kept_to_be_shown(grader, sizes, shown):
    (q,) = graded(grader, LARGE.replace("SIZES", repr(sizes))).questions
    examples = [p.counterexample for p in q.properties if p.required]
    assert [len(e.calls) for e in examples] == [1 + shown] * len(examples)
