"""The student's tools and the confined grader give the same verdict and the same words for the same answer."""

import contextlib
import json
import shutil
import subprocess
import sys
import textwrap
from dataclasses import asdict

import pytest

from autograder.cli.check import check
from autograder.cli.common import StudentFolder
from autograder.sandbox import sandbox

WEIGH = "\ndef weigh(X, theta):\n    return X @ theta\n"
BODIES = {
    "a set": "return {1.0}",
    "a coroutine": "async def later(): return z\n    return later()",
    "a generator": "return (x for x in [z])",
    "a map": "return map(float, [z])",
    "views of a dict": "return {1: z}.values()",
    "a function": "return lambda: z",
    "a module": "return np",
    "bytes": "return b'12'",
    "a complex number": "return complex(z, 0)",
    "an array of dates": "return np.zeros(3, 'M8[s]')",
    "an array of texts": "return np.array('x')",
    "an array of several texts": "return np.array(['x', 'y'])",
    "an array of nothing": "return np.array([None, 1.0])",
    "masked": "return np.ma.masked",
    "nested": "x = z\n    for _ in range(60): x = [x]\n    return x",
    "a list in itself": "x = []\n    x.append(x)\n    return x",
    "a large array": "return np.zeros((3000, 3000))",
    "a broadcast array": "return np.broadcast_to(0.0, (10**5, 10**5))",
    "a large integer": "return 10**4000",
    "a long text": "return 'x' * 10**5",
    "a dataclass of one": "return One(z)",
    "a number by __index__ only": "return Index()",
    "a number by __float__": "return Half()",
    "a text with control characters": "raise ValueError('red \\x1b[31m')",
    "exit": "exit('x')",
    "exit without a code": "raise SystemExit",
    "not written, in words": "raise NotImplementedError('later')",
    "not written": "raise NotImplementedError",
    "an exception without words": "raise Mute",
    "a long message": "raise ValueError('x' * 5000)",
    "BaseException": "raise Stop('x')",
    "KeyboardInterrupt": "raise KeyboardInterrupt",
    "GeneratorExit": "raise GeneratorExit",
    "recursion without end": "return double(z)",
    "too large for any memory": "return np.zeros((10**6, 10**6))[0, 0]",
    "MemoryError": "raise MemoryError",
    "a helper": "import helper\n    return helper.half(z)",
    "deep recursion": "return 2 * z + deep(960)",
    "too deep recursion": "return 2 * z + deep(995)",
    "a limit of its own": "sys.setrecursionlimit(400)\n    return 2 * z + deep(500)",
    "a right limit of its own": "sys.setrecursionlimit(5000)\n    return 2 * z + deep(4000)",
    "chance": "return 2 * z + (np.random.rand() < 0.1)",
    "chance of Python": "return 2 * z + (random.random() < 0.1)",
    "chance without a seed": "return 2 * z + (np.random.default_rng().random() < 0.1)",
}
HEAD = """\
import dataclasses, random, sys
import numpy as np

@dataclasses.dataclass
class One:
    value: object

class Index:
    def __index__(self): return 1

class Half:
    def __float__(self): return 0.5

class Mute(Exception):
    def __str__(self): raise RuntimeError

class Stop(BaseException): pass

def deep(n):
    return 0 if n == 0 else deep(n - 1)
"""
ANSWERS = {name: f"{HEAD}\ndef double(z):\n    {body}\n{WEIGH}" for name, body in BODIES.items()}
RIGHT = f"{HEAD}\ndef double(z):\n    return 2 * z\n{WEIGH}"
ANSWERS |= {
    "a class that counts as two values": f"{RIGHT}\ndef weigh(X, theta): return One(X @ theta)\n",
    "a helper's function": f"{RIGHT}\nfrom helper import half as double\n",
    "deep recursion in the module": f"{RIGHT}\nr = deep(960)\ndef double(z): return 2 * z + r\n",
    "a large limit in the module": f"import sys\nsys.setrecursionlimit(5000)\n{RIGHT}\ndef double(z): return 2 * z + deep(4960)\n",
    "a small limit in the module": f"import sys\nsys.setrecursionlimit(300)\n{RIGHT}\ndef weigh(X, theta): return deep(400)\n",
    "interrupted at the top": f"import numpy as np\nraise KeyboardInterrupt\n{RIGHT}",
    "an exception of its own at the top": f"class Stop(BaseException): pass\nraise Stop('x')\n{RIGHT}",
    "a syntax error": "def double(z) return 1\n",
    "a syntax error in a helper": "from broken import half\n",
    "a syntax error in a text": f"{RIGHT}\ndef double(z): return eval('2 *')\n",
    "a module that is not there": "import nowhere_such\n",
    "a test of pytest that fails": f"import pytest\n{RIGHT}\ndef double(z): pytest.fail('no')\n",
    "a test of pytest that is skipped": f"import pytest\n{RIGHT}\ndef double(z): pytest.skip('no')\n",
    "pytest.exit": f"import pytest\n{RIGHT}\nclass Exit(Exception): pass\ndef double(z): raise Exit('no')\n",
    "exit at the top": "exit('x')\n",
    "chance at the top": f"{RIGHT}\nr = np.random.rand()\ndef double(z): return 2 * z + r\n",
    "errors for underflow": f"{RIGHT}\nnp.seterr(all='raise')\ndef double(z): return 2 * z + np.exp(-800 - np.abs(z))\n",
    "warnings that are errors": f"import warnings\nwarnings.simplefilter('error')\n{RIGHT}\n"
    "def double(z): return 2 * z + 0 * np.isfinite(np.log(0 * np.abs(z)))\n",
    "errors that a function sets": f"{RIGHT}\ndef double(z):\n    np.seterr(under='raise')\n    return 2 * z\n"
    "def weigh(X, theta): return X @ theta + np.exp(-800.0)\n",
    "errors that are caught": f"{RIGHT}\nnp.seterr(divide='raise')\ndef double(z):\n    try:\n        return 2 * z + 1 / np.zeros(1)\n"
    "    except FloatingPointError:\n        return 2 * z\n",
    "a grader in the module": f"import otter\ngrader = otter.Notebook()\ngrader.check('x')\n{RIGHT}",
    "a display": f"from IPython.display import display\ndisplay(3)\nget_ipython().magic('x')\n{RIGHT}",
    "functions that are made when asked for": f"{WEIGH}\ndef __getattr__(name):\n    if name == 'double': return lambda z: 2 * z\n    raise AttributeError(name)\n",
    "a question to the user": f"name = input()\n{RIGHT}",
}
HELPER = "def half(z):\n    if True:\n        raise ValueError('h')\n"

LOCALLY = """\
import json, os, sys, warnings
from dataclasses import asdict
from pathlib import Path
from autograder.checks import question
from autograder.checks.judging import judge
from autograder.checks.missing import explain_missing
from autograder.model.result import QuestionResult
from autograder.doors.local import LocalAnswer
from autograder.model.errors import StudentFault
warnings.simplefilter("ignore")
os.chdir(sys.argv[1])
rules, questions = question.load_all(Path("tests"))


def judged(text):
    Path("toy.py").write_text(text)
    try:
        answer = LocalAnswer(Path.cwd(), rules)
    except StudentFault as fault:
        return f"{fault.fault}: " + "\\n".join(filter(None, (fault.message, fault.where)))
    results = []
    for q in questions:
        found = []
        for p in q.properties:
            answer.clock.begin()
            found.append(judge(p, answer.functions).result)
        results.append(explain_missing(QuestionResult(q.name, tuple(found)), answer.notes))
    return [[asdict(p) for q in results for p in q.properties], answer.notes]


def at_depth(frames, text):
    # As below the frames of pytest.
    return at_depth(frames - 1, text) if frames else judged(text)


def in_a_process_of_its_own(text):
    reader, writer = os.pipe()
    if not os.fork():
        try:
            found = json.dumps(at_depth(60, text), default=str)
        except BaseException as error:
            found = json.dumps(f"ended by {type(error).__name__}: {error}")
        os.write(writer, found.encode())
        os._exit(0)
    os.close(writer)
    with open(reader) as file:
        return json.loads(file.read())


found = {name: in_a_process_of_its_own(text) for name, text in json.load(sys.stdin).items()}
print("\\n" + json.dumps(found))
"""


@pytest.fixture(scope="module")
def here(released, tmp_path_factory):
    """Every answer as it is judged in the student's own process."""
    folder = put_helpers(shutil.copytree(released, tmp_path_factory.mktemp("local") / "toy"))
    command = [sys.executable, "-c", textwrap.dedent(LOCALLY), str(folder)]
    done = subprocess.run(command, input=json.dumps(ANSWERS), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def put_helpers(folder):
    (folder / "helper.py").write_text(HELPER)
    (folder / "broken.py").write_text("def half(z) return z\n")
    return folder


@pytest.fixture(scope="module")
def started():
    """A sandbox for all answers; each gets workers of its own."""
    with sandbox.Sandbox() as found:
        yield found


@pytest.mark.parametrize("name", ANSWERS)
def test_the_same_words(folder, here, started, monkeypatch, name):
    monkeypatch.setattr(sandbox, "Sandbox", lambda: contextlib.nullcontext(started))
    put_helpers(folder)
    (folder / "toy.py").write_text(ANSWERS[name])
    checked = check(StudentFolder(folder, "toy"))
    if checked.message:
        assert here[name] == checked.message
        return
    confined = [asdict(p) for q in checked.questions for p in q.properties]
    assert here[name] == json.loads(json.dumps([confined, checked.notes], default=str))
